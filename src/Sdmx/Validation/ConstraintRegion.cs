namespace Sdmx.Validation;

/// <summary>A cube region or a key of a key set: selections that must all hold, split by when they can be judged.</summary>
sealed class ConstraintRegion
{
    internal ConstraintRegion(IEnumerable<MemberSelection> selections, DataSchema schema, Dictionary<MemberSelection, MemberSet> met)
    {
        var sets = selections.Select(s => MemberSet.Of(s, schema, met)).OfType<MemberSet>().ToList();
        Series = [.. sets.Where(s => s.Component.Role == ComponentRole.Dimension || s.Component.Level != AttachmentLevel.Observation)];
        Rows = [.. sets.Except(Series)];
        Dimensions = [.. Series.Where(s => s.Component.Role == ComponentRole.Dimension)];
    }

    /// <summary>Selections on dimensions and on attributes above the observation: one verdict a series.</summary>
    internal MemberSet[] Series { get; }

    /// <summary>Selections on dimensions.</summary>
    internal MemberSet[] Dimensions { get; }

    /// <summary>Selections on time, measures and the observation's attributes: a verdict an observation.</summary>
    internal MemberSet[] Rows { get; }
}

namespace Sdmx.Validation;

/// <summary>A cube region or a key of a key set: selections that must all hold, split by when they can be judged.</summary>
sealed class ConstraintRegion
{
    ConstraintRegion(IEnumerable<MemberSelection> selections, DataSchema schema)
    {
        var sets = selections.Select(s => MemberSet.Of(s, schema)).OfType<MemberSet>().ToList();
        Series = [.. sets.Where(s => s.Component.Role == ComponentRole.Dimension || s.Component.Level != AttachmentLevel.Observation)];
        Rows = [.. sets.Except(Series)];
    }

    /// <summary>Selections on dimensions and on attributes above the observation: one verdict a series.</summary>
    internal MemberSet[] Series { get; }

    /// <summary>Selections on time, measures and the observation's attributes: a verdict an observation.</summary>
    internal MemberSet[] Rows { get; }

    internal static ConstraintRegion Of(CubeRegion region, DataSchema schema) => new(region.Keys.Concat(region.Components), schema);

    internal static ConstraintRegion Of(DataKey key, DataSchema schema) => new(key.Values.Concat(key.Components), schema);
}

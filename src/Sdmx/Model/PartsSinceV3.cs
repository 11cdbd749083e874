namespace Sdmx;

/// <summary>What an artefact may have since SDMX 3.0 that no earlier version has a word for.</summary>
static class PartsSinceV3
{
    /// <summary>The parts that <paramref name="artefact"/> has of it, a phrase each.</summary>
    public static IEnumerable<string> Of(Artefact artefact)
    {
        if (artefact is Codelist { Extensions.IsEmpty: false })
            yield return "extensions of a codelist";
        if (artefact is Dataflow { Dimensions.IsEmpty: false })
            yield return OfV31.Dimensions;
        if (artefact is DataStructure { IsEvolving: true })
            yield return OfV31.Evolving;
        if (artefact is DataStructure dsd && (dsd.MetadataStructure is not null || !dsd.MetadataAttributes.IsEmpty))
            yield return "attributes of a metadata structure within data";
        if (FormatsOf(artefact).Any(f => !f.Sentinels.IsEmpty))
            yield return "sentinel values";
        if (artefact is DataConstraint constraint && constraint.Selections.SelectMany(s => s.Values).Any(v => v.ValidFrom is not null || v.ValidTo is not null))
            yield return "the validity of values";
    }

    /// <summary>What is there since 3.1 only.</summary>
    public static class OfV31
    {
        /// <summary>Of a flow.</summary>
        public const string Dimensions = "that a flow has only some of the dimensions";

        /// <summary>Of a structure.</summary>
        public const string Evolving = "that a structure may get more dimensions";
    }

    static IEnumerable<TextFormat> FormatsOf(Artefact artefact) => (artefact switch
    {
        ConceptScheme scheme => scheme.Concepts.Select(c => c.CoreRepresentation?.Format),
        DataStructure dsd => dsd.Components.Select(c => c.LocalRepresentation?.Format),
        MetadataStructure msd => msd.AllAttributes.Select(a => a.LocalRepresentation?.Format),
        _ => [],
    }).OfType<TextFormat>();
}

namespace Sdmx.Json;

sealed partial class StructureJsonWriter
{
    /// <summary>What 1.0, whose model is that of SDMX 2.1, cannot carry.</summary>
    static IEnumerable<string> LegacyLosses(Artefact artefact)
    {
        if (ArtefactTypes.Of(artefact.Type).IsSinceV3)
            return [$"a {artefact.Type}, which SDMX has since 3.0"];
        var losses = new List<string>();
        if (!Identifiers.IsLegacyVersion(artefact.Version))
            losses.Add($"the semantic version {artefact.Version}");
        if (AnnotationsOf(artefact).Any(a => a.Value is not null))
            losses.Add("values of annotations");
        if (RepresentationsOf(artefact).Any(r => r is { MinOccurs: not null } or { MaxOccurs: not null } or { Format.Type: TextType.GeospatialInformation }))
            losses.Add("representations of several values or of geospatial type");
        losses.AddRange(artefact switch
        {
            DataStructure dsd => LegacyLosses(dsd),
            DataConstraint constraint => LegacyLosses(constraint),
            MetadataStructure { Attributes.IsEmpty: false } => ["metadata attributes that belong to no report structure"],
            Metadataflow { Targets.IsEmpty: false } => ["targets of a metadata flow"],
            ConceptScheme scheme when scheme.Concepts.Any(c => c.IsoConcept is not null) => ["references to concepts of ISO 11179"],
            OrganisationScheme scheme when scheme.Organisations.Any(o => o.Contacts.Any(c => c.Id is not null)) => ["the ids of contacts"],
            _ => [],
        });
        return losses;
    }

    static IEnumerable<string> LegacyLosses(DataStructure dsd)
    {
        if (dsd.Measures.Count > 1 || dsd.Measures is [{ Id: not "OBS_VALUE" }])
            yield return $"measures ({string.Join(", ", dsd.Measures.Select(m => m.Id))}); 1.0 has OBS_VALUE alone";
        if (dsd.Measures.Any(m => !m.ConceptRoles.IsEmpty))
            yield return "concept roles of measures";
        if (dsd.Attributes.Any(a => !a.Relationship.Measures.IsEmpty))
            yield return "attributes of some measures only";
    }

    static IEnumerable<string> LegacyLosses(DataConstraint constraint)
    {
        var keys = constraint.KeySets.SelectMany(s => s.Keys).ToList();
        var selections = constraint.Regions.SelectMany(r => r.Keys.Concat(r.Components)).Concat(keys.SelectMany(k => k.Values)).ToList();
        if (selections.Any(s => s.RemovePrefix))
            yield return "prefixes left off values";
        if (selections.Any(s => s.Values.Any(v => v.Cascade == Cascade.ExcludeRoot)))
            yield return "values below a code without the code itself";
        if (selections.Any(s => !s.IsIncluded))
            yield return "excluded values of an included region or key";
        if (keys.Any(k => !k.Components.IsEmpty))
            yield return "attributes and measures of keys";
        if (keys.SelectMany(k => k.Values).Any(v => v.TimeRange is not null))
            yield return "ranges of time in keys";
        if (constraint.OtherAttachment.Any(o => !IsSource(o)) || constraint.OtherAttachment.Count(IsSource) > 1)
            yield return "attachments to data sets, queryable sources or several sources";
    }

    static IEnumerable<Annotation> AnnotationsOf(Artefact artefact) => artefact.Annotations.Concat(artefact switch
    {
        DataStructure dsd => dsd.Components.SelectMany(c => c.Annotations).Concat(dsd.Groups.SelectMany(g => g.Annotations)),
        MetadataStructure msd => msd.AllAttributes.SelectMany(a => a.Annotations),
        _ => ItemsIn(artefact).SelectMany(i => i.Annotations),
    });
}

using System.Globalization;

namespace Sdmx.Xml;

sealed partial class StructureXmlWriter
{
    /// <summary>What of <paramref name="artefact"/> SDMX-ML 2.1 cannot carry, one sentence each; empty when it says the same.</summary>
    /// <remarks>Whether a measure must be given is not counted: 2.1 has no word for it, and its one measure is always named.</remarks>
    public static IReadOnlyList<string> Losses(Artefact artefact)
    {
        var losses = new List<string>();
        if (ArtefactTypes.Of(artefact.Type).IsSinceV3)
            return [$"a {artefact.Type}, which SDMX has since 3.0"];
        if (!Identifiers.IsLegacyVersion(artefact.Version))
            losses.Add($"the semantic version {artefact.Version}");
        if (AnnotationsOf(artefact).Any(a => a.Value is not null))
            losses.Add("values of annotations");
        losses.AddRange(PartsSinceV3.Of(artefact));
        losses.AddRange(artefact.References.Where(r => !Identifiers.IsLegacyVersion(r.Version)).Select(r => $"the reference to {r.ShortName}"));
        switch (artefact)
        {
            case DataStructure dsd: AddLosses(dsd, losses); break;
            case DataConstraint constraint: AddLosses(constraint, losses); break;
            case MetadataStructure { Attributes.IsEmpty: false }: losses.Add("metadata attributes that belong to no report structure"); break;
            case Metadataflow { Targets.IsEmpty: false }: losses.Add("targets of a metadata flow"); break;
            case ConceptScheme scheme when scheme.Concepts.Any(c => IsLost(c.CoreRepresentation)): losses.Add(Representations); break;
            default: break;
        }

        return losses;
    }

    /// <summary>What of <paramref name="artefact"/> SDMX-ML 3.0 cannot carry, one phrase each; empty when it says the same.</summary>
    /// <remarks>Not counted is what 3.x says otherwise or not at all, and nobody needs: <c>isFinal</c> (the version says whether an artefact may change),
    /// the number of the time dimension, attachment groups (their dimensions stand for them), keys of several values (one key for each).</remarks>
    public static IReadOnlyList<string> LossesV30(Artefact artefact) => LossesOf(artefact, SdmxMlVersion.V30);

    /// <summary>The same of SDMX-ML 3.1, which has keys of several values, and no constraint that says what is held.</summary>
    public static IReadOnlyList<string> LossesV31(Artefact artefact) => LossesOf(artefact, SdmxMlVersion.V31);

    static List<string> LossesOf(Artefact artefact, SdmxMlVersion version)
    {
        var losses = new List<string>();
        if (HasVersion(artefact.Type, version) ? !IsVersionOfV3(artefact.Version) : artefact.Version != "1.0")
            losses.Add($"the version {artefact.Version} of a {artefact.Type}");
        if (version == SdmxMlVersion.V30)
            losses.AddRange(PartsSinceV3.Of(artefact).Where(p => p is PartsSinceV3.OfV31.Dimensions or PartsSinceV3.OfV31.Evolving));
        switch (artefact)
        {
            case DataStructure dsd when dsd.Dimensions.Any(d => d.IsMeasureDimension):
                losses.Add("that a dimension names measures (MeasureDimension)");
                break;
            case MetadataStructure { Targets.IsEmpty: false } or MetadataStructure { Reports.IsEmpty: false }:
                losses.Add("metadata targets and report structures (2.1)");
                break;
            case ProvisionAgreement { Dataflow.Class: "Metadataflow" }:
                losses.Add("an agreement about a metadata flow");
                break;
            case OrganisationScheme scheme when FixedId(scheme.Type) is { } id && id != scheme.Id:
                losses.Add($"the id {scheme.Id}: a {scheme.Type} is called {id}");
                break;
            case DataConstraint constraint:
                AddLosses(constraint, version, losses);
                break;
            case RepresentationMap map when map.Mappings.SelectMany(m => (string?[])[m.ValidFrom, m.ValidTo]).Any(d => d is not null && !DateOnly.TryParseExact(d, "yyyy-MM-dd", out _)):
                losses.Add("hours of the day in the validity of a mapping");
                break;
            default:
                break;
        }

        return losses;
    }

    // X, X.Y or a semantic version (checklist 3.2).
    static bool IsVersionOfV3(string text) => SdmxVersion.TryParse(text, out var version)
        && (version.IsSemantic || version.Parts.Length <= 2 && Array.TrueForAll(version.Parts, SdmxVersion.IsNumberWithoutLeadingZero));

    static string? FixedId(ArtefactType type) => type switch
    {
        ArtefactType.AgencyScheme => "AGENCIES",
        ArtefactType.DataProviderScheme => "DATA_PROVIDERS",
        ArtefactType.DataConsumerScheme => "DATA_CONSUMERS",
        ArtefactType.MetadataProviderScheme => "METADATA_PROVIDERS",
        _ => null,
    };

    static void AddLosses(DataConstraint constraint, SdmxMlVersion version, List<string> losses)
    {
        var isV31 = version == SdmxMlVersion.V31;
        if (isV31 && constraint.Role == ConstraintRole.Actual)
            losses.Add("that it says what is held (role Actual)");
        if (isV31 && constraint.ReleaseCalendar is not null)
            losses.Add("the release calendar");
        if (constraint.Regions.Count(r => r.IsIncluded) > 1 || constraint.Regions.Count(r => !r.IsIncluded) > 1)
            losses.Add("more than one included and one excluded cube region");
        if (constraint.Regions.SelectMany(r => r.Keys).Any(k => k.Values.IsEmpty && k.TimeRange is null))
            losses.Add("dimensions of a cube region without values");
        if (constraint.ReferencePeriod is not null)
            losses.Add("the reference period");
        if (constraint.OtherAttachment.Any(o => isV31 || o.Kind is "DataSet" or "MetadataSet"))
            losses.Add(isV31 ? "attachments to data sets or sources" : "attachments to data sets");
        if (constraint.Attachment.Any(u => u.Class is "MetadataStructure" or "Metadataflow"))
            losses.Add("attachments to metadata structures or flows");
        if (constraint.KeySets.SelectMany(s => s.Keys).SelectMany(k => k.Values).Any(v => v.TimeRange is not null || !v.IsIncluded || v.Values.IsEmpty || v.Values.Any(m => m.Cascade != Cascade.None)))
            losses.Add("keys with ranges of time, excluded values or values with those below them");
    }

    const string Representations = "representations of several values or of geospatial type";

    static void AddLosses(DataStructure dsd, List<string> losses)
    {
        if (dsd.Measures.Count > 1 || dsd.Measures is [{ Id: not "OBS_VALUE" }])
        {
            losses.Add(string.Create(CultureInfo.InvariantCulture,
                $"{dsd.Measures.Count} measure(s) ({string.Join(", ", dsd.Measures.Select(m => m.Id))}); 2.1 has OBS_VALUE alone"));
        }

        if (dsd.Measures.Any(m => !m.ConceptRoles.IsEmpty))
            losses.Add("concept roles of measures");
        if (dsd.Attributes.Any(a => !a.Relationship.Measures.IsEmpty))
            losses.Add("attributes of some measures only");
        if (dsd.Components.Any(c => IsLost(c.LocalRepresentation)))
            losses.Add(Representations);
    }

    static void AddLosses(DataConstraint constraint, List<string> losses)
    {
        var selections = constraint.Regions.SelectMany(r => r.Keys.Concat(r.Components))
            .Concat(constraint.KeySets.SelectMany(s => s.Keys).SelectMany(k => k.Values.Concat(k.Components))).ToList();
        if (selections.Any(s => s.RemovePrefix))
            losses.Add("prefixes left off values");
        if (selections.Any(s => s.Values.Any(v => v.Cascade == Cascade.ExcludeRoot)))
            losses.Add("values below a code without the code itself");
    }

    static bool IsLost(Representation? representation) => representation is { MinOccurs: not null } or { MaxOccurs: not null }
        or { Format.Type: TextType.GeospatialInformation };

    static IEnumerable<Annotation> AnnotationsOf(Artefact artefact) => artefact.Annotations.Concat(artefact switch
    {
        OrganisationScheme scheme => scheme.Organisations.SelectMany(o => o.Annotations),
        Codelist list => list.Codes.SelectMany(c => c.Annotations),
        ConceptScheme scheme => scheme.Concepts.SelectMany(c => c.Annotations),
        DataStructure dsd => dsd.Components.SelectMany(c => c.Annotations),
        _ => [],
    });
}

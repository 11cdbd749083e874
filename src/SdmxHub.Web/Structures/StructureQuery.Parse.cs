using System.Diagnostics.CodeAnalysis;
using Sdmx;

namespace SdmxHub.Web;

// The paths of both interfaces: {type}/{agency}/{id}/{version}/{item} (checklist 1.1, 1.2).
public sealed partial record StructureQuery
{
    // Types of the standard that the hub does not keep: asking for them is no error, nothing matches.
    static readonly HashSet<string> NotKept =
    [
        "reportingtaxonomy", "process", "attachmentconstraint", "structureset", "hierarchicalcodelist", "conceptschememap", "categoryschememap",
        "organisationschememap", "reportingtaxonomymap", "metadataconstraint", "transformationscheme", "rulesetscheme",
        "userdefinedoperatorscheme", "customtypescheme", "namepersonalisationscheme", "vtlmappingscheme",
    ];

    static readonly ArtefactType[] OrganisationSchemes =
        [ArtefactType.AgencyScheme, ArtefactType.DataProviderScheme, ArtefactType.DataConsumerScheme, ArtefactType.OrganisationUnitScheme];

    /// <summary>Whether a path segment names a type of artefact in the interface, as <c>codelist</c> or <c>structure</c> does.</summary>
    public static bool IsResource(string resource, ApiVersion api) => TryTypes(resource, api, out _, out _, out _);

    /// <summary>Reads what stands behind <c>/sdmx/v1</c>, or behind <c>/sdmx/v2/structure</c>.</summary>
    /// <param name="target">The segments from the type on, and the parameters.</param>
    /// <param name="api">The interface.</param>
    /// <param name="query">The query, when true.</param>
    /// <param name="error">The fault, when false.</param>
    public static bool TryParse(RequestTarget target, ApiVersion api,
        [NotNullWhen(true)] out StructureQuery? query, [NotNullWhen(false)] out SdmxError? error)
    {
        var parameters = new ParameterReader(target);
        var resource = target.Segment(0) ?? "*";
        if (!TryTypes(resource, api, out var types, out var neverHeld, out var role))
            parameters.Fail(SdmxError.Syntax($"'{resource}' is no type of artefact.{Nearest.Hint(resource, Resources())}"));
        if (target.Segments.Count > 5)
            parameters.Fail(SdmxError.Syntax("A structure path has at most five parts: /{type}/{agency}/{id}/{version}/{item}."));
        if (Identifiers.Split(target.Segment(1), api, "agency", out var agencies) is { } badAgency)
            parameters.Fail(badAgency);
        if (Identifiers.Split(target.Segment(2), api, "id", out var ids) is { } badId)
            parameters.Fail(badId);
        var (references, referenceTypes) = ReadReferences(parameters, api);
        query = new StructureQuery
        {
            Api = api,
            Types = types,
            IsNeverHeld = neverHeld,
            Role = role,
            Agencies = agencies,
            Ids = ids,
            Versions = ReadVersions(target.Segment(3), api, parameters),
            Items = ReadItems(target.Segment(4), types, api, parameters),
            References = references,
            ReferenceTypes = referenceTypes,
            Detail = ReadDetail(parameters, api),
            AsOf = parameters.AsOf(),
        };
        error = parameters.Finish();
        if (error is not null)
            query = null;
        return query is not null;
    }

    static bool TryTypes(string resource, ApiVersion api, out ValueArray<ArtefactType> types, out bool neverHeld, out ConstraintRole? role)
    {
        (types, neverHeld, role) = ([], NotKept.Contains(resource), null);
        if (neverHeld || (api == ApiVersion.V2 ? resource is "*" or "all" : resource == "structure"))
            return true;
        if (api == ApiVersion.V1 && resource == "organisationscheme")
            types = [.. OrganisationSchemes];
        else if (api == ApiVersion.V1 && resource is "contentconstraint" or "actualconstraint" or "allowedconstraint")
            (types, role) = ([ArtefactType.DataConstraint], resource switch { "actualconstraint" => ConstraintRole.Actual, "allowedconstraint" => ConstraintRole.Allowed, _ => null });
        else if (ArtefactTypes.All.FirstOrDefault(row => row.IsStructure && row.Resource == resource) is { } row && (api == ApiVersion.V2 || row.Type != ArtefactType.DataConstraint))
            (types, neverHeld) = ([row.Type], !Has(api, row.Type));
        return !types.IsEmpty;
    }

    /// <summary>Whether structure queries of an interface give a type of artefact: v1 knows nothing of those that SDMX has since 3.0.</summary>
    internal static bool Has(ApiVersion api, ArtefactType type) =>
        ArtefactTypes.Of(type).IsStructure && (api == ApiVersion.V2 || !ArtefactTypes.Of(type).IsSinceV3);

    static IEnumerable<string> Resources() => ArtefactTypes.All.Where(row => row.IsStructure).Select(row => row.Resource).Concat(NotKept);

    static VersionPattern ReadVersions(string? text, ApiVersion api, ParameterReader parameters)
    {
        if (text is null)
            return VersionPattern.Latest;
        if (api == ApiVersion.V1 ? VersionPattern.TryParseV1(text, out var pattern) : VersionPattern.TryParse(text, out pattern))
            return pattern;
        parameters.Fail(SdmxError.Syntax(api == ApiVersion.V1
            ? $"The version '{text}' is none: expected a number such as 1.0, latest, or all."
            : $"The version '{text}' is none: expected a number such as 1.0, + (latest stable), ~ (latest), * (all), or a pattern such as 1.2+.0."));
        return VersionPattern.Latest;
    }

    static ValueArray<string> ReadItems(string? text, ValueArray<ArtefactType> types, ApiVersion api, ParameterReader parameters)
    {
        if (text is null || text == (api == ApiVersion.V1 ? "all" : "*"))
            return [];
        if (types.Any(t => ArtefactTypes.Of(t).ItemClass is null))
            parameters.Fail(SdmxError.Syntax($"'{text}': only schemes of items (codelist, conceptscheme, agencyscheme, ...) are asked for by item."));
        return [.. text.Split(api == ApiVersion.V1 ? '+' : ',')];
    }

    static (StructureReferences, ValueArray<ArtefactType>) ReadReferences(ParameterReader parameters, ApiVersion api)
    {
        var references = StructureReferences.None;
        var types = new List<ArtefactType>();
        ValueArray<string> words = parameters.Text("references") is { } text ? [.. api == ApiVersion.V1 ? [text] : text.Split(',')] : [];
        foreach (var word in words)
        {
            StructureReferences? named = word switch
            {
                "none" => StructureReferences.None,
                "parents" => StructureReferences.Parents,
                "parentsandsiblings" => StructureReferences.Parents | StructureReferences.Siblings,
                "ancestors" when api == ApiVersion.V2 => StructureReferences.Ancestors,
                "children" => StructureReferences.Children,
                "descendants" => StructureReferences.Descendants,
                "all" => StructureReferences.Parents | StructureReferences.Siblings | StructureReferences.Descendants,
                _ => null,
            };
            if (named is { } known)
                references |= known;
            else if (word is not ("*" or "all" or "structure") && TryTypes(word, api, out var ofType, out _, out _))
                types.AddRange(ofType);
            else
                parameters.Fail(SdmxError.Syntax($"references={word}: expected none, parents, parentsandsiblings, {(api == ApiVersion.V2 ? "ancestors, " : "")}children, descendants, all or a type of artefact."));
        }

        return (references, [.. types]);
    }

    static StructureDetail ReadDetail(ParameterReader parameters, ApiVersion api)
    {
        ReadOnlySpan<string> words = ["full", "allstubs", "referencestubs", "allcompletestubs", "referencecompletestubs", "referencepartial", "raw"];
        return parameters.OneOf("detail", api == ApiVersion.V2 ? words : words[..^1]) switch
        {
            "allstubs" => StructureDetail.AllStubs,
            "referencestubs" => StructureDetail.ReferenceStubs,
            "allcompletestubs" => StructureDetail.AllCompleteStubs,
            "referencecompletestubs" => StructureDetail.ReferenceCompleteStubs,
            "referencepartial" => StructureDetail.ReferencePartial,
            "raw" => StructureDetail.Raw,
            _ => StructureDetail.Full,
        };
    }
}

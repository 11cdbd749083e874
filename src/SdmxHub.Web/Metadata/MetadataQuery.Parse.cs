using System.Diagnostics.CodeAnalysis;
using Sdmx;

namespace SdmxHub.Web;

// REST 2.x: /metadata/{context}/... (checklist 1.2, Reference metadata).
public sealed partial record MetadataQuery
{
    static readonly string[] Contexts = ["metadataset", "metadataflow", "structure"];

    /// <summary>Whether what stands behind <c>metadata/</c> begins like a path of v2.</summary>
    public static bool IsV2(RequestTarget target) => target.Segment(0) is null || Contexts.Contains(target.Segment(0));

    /// <summary>Reads what stands behind <c>/sdmx/v2/metadata</c>.</summary>
    /// <param name="target">The segments from the context on, and the parameters.</param>
    /// <param name="query">The query, when true.</param>
    /// <param name="error">The fault, when false.</param>
    public static bool TryParse(RequestTarget target, [NotNullWhen(true)] out MetadataQuery? query, [NotNullWhen(false)] out SdmxError? error)
    {
        var parameters = new ParameterReader(target);
        var context = target.Segment(0);
        if (!Contexts.Contains(context))
            parameters.Fail(SdmxError.Syntax($"'{context}' is none of {string.Join(", ", Contexts)}.{Nearest.Hint(context ?? "", Contexts)} Expected "
                + "/metadata/metadataset/{provider}/{id}/{version}, "
                + "/metadata/metadataflow/{agency}/{id}/{version}/{provider} or /metadata/structure/{type}/{agency}/{id}/{version}."));
        var names = target.Below(context == "structure" ? 2 : 1);
        if (names.Segments.Count > (context == "metadataflow" ? 4 : 3))
            parameters.Fail(SdmxError.Syntax("A metadata path ends with the version; behind that of a metadata flow stands the provider."));
        if (Identifiers.Split(names.Segment(0), ApiVersion.V2, "agency", out var agencies) is { } badAgency)
            parameters.Fail(badAgency);
        if (Identifiers.Split(names.Segment(1), ApiVersion.V2, "id", out var ids) is { } badId)
            parameters.Fail(badId);
        if (Identifiers.Split(names.Segment(3), ApiVersion.V2, "provider", out var providers) is { } badProvider)
            parameters.Fail(badProvider);
        query = new MetadataQuery
        {
            Context = context switch
            {
                "metadataset" => MetadataContext.MetadataSet,
                "metadataflow" => MetadataContext.Metadataflow,
                _ => MetadataContext.Structure,
            },
            Type = context == "structure" ? ReadType(target.Segment(1), parameters) : null,
            Agencies = agencies,
            Ids = ids,
            Versions = ReadVersions(names.Segment(2), parameters),
            Providers = providers,
            IsStub = parameters.OneOf("detail", "full", "allstubs") == "allstubs",
            AsOf = parameters.AsOf(),
        };
        error = parameters.Finish();
        if (error is not null)
            query = null;
        return query is not null;
    }

    static ArtefactType? ReadType(string? resource, ParameterReader parameters)
    {
        if (resource is null or "*")
            return null;
        var rows = ArtefactTypes.All.Where(row => row.IsStructure).ToList();
        if (rows.Find(row => row.Resource == resource) is { } found)
            return found.Type;
        parameters.Fail(SdmxError.Syntax($"'{resource}' is no type of artefact that the hub keeps.{Nearest.Hint(resource, rows.Select(row => row.Resource))}"));
        return null;
    }

    static VersionPattern ReadVersions(string? text, ParameterReader parameters)
    {
        if (text is null)
            return VersionPattern.Latest;
        if (VersionPattern.TryParse(text, out var pattern))
            return pattern;
        parameters.Fail(SdmxError.Syntax(
            $"The version '{text}' is none: expected a number such as 1.0, + (latest stable), ~ (latest), * (all), or a pattern such as 1.2+.0."));
        return VersionPattern.Latest;
    }
}

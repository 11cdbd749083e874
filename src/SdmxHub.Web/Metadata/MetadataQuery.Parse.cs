using System.Diagnostics.CodeAnalysis;
using Sdmx;

namespace SdmxHub.Web;

// REST 2.x: /metadata/{context}/... (checklist 1.2, Reference metadata); REST 1.x: /metadata/{flow}/{key}/{provider} (checklist 1.1, Metadata).
public sealed partial record MetadataQuery
{
    static readonly string[] Contexts = ["metadataset", "metadataflow", "structure"];

    /// <summary>Whether what stands behind <c>metadata/</c> begins like a path of v2.</summary>
    public static bool IsV2(RequestTarget target) => target.Segment(0) is null || Contexts.Contains(target.Segment(0));

    /// <summary>Reads what stands behind <c>/sdmx/v1/metadata</c> or <c>/sdmx/v2/metadata</c>.</summary>
    /// <param name="target">The segments from there on, and the parameters.</param>
    /// <param name="api">The interface.</param>
    /// <param name="query">The query, when true.</param>
    /// <param name="error">The fault, when false.</param>
    public static bool TryParse(RequestTarget target, ApiVersion api, [NotNullWhen(true)] out MetadataQuery? query, [NotNullWhen(false)] out SdmxError? error)
    {
        var parameters = new ParameterReader(target);
        query = (api == ApiVersion.V1 ? ParseV1(target, parameters) : ParseV2(target, parameters)) with
        {
            IsStub = parameters.OneOf("detail", "full", "allstubs") == "allstubs",
            AsOf = parameters.AsOf(),
        };
        error = parameters.Finish();
        if (error is not null)
            query = null;
        return query is not null;
    }

    static MetadataQuery ParseV1(RequestTarget target, ParameterReader parameters)
    {
        if (target.Segments.Count > 3)
            parameters.Fail(SdmxError.Syntax("A metadata path has at most three parts: /metadata/{flow}/{key}/{provider}."));
        var flow = target.Segment(0);
        if (flow is null)
            parameters.Fail(SdmxError.Syntax("The path names no metadata flow: /metadata/{flow}, where {flow} is all, ID, AGENCY,ID or AGENCY,ID,VERSION."));
        if (target.Segment(1) is not (null or "all"))
            parameters.Fail(new(SdmxErrorCode.NotImplemented, "Metadata are not chosen by key yet: say all."));
        string?[] parts = [.. (flow ?? "all").Split(',')];
        var (agency, id, version) = parts switch
        {
            [var only] => (null, only, null),
            [var first, var second] => (first, second, null),
            [var first, var second, var third] => (first, second, third),
            _ => (null, "", null),
        };
        if (parts.Length > 3 || id is "")
            parameters.Fail(SdmxError.Syntax($"The metadata flow '{flow}' is none: expected all, ID, AGENCY,ID or AGENCY,ID,VERSION."));
        if (Identifiers.Split(agency, ApiVersion.V1, "agency", out var agencies) is { } badAgency)
            parameters.Fail(badAgency);
        if (Identifiers.Split(id, ApiVersion.V1, "metadata flow id", out var ids) is { } badId)
            parameters.Fail(badId);
        if (!VersionPattern.TryParseV1(version ?? "latest", out var versions))
            parameters.Fail(SdmxError.Syntax($"The version '{version}' is none: expected a number such as 1.0, latest, or all."));
        return new MetadataQuery
        {
            Api = ApiVersion.V1, Context = MetadataContext.Metadataflow, Agencies = agencies, Ids = ids, Versions = versions ?? VersionPattern.Latest,
            Providers = target.Segment(2) is { } providers and not "all" ? [.. providers.Split('+').Select(p => p.Replace(',', '.'))] : [],
        };
    }

    static MetadataQuery ParseV2(RequestTarget target, ParameterReader parameters)
    {
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
        return new MetadataQuery
        {
            Api = ApiVersion.V2,
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
        };
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

using Sdmx.Formats;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary>A REST query on the command line: which interface it speaks, and what stands behind the resource.</summary>
/// <param name="Text">The query, complete, for the message's header.</param>
/// <param name="Api">The interface.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Target">What the interface's parser takes.</param>
sealed record RestPath(string Text, ApiVersion Api, MessageKind Kind, RequestTarget Target)
{
    static readonly string[] ContextsOfV2 = ["dataflow", "datastructure", "provisionagreement", "*"];

    /// <summary>Reads <c>data/...</c>, <c>structure/...</c>, <c>metadata/...</c>, <c>codelist/...</c>, with or without <c>/sdmx/v1/</c> or <c>/sdmx/v2/</c> or a whole address before it.</summary>
    /// <param name="text">The query.</param>
    /// <param name="format">The format asked for beside it, or null; it beats one in the query.</param>
    /// <returns>Null when it is no query of either interface.</returns>
    public static RestPath? Parse(string text, string? format)
    {
        var target = RequestTarget.Parse(text);
        if (format is not null)
            target = target with { Parameters = [.. target.Parameters.Where(p => p.Name != "format"), new QueryParameter("format", Uri.EscapeDataString(format))] };
        if (target.Segment(0) == "sdmx")
            target = target.Below(1);
        ApiVersion? named = target.Segment(0) switch { "v1" => ApiVersion.V1, "v2" => ApiVersion.V2, _ => null };
        if (named is not null)
            target = target.Below(1);
        return target.Segment(0) switch
        {
            "data" => new(text, named ?? (ContextsOfV2.Contains(target.Segment(1)) ? ApiVersion.V2 : ApiVersion.V1), MessageKind.Data, target.Below(1)),
            "structure" when named != ApiVersion.V1 => new(text, ApiVersion.V2, MessageKind.Structure, target.Below(1)),
            "metadata" => new(text, named ?? (MetadataQuery.IsV2(target.Below(1)) ? ApiVersion.V2 : ApiVersion.V1), MessageKind.Metadata, target.Below(1)),
            { } resource when named != ApiVersion.V2 && StructureQuery.IsResource(resource, ApiVersion.V1) => new(text, ApiVersion.V1, MessageKind.Structure, target),
            _ => null,
        };
    }
}

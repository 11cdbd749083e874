using System.Text.Json;
using System.Text.Json.Serialization;
using Sdmx.Formats;
using Sdmx.Mapping;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What a package says about itself: <c>manifest.json</c>.</summary>
/// <param name="Mode">check, draft or publish.</param>
/// <param name="Draft">The draft's name.</param>
/// <param name="Dataflow">The flow for data that name only a structure.</param>
/// <param name="Agreement">The provision agreement that it is sent under.</param>
/// <param name="Map">The structure map that data are read through.</param>
/// <param name="Without">The rules of the SDG domain that are left out, by their codes.</param>
/// <param name="Note">What the sender says about it.</param>
/// <param name="Files">The messages: all there are, when any is named.</param>
sealed record PackageManifest(
    string? Mode, string? Draft, string? Dataflow, string? Agreement, string? Map, IReadOnlyList<string>? Without, string? Note, IReadOnlyList<ManifestFile>? Files)
{
    /// <summary>The file's name, in a zip at its root.</summary>
    public const string FileName = "manifest.json";

    /// <summary>The most bytes of one.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>Reads one; null with the reason.</summary>
    public static PackageManifest? Read(Stream stream, out string? fault)
    {
        try
        {
            fault = null;
            return JsonSerializer.Deserialize(stream, ManifestJson.Default.PackageManifest) ?? throw new JsonException("null");
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            fault = $"{FileName} cannot be read: {e.Message.Split(" Path:")[0].TrimEnd('.')}. Expected {{\"mode\", \"draft\", \"dataflow\", \"agreement\", \"map\", \"without\", \"note\", \"files\": [{{\"name\", \"kind\", \"dataflow\", \"map\"}}]}}.";
            return null;
        }
    }

    /// <summary>Takes what it asks for into a request.</summary>
    /// <returns>Why not, or null.</returns>
    public string? Ask(SubmissionRequest request) =>
        request.Set("mode", Mode ?? "") ?? request.Set("draft", Draft ?? "") ?? request.Set("dataflow", Dataflow ?? "")
        ?? request.Set("agreement", Agreement ?? "") ?? request.Set("map", Map ?? "") ?? request.Set("without", string.Join(',', Without ?? [])) ?? request.Set("note", Note ?? "");

    /// <summary>What it says about each message added to that message; null with the reason where it names others than there are.</summary>
    public IReadOnlyList<SubmittedFile>? Describe(IReadOnlyList<SubmittedFile> files, out string? fault)
    {
        fault = null;
        if (Files is not { Count: > 0 } said)
            return files;
        fault = said.GroupBy(f => f.Name).FirstOrDefault(g => g.Count() > 1) is { } twice ? $"{FileName} names '{twice.Key}' twice."
            : said.FirstOrDefault(s => files.All(f => f.Name != s.Name)) is { } absent ? $"{FileName} names '{absent.Name}', which is not in the package."
            : files.FirstOrDefault(f => said.All(s => s.Name != f.Name)) is { } unsaid ? $"The package holds '{unsaid.Name}', which {FileName} does not name."
            : said.Select(FaultOf).FirstOrDefault(f => f is not null);
        return fault is not null ? null
            : [.. said.Select(s => files.First(f => f.Name == s.Name) with { Kind = KindOf(s.Kind), Dataflow = s.Dataflow, Map = s.Map })];
    }

    static MessageKind? KindOf(string? word) => word switch
    {
        "data" => MessageKind.Data,
        "structures" => MessageKind.Structure,
        "metadata" => MessageKind.Metadata,
        _ => null,
    };

    static string? FaultOf(ManifestFile file) =>
        file.Kind is not null && KindOf(file.Kind) is null ? $"{FileName}: the kind of '{file.Name}' is '{file.Kind}'; expected data, structures or metadata."
        : file.Dataflow is { } flow && !SubmissionRequestRules.IsFlow(flow) ? $"{FileName}: the dataflow of '{file.Name}' is '{flow}'; expected AGENCY:ID or AGENCY:ID(VERSION)."
        : file.Map is { } map && !MapName.IsName(map) ? $"{FileName}: the map of '{file.Name}' is '{map}'; expected ID, AGENCY:ID, AGENCY:ID(VERSION) or a URN."
        : null;
}

/// <summary>A message that a manifest names.</summary>
/// <param name="Name">Its name in the package.</param>
/// <param name="Kind">data, structures or metadata.</param>
/// <param name="Dataflow">The flow for it, when it names only a structure.</param>
/// <param name="Map">The structure map that its data are read through.</param>
sealed record ManifestFile(string Name, string? Kind, string? Dataflow, string? Map);

/// <summary>How manifests are read: a name that is not known is a fault.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(PackageManifest))]
sealed partial class ManifestJson : JsonSerializerContext;

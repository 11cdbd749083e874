using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Storage;

/// <summary>A message on its way in: a file, or one of several in a zip archive.</summary>
/// <param name="Path">Where the file lies.</param>
public sealed record LoadFile(string Path)
{
    /// <summary>The message's name in the archive that the file is; null when the file holds one message only.</summary>
    public string? Entry { get; init; }

    /// <summary>What findings call it; the file's own name, without folder, when null.</summary>
    public string? Name { get; init; }

    /// <summary>The flow for data that name only a structure; that of the <see cref="LoadOptions"/> when null.</summary>
    public Urn? Dataflow { get; init; }

    /// <summary>The structure map that its data are read through; that of the <see cref="LoadOptions"/> when null.</summary>
    public string? Map { get; init; }

    /// <summary>The provision agreement, <c>AGENCY:ID</c>, that its series belong to whoever sends them; null for the one they are sent under.</summary>
    public string? Owner { get; init; }

    /// <summary>What the sender says that it carries; another content is refused. Null when nothing is said.</summary>
    public MessageKind? Kind { get; init; }
}

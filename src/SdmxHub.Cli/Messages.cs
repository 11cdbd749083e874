using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Cli;

/// <summary>Looks into message files.</summary>
static class Messages
{
    /// <summary>What a file carries; null when it is no message that the hub reads.</summary>
    public static MessageKind? KindOf(string path)
    {
        using var issues = new IssueLog();
        return MessageFile.Open(path, new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues }).Format?.Kind;
    }

    /// <summary>Structure messages, then the rest; both in the order given.</summary>
    public static IReadOnlyList<InputFile> StructuresFirst(IReadOnlyList<InputFile> files) =>
        files.Count < 2 ? files : [.. files.OrderBy(f => KindOf(f.Path) == MessageKind.Structure ? 0 : 1)];

    /// <summary>The catalog with the structures of those of <paramref name="files"/> that hold structures. What is wrong with them is told when they
    /// are checked themselves.</summary>
    public static StructureCatalog WithStructures(StructureCatalog catalog, IReadOnlyList<InputFile> files, ReadLimits limits)
    {
        foreach (var file in files.Where(f => files.Count > 1 && KindOf(f.Path) == MessageKind.Structure))
        {
            using var issues = new IssueLog();
            catalog = catalog.With(ReadStructures(file.Path, new ReadContext { Catalog = catalog, Issues = issues, Limits = limits }));
        }

        return catalog;
    }

    /// <summary>Reads a structure message; what is wrong goes to the context's log.</summary>
    public static ValueArray<Artefact> ReadStructures(string path, ReadContext context) =>
        MessageFile.Open(path, context).ReadStructures(context)?.Artefacts ?? [];
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The one way in: read, validate, sort by series, check the series, and if nothing is wrong append and commit. CLI and web call the same.</summary>
public static class Load
{
    /// <summary>Checks a file, data or structures, against <paramref name="catalog"/>; nothing is kept.</summary>
    public static LoadReport Check(string path, StructureCatalog catalog, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary>Checks a file against the structures of <paramref name="store"/>'s head and, when no finding is an error, loads it: all or nothing.</summary>
    public static LoadReport Run(string path, Store store, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct) =>
        throw new NotImplementedException();
}

using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>Opens stores by their URL.</summary>
static class Stores
{
    const string Sqlite = "sqlite:";

    /// <summary>The file that a URL names, or null when it is no URL of a file.</summary>
    public static string? PathOf(string url) => url.StartsWith(Sqlite, StringComparison.Ordinal) ? url[Sqlite.Length..] : null;

    /// <summary>Opens a store that must be there: a command that only reads makes no store out of a misspelt path.</summary>
    /// <param name="url">The store's URL.</param>
    /// <param name="fault">Why there is none, or null.</param>
    public static Store? OpenExisting(string url, out string? fault)
    {
        fault = PathOf(url) is { } path && !File.Exists(path) ? $"there is no store {url}; 'sdmxhub load FILE --store {url}' makes one" : null;
        return fault is null ? Store.Open(url, TimeProvider.System) : null;
    }
}

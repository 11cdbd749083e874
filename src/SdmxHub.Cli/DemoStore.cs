using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>The store of the demo: fresh at every start, in the place of the last demo's and of nothing else.</summary>
static class DemoStore
{
    /// <summary>Who loads in a demo; also how a demo's store is known.</summary>
    public const string Actor = "demo";

    /// <summary>Where the store lies when nothing else is said.</summary>
    public static string Url => $"sqlite:{Path.Combine(Path.GetTempPath(), "sdmxhub-demo.db")}";

    /// <summary>Makes the store.</summary>
    /// <param name="url">Its URL.</param>
    /// <param name="fault">Why it cannot be made: something else lies there; or null.</param>
    public static Store? Make(string url, out string? fault)
    {
        fault = null;
        if (Stores.PathOf(url) is { } path && File.Exists(path))
        {
            if (!IsDemo(url))
            {
                fault = $"{path} was not made by the demo, which begins with a fresh store and deletes no other; name another file with --store";
                return null;
            }

            foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
                File.Delete(path + suffix);
        }

        return Store.Open(url, TimeProvider.System);
    }

    static bool IsDemo(string url)
    {
        try
        {
            using var store = Store.Open(url, TimeProvider.System);
            return store.Log().All(r => r.Actor == Actor);
        }
        catch (StoreException)
        {
            return false;
        }
    }
}

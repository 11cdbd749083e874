namespace SdmxHub.Cli;

/// <summary>The folders that are shipped beside the executable.</summary>
static class ShippedFolders
{
    /// <summary>The SDG data structures.</summary>
    public static string Dsd => At("dsd");

    /// <summary>The SDG metadata structures.</summary>
    public static string Msd => At("msd");

    /// <summary>Sample messages that are accepted.</summary>
    public static string ValidSamples => At("samples", "valid");

    /// <summary>Sample messages that are refused.</summary>
    public static string RefusedSamples => At("samples", "refused");

    /// <summary>The messages in a folder; none when the folder was not shipped.</summary>
    public static IEnumerable<string> Messages(string folder) => Directory.Exists(folder) ? InputFiles.MessagesBelow(folder) : [];

    static string At(params string[] path) => Path.Combine([AppContext.BaseDirectory, .. path]);
}

using NUnit.Framework;

namespace SharedFacts;

/// <summary>Finds the project's folders, and the folder of public facts and fixtures that lies beside a checkout.</summary>
public static class Facts
{
    /// <summary>The root of the checkout: where SdmxHub.sln lies.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The facts folder, or null where it is absent.</summary>
    public static string? Folder { get; } =
        Path.GetFullPath(Environment.GetEnvironmentVariable("SDMXHUB_FACTS") ?? Path.Combine(Root, "..", "shared")) is var folder
        && Directory.Exists(Path.Combine(folder, "sdg")) ? folder : null;

    /// <summary>A file or folder of the checkout.</summary>
    public static string InProject(params string[] path) => Path.Combine([Root, .. path]);

    /// <summary>A file or folder of the facts; the test is skipped where they are absent.</summary>
    public static string At(params string[] path)
    {
        if (Folder is null)
            Assert.Ignore("needs the public facts and fixtures: put the folder 'shared' beside the checkout, or name it in SDMXHUB_FACTS");
        return Path.Combine([Folder!, .. path]);
    }

    static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "SdmxHub.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("SdmxHub.sln lies in no folder above the tests");
    }
}

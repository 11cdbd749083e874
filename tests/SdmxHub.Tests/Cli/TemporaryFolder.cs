namespace SdmxHub.Tests.Cli;

/// <summary>A folder for one test, gone afterwards.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sdmxhub-test-");

    /// <summary>The URL of a store in it.</summary>
    public string Store => "sqlite:" + At("store.db");

    public string At(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a file.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        File.WriteAllText(At(name), text);
        return At(name);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}

using SharpFuzz;

namespace SdmxHub.Fuzz;

/// <summary>A copy of this program whose libraries count the edges they take.</summary>
static class Instrumentation
{
    static readonly string[] Counted = ["Sdmx.dll", "SdmxHub.Storage.dll"];

    /// <summary>Makes the copy.</summary>
    /// <returns>The program to start with <c>dotnet</c>.</returns>
    public static string CopyTo(string folder)
    {
        foreach (var path in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll"))
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        var name = typeof(Instrumentation).Assembly.GetName().Name!;
        File.Copy(Path.Combine(AppContext.BaseDirectory, name + ".runtimeconfig.json"), Path.Combine(folder, name + ".runtimeconfig.json"));
        foreach (var library in Counted)
            _ = Fuzzer.Instrument(Path.Combine(folder, library), static _ => true, Options.Value).Count();
        return Path.Combine(folder, name + ".dll");
    }
}

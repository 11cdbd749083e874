namespace SdmxHub.Cli;

/// <summary>One file to read.</summary>
/// <param name="Label">The name as the user gave it, for reports.</param>
/// <param name="Path">Where it lies; for standard input the spooled copy.</param>
readonly record struct InputFile(string Label, string Path)
{
    /// <summary>What standard input is called in reports.</summary>
    public const string StandardInput = "-";
}

/// <summary>The files that FILE arguments name: files, folders, patterns, <c>-</c> for standard input.</summary>
/// <remarks>A folder stands for the messages in it and below it, by name. Dispose it to remove the copy of standard input.</remarks>
sealed class InputFiles : IDisposable
{
    /// <summary>What in a folder counts as a message; a file that is named counts whatever its name.</summary>
    static readonly string[] Extensions = [".xml", ".json", ".csv", ".gz", ".zip"];

    readonly List<InputFile> _files = [];
    DirectoryInfo? _spool;

    InputFiles()
    {
    }

    /// <summary>The files, in the order their arguments came; one that does not exist is among them, for whoever opens it to report.</summary>
    public IReadOnlyList<InputFile> Files => _files;

    /// <summary>Finds the files; reads standard input to its end when <c>-</c> is among the arguments.</summary>
    /// <param name="names">The arguments.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="ct">Stops the reading.</param>
    public static async Task<InputFiles> FindAsync(IEnumerable<string> names, Stream input, CancellationToken ct)
    {
        var found = new InputFiles();
        foreach (var name in names)
        {
            if (name == InputFile.StandardInput)
                found._files.Add(new(name, await found.SpoolAsync(input, ct)));
            else if (Directory.Exists(name))
                found._files.AddRange(MessagesBelow(name).Select(f => new InputFile(f, f)));
            else if (!File.Exists(name) && Matching(name) is { Count: > 0 } matching)
                found._files.AddRange(matching.Select(f => new InputFile(f, f)));
            else
                found._files.Add(new(name, name));
        }

        return found;
    }

    /// <summary>The messages in a folder and below it, ordered by path, letter by letter.</summary>
    public static IEnumerable<string> MessagesBelow(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => Extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase) && Path.GetFileName(f)[0] != '.')
            .Order(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose()
    {
        _spool?.Delete(recursive: true);
    }

    // Shells that leave patterns to the program (cmd, PowerShell) hand them over as they were typed.
    static List<string> Matching(string name)
    {
        var folder = Path.GetDirectoryName(name);
        var pattern = Path.GetFileName(name);
        if (pattern.AsSpan().IndexOfAny('*', '?') < 0 || !Directory.Exists(string.IsNullOrEmpty(folder) ? "." : folder))
            return [];
        return [.. Directory.EnumerateFiles(string.IsNullOrEmpty(folder) ? "." : folder, pattern)
            .Select(f => string.IsNullOrEmpty(folder) ? Path.GetFileName(f) : f).Order(StringComparer.Ordinal)];
    }

    async Task<string> SpoolAsync(Stream input, CancellationToken ct)
    {
        // In a folder of its own, so that the file can have the name that findings are to show.
        var isFirst = _spool is null;
        _spool ??= Directory.CreateTempSubdirectory("sdmxhub-");
        var path = Path.Combine(_spool.FullName, "stdin");
        if (!isFirst)
            return path;
        await using var file = File.Create(path);
        await input.CopyToAsync(file, ct);
        return path;
    }
}

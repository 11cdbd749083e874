using System.Diagnostics;
using System.Security.Cryptography;

namespace SdmxHub.Fuzz;

/// <summary>What was found in one target: a file each with the input, and one beside it that says what is wrong and how to see it again.</summary>
sealed class Findings(string folder, string target)
{
    const int MostOfOneKind = 3;

    readonly Dictionary<string, int> _kinds = [];

    /// <summary>How many kinds were found.</summary>
    public int Count => _kinds.Count;

    /// <summary>Keeps the input that an exception came of; of one kind, the first few.</summary>
    public void Add(Exception fault, byte[] input, int seed, long execution) => Add(KindOf(fault), fault.ToString(), input, seed, execution);

    /// <summary>Keeps an input.</summary>
    public void Add(string kind, string what, byte[] input, int seed, long execution)
    {
        var count = _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
        if (count > MostOfOneKind)
            return;
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"{target}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}");
        File.WriteAllBytes(path, input);
        File.WriteAllText(path + ".txt", $"seed {seed}, execution {execution}\ndotnet run --project tests/SdmxHub.Fuzz -c Release -- {target} {path}\n\n{kind}\n{what}\n");
        if (count == 1)
            Console.WriteLine($"{target}: found {kind}: {path}");
    }

    /// <summary>The fault and where in the hub it happened, so that the same is counted once.</summary>
    static string KindOf(Exception fault)
    {
        if (fault is DifferenceException difference)
            return $"difference ({difference.Oracle})";
        var frames = new StackTrace(fault).GetFrames().Select(f => f.GetMethod()).Where(m => m?.DeclaringType?.FullName?.StartsWith("Sdmx", StringComparison.Ordinal) == true);
        return $"{fault.GetType().Name} in {string.Join(" < ", frames.Take(3).Select(m => $"{m!.DeclaringType!.Name}.{m.Name}"))}";
    }
}

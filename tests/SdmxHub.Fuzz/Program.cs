using System.Globalization;
using SdmxHub.Fuzz;

if (args is [Campaign.Child, var target, var count, var number, var folder, var path])
    return RunChild(target, long.Parse(count, CultureInfo.InvariantCulture), int.Parse(number, CultureInfo.InvariantCulture), folder, path);

var (names, files, options) = (new List<string>(), new List<string>(), new Dictionary<string, string> { ["--executions"] = "1000000", ["--seed"] = "1", ["--jobs"] = "1", ["--out"] = "fuzz-findings" });
for (var i = 0; i < args.Length; i++)
{
    if (options.ContainsKey(args[i]) && i + 1 < args.Length)
        options[args[i]] = args[++i];
    else
        (names.Count == 0 ? names : files).Add(args[i]);
}

var targets = Target.All.Where(t => names is ["all"] || names.Contains(t.Name)).ToList();
if (targets.Count == 0 || (files.Count > 0 && targets.Count > 1))
{
    Console.Error.WriteLine($"usage: dotnet run --project tests/SdmxHub.Fuzz -c Release -- all|{string.Join('|', Target.All.Select(t => t.Name))} [--executions N] [--seed S] [--jobs J] [--out FOLDER]");
    Console.Error.WriteLine("or: READER FILE...: reads files once more that were kept.");
    return 2;
}

return files.Count > 0 ? Replay(targets[0], files)
    : new Campaign(Path.GetFullPath(options["--out"]), Number("--seed"), Number("--jobs")).Run(targets, long.Parse(options["--executions"], CultureInfo.InvariantCulture));

int Number(string option) => int.Parse(options[option], CultureInfo.InvariantCulture);

static int Replay(Target target, List<string> files)
{
    foreach (var file in files)
    {
        var bytes = File.ReadAllBytes(file);
        target.Mend(bytes);
        target.Read(bytes, bytes.Length);
        target.Check(bytes);
        Console.WriteLine($"{file}: nothing found");
    }

    return 0;
}

static int RunChild(string name, long executions, int seed, string folder, string path)
{
    // first of all: the instrumented code writes to it
    var coverage = new Coverage();
    var findings = new Findings(folder, name);
    using var current = new CurrentInput(path);
    Watchdog.Start(() => current.Executions);
    new FuzzLoop(Target.All.Single(t => t.Name == name), seed, current, findings, coverage).Run(executions);
    return findings.Count == 0 ? 0 : 1;
}

using System.Diagnostics;
using System.Globalization;
using SdmxHub.Benchmarks;

if (args is ["kill-child", var folder, var seed])
    return CrashChild.Run(folder, int.Parse(seed, CultureInfo.InvariantCulture));
if (args is ["peak-child", var file, var database])
    return PeakBenchmark.Child(file, database);
if (args is ["serve-child", var served])
    return ServeChild.Serve(served);
if (args is ["kill", .. var rest])
    return CrashTest.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 500, rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 1);
if (args is ["concurrency-child", var shared, var time, var start])
    return ConcurrencyTest.Child(shared, double.Parse(time, CultureInfo.InvariantCulture), int.Parse(start, CultureInfo.InvariantCulture));
if (args is ["concurrency", .. var words])
    return ConcurrencyTest.Run(words.Length > 0 ? double.Parse(words[0], CultureInfo.InvariantCulture) : 120, words.Length > 1 ? int.Parse(words[1], CultureInfo.InvariantCulture) : 1);

// one line each: name, and what runs it
Dictionary<string, Action<Scale>> benchmarks = new()
{
    ["parse"] = scale => ParseBenchmark.Run(scale.Megabytes),
    ["validate"] = ValidationBenchmark.Run,
    ["map"] = MapBenchmark.Run,
    ["rules"] = RulesBenchmark.Run,
    ["sort"] = ValidationBenchmark.RunShuffled,
    ["csv-read"] = CsvReadBenchmark.Run,
    ["csv-write"] = CsvWriteBenchmark.Run,
    ["json-write"] = JsonWriteBenchmark.Run,
    ["xml-write"] = XmlWriteBenchmark.Run,
    ["load"] = LoadBenchmark.Run,
    ["store"] = StoreBenchmark.Run,
    ["available"] = AvailabilityBenchmark.Run,
    ["releases"] = ReleasesBenchmark.Run,
    ["publish"] = PublishBenchmark.Run,
    ["serve"] = ServeBenchmark.Run,
    ["peak"] = PeakBenchmark.Run,
};

var name = args.Length > 0 ? args[0] : "";
// One by name: as often as in full, a million observations unless a size is given.
var scale = name switch { "full" => Scale.Full, "quick" => Scale.Quick, _ => Scale.Full.Of(1_000_000) with { Megabytes = 100 } };
Measurement.MostWarmUp = scale.WarmUp;
if (args.Length > 1)
    scale = scale.Of(long.Parse(args[1], CultureInfo.InvariantCulture));
if (name is not ("quick" or "full") && !benchmarks.ContainsKey(name))
{
    Console.Error.WriteLine($"usage: dotnet run --project tests/SdmxHub.Benchmarks -c Release -- quick|full|{string.Join('|', benchmarks.Keys)} [SIZE]");
    Console.Error.WriteLine("SIZE: observations; of parse, megabytes.");
    Console.Error.WriteLine("or: kill [TIMES] [SEED]: kills a process that changes a store, and checks the store each time.");
    Console.Error.WriteLine("or: concurrency [SECONDS] [SEED]: many readers and writers of one store, in one process and in two.");
    return 2;
}

Console.WriteLine($".NET {Environment.Version}, {Environment.ProcessorCount} processors; CPU time of the process, medians of {scale.Rounds}.");
foreach (var (key, run) in benchmarks)
{
    if (name is not ("quick" or "full") && name != key)
        continue;
    var watch = Stopwatch.StartNew();
    run(scale);
    Console.WriteLine($"({key}: {watch.Elapsed.TotalSeconds:F0} s)");
}

return 0;

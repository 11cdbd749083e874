using SdmxHub.Benchmarks;

return args switch
{
    ["parse", .. var rest] => ParseBenchmark.Run(rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 250),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: dotnet run -c Release --project tests/SdmxHub.Benchmarks -- parse [MEGABYTES]");
    return 2;
}

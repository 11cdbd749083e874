namespace SdmxHub.Benchmarks;

/// <summary>SDMX-JSON data written, against Utf8JsonWriter writing the same values.</summary>
static class JsonWriteBenchmark
{
    public static void Run(Scale scale) => Writing.Compare(scale, "json-2.0", "Utf8JsonWriter", (cube, blocks, output) =>
    {
        using var baseline = new JsonBaseline(cube, output);
        baseline.Write(blocks);
    });
}

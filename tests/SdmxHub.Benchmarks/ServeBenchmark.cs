using System.Diagnostics;
using System.Net;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>The hub from outside, on loopback: what a request costs a process that does nothing but serve, against a bare Kestrel endpoint in the same process.</summary>
static class ServeBenchmark
{
    const int Keys = 50_000;
    const int Clients = 8;
    const int WholeWarmUps = 4;
    const int WholeRounds = 7;

    public static void Run(Scale scale)
    {
        var cube = new SdgCube();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-serve-");
        try
        {
            var database = Path.Combine(folder.FullName, "hub.db");
            var observations = scale.StoreObservations[0];
            List<string> keys;
            double written;
            using (var store = StoreBenchmark.NewStore(database, cube))
            {
                using (var transaction = store.Begin("load", "benchmark"))
                {
                    foreach (var block in cube.Blocks(observations))
                        transaction.Append(block);
                    transaction.Commit();
                }

                using var head = store.Head();
                observations = head.Cube(cube.Schema.Urn)!.Observations;
                keys = KeysOf(head, cube);
                written = Measurement.Median(7, () => Write(head, cube)).Seconds;
            }

            Measure(database, cube, keys, observations, written).GetAwaiter().GetResult();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task Measure(string database, SdgCube cube, List<string> keys, long observations, double written)
    {
        using var server = new ServeChild(database);
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = Clients }) { Timeout = TimeSpan.FromMinutes(5) };
        var flow = $"{server.Hub}/sdmx/v2/data/dataflow/{cube.Schema.Urn.Agency}/{cube.Schema.Urn.Id}/*";
        var first = $"{flow}/{keys[0]}?format=csv-2.0";
        await client.PostAsync($"{server.Bare}/body", new ByteArrayContent(await client.GetByteArrayAsync(first)));
        using var known = await client.GetAsync(first);
        var tag = known.Headers.ETag!.ToString();

        // Each several times: the first ones compile.
        double bare = 0, one = 0, same = 0, filtered = 0, whole = 0;
        for (var round = 0; round < 3; round++)
        {
            bare = await Cost(server, client, keys.Count, i => new(HttpMethod.Get, $"{server.Bare}/bare?{keys[i]}"));
            one = await Cost(server, client, keys.Count, i => new(HttpMethod.Get, $"{flow}/{keys[i]}?format=csv-2.0"));
            same = await Cost(server, client, keys.Count, _ => new(HttpMethod.Get, first) { Headers = { { "If-None-Match", tag } } });
            var areas = cube.Schema.Find("REF_AREA")!.Codes!;
            filtered = await Cost(server, client, 200, i => new(HttpMethod.Get,
                $"{server.Hub}/sdmx/v2/availability/dataflow/{cube.Schema.Urn.Agency}/{cube.Schema.Urn.Id}/*?c[REF_AREA]={areas[i % areas.Count]}&mode=available"));
            whole = await Cost(server, client, 200, _ => new(HttpMethod.Get, $"{server.Hub}/sdmx/v2/availability/dataflow/{cube.Schema.Urn.Agency}/{cube.Schema.Urn.Id}"));
        }

        var figures = new FigureTable($"Served over loopback, {observations:N0} observations, {Clients} clients: CPU of the serving process");
        figures.Add("a bare Kestrel endpoint, the same bytes from memory", $"{bare * 1e6:F0} us", "");
        figures.Add($"one series, {keys.Count:N0} different keys", $"{one * 1e6:F0} us, {bare / one:F2} times its rate", "0.3");
        figures.Add("304, by entity tag", $"{same * 1e6:F0} us, {bare / same:F2} times its rate", "0.8");
        figures.Add("availability under a filter, with choices", $"{filtered * 1e3:F2} ms", "under 20 ms at 300,000 series");
        figures.Add("availability of everything", $"{whole * 1e3:F2} ms", "");
        await MeasureWhole(server, client, $"{flow}?format=csv-2.0", observations, written, figures);
    }

    static async Task MeasureWhole(ServeChild server, HttpClient client, string url, long observations, double written, FigureTable figures)
    {
        var all = new List<(double Cost, double First, long Heap)>();
        for (var i = 0; i < WholeWarmUps + WholeRounds; i++)
            all.Add(await Whole(server, client, url));
        all.RemoveRange(0, WholeWarmUps); // what it is compared with is warm too
        var cost = Median(all.Select(a => a.Cost));
        figures.Add("the whole flow as SDMX-CSV", $"{observations / cost / 1e6:F2} M obs per CPU-s, {written / cost:F2} times the writer in its own process", "0.6");
        figures.Add("its first byte", $"{Median(all.Select(a => a.First)):F0} ms", "under 50 ms");
        figures.Add("the most managed memory meanwhile", $"{all.Max(a => a.Heap) / 1e6:F0} MB", "under 200 MB");
    }

    static async Task<(double Cost, double First, long Heap)> Whole(ServeChild server, HttpClient client, string url)
    {
        var (before, clock) = (await server.State(client), Stopwatch.StartNew());
        using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 16];
        var read = await body.ReadAsync(buffer);
        var first = clock.Elapsed.TotalMilliseconds;
        long bytes = read, heap = 0;
        for (var next = 0L; (read = await body.ReadAsync(buffer)) > 0; bytes += read)
        {
            if (bytes < next)
                continue;
            heap = Math.Max(heap, (await server.State(client)).Heap);
            next = bytes + (32 << 20);
        }

        return ((await server.State(client)).Cpu - before.Cpu, first, heap);
    }

    static double Median(IEnumerable<double> values) => values.Order().ElementAt(WholeRounds / 2);

    /// <summary>The CPU seconds of the server for one of many requests that several clients send.</summary>
    static async Task<double> Cost(ServeChild server, HttpClient client, int count, Func<int, HttpRequestMessage> request)
    {
        var before = (await server.State(client)).Cpu;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                using var response = await client.SendAsync(request(i));
                if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.NotModified or HttpStatusCode.NoContent))
                    throw new InvalidOperationException($"{response.StatusCode} for {response.RequestMessage!.RequestUri}");
                await response.Content.ReadAsByteArrayAsync();
            }
        })));
        return ((await server.State(client)).Cpu - before) / count;
    }

    static List<string> KeysOf(Snapshot head, SdgCube cube)
    {
        var (keys, block) = (new List<string>(), new ObservationBlock());
        using var reader = head.Read(new DataQuery { Dataflow = cube.Schema.Urn, WithObservations = false, Attributes = [], Measures = [] });
        while (keys.Count < Keys && reader.Read(block))
        {
            for (var row = 0; row < block.Count && keys.Count < Keys; row++)
                keys.Add(block.KeyText(row));
        }

        new Random(1).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(keys));
        return keys;
    }

    static void Write(Snapshot head, SdgCube cube)
    {
        using var reader = head.Read(new DataQuery { Dataflow = cube.Schema.Urn });
        var block = new ObservationBlock();
        var writer = Format.Find("csv-2.0")!.Write!(new WindowSink(), new WriterOptions());
        writer.Begin([cube.Schema]);
        writer.BeginDataset(reader.Dataset);
        while (reader.Read(block))
            writer.Write(block);
        writer.End();
    }
}

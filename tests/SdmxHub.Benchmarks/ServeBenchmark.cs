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
    const int WarmUps = 2;
    const int Turns = 10;
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
            using var store = StoreBenchmark.NewStore(database, cube);
            using (var transaction = store.Begin("load", "benchmark"))
            {
                foreach (var block in cube.Blocks(observations))
                    transaction.Append(block);
                transaction.Commit();
            }

            using var head = store.Head();
            Measure(database, cube, head).GetAwaiter().GetResult();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task Measure(string database, SdgCube cube, Snapshot head)
    {
        using var server = new ServeChild(database);
        using var client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, MaxConnectionsPerServer = Clients }) { Timeout = TimeSpan.FromMinutes(5) };
        var (keys, observations) = (KeysOf(head, cube), head.Cube(cube.Schema.Urn)!.Observations);
        var flow = $"{server.Hub}/sdmx/v2/data/dataflow/{cube.Schema.Urn.Agency}/{cube.Schema.Urn.Id}/*";
        var available = $"{server.Hub}/sdmx/v2/availability/dataflow/{cube.Schema.Urn.Agency}/{cube.Schema.Urn.Id}";
        var first = $"{flow}/{keys[0]}?format=csv-2.0";
        await client.PostAsync($"{server.Bare}/body", new ByteArrayContent(await client.GetByteArrayAsync(first)));
        using var known = await client.GetAsync(first);
        var tag = known.Headers.ETag!.ToString();
        var areas = cube.Schema.Find("REF_AREA")!.Codes!;
        Func<int, HttpRequestMessage>[] requests =
        [
            i => new(HttpMethod.Get, $"{server.Bare}/bare?{keys[i]}"), i => new(HttpMethod.Get, $"{flow}/{keys[i]}?format=csv-2.0"), _ => new(HttpMethod.Get, first) { Headers = { { "If-None-Match", tag } } },
        ];

        // All of them to warm up; then a part of the keys for each in turn, so that what else the machine does meets all.
        var costs = new List<double[]>();
        for (var turn = -WarmUps * Turns; turn < Turns; turn++)
        {
            var cost = new double[requests.Length];
            for (var i = 0; i < requests.Length; i++)
                cost[i] = await Cost(server, client, keys.Count / Turns, (turn + (WarmUps * Turns)) % Turns * (keys.Count / Turns), requests[i]);
            if (turn >= 0)
                costs.Add(cost);
        }

        await Cost(server, client, 200, 0, Filtered);
        var filtered = await Cost(server, client, 200, 0, Filtered);
        await Cost(server, client, 200, 0, _ => new(HttpMethod.Get, available));
        var everything = await Cost(server, client, 200, 0, _ => new(HttpMethod.Get, available));
        var figures = new FigureTable($"Served over loopback, {observations:N0} observations, {Clients} clients: CPU of the serving process");
        figures.Add("a bare Kestrel endpoint, the same bytes from memory", $"{Of(0) * 1e6:F0} us", "");
        figures.Add($"one series, {keys.Count:N0} different keys", $"{Of(1) * 1e6:F0} us, {Times(1):F2} times its rate", "0.3");
        figures.Add("304, by entity tag", $"{Of(2) * 1e6:F0} us, {Times(2):F2} times its rate", "0.8");
        figures.Add("availability under a filter, with choices", $"{filtered * 1e3:F2} ms", "under 20 ms at 300,000 series");
        figures.Add("availability of everything", $"{everything * 1e3:F2} ms", "");
        await MeasureWhole(server, client, $"{flow}?format=csv-2.0", head, cube, figures);

        HttpRequestMessage Filtered(int i) => new(HttpMethod.Get, $"{available}/*?c[REF_AREA]={areas[i % areas.Count]}&mode=available");
        double Of(int request) => costs.Average(c => c[request]);
        double Times(int request) => Measurement.Median(costs.Select(c => c[0] / c[request]));
    }

    static async Task MeasureWhole(ServeChild server, HttpClient client, string url, Snapshot head, SdgCube cube, FigureTable figures)
    {
        var all = new List<(double Cost, double First, long Heap, double Written)>();
        for (var i = 0; i < WholeWarmUps + WholeRounds; i++)
        {
            var (cost, first, heap) = await Whole(server, client, url);
            all.Add((cost, first, heap, Measurement.Once(() => Write(head, cube)).Seconds));
        }

        all.RemoveRange(0, WholeWarmUps); // the first ones compile, on both sides
        var observations = head.Cube(cube.Schema.Urn)!.Observations;
        figures.Add("the whole flow as SDMX-CSV",
            $"{observations / Measurement.Median(all.Select(a => a.Cost)) / 1e6:F2} M obs per CPU-s, {Measurement.Median(all.Select(a => a.Written / a.Cost)):F2} times the writer in a process that does nothing else", "0.6");
        figures.Add("its first byte", $"{Measurement.Median(all.Select(a => a.First)):F0} ms", "under 50 ms");
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

    /// <summary>The CPU seconds of the server for one of many requests that several clients send.</summary>
    static async Task<double> Cost(ServeChild server, HttpClient client, int count, int from, Func<int, HttpRequestMessage> request)
    {
        var before = (await server.State(client)).Cpu;
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                using var response = await client.SendAsync(request(from + i));
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

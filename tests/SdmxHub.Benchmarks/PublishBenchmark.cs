using System.Diagnostics;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>Publishing a draft against loading the same message at once, and what readers notice of it.</summary>
static class PublishBenchmark
{
    const string MessageFormat = "structurespecific-2.1";
    const int Rounds = 5;
    const int Series = 20_000; // of 25 years, a tenth of their values revised: 50,000 changed observations

    public static void Run(Scale scale)
    {
        var cube = new SdgCube();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-publish-").FullName;
        try
        {
            string At(string name) => Path.Combine(folder, name);
            var amount = scale.StoreObservations[0];
            cube.WriteFile(At("data.xml"), MessageFormat, amount);
            var sent = cube.Blocks(amount, every: (int)Math.Max(1, amount / 25 / Series)).ToList();
            for (var i = 0; i <= 2 * Rounds + 1; i++)
            {
                SdgCube.Revise(sent, i + 1);
                cube.WriteFile(At($"{i}.xml"), MessageFormat, sent);
            }

            using var store = StoreBenchmark.NewStore(At("hub.db"), cube);
            StoreBenchmark.Load(store, At("data.xml"));
            using var intake = Intake.Open(store, null, TimeProvider.System);
            using var drafts = new Drafts(intake);
            Measure(store, drafts, At);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void Measure(Store store, Drafts drafts, Func<string, string> at)
    {
        List<double> direct = [], stage = [], publish = [], alone = [], walls = [];
        var slowest = 0.0;
        long changed = 0;
        for (var round = 0; round <= Rounds; round++)
        {
            direct.Add(Measurement.Once(() => StoreBenchmark.Load(store, at($"{2 * round}.xml"))).Seconds);
            var draft = drafts.Create($"R{round}.x", "benchmark")!;
            stage.Add(Measurement.Once(() => Stage(drafts, draft, at($"{(2 * round) + 1}.xml"))).Seconds);
            using var readers = new Readers(store);
            var start = Stopwatch.GetTimestamp();
            var outcome = drafts.Publish(draft, "benchmark", isTrial: false, CancellationToken.None);
            walls.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            slowest = Math.Max(slowest, readers.Stop());
            changed = outcome.Revision!.Updated;
            drafts.Undo(store.Release($"R{round}.x")!, "benchmark", isTrial: false, CancellationToken.None);
            draft = drafts.Create($"R{round}.y", "benchmark")!;
            Stage(drafts, draft, at($"{(2 * round) + 1}.xml"));
            start = Stopwatch.GetTimestamp();
            publish.Add(Measurement.Once(() => drafts.Publish(draft, "benchmark", isTrial: false, CancellationToken.None)).Seconds);
            alone.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        var figures = new FigureTable($"Publishing {changed:N0} changed observations of {Series * 25:N0} sent");
        figures.Add("loaded at once, ms of CPU", $"{Median(direct) * 1000:F0}", "");
        figures.Add("taken into a draft, its preview made, ms of CPU", $"{Median(stage) * 1000:F0}", "");
        figures.Add("published, ms of CPU", $"{Median(publish) * 1000:F0}", "");
        figures.Add("published, times the load", $"{Median(publish) / Median(direct):F2}", "at most 1.5");
        figures.Add("published, ms of time", $"{Median(alone):F0}", "under 1,000");
        figures.Add("published, ms of time while four clients read", $"{Median(walls):F0}", "under 1,000");
        figures.Add("the slowest of their reads of one series, ms", $"{slowest:F1}", "");
    }

    static void Stage(Drafts drafts, Draft draft, string path)
    {
        using var report = drafts.Stage(draft, path, null, new LoadOptions { Actor = "benchmark" }, null, CancellationToken.None);
        if (report.Revision is null)
            throw new InvalidOperationException(report.Issues.All.First(i => i.Severity >= Severity.Error).Message);
    }

    // The first round warms up.
    static double Median(List<double> all) => all.Skip(1).Order().ElementAt(Rounds / 2);

    /// <summary>Threads that read series by series until they are stopped.</summary>
    sealed class Readers : IDisposable
    {
        readonly CancellationTokenSource _stop = new();
        readonly Task<double>[] _readers;

        public Readers(Store store) => _readers = [.. Enumerable.Range(0, 4).Select(i => Task.Factory.StartNew(() => Read(store, i), TaskCreationOptions.LongRunning))];

        /// <returns>The milliseconds of the slowest read.</returns>
        public double Stop()
        {
            _stop.Cancel();
            return Task.WhenAll(_readers).GetAwaiter().GetResult().Max();
        }

        public void Dispose() => _stop.Dispose();

        double Read(Store store, int seed)
        {
            var block = new ObservationBlock();
            var slowest = 0.0;
            var keys = Keys(store, seed);
            for (var i = 0; !_stop.IsCancellationRequested; i++)
            {
                var start = Stopwatch.GetTimestamp();
                using var head = store.Head();
                using var reader = head.Read(new DataQuery { Dataflow = keys.Flow, Keys = [keys.Patterns[i % keys.Patterns.Count]] });
                if (!reader.Read(block))
                    throw new InvalidOperationException("a series is not found");
                slowest = Math.Max(slowest, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                // Clients that ask one question after the other, not threads that take the processors from the writer.
                Thread.Sleep(1);
            }

            return slowest;
        }

        static (Urn Flow, List<KeyPattern> Patterns) Keys(Store store, int seed)
        {
            using var head = store.Head();
            var flow = head.Catalog.OfType<Dataflow>().First(f => head.Cube(f.Urn) is not null).Urn;
            var random = new Random(seed);
            var block = new ObservationBlock();
            var patterns = new List<KeyPattern>();
            using var reader = head.Read(new DataQuery { Dataflow = flow });
            while (patterns.Count < 500 && reader.Read(block))
            {
                var row = random.Next(block.Count);
                patterns.Add(new(reader.Dataset.Schema.Dimensions.Select(d => new[] { reader.Dataset.Codes.Dimensions[d.Index][block.Key[d.Index][row]] }.ToValueArray()).ToValueArray()));
            }

            return (flow, patterns);
        }
    }
}

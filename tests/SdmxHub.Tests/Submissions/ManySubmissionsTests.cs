using System.Diagnostics;
using System.Globalization;
using System.Text;
using SdmxHub.Storage;
using SdmxHub.Tests.BadInput;

namespace SdmxHub.Tests.Submissions;

/// <summary>Many submissions at once while readers ask. SDMXHUB_SUBMISSIONS says how many observations each of the twenty has; 2,000 when it says nothing.</summary>
[NonParallelizable]
public class ManySubmissionsTests
{
    const int Senders = 20;
    const int Readers = 16;

    static readonly int Observations = int.Parse(Environment.GetEnvironmentVariable("SDMXHUB_SUBMISSIONS") ?? "2000", CultureInfo.InvariantCulture);

    [Test]
    public async Task Twenty_submissions_at_once_are_each_seen_whole_or_not_at_all()
    {
        await using var sender = await Sending.Start();
        using var done = new CancellationTokenSource();
        var (answers, mixed, latencies) = (0, 0, new List<double>());
        var reading = Enumerable.Range(0, Readers).Select(r => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var start = Stopwatch.GetTimestamp();
                // Each submission writes its own number everywhere, so an answer that shows two is of two states.
                var (status, body, _) = await sender.Hub.Get("/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0/M.1,NA.I1?c[TIME_PERIOD]=ge:3000-01+le:3003-12&format=csv-2.0");
                var values = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')[7]).Distinct().Count();
                lock (latencies)
                {
                    answers++;
                    mixed += status is not (200 or 204) || values > 1 ? 1 : 0;
                    latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                }
            }
        })).ToList();
        var clock = Stopwatch.StartNew();
        var states = new List<SubmissionState>();

        var memory = PeakMemory.Of(() =>
        {
            var sending = Enumerable.Range(1, Senders).Select(n => Task.Run(async () => await Finish(sender, n))).ToArray();
            states.AddRange(Task.WhenAll(sending).GetAwaiter().GetResult());
        });
        var elapsed = clock.Elapsed;
        done.Cancel();
        await Task.WhenAll(reading);

        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Senders} submissions of {Observations:N0} observations in {elapsed.TotalSeconds:F1} s ({(long)Senders * Observations / elapsed.TotalSeconds:N0} a second); {answers:N0} answers, median {Percentile(latencies, 0.5):F1} ms, 99 % {Percentile(latencies, 0.99):F1} ms; memory grew by {memory >> 20} MB"));
        Assert.That(states, Is.All.EqualTo(SubmissionState.Published).And.Exactly(Senders).Items);
        Assert.That(mixed, Is.Zero, $"of {answers}");
        Assert.That(answers, Is.GreaterThan(Readers));
        Assert.That(sender.Hub.Store.Log().Count(r => r.Submission is not null && r.Inserted + r.Updated == Observations), Is.EqualTo(Senders));
        Assert.That(memory, Is.LessThan(1L << 30));
    }

    static async Task<SubmissionState> Finish(Sending sender, int number)
    {
        // Written as it is sent: what the test itself holds is no memory of the hub.
        var submission = await sender.Submit("?mode=publish", new Rows(number));
        while (!submission.IsEnded)
        {
            await Task.Delay(100);
            submission = await sender.Get(submission.Id);
        }

        return submission.State;
    }

    static double Percentile(List<double> values, double part) => values.Order().ElementAt((int)(values.Count * part));

    sealed class Rows(int number) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await using var text = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            await text.WriteAsync(Sending.Csv());
            for (var i = 0; i < Observations; i++)
                await text.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"dataflow,AGY:DF_ONE(1.0),M,M,{(i % 2 == 0 ? "1" : "NA")},I1,{3000 + i / 24}-{i / 2 % 12 + 1:00},{number}\n"));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}

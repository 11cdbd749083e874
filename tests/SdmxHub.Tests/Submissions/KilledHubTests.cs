using System.Diagnostics;
using System.Globalization;
using SdmxHub.Storage;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Submissions;

/// <summary>A hub whose process is killed at random instants while senders keep it busy, and started again on the same store.
/// SDMXHUB_SERVED_KILLS says how often, 3 when it says nothing; SDMXHUB_SEED what is sent and when it is killed.</summary>
[NonParallelizable]
public class KilledHubTests
{
    const int Senders = 3;
    const int FirstYear = 1000;
    const int LastYear = 9999;
    const int MinDelayExponent = 6;
    const int MaxDelayExponent = 11;
    const int StartMilliseconds = 1500;
    const int VerifyEvery = 10;

    static readonly int Kills = Number("SDMXHUB_SERVED_KILLS", 3);
    static readonly int Seed = Number("SDMXHUB_SEED", 1);

    readonly Random _random = new(Seed);
    readonly List<string> _faults = [];
    readonly List<KilledSender> _senders = [];
    int _year = FirstYear - 1;
    int _kill;
    int _early;
    int _takenUp;
    int _unanswered;
    string _key = "";

    [Test]
    public async Task What_a_killed_hub_acknowledged_is_done_or_goes_on_and_is_whole_or_not_at_all()
    {
        using var folder = new Cli.TemporaryFolder();
        Begin(folder.Store);
        for (var i = 0; i < Senders; i++)
            _senders.Add(new($"S{i}", _random.Next(), () => Math.Min(Interlocked.Increment(ref _year), LastYear)));
        var clock = Stopwatch.StartNew();

        for (_kill = 1; _kill <= Kills && _year < LastYear; _kill++)
        {
            await Live(folder.Store);
            if (_kill % VerifyEvery == 0)
                Verify(folder.Store);
        }

        var states = await CheckAtLast(folder.Store);
        Verify(folder.Store);

        var drafts = _senders.SelectMany(s => s.Drafts).ToList();
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_kill - 1} kills, {_early} of them before the hub served, seed {Seed}, {clock.Elapsed.TotalSeconds:F0} s: "
            + $"{_senders.Sum(s => s.Submissions.Count)} submissions ({string.Join(", ", states.OrderBy(s => s.Key).Select(s => $"{s.Key} {s.Value}"))}), "
            + $"{drafts.Count} drafts ({drafts.Count(d => d.Published == Sought.Done)} published, {drafts.Count(d => d.Undone == Sought.Done)} undone); "
            + $"{_takenUp} submissions were taken up after a start, {_unanswered} requests had no answer; {_faults.Count} faults"));
        Assert.That(_faults, Is.Empty);
        Assert.That(states.GetValueOrDefault(SubmissionState.Published), Is.Positive);
    }

    /// <summary>One process: what the last one left is looked at, mostly; then the senders work until it is killed.</summary>
    async Task Live(string store)
    {
        using var hub = new ServedHub(store);
        if (_random.Next(8) == 0)
        {
            _early++;
            await Task.Delay(_random.Next(StartMilliseconds));
            await Kill(hub);
            return;
        }

        using var client = new KilledClient(await hub.Address(), _key, Fault);
        // Else it is killed again while it takes up what there is.
        if (_random.Next(4) > 0)
            await Check(client);
        var work = _senders.Select(s => Work(s, client, hub)).ToList();
        // Mostly much less than the longest: a short piece of work is hit as often as a long one.
        await Task.Delay(_random.Next(1 << _random.Next(MinDelayExponent, MaxDelayExponent + 1)));
        await Kill(hub);
        await Task.WhenAll(work);
    }

    async Task<Dictionary<SubmissionState, int>> CheckAtLast(string store)
    {
        using var hub = new ServedHub(store);
        using var client = new KilledClient(await hub.Address(), _key, Fault);
        var states = await Check(client);
        await Kill(hub);
        return states;
    }

    async Task<Dictionary<SubmissionState, int>> Check(KilledClient client)
    {
        var check = new KilledHubCheck(client, _senders, _random);
        await check.Run();
        _takenUp += check.TakenUp;
        return check.States;
    }

    async Task Work(KilledSender sender, KilledClient client, ServedHub hub)
    {
        try
        {
            await sender.Work(client);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            Interlocked.Increment(ref _unanswered);
            if (!hub.IsKilled)
                Fault($"the hub {(hub.Runs ? "runs" : "is gone")}, and did not answer: {fault}\n{hub.LastWords}");
        }
    }

    async Task Kill(ServedHub hub)
    {
        if (await hub.Kill() is { } fault)
            Fault(fault);
        foreach (var error in hub.Errors)
            Fault(error);
    }

    void Fault(string fault)
    {
        lock (_faults)
            _faults.Add($"kill {_kill}: {fault}");
    }

    void Verify(string store)
    {
        var run = Cli.Run.Of("store", "verify", "--store", store);
        if (run.ExitCode != 0)
            Fault($"store verify: {run.Output}{run.Error}");
    }

    /// <summary>Makes the store with its structures, and the senders' key.</summary>
    void Begin(string url)
    {
        using var store = Store.Open(url, TimeProvider.System);
        using (var transaction = store.Begin("structures", "test"))
        {
            transaction.Put(SmallStructures.Catalog.All);
            transaction.Commit();
        }

        using var intake = Intake.Open(store, null, TimeProvider.System);
        new ApiKeys(intake).Make("sender", Role.Reviewer, Scopes.All, null, "test", out _key);
    }

    static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}

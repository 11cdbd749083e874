using System.Diagnostics;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.RoundTrip;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.BadInput;

/// <summary>A store that bad files are thrown at: each must be refused by one clear finding, soon, in little memory, and leave the store as it was.</summary>
sealed class Target : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    const long MostMemory = 256L << 20;

    readonly string _folder = Directory.CreateTempSubdirectory("sdmxhub-bad-").FullName;
    readonly TemporaryStore _store = new();
    readonly IReadOnlyList<Revision> _log;
    readonly List<string> _content;

    public Target()
    {
        _store.PutSmallFlow();
        _store.Load(DatasetAction.Append, "..||SOURCE=census", ".A.||AREA_NOTE=islands", "A.A.x||UNIT=kg", "A.A.x|2010|OBS_VALUE=100.0|STATUS=A", "A.B.x|2011|OBS_VALUE=7");
        _log = _store.Store.Log();
        _content = _store.ReadHead();
    }

    /// <summary>A good message that would change the store: what bad ones are made of.</summary>
    public static byte[] Message(string format)
    {
        using var other = new TemporaryStore();
        other.PutSmallFlow();
        other.Load(DatasetAction.Append, "..||SOURCE=survey", ".A.||AREA_NOTE=none", "A.A.x||UNIT=t",
            "A.A.x|2010|OBS_VALUE=100.1|STATUS=A|NOTE=a, \"b\"", "A.A.x|2012|OBS_VALUE=8|STATUS=P|NOTE=last", "M.C.y|2010-01|OBS_VALUE=1|NOTE=also");
        using var head = other.Store.Head();
        return StoreCopy.Message(head, SmallFlow.Flow(), format);
    }

    /// <summary>A path in a folder of the test.</summary>
    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>Writes a file and loads it.</summary>
    public Issue Refuses(ReadOnlySpan<byte> content, string name = "bad.file")
    {
        File.WriteAllBytes(At(name), content);
        return Refuses(At(name));
    }

    /// <summary>Loads a file, which must be refused.</summary>
    /// <returns>The one finding that says why.</returns>
    public Issue Refuses(string path)
    {
        using var patience = new CancellationTokenSource(Patience);
        var time = Stopwatch.StartNew();
        LoadReport? loaded = null;
        var memory = PeakMemory.Of(() => loaded = Load.Run(path, _store.Store, new LoadOptions { Actor = "test" }, null, patience.Token));

        using var report = loaded!;
        var findings = report.Issues.All.Where(i => i.Severity >= Severity.Error).ToList();
        Assert.That(findings.Take(5).Select(i => $"{i.Code}: {i.Message}"), Has.Exactly(1).Items);
        Assert.That(findings[0].At.File, Is.EqualTo(Path.GetFileName(path)));
        Assert.That(findings[0].Message, Has.Length.InRange(10, 1000));
        Assert.That(report.Revision, Is.Null);
        AssertUntouched();
        Assert.That(memory, Is.LessThan(MostMemory), "bytes");
        Assert.That(time.Elapsed, Is.LessThan(Patience));
        return findings[0];
    }

    /// <summary>Whether the whole message is taken, in a store of its own.</summary>
    public static bool Takes(byte[] message)
    {
        using var target = new Target();
        File.WriteAllBytes(target.At("good.file"), message);
        using var report = Load.Run(target.At("good.file"), target._store.Store, new LoadOptions(), null, CancellationToken.None);
        return report.Revision is { } revision && revision.Number > target._log[^1].Number;
    }

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    void AssertUntouched()
    {
        Assert.That(_store.Store.Log(), Is.EqualTo(_log));
        Assert.That(_store.ReadHead(), Is.EqualTo(_content));
    }
}

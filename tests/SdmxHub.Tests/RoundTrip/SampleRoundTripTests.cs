using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.RoundTrip;

/// <summary>The shipped structures and every valid sample: out of one store as messages, into another.</summary>
public class SampleRoundTripTests
{
    TemporaryStore _store = null!;

    static IEnumerable<string> Formats => StoreCopy.Formats;

    [OneTimeSetUp]
    public void LoadSamples()
    {
        _store = new TemporaryStore();
        var structures = ((string[])["dsd", "msd"]).SelectMany(f => Directory.EnumerateFiles(Facts.InProject(f), "*.xml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal);
        var samples = Directory.EnumerateFiles(Facts.InProject("samples", "valid"), "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "README.md");
        foreach (var file in structures.Concat(samples))
        {
            using var report = Load.Run(file, _store.Store, new LoadOptions { Actor = "test" }, null, CancellationToken.None);
            Assert.That(report.Revision, Is.Not.Null, file);
        }
    }

    [OneTimeTearDown]
    public void Close() => _store.Dispose();

    [Test]
    public void Every_sample_comes_back_equal([ValueSource(nameof(Formats))] string format, [Values("TIME_PERIOD", "AllDimensions", "REF_AREA")] string layout)
    {
        using var head = _store.Store.Head();
        using var copy = new StoreCopy(head);
        var flows = head.Catalog.OfType<Dataflow>().Where(f => f.Version == "1.16" && head.Cube(f.Urn) is not null).Select(f => f.Urn).ToList();

        foreach (var flow in flows)
            copy.Take(flow, format, layout);

        Assert.That(flows, Has.Count.EqualTo(2));
        foreach (var flow in flows)
            copy.AssertEqual(flow);
    }
}

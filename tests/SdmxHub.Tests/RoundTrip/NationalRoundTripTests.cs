using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.RealFiles;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.RoundTrip;

/// <summary>Real national files under their national structures: local codes, a moved dimension, one more dimension.</summary>
public class NationalRoundTripTests
{
    readonly Dictionary<string, Urn> _flows = [];
    string _folder = "";
    TemporaryStore? _store;

    static IEnumerable<string> Formats => StoreCopy.Formats;

    [OneTimeSetUp]
    public void LoadNationalFiles()
    {
        var structures = NationalFiles.Structures().ToList();
        _folder = Directory.CreateTempSubdirectory("sdmxhub-").FullName;
        _store = new TemporaryStore();
        using (var transaction = _store.Store.Begin("structures", "test"))
        {
            transaction.Put(structures);
            transaction.Commit();
        }

        using var head = _store.Store.Head();
        foreach (var (files, agency, flow) in ((string, string, string)[])[("RW_2026-05_ss21.xml", "NISR-SDGs", "DF_NATIONAL"), ("KG", "KG_NSC", "DF_SDG_KG"), ("GH", "GSS", "DF_NATIONAL")])
        {
            _flows[files] = head.Catalog.Versions(ArtefactType.Dataflow, agency, flow)[^1].Urn;
            foreach (var file in NationalFiles.Under(files))
                Load.Run(NationalFiles.Mended(file, _folder), _store.Store, new LoadOptions { Dataflow = _flows[files] }, null, CancellationToken.None).Dispose();
        }
    }

    [OneTimeTearDown]
    public void Close()
    {
        _store?.Dispose();
        if (_folder.Length > 0)
            Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void A_national_flow_comes_back_equal(
        [Values("RW_2026-05_ss21.xml", "KG", "GH")] string files, [ValueSource(nameof(Formats))] string format, [Values("TIME_PERIOD", "AllDimensions", "REF_AREA")] string layout)
    {
        using var head = _store!.Store.Head();
        using var copy = new StoreCopy(head);
        Assert.That(head.Cube(_flows[files])?.Observations, Is.GreaterThan(100));

        copy.Take(_flows[files], format, layout);

        copy.AssertEqual(_flows[files]);
    }
}

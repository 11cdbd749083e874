using System.Buffers;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.RealFiles;
using SdmxHub.Tests.Shipped;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.RoundTrip;

/// <summary>Every structure out as one message and in again.</summary>
public class StructureRoundTripTests
{
    static readonly Format Structures = Format.Find("structure-xml-2.1")!;

    [Test]
    public void The_shipped_structures_come_back_equal() => AssertRoundTrip(ShippedStructures.Catalog);

    [Test]
    public void Every_structure_of_the_facts_comes_back_equal()
    {
        // National lists have codes that break the standard's pattern for ids, which keeps them out of a store: so by the reader alone.
        var catalog = TestStructures.Of(Directory.GetFiles(Facts.At("sdg", "dsd"), "*.xml"));

        using var issues = new IssueLog();
        using var message = new MemoryStream(Message(catalog));
        var copy = StructureCatalog.Empty.With(Structures.ReadStructures!(message, new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues }).Artefacts);

        AssertEqual(copy, catalog);
    }

    [Test]
    public void The_structures_of_the_small_flow_come_back_equal() => AssertRoundTrip(SmallFlow.Catalog());

    static void AssertRoundTrip(StructureCatalog catalog)
    {
        var kept = catalog.All.Where(StoreTransaction.CanKeep).ToList();
        Assert.That(kept, Has.Count.EqualTo(catalog.Count), "of what is loaded nothing is passed over");
        using var first = new TemporaryStore();
        using (var transaction = first.Store.Begin("structures", "test"))
        {
            transaction.Put(kept);
            transaction.Commit();
        }

        first.Reopen();
        using var head = first.Store.Head();
        using var second = new TemporaryStore();
        LoadInto(second.Store, head.Catalog);

        second.Reopen();
        using var copy = second.Store.Head();
        AssertEqual(copy.Catalog, catalog);
    }

    static void AssertEqual(StructureCatalog copy, StructureCatalog catalog)
    {
        Assert.That(copy.All.Select(a => a.Urn), Is.EqualTo(catalog.All.Select(a => a.Urn)));
        foreach (var artefact in catalog.All)
            Assert.That(copy.Find(artefact.Urn)!.Equals(artefact), artefact.Urn.ToString());
    }

    static void LoadInto(Store store, StructureCatalog catalog)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, Message(catalog));
            using var report = Load.Run(path, store, new LoadOptions(), null, CancellationToken.None);
            Assert.That(report.Revision, Is.Not.Null, string.Join('\n', report.Issues.All.Take(5).Select(i => i.Message)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    static byte[] Message(StructureCatalog catalog)
    {
        var message = new ArrayBufferWriter<byte>();
        Structures.WriteStructures!(message, new(new MessageHeader { Id = "ALL", Sender = "TEST" }, [.. catalog.All]), new WriterOptions());
        return message.WrittenSpan.ToArray();
    }
}

using System.Buffers;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SharedFacts;

namespace SdmxHub.Tests.Storage;

/// <summary>The shipped structures and samples through the whole pipeline.</summary>
public class LoadTests
{
    static readonly string[] Samples =
        [.. Directory.EnumerateFiles(Facts.InProject("samples", "valid"), "*.*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    TemporaryStore _temporary = null!;

    [OneTimeSetUp]
    public void LoadSamples()
    {
        LoadStructures();
        foreach (var file in Samples)
        {
            using var report = Run(file, _temporary.Store);
            Assert.That(report.Revision, Is.Not.Null, report.File + ": " + string.Join('\n', report.Issues.All.Take(5).Select(i => i.Message)));
            Assert.That(report.Inserted, Is.EqualTo(report.Observations), report.File);
            Assert.That(report.Series, Is.GreaterThan(0));
        }
    }

    [OneTimeTearDown]
    public void Close() => _temporary.Dispose();

    [Test]
    public void Samples_loaded_again_make_no_revision()
    {
        var before = _temporary.Store.Log();
        foreach (var file in Samples)
        {
            using var again = Run(file, _temporary.Store);

            Assert.That(again.Revision, Is.EqualTo(before[^1]));
            Assert.That((again.Inserted, again.Updated, again.Deleted, again.Unchanged), Is.EqualTo((0, 0, 0, again.Observations)));
        }

        Assert.That(_temporary.Store.Log(), Is.EqualTo(before));
    }

    [Test]
    public void What_is_queried_back_and_written_loads_into_an_equal_store([Values("structurespecific-2.1", "csv-2.0")] string format)
    {
        using var head = _temporary.Store.Head();
        using var copy = new TemporaryStore();
        using (var transaction = copy.Store.Begin("structures", "test"))
        {
            transaction.Put(head.Catalog.All);
            transaction.Commit();
        }

        foreach (var flow in head.Catalog.OfType<Dataflow>().Where(f => head.Cube(f.Urn) is not null && f.Version == "1.16"))
        {
            var message = Path.GetTempFileName();
            Write(head, flow.Urn, Format.Find(format)!, message);
            using var report = Run(message, copy.Store);
            Assert.That(report.Revision, Is.Not.Null, string.Join('\n', report.Issues.All.Take(5).Select(i => i.Message)));
            File.Delete(message);

            using var other = copy.Store.Head();
            var query = new DataQuery { Dataflow = flow.Urn };
            Assert.That(TemporaryStore.Read(other, query), Is.EqualTo(TemporaryStore.Read(head, query)));
            Assert.That(other.Cube(flow.Urn)! with { LastRevision = 0 }, Is.EqualTo(head.Cube(flow.Urn)! with { LastRevision = 0 }));
        }
    }

    [Test]
    public void A_refused_file_leaves_the_store_as_it_was()
    {
        var before = _temporary.Store.Log();
        foreach (var file in Directory.EnumerateFiles(Facts.InProject("samples", "refused"), "*.xml", SearchOption.AllDirectories))
        {
            using var report = Run(file, _temporary.Store);
            Assert.That(report.Issues.HasErrors, Is.True);
            Assert.That(report.Revision, Is.Null);
        }

        using (var missing = Run("/no/such/file.xml", _temporary.Store))
            Assert.That(missing.Issues.Count(IssueCode.UnreadableFile), Is.EqualTo(1));
        Assert.That(_temporary.Store.Log(), Is.EqualTo(before));
    }

    [Test]
    public void A_cancelled_load_leaves_the_store_as_it_was()
    {
        var before = _temporary.Store.Log();
        using var cancel = new CancellationTokenSource();
        cancel.Cancel();

        Assert.That(() => Load.Run(Samples[0], _temporary.Store, new LoadOptions(), null, cancel.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_temporary.Store.Log(), Is.EqualTo(before));
    }

    [Test]
    public void A_changed_final_artefact_is_refused()
    {
        using var temporary = new TemporaryStore();
        var list = SmallFlow.Artefacts().OfType<Codelist>().First() with { IsFinal = true };
        using (var transaction = temporary.Store.Begin("structures", "test"))
        {
            transaction.Put([list]);
            transaction.Commit();
        }

        var file = Path.GetTempFileName();
        var message = new ArrayBufferWriter<byte>();
        Format.Find("structure-xml-2.1")!.WriteStructures!(message, new(new MessageHeader { Id = "X" }, [list with { Name = new("Other") }]), new WriterOptions());
        File.WriteAllBytes(file, message.WrittenSpan);

        using var report = Run(file, temporary.Store);

        Assert.That(report.Issues.Count(IssueCode.ChangedFinalArtefact), Is.EqualTo(1));
        Assert.That(report.Revision, Is.Null);
        File.Delete(file);
    }

    void LoadStructures()
    {
        _temporary = new TemporaryStore();
        foreach (var file in Directory.EnumerateFiles(Facts.InProject("dsd"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var report = Run(file, _temporary.Store);
            Assert.That(report.Issues.HasErrors, Is.False, report.File + ": " + string.Join('\n', report.Issues.All.Take(5).Select(i => i.Message)));
            Assert.That(report.Artefacts, Is.GreaterThan(0));
        }
    }

    static LoadReport Run(string path, Store store) => Load.Run(path, store, new LoadOptions { Actor = "test" }, null, CancellationToken.None);

    static void Write(Snapshot snapshot, Urn flow, Format format, string path)
    {
        var output = new ArrayBufferWriter<byte>();
        using var reader = snapshot.Read(new DataQuery { Dataflow = flow });
        var writer = format.Write!(output, new WriterOptions { Header = new MessageHeader { Id = "COPY", Prepared = "2026-01-01T00:00:00", Sender = "TEST" } });
        writer.Begin([reader.Dataset.Schema]);
        writer.BeginDataset(reader.Dataset);
        var block = new ObservationBlock();
        while (reader.Read(block))
            writer.Write(block);
        writer.End();
        File.WriteAllBytes(path, output.WrittenSpan);
    }
}

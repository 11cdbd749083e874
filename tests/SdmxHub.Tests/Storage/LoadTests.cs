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
        var list = PutFinal(temporary.Store);

        using var report = Send(temporary.Store, "structure-xml-2.1", list with { Name = new("Other") });

        Assert.That(report.Issues.Count(IssueCode.ChangedFinalArtefact), Is.EqualTo(1));
        Assert.That(report.Revision, Is.Null);
    }

    [TestCase("structure-xml-3.0")]
    [TestCase("structure-xml-3.1")]
    [TestCase("structure-json-2.0")]
    public void A_final_artefact_stays_final_when_it_is_sent_again_in_a_format_that_cannot_say_it(string format)
    {
        using var temporary = new TemporaryStore();
        var list = PutFinal(temporary.Store);

        using var report = Send(temporary.Store, format, list with { IsFinal = null });
        using var head = temporary.Store.Head();

        Assert.That(report.Issues.HasErrors, Is.False, string.Join('\n', report.Issues.All.Select(i => i.Message)));
        Assert.That((head.Revision, head.Catalog.Find(list.Urn)!.IsFinal), Is.EqualTo((1, true)));
    }

    [Test]
    public void A_list_that_would_inherit_without_end_is_refused()
    {
        using var temporary = new TemporaryStore();
        Codelist[] lists =
        [
            .. Enumerable.Range(0, 40).Select(i => new Codelist
            {
                Agency = "T", Id = $"L{i}", Version = "1.0.0", Name = new("L"), Codes = [new() { Id = "C", Name = new("C") }],
                Extensions = i == 0 ? [] : [.. ((string[])["A", "B"]).Select(prefix => new CodelistExtension(new Urn(ArtefactType.Codelist, "T", $"L{i - 1}", "1.0.0")) { Prefix = prefix })],
            }),
        ];

        using var report = Send(temporary.Store, "structure-xml-3.0", lists);

        Assert.That(report.Issues.All.Where(i => i.Code == IssueCode.LimitExceeded).Select(i => i.Component), Does.Contain("T:L39(1.0.0)").And.Not.Contain("T:L10(1.0.0)"));
        Assert.That(report.Revision, Is.Null);
    }

    static Codelist PutFinal(Store store)
    {
        var list = SmallFlow.Artefacts().OfType<Codelist>().First() with { IsFinal = true };
        using var transaction = store.Begin("structures", "test");
        transaction.Put([list]);
        transaction.Commit();
        return list;
    }

    static LoadReport Send(Store store, string format, params Artefact[] artefacts)
    {
        var file = Path.GetTempFileName();
        var message = new ArrayBufferWriter<byte>();
        Format.Find(format)!.WriteStructures!(message, new(new MessageHeader { Id = "X" }, [.. artefacts]), new WriterOptions());
        File.WriteAllBytes(file, message.WrittenSpan);
        var report = Run(file, store);
        File.Delete(file);
        return report;
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
}

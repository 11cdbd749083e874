using System.Buffers;
using System.Globalization;
using System.Xml.Linq;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.Shipped;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.RealFiles;

/// <summary>Every metadata file of the facts: what is in it, whether it loads and why not, and what the store then holds.</summary>
/// <remarks><c>metadata.csv</c> beside this file is the table: file, sets, attributes and texts, counted without the hub's readers, languages, outcome,
/// findings by code. <c>SDMXHUB_WRITE=1</c> writes it anew.</remarks>
public class RealMetadataTests
{
    static readonly string TablePath = Facts.InProject("tests", "SdmxHub.Tests", "RealFiles", "metadata.csv");

    TemporaryStore _store = null!;
    List<string> _lines = null!;

    [OneTimeSetUp]
    public void LoadAll()
    {
        _ = Facts.At("sdg", "metadata");
        _store = new TemporaryStore();
        using (var transaction = _store.Store.Begin("structures", "test"))
        {
            transaction.Put(ShippedStructures.Catalog.All);
            transaction.Commit();
        }

        _lines = ["file,sets,attributes,texts,languages,outcome,findings", .. Files().Select(Line)];
    }

    [OneTimeTearDown]
    public void Remove() => _store?.Dispose();

    [Test]
    public void Every_file_loads_or_is_refused_as_the_table_says()
    {
        if (Environment.GetEnvironmentVariable("SDMXHUB_WRITE") == "1")
            File.WriteAllLines(TablePath, _lines);

        Assert.That(_lines, Is.EqualTo(File.ReadAllLines(TablePath)));
        Assert.That(_lines.Skip(1).Select(l => l.Split(',')[5]).Distinct(), Is.EquivalentTo(["loaded", "no set"]));
    }

    [Test]
    public void The_store_holds_the_texts_that_a_plain_model_of_the_same_files_holds()
    {
        // target -> attribute and its number -> language -> text; a report takes out what there was in its languages.
        var model = new SortedDictionary<string, Dictionary<(string, int, string), string>>(StringComparer.Ordinal);
        foreach (var report in Files().SelectMany(f => XDocument.Load(f).Descendants().Where(e => e.Name.LocalName == "Report")))
        {
            var texts = report.Descendants().Where(e => e.Name.LocalName == "ReportedAttribute").GroupBy(a => a.Attribute("id")!.Value)
                .SelectMany(g => g.SelectMany((a, number) => a.Elements().Where(e => e.Name.LocalName == "Text").Select(t => (Key: (g.Key, number, LanguageOf(t)), t.Value)))).ToList();
            var languages = texts.Select(t => t.Key.Item3).ToHashSet();
            var held = model.TryGetValue(TargetOf(report), out var known) ? known : model[TargetOf(report)] = [];
            foreach (var gone in held.Keys.Where(k => languages.Contains(k.Item3)).ToList())
                held.Remove(gone);
            foreach (var (key, value) in texts)
                held[key] = value;
        }

        using var head = _store.Store.Head();
        var sets = head.Catalog.OfType<MetadataSet>().ToList();
        var stored = sets.ToDictionary(s => TargetOf(s.Reports.Single()), s => s.AllAttributes.GroupBy(a => a.Id)
            .SelectMany(g => g.SelectMany((a, number) => a.Text.Texts.Select(t => (Key: (g.Key, number, t.Language), t.Text)))).ToDictionary(t => t.Key, t => t.Text));

        Assert.That(stored.Keys.Order(StringComparer.Ordinal), Is.EqualTo(model.Keys));
        foreach (var (target, texts) in model)
            Assert.That(stored[target], Is.EquivalentTo(texts), target);
        Assert.That(sets, Has.Count.EqualTo(250));
    }

    [Test]
    public void What_is_held_leaves_and_comes_back_equal()
    {
        using var copy = new TemporaryStore();
        using (var transaction = copy.Store.Begin("structures", "test"))
        {
            transaction.Put(ShippedStructures.Catalog.All);
            transaction.Commit();
        }

        using var head = _store.Store.Head();
        var header = new MessageHeader { Id = "M", Prepared = "2026-01-01T00:00:00Z", Sender = "T" };
        var message = new ArrayBufferWriter<byte>();
        Format.Find("metadata-xml-2.1")!.WriteStructures!(message, new(header, [.. head.Catalog.OfType<MetadataSet>()]), new WriterOptions { Header = header });
        using var folder = new Cli.TemporaryFolder();
        File.WriteAllBytes(folder.At("all.xml"), message.WrittenSpan);
        using var report = Load.Run(folder.At("all.xml"), copy.Store, new LoadOptions(), null, CancellationToken.None);

        using var there = copy.Store.Head();
        Assert.That(report.Issues.HasErrors, Is.False);
        Assert.That(there.Catalog.OfType<MetadataSet>().SequenceEqual(head.Catalog.OfType<MetadataSet>()));
        Assert.That(StoreCheck.Run(_store.Store, null, CancellationToken.None).Faults, Is.Empty);
    }

    string Line(string file)
    {
        var elements = XDocument.Load(file).Descendants().ToLookup(e => e.Name.LocalName);
        var languages = elements["Text"].Concat(elements["StructuredText"]).Select(LanguageOf).Distinct().Order(StringComparer.Ordinal);
        using var report = Load.Run(file, _store.Store, new LoadOptions { Actor = "test" }, null, CancellationToken.None);
        Assert.That(report.MetadataSets, Is.EqualTo(elements["MetadataSet"].Count()), file);
        var outcome = report.Revision is null ? "refused" : elements["MetadataSet"].Any() ? "loaded" : "no set";
        var findings = report.Issues.ByCode.OrderBy(c => c.Key).Select(c => $"{c.Key.Label()} {c.Key}={c.Value}");
        return string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(Facts.At("sdg", "metadata"), file).Replace('\\', '/')},{elements["MetadataSet"].Count()},"
            + $"{elements["ReportedAttribute"].Count()},{elements["Text"].Count() + elements["StructuredText"].Count()},{string.Join(' ', languages)},{outcome},{string.Join(';', findings)}");
    }

    static string[] Files() =>
        [.. Directory.GetFiles(Facts.At("sdg", "metadata"), "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    static string LanguageOf(XElement text) => text.Attribute(XNamespace.Xml + "lang")?.Value ?? "en";

    static string TargetOf(XElement report) => string.Join(' ', report.Descendants().Where(e => e.Name.LocalName == "KeyValue")
        .Select(k => $"{k.Attribute("id")!.Value}={k.Elements().Single().Value.Trim()}").Order(StringComparer.Ordinal)
        .Append(report.Descendants().Single(e => e.Name.LocalName == "URN").Value.Trim()));

    static string TargetOf(MetadataReport report) => string.Join(' ', report.Targets.SelectMany(t => t.Key).Select(k => $"{k.Id}={k.Value}").Order(StringComparer.Ordinal)
        .Append(report.Targets.Single(t => t.Kind == "ObjectReference").Value));
}

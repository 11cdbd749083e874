using System.Globalization;
using System.Xml;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.RealFiles;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.Maps;

/// <summary>Real national files, under national structures and codes, read as data of the global flow of national figures.</summary>
public class NationalMapTests
{
    static readonly Urn Global = new(ArtefactType.Dataflow, "IAEG-SDGs", "DF_SDG_GLC", "1.16");

    static IEnumerable<TestCaseData> Files =>
    [
        new TestCaseData("RW_2026-05_ss21.xml", "NISR-SDGs", "RW").SetArgDisplayNames("Rwanda"),
        new TestCaseData("GH", "GSS", "GH").SetArgDisplayNames("Ghana"),
        new TestCaseData("ZW_2024-07_ss21.xml", "ZW01", "ZW").SetArgDisplayNames("Zimbabwe"),
    ];

    /// <summary>Codes that have no row are listed with their rows; once they have one, the figures of the country are served by the global flow.</summary>
    [TestCaseSource(nameof(Files))]
    public void National_figures_become_global_ones(string files, string agency, string area)
    {
        using var store = Filled(out var folder);
        string[] paths = [.. NationalFiles.Under(files).Select(f => NationalFiles.Mended(f, folder.FullName))];
        List<Dictionary<string, string>> sent = [.. paths.SelectMany(Plain)];

        var (map, tables) = Maps(store.Store, agency, area, mapped: null);
        Put(store.Store, [map, .. tables]);
        var told = new Dictionary<(string, string), int>();
        foreach (var path in paths)
        {
            using var report = Load.Run(path, store.Store, new LoadOptions { Map = map.Id }, null, CancellationToken.None);
            foreach (var issue in report.Issues.All.Where(i => i.Code == IssueCode.UnmappedCode))
                told[(issue.Component!, issue.Value!)] = told.GetValueOrDefault((issue.Component!, issue.Value!)) + Rows(issue.Message);
        }

        var lacking = sent.SelectMany(o => tables.Select(t => (t.Id, Code: o[t.Id]))).Where(v => tables.First(t => t.Id == v.Id).Mappings.All(m => m.Sources[0].Value != v.Code && !m.Sources[0].IsRegex))
            .GroupBy(v => v).ToDictionary(g => (g.Key.Id, g.Key.Code), g => g.Count());
        Assert.That(told, Is.EqualTo(lacking));
        Assert.That(told.Count > 0, Is.EqualTo(area != "ZW"), "Zimbabwe's codes are global ones");

        (map, tables) = Maps(store.Store, agency, area, sent);
        Put(store.Store, [map, .. tables]);
        foreach (var path in paths)
        {
            using var report = Load.Run(path, store.Store, new LoadOptions { Map = map.Urn.ToString() }, null, CancellationToken.None);
            var causes = report.Issues.All.Where(i => i.Severity >= Severity.Error).Select(i => $"{i.Code} {i.Component} {i.Value} {i.Message}").Distinct().Take(5);
            Assert.That(report.Revision, Is.Not.Null, $"{Path.GetFileName(path)}: {string.Join('\n', causes)}");
        }

        folder.Delete(recursive: true);
        using var head = store.Store.Head();
        var rows = TemporaryStore.Read(head, new DataQuery { Dataflow = Global }).Where(r => r.Split('|')[1].Length > 0).Select(r => string.Join('|', r.Split('|')[..3])).Order(StringComparer.Ordinal);
        var left = sent.Where(o => tables.All(t => t.Mappings.First(m => m.Sources[0].Value == o[t.Id] || m.Sources[0].IsRegex).Targets.Count > 0));
        string[] key = [.. head.Catalog.Schema(Global)!.Dimensions.Select(d => d.Id)];
        var expected = left.Select(o => $"{string.Join('.', key.Select(d => o[d]))}|{o["TIME_PERIOD"]}|OBS_VALUE={o["OBS_VALUE"]}").Distinct().Order(StringComparer.Ordinal);
        Assert.That(rows, Is.EqualTo(expected).And.Not.Empty);
    }

    /// <summary>A store with the shipped structures and the national ones.</summary>
    static TemporaryStore Filled(out DirectoryInfo folder)
    {
        var store = new TemporaryStore();
        Put(store.Store, [.. NationalFiles.Structures()]);
        folder = Directory.CreateTempSubdirectory("sdmxhub-maps-");
        return store;
    }

    static void Put(Store store, IReadOnlyList<Artefact> artefacts)
    {
        using var transaction = store.Begin("structures", "test");
        transaction.Put(artefacts);
        transaction.Commit();
    }

    /// <summary>A map of a national structure: codes that the global list has are taken over, areas within the country have nothing there.</summary>
    /// <param name="store">The store.</param>
    /// <param name="agency">The agency of the national structure.</param>
    /// <param name="area">The code of the country.</param>
    /// <param name="mapped">The observations whose other codes have nothing in the target either; null where those have no row.</param>
    static (StructureMap Map, RepresentationMap[] Tables) Maps(Store store, string agency, string area, List<Dictionary<string, string>>? mapped)
    {
        using var head = store.Head();
        var target = head.Catalog.Schema(Global)!;
        var source = head.Catalog.OfType<DataStructure>().Last(d => d.Agency == agency);
        var both = source.Components.Select(c => c.Id).Where(id => target.Find(id) is { Role: not ComponentRole.Time }).ToList();
        var tables = both.Where(id => target.Find(id)!.Role == ComponentRole.Dimension || id == "UNIT_MEASURE").Select(id =>
        {
            var codes = target.Find(id)!.Codes!.Codelist.Codes.Select(c => c.Id);
            List<ValueMapping> rows = id == "REF_AREA" ? [Row(area, area), Row(".*", null)] : [.. codes.Select(c => Row(c, c))];
            if (mapped is not null && id != "REF_AREA")
                rows.AddRange(mapped.Select(o => o[id]).Distinct().Except(codes).Select(c => Row(c, id == "UNIT_MEASURE" ? "NUMBER" : null)));
            return new RepresentationMap { Agency = "T", Id = id, Sources = [new(null, TextType.String)], Targets = [new(null, TextType.String)], Mappings = [.. rows] };
        }).ToArray();
        var map = new StructureMap
        {
            Agency = "T", Id = "NATIONAL", Source = source.Urn, Target = Global,
            ComponentMaps =
            [
                .. both.Select(id => new ComponentMap { Sources = [id], Targets = [id], RepresentationMap = Array.Find(tables, t => t.Id == id)?.Urn }),
            ],
        };
        return (map, tables);
    }

    static ValueMapping Row(string from, string? to) => new() { Sources = [new(from, IsRegex: from == ".*")], Targets = to is null ? [] : [to] };

    static int Rows(string message) => int.Parse(message.Split(": in ")[1].Split(' ')[0], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    /// <summary>The observations of a message in series form with what their series says, read with a bare XmlReader.</summary>
    static IEnumerable<Dictionary<string, string>> Plain(string path)
    {
        using var xml = XmlReader.Create(path);
        var series = new Dictionary<string, string>();
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element || xml.LocalName is not ("Series" or "Obs"))
                continue;
            var attributes = xml.LocalName == "Series" ? [] : new Dictionary<string, string>(series);
            var isObservation = xml.LocalName == "Obs";
            for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
                attributes[xml.LocalName] = xml.Value;
            if (isObservation)
                yield return attributes;
            else
                series = attributes;
        }
    }
}

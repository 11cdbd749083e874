using System.Text.RegularExpressions;
using Sdmx;

namespace SdmxHub.Tests.Shipped;

/// <summary>What is shipped against the facts it was made from, counted here by plain means.</summary>
public partial class FactsAgreementTests
{
    [Test]
    public void Every_codelist_table_of_the_facts_is_shipped_code_by_code()
    {
        var tables = Directory.EnumerateFiles(Facts.At("sdg", "codelists"), "*.csv")
            .Select(path => (Path: path, Name: ListFile().Match(Path.GetFileName(path)))).Where(t => t.Name.Success).ToList();

        Assert.That(tables, Has.Count.EqualTo(20));
        foreach (var (path, name) in tables)
        {
            var list = ShippedStructures.Codelist(name.Groups[1].Value, name.Groups[2].Value, name.Groups[3].Value);
            // No cell of these tables holds a line break, and no code needs quotes.
            var rows = File.ReadLines(path).Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')).ToList();
            Assert.That(list.Codes.Select(c => c.Id), Is.EqualTo(rows.Select(r => r[0])), list.Id);
            Assert.That(list.Codes.Select(c => c.Parent ?? ""), Is.EqualTo(rows.Select(r => r[1])), list.Id);
        }
    }

    [Test]
    public void Every_global_figure_is_allowed_by_the_key_set([Values("1.5", "1.16")] string version)
    {
        ShippedStructures.Catalog.TryFind<DataConstraint>(new Urn(ArtefactType.DataConstraint, "IAEG-SDGs", "CN_SERIES_SDG_GLH", version), out var constraint);
        var path = Facts.At("sdg", "global", "figures.csv");
        var header = File.ReadLines(path).First().Split(',').ToList();
        var series = header.IndexOf("SERIES");
        var keys = constraint!.KeySets[0].Keys
            .Select(k => k.Values.Select(v => (Column: header.IndexOf(v.Component), v.Values[0].Value)).ToArray())
            .GroupBy(k => k.Single(v => v.Column == series).Value).ToDictionary(g => g.Key, g => g.ToArray());

        // Many rows share their codes: each combination is looked up once.
        var combinations = File.ReadLines(path).Skip(1).Select(l => l.Split(','))
            .Select(r => string.Join(',', r.Where((_, i) => header[i] is not ("REF_AREA" or "TIME_PERIOD" or "OBS_VALUE")).Prepend(r[series]))).ToHashSet();
        var columns = header.Where(h => h is not ("REF_AREA" or "TIME_PERIOD" or "OBS_VALUE")).Prepend("SERIES").ToList();
        var places = header.Select(h => columns.LastIndexOf(h)).ToArray();
        var refused = combinations.Where(c => c.Split(',') is var r && !keys[r[0]].Any(k => k.All(v => r[places[v.Column]] == v.Value)));

        Assert.That(refused, Is.Empty);
    }

    [Test]
    public void The_key_set_has_a_key_for_every_series_and_only_single_values()
    {
        foreach (var version in (string[])["1.5", "1.16"])
        {
            ShippedStructures.Catalog.TryFind<DataConstraint>(new Urn(ArtefactType.DataConstraint, "IAEG-SDGs", "CN_SERIES_SDG_GLH", version), out var constraint);
            var keys = constraint!.KeySets.Single().Keys;

            Assert.That(keys.Select(k => k.Values[0].Values[0].Value).Distinct(),
                Is.EqualTo(ShippedStructures.Codelist("IAEG-SDGs", "CL_SERIES", version).Codes.Select(c => c.Id)));
            Assert.That(keys.SelectMany(k => k.Values).All(v => v.Values.Count == 1));
        }
    }

    [GeneratedRegex(@"^(SDMX|IAEG-SDGs)_(CL_[A-Z_]+)_([0-9.]+)\.csv$")]
    private static partial Regex ListFile();
}

using System.Text;
using Sdmx;
using Sdmx.Formats;

namespace SdgShipment;

/// <summary>The real figures under <c>samples/</c>: of countries, of the global database for the same series, and two real files that must be refused.</summary>
sealed class SampleCases(string facts, StructureCatalog catalog)
{
    static readonly NationalSource[] Nations =
    [
        new("united-kingdom", "United Kingdom, Office for National Statistics", "UK/*.xml", "826", "826", "structurespecific-2.1"),
        new("rwanda", "Rwanda, National Institute of Statistics (NISR)", "RW_2026-05_ss21.xml", "RW", "646", "structurespecific-2.1"),
        new("kyrgyzstan", "Kyrgyzstan, National Statistical Committee", "KG/*.xml", "KG", "417", "csv-2.0"),
        new("cambodia", "Cambodia, by the FCDO's Open SDG converter", "fcdo/cambodia_all.xml", "KH", "116", "csv-1.0"),
        new("ethiopia", "Ethiopia, by the FCDO's Open SDG converter", "fcdo/ethiopia_all.xml", "ET", "231", "generic-2.1"),
        new("mozambique", "Mozambique, by the FCDO's Open SDG converter", "fcdo/mozambique_all.xml", "508", "508", "structurespecific-2.1"),
        new("jordan", "Jordan, by the FCDO's Open SDG converter", "fcdo/jordan_all.xml", "JO", "400", "json-2.0"),
        new("zimbabwe", "Zimbabwe, ZIMSTAT", "ZW_2024-07_ss21.xml", "ZW", "716", "generic-2.1"),
        new("tajikistan", "Tajikistan, Agency on Statistics (TAJSTAT)", "TJ_2021-06_ss21_a.xml", "TJ", "762", "csv-1.0"),
    ];

    // World, Africa, Asia, Oceania, Americas, Europe, sub-Saharan Africa, least developed countries.
    static readonly string[] Groups = ["1", "2", "142", "9", "19", "150", "202", "199"];

    readonly StringBuilder _valid = new();
    readonly StringBuilder _refused = new();
    readonly HashSet<string> _series = new(StringComparer.Ordinal);
    IReadOnlyList<Figure> _global = [];
    int _observations;

    public string Summary => $"samples: {_observations} observations in the valid cases, {_series.Count} series codes";

    public void Write(string folder)
    {
        var national = catalog.Schema(Dataflows.Urn("DF_SDG_GLC", "1.16"))!;
        var global = catalog.Schema(Dataflows.Urn("DF_SDG_GLH", "1.16"))!;
        foreach (var nation in Nations)
            WriteNation(folder, national, nation);
        _global = ReadGlobal();
        WriteGlobal(folder, global, "global-countries", "csv-2.0", [.. Nations.Select(n => n.M49)]);
        WriteGlobal(folder, global, "global-groups", "structurespecific-2.1", Groups);
        WriteRefused(folder, national, "united-kingdom-9-5-2", "UK/9-5-2.xml", "5 periods stand twice with different values");
        WriteRefused(folder, national, "kazakhstan-9-b-1", "KZ/9-b-1.xml", "`_T` is no code of SERIES and REF_AREA; OBS_STATUS and UNIT_MULT, both mandatory, are missing");
        Save(folder, "valid", _valid, "case and format | origin | read | observations | series | left out");
        Save(folder, "refused", _refused, "case | origin | observations | series | why it is refused");
    }

    void WriteNation(string folder, DataSchema schema, NationalSource nation)
    {
        var selection = new Selection(schema, "N");
        var figures = selection.Pick(Files(nation.Files).SelectMany(FigureSource.ReadXml), new HashSet<string> { nation.Area });
        _series.UnionWith(figures.Select(f => f["SERIES"]));
        Case(folder, schema, nation.Case, nation.Format, nation.Name + ", `" + nation.Files + "`", selection, figures, "");
    }

    void WriteGlobal(string folder, DataSchema schema, string name, string format, string[] areas)
    {
        var selection = new Selection(schema, "G");
        var figures = selection.Pick(_global.Where(f => areas.Contains(f["REF_AREA"])), areas.ToHashSet());
        Case(folder, schema, name, format, $"UN Global SDG Database of October 2020, areas {string.Join(' ', areas)}", selection, figures, ".gz");
    }

    // Only the series that some country reports: a comparison needs both sides.
    List<Figure> ReadGlobal()
    {
        var areas = Nations.Select(n => n.M49).Concat(Groups).ToHashSet();
        return [.. FigureSource.ReadCsv(Path.Combine(facts, "global", "figures.csv")).Where(f => _series.Contains(f["SERIES"]) && areas.Contains(f["REF_AREA"]))];
    }

    void Case(string folder, DataSchema schema, string name, string format, string origin, Selection selection, List<Figure> figures, string packed)
    {
        _observations += figures.Count;
        var file = $"{name}.{Format.Find(format)!.Extension}{packed}";
        Message.Save(Path.Combine(folder, "valid", name, file), FigureWriter.Write(schema, format, name, figures).Span);
        var reasons = string.Join("; ", selection.LeftOut.Select(r => $"{r.Value} {r.Key}"));
        _valid.Append($"| `{name}/{file}` {format} | {origin} | {selection.Seen} | {figures.Count} | {Series(schema, figures)} | {reasons} |\n");
    }

    void WriteRefused(string folder, DataSchema schema, string name, string source, string why)
    {
        var figures = FigureSource.ReadXml(Path.Combine(facts, "data", source)).ToList();
        Message.Save(Path.Combine(folder, "refused", name, name + ".xml"), FigureWriter.Write(schema, "structurespecific-2.1", name, figures).Span);
        _refused.Append($"| `{name}/{name}.xml` | `{source}` | {figures.Count} | {Series(schema, figures)} | {why} |\n");
    }

    static int Series(DataSchema schema, List<Figure> figures) => figures.Select(f => f.Key(schema)).Distinct().Count();

    IEnumerable<string> Files(string pattern) => Directory
        .EnumerateFiles(Path.Combine(facts, "data", Path.GetDirectoryName(pattern)!), Path.GetFileName(pattern)).Order(StringComparer.Ordinal);

    static void Save(string folder, string kind, StringBuilder rows, string columns)
    {
        var text = $"# {kind}\n\nWritten by the command in ../README.md, which also says what the columns mean.\n\n| {columns} |\n|{string.Concat(columns.Split('|').Select(_ => "---|"))}\n{rows}";
        Message.Save(Path.Combine(folder, kind, "README.md"), Encoding.UTF8.GetBytes(text));
    }

    sealed record NationalSource(string Case, string Name, string Files, string Area, string M49, string Format);
}

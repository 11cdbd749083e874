using System.Globalization;
using System.Xml.Linq;
using SdmxHub.Web.Comparison;

namespace SdmxHub.Tests.Comparison;

/// <summary>The comparison again, in plain loops over the raw files: nothing of the hub but the names of the classes.</summary>
sealed class PlainComparison
{
    static readonly string[] Dimensions =
    [
        "FREQ", "SERIES", "REF_AREA", "SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION",
        "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT",
    ];

    readonly Dictionary<string, string> _areas = [];
    readonly Dictionary<string, List<(string Key, decimal Value, int Decimals, string Unit, string Nature)>> _global = [];

    /// <summary>Reads the global figures and the list of areas.</summary>
    public PlainComparison(string figuresCsv, string areasCsv)
    {
        var names = File.ReadLines(areasCsv).Skip(1).Select(Cells).Select(c => (Code: c[0], Name: c[2].ToLowerInvariant())).ToList();
        var numbers = names.Where(n => n.Code.All(char.IsAsciiDigit)).ToLookup(n => n.Name, n => n.Code);
        foreach (var (code, name) in names)
            _areas[code] = code.All(char.IsAsciiLetterUpper) ? numbers[name].First() : code;
        string[]? header = null;
        foreach (var line in File.ReadLines(figuresCsv))
        {
            var cells = line.Split(',');
            if (header is null)
            {
                header = cells;
                continue;
            }

            var row = header.Zip(cells).ToDictionary(p => p.First, p => p.Second);
            if (!_global.TryGetValue(row["REF_AREA"], out var rows))
                _global[row["REF_AREA"]] = rows = [];
            var (value, decimals) = Scaled(row["OBS_VALUE"], row["UNIT_MULT"]);
            rows.Add((KeyOf(d => row[d], row["TIME_PERIOD"]), value, decimals, row["UNIT_MEASURE"], row["NATURE"]));
        }
    }

    /// <summary>Counts the classes of one area's national figures.</summary>
    /// <param name="area">The M49 code.</param>
    /// <param name="nationalFiles">Structure-specific files in series form.</param>
    /// <param name="isLocalArea">Which area codes of the files are no M49 or ISO codes.</param>
    public Dictionary<PairClass, int> Count(string area, IEnumerable<string> nationalFiles, Func<string, bool> isLocalArea)
    {
        var counts = Enum.GetValues<PairClass>().ToDictionary(c => c, _ => 0);
        var global = _global.GetValueOrDefault(area, []).ToDictionary(g => g.Key);
        var met = new HashSet<string>();
        var seen = new HashSet<string>();
        foreach (var series in nationalFiles.SelectMany(f => XDocument.Load(f).Descendants().Where(e => e.Name.LocalName == "Series")))
        {
            var code = series.Attribute("REF_AREA")!.Value;
            if (isLocalArea(code) || _areas.GetValueOrDefault(code) != area)
                continue;
            foreach (var obs in series.Elements())
            {
                string? Said(string id) => (obs.Attribute(id) ?? series.Attribute(id))?.Value;
                if (string.IsNullOrEmpty(Said("OBS_VALUE")))
                    continue;
                var key = KeyOf(d => d == "REF_AREA" ? area : Said(d)!, Said("TIME_PERIOD")!);
                if (!seen.Add(key + "|" + Said("UNIT_MEASURE")))
                    continue;
                if (global.ContainsKey(key))
                    met.Add(key);
                counts[global.TryGetValue(key, out var figure) ? ClassOf(Said, figure) : PairClass.NationalOnly]++;
            }
        }

        counts[PairClass.GlobalOnly] = global.Count - met.Count;
        return counts;
    }

    static PairClass ClassOf(Func<string, string?> said, (string Key, decimal Value, int Decimals, string Unit, string Nature) global)
    {
        if (said("UNIT_MEASURE") != global.Unit)
            return PairClass.UnitMismatch;
        var (value, decimals) = Scaled(said("OBS_VALUE")!, said("UNIT_MULT") ?? "0");
        if (value == global.Value)
            return PairClass.Equal;
        if (Rounded(value, Math.Min(decimals, global.Decimals)) == Rounded(global.Value, Math.Min(decimals, global.Decimals)))
            return PairClass.EqualAfterRounding;
        return global.Nature is "CA" or "E" or "M" or "G" ? PairClass.DiffersExpected : PairClass.DiffersUnexplained;
    }

    static decimal Rounded(decimal value, int decimals)
    {
        var unit = 1m;
        for (var i = 0; i < Math.Abs(decimals); i++)
            unit *= 10;
        return decimals >= 0 ? Math.Round(value * unit, MidpointRounding.AwayFromZero) / unit : Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit;
    }

    static (decimal Value, int Decimals) Scaled(string text, string mult)
    {
        var value = decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        var power = mult.Length == 0 ? 0 : int.Parse(mult, CultureInfo.InvariantCulture);
        for (var i = 0; i < power; i++)
            value *= 10;
        return (value, (text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0) - power);
    }

    static string KeyOf(Func<string, string> said, string period) => string.Join('.', Dimensions.Select(said)) + ":" + period;

    static string[] Cells(string line)
    {
        var cells = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i <= line.Length; i++)
        {
            if (i < line.Length && line[i] == '"')
                quoted = !quoted;
            if (i < line.Length && (line[i] != ',' || quoted))
                continue;
            cells.Add(line[start..i].Trim('"').Replace("\"\"", "\"", StringComparison.Ordinal));
            start = i + 1;
        }

        return [.. cells];
    }
}

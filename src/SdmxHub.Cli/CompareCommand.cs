using System.Buffers;
using System.CommandLine;
using System.Globalization;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web.Comparison;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub compare</c>: a country's figures beside the global ones.</summary>
static class CompareCommand
{
    static readonly Option<string> Area = new("--area") { Description = "The country or area, by any code of the global list: 826, GB.", HelpName = "CODE", Required = true };

    static readonly Option<string[]> Series = new("--series") { Description = "Only these SERIES codes, separated by commas.", HelpName = "A,B" };

    static readonly Option<Urn?> National = new("--national")
    {
        Description = "The flow of national figures; IAEG-SDGs:DF_SDG_GLC when left out.", HelpName = "FLOW", CustomParser = SharedOptions.ParseDataflow,
    };

    static readonly Option<Urn?> Global = new("--global")
    {
        Description = "The flow of global figures; IAEG-SDGs:DF_SDG_GLH when left out.", HelpName = "FLOW", CustomParser = SharedOptions.ParseDataflow,
    };

    static readonly Option<string[]> Class = MakeClass();

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("compare", "Sets the national figures of an area beside the global ones: same, different and why, missing.")
        {
            Details =
            [
                "Figures pair when everything in their keys but REPORTING_TYPE is the same, and the period; areas by any of their codes, values after UNIT_MULT, and only where UNIT_MEASURE agrees.",
                "Text gives the totals by class and the pairs that have both sides; json and csv give every pair. --class chooses.",
            ],
            Examples =
            [
                "sdmxhub compare --area 826 --store sqlite:sdg.db",
                "sdmxhub compare --area GB --series SI_POV_DAY1,SH_STA_MORT --class differs-unexplained --store sqlite:sdg.db",
                "sdmxhub compare --area 826 --report csv --store sqlite:sdg.db > pairs.csv",
            ],
        };
        command.Take(Area, Series, National, Global, Class, SharedOptions.Store, SharedOptions.Report);
        command.SetAction(parsed => Run(parsed, terminal));
        return command;
    }

    static Option<string[]> MakeClass()
    {
        var labels = Enum.GetValues<PairClass>().Select(c => c.Label()).ToArray();
        var option = new Option<string[]>("--class") { Description = "List only pairs of this class; may be repeated. Totals stay whole.", HelpName = string.Join('|', labels) };
        option.AcceptOnlyFromAmong(labels);
        return option;
    }

    static int Run(ParseResult parsed, Terminal terminal)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        using var store = Stores.OpenExisting(settings.Store, out var fault);
        if (store is null)
            return terminal.Fail(fault!);
        using var snapshot = store.Head();
        var query = new ComparisonQuery
        {
            Area = parsed.GetRequiredValue(Area),
            Series = (parsed.GetValue(Series) ?? []).SelectMany(s => s.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToValueArray(),
        };
        if (parsed.GetValue(National) is { } national)
            query = query with { National = national };
        if (parsed.GetValue(Global) is { } global)
            query = query with { Global = global };
        if (CountryComparison.Run(snapshot, query, out fault) is not { } comparison)
            return terminal.Fail(fault!);
        Write(comparison, [.. (parsed.GetValue(Class) ?? []).Select(l => ComparisonWriter.ClassOf(l)!.Value)], parsed.GetRequiredValue(SharedOptions.Report), terminal);
        return ExitCode.Fine;
    }

    static void Write(CountryComparison comparison, PairClass[] classes, string report, Terminal terminal)
    {
        if (report == "text")
        {
            WriteText(comparison, classes, terminal);
            return;
        }

        var bytes = new ArrayBufferWriter<byte>();
        if (report == "json")
            ComparisonWriter.WriteJson(comparison, classes, bytes);
        else
            ComparisonWriter.WriteCsv(comparison, classes, bytes);
        terminal.Bytes().Write(bytes.WrittenSpan);
    }

    /// <summary>Writes totals, then the pairs of <paramref name="classes"/>; of every class that has both sides when none is named.</summary>
    static void WriteText(CountryComparison comparison, PairClass[] classes, Terminal terminal)
    {
        var text = terminal.Text;
        text.WriteLine($"{comparison.AreaName} ({comparison.AreaCode}): {comparison.NationalFlow.ShortName} beside {comparison.GlobalFlow.ShortName}, revision {comparison.Revision}");
        var totals = Terminal.Table("class", "#pairs");
        foreach (var (pairClass, count) in comparison.Totals)
            totals.AddCells(pairClass.Label(), count.ToString("N0", CultureInfo.InvariantCulture));
        terminal.Write(totals);
        var listed = comparison.Pairs.Where(p => classes.Length > 0 ? classes.Contains(p.Class) : p is { National: not null, Global: not null }).ToList();
        if (listed.Count > 0)
            terminal.Write(TableOf(comparison, listed));
        if (classes.Length == 0 && comparison.Pairs.Count > listed.Count)
            text.WriteLine($"{comparison.Pairs.Count - listed.Count} figures that only one side has are not listed: --class national-only, --class global-only");
    }

    static Spectre.Console.Table TableOf(CountryComparison comparison, List<Pair> pairs)
    {
        // A dimension that says the same in every pair, as most breakdowns do with _T, would only push the figures off the page.
        var telling = Enumerable.Range(0, comparison.Dimensions.Count)
            .Where(d => comparison.Dimensions[d] == "SERIES" || pairs.Any(p => p.Key[d] != pairs[0].Key[d])).ToList();
        var table = Terminal.Table([.. telling.Select(d => comparison.Dimensions[d]), "period", "#national", "#global", "#difference", "unit", "nature", "class"]);
        foreach (var pair in pairs)
        {
            table.AddCells([.. telling.Select(d => pair.Key[d]), pair.Period.ToString(), pair.National?.Value, pair.Global?.Value, pair.Difference?.ToString(),
                Both(pair.National?.Unit, pair.Global?.Unit), Both(pair.National?.Nature, pair.Global?.Nature), pair.Class.Label()]);
        }

        return table;
    }

    static string Both(string? national, string? global) => national == global ? national ?? "" : $"{national ?? "-"} / {global ?? "-"}";
}

using System.Globalization;
using System.Xml.Linq;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Tests.Storage;

namespace SdmxHub.Tests.Web;

/// <summary>Seeded random queries over a running hub: v1, v2 and every format give the same observations, which are those of a plain evaluation; so do sorting, paging and
/// availability. <c>SDMXHUB_QUERIES</c> says how many.</summary>
public class EquivalenceTests
{
    static readonly string[] Formats = ["generic-2.1", "structurespecific-2.1", "json-2.0", "csv-1.0", "csv-2.0"];
    static readonly string[][] Codes = [["A", "M", "Q"], ["1", "2", "3", "NA"], ["I1", "I2"]];
    static readonly string[] Dimensions = ["FREQ", "REF_AREA", "INDICATOR"];
    static readonly string[] Operators = ["eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew"];

    readonly List<Row> _rows = [];
    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await RunningHub.Start();
        var random = new Random(1);
        using var transaction = _hub.Store.Begin("load", "test");
        transaction.Append(Block(transaction.Catalog.Schema(SmallStructures.Flow("DF_ONE"))!, DatasetAction.Delete, [("..", null, [])]));
        foreach (var key in from f in Codes[0] from a in Codes[1] from i in Codes[2] where random.Next(4) > 0 select new[] { f, a, i })
        {
            for (var year = 2000; year < 2008; year++)
            {
                var period = key[0] switch { "A" => $"{year}", "M" => $"{year}-0{random.Next(1, 10)}", _ => $"{year}-Q{random.Next(1, 5)}" };
                var value = (random.Next(-30, 60) / 2m).ToString("0.##", CultureInfo.InvariantCulture);
                if (random.Next(3) > 0)
                    _rows.Add(new(key, period, year, value, random.Next(3) switch { 0 => "A", 1 => "E", _ => null }));
            }
        }

        transaction.Append(Block(transaction.Catalog.Schema(SmallStructures.Flow("DF_ONE"))!, DatasetAction.Merge,
            [.. _rows.Select(r => (string.Join('.', r.Key), r.Period, Values(r)))]));
        transaction.Commit();

        static (string, string)[] Values(Row row) => row.Status is null ? [("OBS_VALUE", row.Value)] : [("OBS_VALUE", row.Value), ("OBS_STATUS", row.Status)];
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [Test]
    public async Task Both_interfaces_and_every_format_give_what_a_plain_evaluation_gives()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("SDMXHUB_QUERIES"), out var asked) ? asked : 120;
        for (var seed = 0; seed < count; seed++)
        {
            var random = new Random(seed);
            var ask = Ask.Make(random);
            var expected = _rows.Where(ask.Takes).GroupBy(r => string.Join('.', r.Key)).SelectMany(g => ask.Ends([.. g.OrderBy(r => r.Time)])).ToList();
            foreach (var url in Urls(ask, random))
                await AssertAnswer(url, expected, $"seed {seed}: {url}");
            await AssertPage(ask, expected, random, $"seed {seed}");
            if (!ask.HasEnds)
                await AssertAvailability(ask, expected, $"seed {seed}");
        }
    }

    static IEnumerable<string> Urls(Ask ask, Random random)
    {
        string[] layouts = ["TIME_PERIOD", "AllDimensions", "REF_AREA"];
        foreach (var format in Formats.OrderBy(_ => random.Next()).Take(2))
        {
            var rest = $"{ask.Parameters()}&dimensionAtObservation={layouts[random.Next(3)]}&format={format}";
            if (ask.Value is null && ask.Status is null)
                yield return $"/sdmx/v1/data/DF_ONE/{ask.Key()}?{rest}";
            yield return $"/sdmx/v2/data/dataflow/AGY/DF_ONE/*/{ask.Keys(random)}?{ask.Conditions()}{rest}";
        }
    }

    async Task AssertAnswer(string url, List<Row> expected, string what)
    {
        var response = await _hub.Send(HttpMethod.Get, url);
        if (expected.Count == 0)
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(url.Contains("/v1/") ? 404 : 204), what);
            return;
        }

        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.That(Read(url[(url.LastIndexOf('=') + 1)..], bytes), Is.EqualTo(expected.Select(r => r.ToString()).Order(StringComparer.Ordinal)), what);
    }

    // Whatever is not sorted by comes in the usual order: by key, then by time.
    async Task AssertPage(Ask ask, List<Row> expected, Random random, string what)
    {
        string[] by = [.. ((string[])["FREQ", "REF_AREA", "INDICATOR", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"]).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(c => c + (random.Next(2) == 0 ? ":desc" : ""))];
        var (offset, limit) = (random.Next(0, 20), random.Next(1, 20));
        IOrderedEnumerable<Row> sorted = expected.OrderBy(_ => 0);
        foreach (var term in by)
        {
            var comparer = Comparer<Row>.Create((x, y) => Compare(term.Split(':')[0], x, y));
            sorted = term.EndsWith(":desc", StringComparison.Ordinal) ? sorted.ThenByDescending(r => r, comparer) : sorted.ThenBy(r => r, comparer);
        }

        foreach (var dimension in Dimensions.Append("TIME_PERIOD"))
            sorted = sorted.ThenBy(r => r, Comparer<Row>.Create((x, y) => Compare(dimension, x, y)));
        var url = $"/sdmx/v2/data/dataflow/AGY/DF_ONE/*/{ask.Keys(random)}?{ask.Conditions()}{ask.Parameters()}&dimensionAtObservation=AllDimensions&sort={string.Join('+', by)}&offset={offset}&limit={limit}&format=csv-2.0";

        var (_, body, _) = await _hub.Get(url);

        Assert.That(Lines(body), Is.EqualTo(sorted.Skip(offset).Take(limit).Select(r => r.ToString())), $"{what}: {url}");
    }

    async Task AssertAvailability(Ask ask, List<Row> expected, string what)
    {
        var url = $"/sdmx/v2/availability/dataflow/AGY/DF_ONE/*/{ask.Keys(new Random(0))}?{ask.Conditions()}{ask.Parameters()}&format=structure-xml-2.1";
        var (status, body, _) = await _hub.Get(url);
        if (expected.Count == 0)
        {
            Assert.That(status, Is.EqualTo(204), $"{what}: {url}");
            return;
        }

        var constraint = XDocument.Parse(body);
        string[] told = [.. constraint.Descendants().Where(e => e.Name.LocalName == "AnnotationTitle").Select(e => e.Value),
            .. constraint.Descendants().Where(e => e.Name.LocalName == "KeyValue").Select(k => string.Join(',', k.Elements().Select(v => v.Value)))];
        string[] counted = [$"{expected.DistinctBy(r => string.Join('.', r.Key)).Count()}", $"{expected.Count}",
            .. Enumerable.Range(0, 3).Select(d => string.Join(',', expected.Select(r => r.Key[d]).Distinct().Order(StringComparer.Ordinal)))];
        Assert.That(told, Is.EqualTo(counted), $"{what}: {url}");
    }

    static int Compare(string component, Row x, Row y) => component switch
    {
        "TIME_PERIOD" => x.Time.CompareTo(y.Time),
        "OBS_VALUE" => x.Number.CompareTo(y.Number),
        "OBS_STATUS" => string.CompareOrdinal(x.Status, y.Status),
        _ => string.CompareOrdinal(x.Key[Array.IndexOf(Dimensions, component)], y.Key[Array.IndexOf(Dimensions, component)]),
    };

    static List<string> Lines(string csv)
    {
        var lines = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(',')).ToList();
        if (lines.Count == 0)
            return [];
        int At(string column) => Array.IndexOf(lines[0], column);
        return [.. lines.Skip(1).Select(l => $"{l[At("FREQ")]}.{l[At("REF_AREA")]}.{l[At("INDICATOR")]}|{l[At("TIME_PERIOD")]}|{Plain(l[At("OBS_VALUE")])}|{l[At("OBS_STATUS")]}")];
    }

    static List<string> Read(string format, byte[] bytes)
    {
        if (format.StartsWith("csv", StringComparison.Ordinal))
            return [.. Lines(System.Text.Encoding.UTF8.GetString(bytes)).Order(StringComparer.Ordinal)];
        using var issues = new IssueLog();
        using var reader = Format.Find(format)!.Open!(new MemoryStream(bytes), new ReadContext { Catalog = SmallStructures.Catalog, Issues = issues });
        var (rows, block) = (new List<string>(), new ObservationBlock());
        while (reader.Read(block))
        {
            var schema = block.Count > 0 ? block.Dataset.Schema : null;
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Kinds[row] == RowKind.Observation)
                    rows.Add($"{block.KeyText(row)}|{block.Periods[row]}|{Plain(block.Text(schema!.Find("OBS_VALUE")!.Index, row)!)}|{block.Text(schema.Find("OBS_STATUS")!.Index, row)}");
            }
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    // JSON writes 1.50 as 1.5.
    static string Plain(string number) => decimal.Parse(number, CultureInfo.InvariantCulture).ToString("0.##", CultureInfo.InvariantCulture);

    static ObservationBlock Block(DataSchema schema, DatasetAction action, IEnumerable<(string Key, string? Period, (string, string)[] Values)> rows)
    {
        var block = new ObservationBlock();
        block.Begin(SmallFlow.Dataset(schema, action));
        foreach (var (key, period, values) in rows)
            SmallFlow.Add(block, key, period, values);
        return block;
    }

    sealed record Row(string[] Key, string Period, int Year, string Value, string? Status)
    {
        public decimal Number => decimal.Parse(Value, CultureInfo.InvariantCulture);

        public TimePeriod Time => TimePeriod.TryParse(Period, out var time) ? time : default;

        public override string ToString() => $"{string.Join('.', Key)}|{Period}|{Value}|{Status}";
    }

    /// <summary>A question, with its plain evaluation and its spellings.</summary>
    sealed record Ask(string[][] Codes, int? Start, int? End, int? First, int? Last, (string Operator, string Literal)[][]? Value, (string Operator, string Literal)[][]? Status)
    {
        public bool HasEnds => First is not null || Last is not null;

        public static Ask Make(Random random) => new(
            [.. EquivalenceTests.Codes.Select(c => random.Next(2) == 0 ? [] : c.Append("NO").OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToArray())],
            random.Next(3) == 0 ? random.Next(1999, 2006) : null, random.Next(3) == 0 ? random.Next(2001, 2009) : null,
            random.Next(5) == 0 ? random.Next(1, 4) : null, random.Next(5) == 0 ? random.Next(1, 4) : null,
            random.Next(3) == 0 ? Terms(random, Operators[..6], ["-5", "0", "7.5", "12"]) : null, random.Next(3) == 0 ? Terms(random, Operators, ["A", "E"]) : null);

        static (string, string)[][] Terms(Random random, string[] operators, string[] literals) => [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ =>
            Enumerable.Range(0, random.Next(1, 3)).Select(_ => (operators[random.Next(operators.Length)], literals[random.Next(literals.Length)])).ToArray())];

        public bool Takes(Row row) => Codes.Select((c, d) => c.Length == 0 || c.Contains(row.Key[d])).All(t => t)
            && (Start is null || row.Year >= Start) && (End is null || row.Year <= End)
            && (Value is null || Value.Any(all => all.All(t => Holds(t.Operator, row.Number.CompareTo(decimal.Parse(t.Literal, CultureInfo.InvariantCulture))))))
            && (Status is null || Status.Any(all => all.All(t => Holds(t.Operator, row.Status, t.Literal))));

        public IEnumerable<Row> Ends(List<Row> series) => !HasEnds ? series : series.Where((_, i) => i < (First ?? 0) || i >= series.Count - (Last ?? 0));

        static bool Holds(string op, int order) => op switch { "eq" => order == 0, "ne" => order != 0, "lt" => order < 0, "le" => order <= 0, "gt" => order > 0, _ => order >= 0 };

        static bool Holds(string op, string? text, string literal) => text is null ? op is "ne" or "nc" : op switch
        {
            "co" => text.Contains(literal), "nc" => !text.Contains(literal), "sw" => text.StartsWith(literal, StringComparison.Ordinal), "ew" => text.EndsWith(literal, StringComparison.Ordinal),
            _ => Holds(op, string.CompareOrdinal(text, literal)),
        };

        public string Parameters() => string.Join('&', ((string?[])[Start is null ? null : $"startPeriod={Start}", End is null ? null : $"endPeriod={End}",
            First is null ? null : $"firstNObservations={First}", Last is null ? null : $"lastNObservations={Last}"]).OfType<string>());

        /// <summary>The key of v1. Dots alone are no path that a client would send as they are.</summary>
        public string Key() => Codes.All(c => c.Length == 0) ? "all" : string.Join('.', Codes.Select(c => string.Join('+', c)));

        /// <summary>The first two dimensions as keys, all combinations; or no key, and conditions instead.</summary>
        public string Keys(Random random)
        {
            if (random.Next(2) == 0)
                return "*";
            string[] frequencies = Codes[0].Length == 0 ? ["*"] : Codes[0], areas = Codes[1].Length == 0 ? ["*"] : Codes[1];
            return string.Join(',', from f in frequencies from a in areas select $"{f}.{a}");
        }

        public string Conditions()
        {
            var parts = Codes.Select((c, d) => c.Length == 0 ? null : $"c[{Dimensions[d]}]={string.Join(',', c)}").OfType<string>().ToList();
            parts.AddRange(Spelt("OBS_VALUE", Value).Concat(Spelt("OBS_STATUS", Status)));
            return string.Concat(parts.Select(p => p + "&"));
        }

        static IEnumerable<string> Spelt(string id, (string Operator, string Literal)[][]? terms) =>
            terms is null ? [] : [$"c[{id}]={string.Join(',', terms.Select(all => string.Join('+', all.Select(t => $"{t.Operator}:{t.Literal}"))))}"];
    }
}

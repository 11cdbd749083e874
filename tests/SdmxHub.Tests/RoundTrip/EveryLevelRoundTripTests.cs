using Sdmx;
using SdmxHub.Tests.Storage;

namespace SdmxHub.Tests.RoundTrip;

/// <summary>A made-up flow with what the real ones lack: attributes at every level, texts with every odd character, numbers in odd spellings,
/// periods of many kinds.</summary>
public class EveryLevelRoundTripTests
{
    static readonly string[] Areas = ["A", "B", "a", "AB"];
    static readonly string[] Kinds = ["x", "b c", "d,e", "\"q\"", "007", "<&>"];

    // What every format can carry: line ends, tabs, quotes, right-to-left text with its marks, blanks that are not spaces, what looks like a number or a word of JSON.
    static readonly string[] Texts =
    [
        "plain", "a,b;c", "\"quoted\" and 'single'", "line\nbreak", "cr\r\nlf", "lone\rcr", "tab\there", " lead and trail ", "<b>&amp;</b>", "]]>", "مرحبا \u202Bبالعالم\u202C", "עברית",
        "😀 𝄞", "no\u00A0break", "next\u0085line", "line\u2028separator", "bom\uFEFFinside", "\u007F", "null", "true", "100.0", "~", "#N/A", "{\"a\":[1]}", "_x000A_", "back\\slash \\u0041", "=1+1", new('x', 5000),
    ];

    static readonly string[] Numbers = ["100.0", "100", "1E5", "-1.5e-7", "NaN", "INF", "-INF", "007", "+1", "-0", "0.000", ".5", "123456789012345678", "123456789012345678901234567890.12", "0.1234567890123456789"];

    static IEnumerable<string> Formats => StoreCopy.Formats;

    [Test]
    public void Every_level_and_every_spelling_comes_back_equal(
        [ValueSource(nameof(Formats))] string format, [Values("TIME_PERIOD", "AllDimensions", "AREA")] string layout, [Values] bool withTypedMeasure)
    {
        using var store = Store(Rows(new Random(5)), withTypedMeasure);
        using var head = store.Store.Head();
        using var copy = new StoreCopy(head);

        copy.Take(SmallFlow.Flow(), format, layout);

        copy.AssertEqual(SmallFlow.Flow());
    }

    [Test]
    public void A_control_character_comes_back_where_the_format_knows_it([Values("json-2.0", "csv-1.0", "csv-2.0")] string format)
    {
        using var store = Store(["A.A.x|2010|OBS_VALUE=1|NOTE=bell \u0001\u0007 and escape \u001B"], withTypedMeasure: false);
        using var head = store.Store.Head();
        using var copy = new StoreCopy(head);

        copy.Take(SmallFlow.Flow(), format, "TIME_PERIOD");

        copy.AssertEqual(SmallFlow.Flow());
    }

    [Test]
    public void XML_which_has_no_control_characters_still_loads([Values("structurespecific-2.1", "generic-2.1")] string format)
    {
        using var store = Store(["A.A.x|2010|OBS_VALUE=1|NOTE=bell \u0001"], withTypedMeasure: false);
        using var head = store.Store.Head();
        using var copy = new StoreCopy(head);

        copy.Take(SmallFlow.Flow(), format, "TIME_PERIOD");
    }

    static TemporaryStore Store(string[] rows, bool withTypedMeasure)
    {
        var store = new TemporaryStore();
        using (var transaction = store.Store.Begin("structures", "test"))
        {
            transaction.Put(SmallFlow.Artefacts().Select(a => a switch
            {
                Codelist { Id: "CL_FREQ" } list => list with { Codes = ((string[])["A", "S", "Q", "M", "W", "D", "B"]).Select(c => new Code { Id = c, Name = new(c) }).ToValueArray() },
                DataStructure dsd when withTypedMeasure => dsd with { Measures = [dsd.Measures[0] with { LocalRepresentation = new Representation { Format = new TextFormat { Type = TextType.Double } } }] },
                _ => a,
            }));
            transaction.Commit();
        }

        store.Load(DatasetAction.Append, rows);
        return store;
    }

    /// <summary>Series of every frequency; whatever of texts, numbers and levels is not met by chance is in the first of them.</summary>
    static string[] Rows(Random random)
    {
        var rows = new List<string> { "..||SOURCE=Census \"2010\",\nand others" };
        rows.AddRange(Areas.Select(a => $".{a}.||AREA_NOTE={Pick(random, Texts)}"));
        foreach (var (frequency, periods) in Periods)
        {
            foreach (var area in Areas)
            {
                foreach (var kind in Kinds.Where(_ => random.Next(2) == 0))
                {
                    var key = $"{frequency}.{area}.{kind}";
                    if (random.Next(3) > 0)
                        rows.Add($"{key}||UNIT={Pick(random, Texts)}");
                    rows.AddRange(periods.Where(_ => random.Next(4) > 0).Select(p => Observation(random, key, p)));
                }
            }
        }

        rows.AddRange(Texts.Select((t, i) => $"A.A.all|{1900 + i}|OBS_VALUE={i}|STATUS=A|NOTE={t}"));
        rows.AddRange(Numbers.Select((n, i) => $"A.B.all|{1900 + i}|OBS_VALUE={n}|STATUS=P"));
        return [.. rows];
    }

    static string Observation(Random random, string key, string period)
    {
        var value = random.Next(5) == 0 ? "" : $"OBS_VALUE={Pick(random, Numbers)}";
        var note = random.Next(2) == 0 ? "" : $"NOTE={Pick(random, Texts)}";
        return $"{key}|{period}|{value}|{(random.Next(3) == 0 ? "" : "STATUS=E")}|{note}";
    }

    static (string Frequency, string[] Periods)[] Periods =>
    [
        ("A", ["1999", "2000", "2001", "2010"]), ("S", ["2010-S1", "2010-S2"]), ("Q", ["2009-Q4", "2010-Q1", "2010-Q3"]), ("M", ["2010-01", "2010-12"]),
        ("W", ["2010-W01", "2010-W52", "2015-W53"]), ("D", ["2010-02-28", "2012-02-29", "2012-03-01"]), ("B", ["2010-03-01", "2010-03-02"]),
    ];

    static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}

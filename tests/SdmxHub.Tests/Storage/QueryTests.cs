using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Queries against a fixed cube, each answer worked out by plain loops over the same rows.</summary>
public class QueryTests
{
    static readonly string[] Kinds = ["x", "y", "z"];

    TemporaryStore _temporary = null!;
    List<string> _everything = null!;

    [OneTimeSetUp]
    public void Load()
    {
        _temporary = new TemporaryStore();
        _temporary.PutSmallFlow();
        var random = new Random(7);
        var rows = new List<string> { "..||SOURCE=census", ".A.||AREA_NOTE=islands excluded", ".D.||AREA_NOTE=none" };
        foreach (var area in SmallFlow.Areas)
        {
            foreach (var kind in Kinds)
            {
                if (random.Next(4) > 0)
                    rows.Add($"A.{area}.{kind}||UNIT={(random.Next(2) == 0 ? "PT" : "KG")}");
                for (var year = 2000; year < 2020; year += random.Next(1, 4))
                {
                    var value = random.Next(3) == 0 ? "" : $"OBS_VALUE={random.Next(-50, 200) / 10m:0.0}";
                    rows.Add($"A.{area}.{kind}|{year}|{value}|STATUS={"AEP"[random.Next(3)]}{(random.Next(5) == 0 ? "|NOTE=see note " + year % 3 : "")}");
                }
            }
        }

        _temporary.Load(DatasetAction.Merge, [.. rows.OrderBy(_ => random.Next())]);
        _everything = _temporary.ReadHead();
    }

    [OneTimeTearDown]
    public void Close() => _temporary.Dispose();

    [Test]
    public void Everything_comes_holders_first_then_series_by_code_id_and_period()
    {
        Assert.That(_everything.Take(3), Is.EqualTo(["..||SOURCE=census", ".A.||AREA_NOTE=islands excluded", ".D.||AREA_NOTE=none"]));
        var rows = _everything.Skip(3).Select(r => r.Split('|')).Select(p => (Key: p[0], Period: p[1])).ToList();
        Assert.That(rows, Is.EqualTo(rows.OrderBy(r => r.Key, StringComparer.Ordinal).ThenBy(r => r.Period, StringComparer.Ordinal)));
        Assert.That(rows.Select(r => r.Key).Distinct().ToList(), Has.Count.EqualTo(SmallFlow.Areas.Length * Kinds.Length));
    }

    [TestCase("", "A+B", "x")]
    [TestCase("A", "A", "x")]
    [TestCase("A", "A", "never")]
    [TestCase("A", "never+A", "")]
    [TestCase("M", "", "")]
    [TestCase("A", "AB")]
    public void Keys_select_series(params string[] pattern)
    {
        KeyPattern key = new(pattern.Select(p => p.Length == 0 ? default : p.Split('+').ToValueArray()).ToValueArray());

        AssertAnswer(Query() with { Keys = [key] }, r => key.Dimensions.Select((codes, d) => codes.IsEmpty || codes.Contains(r.Key.Split('.')[d])).All(p => p));
    }

    [Test]
    public void Several_keys_are_alternatives()
    {
        KeyPattern first = new([[], ["A"], ["x"]]), second = new([["A"], ["B", "A"]]);

        AssertAnswer(Query() with { Keys = [first, second] }, r => r.Key is "A.A.x" || r.Key.Split('.')[1] is "A" or "B");
    }

    [Test]
    public void A_filter_on_a_dimension_selects_series() =>
        AssertAnswer(Filter("AREA", [new FilterTerm(FilterOperator.Sw, "A")], [new FilterTerm(FilterOperator.Ge, "C"), new FilterTerm(FilterOperator.Lt, "D")]),
            r => r.Key.Split('.')[1] is "A" or "AB" or "C");

    [Test]
    public void A_filter_on_a_measure_compares_numbers() =>
        AssertAnswer(Filter("OBS_VALUE", [new FilterTerm(FilterOperator.Gt, "9"), new FilterTerm(FilterOperator.Le, "12.00")]),
            r => r.Values.TryGetValue("OBS_VALUE", out var v) && decimal.Parse(v) is > 9 and <= 12);

    [Test]
    public void A_filter_for_difference_takes_what_is_absent() =>
        AssertAnswer(Filter("OBS_VALUE", [new FilterTerm(FilterOperator.Ne, "1.0")]), r => !r.Values.TryGetValue("OBS_VALUE", out var v) || v != "1.0");

    [Test]
    public void A_filter_on_an_observation_attribute_selects_observations() =>
        AssertAnswer(Filter("STATUS", [new FilterTerm(FilterOperator.Eq, "A")], [new FilterTerm(FilterOperator.Eq, "P")]), r => r.Values["STATUS"] is "A" or "P");

    [Test]
    public void A_filter_on_text_looks_into_it() =>
        AssertAnswer(Filter("NOTE", [new FilterTerm(FilterOperator.Co, "note 1")], [new FilterTerm(FilterOperator.Ew, "2")]), r => r.Values.GetValueOrDefault("NOTE") is "see note 1" or "see note 2");

    [Test]
    public void A_filter_on_a_series_attribute_selects_series()
    {
        var series = _everything.Where(r => r.Contains("UNIT=PT", StringComparison.Ordinal)).Select(r => r.Split('|')[0]).ToHashSet();

        AssertAnswer(Filter("UNIT", [new FilterTerm(FilterOperator.Eq, "PT")]), r => series.Contains(r.Key));
    }

    [Test]
    public void A_filter_on_a_group_attribute_selects_its_series() =>
        AssertAnswer(Filter("AREA_NOTE", [new FilterTerm(FilterOperator.Co, "islands")]), r => r.Key.Split('.')[1] == "A");

    [Test]
    public void Periods_bound_the_answer()
    {
        TimePeriod.TryParse("2005", out var from);
        TimePeriod.TryParse("2010-06", out var to);
        var query = Query() with { Period = [new PeriodFilter([[new PeriodTerm(FilterOperator.Ge, from)]]), new PeriodFilter([[new PeriodTerm(FilterOperator.Le, to)]])] };

        AssertAnswer(query, r => int.Parse(r.Period) is >= 2005 and <= 2009);
    }

    [TestCase(2, null)]
    [TestCase(null, 3)]
    [TestCase(2, 2)]
    [TestCase(100, 100)]
    [TestCase(0, null)]
    public void First_and_last_count_in_each_series(int? first, int? last)
    {
        var observations = _everything.Select(Row.Parse).Where(r => r.Period != "").GroupBy(r => r.Key)
            .SelectMany(g => g.Where((_, i) => i < (first ?? 0) || i >= g.Count() - (last ?? 0)));

        Assert.That(_temporary.ReadHead(Query() with { FirstN = first, LastN = last }).Where(r => r.Split('|')[1] != ""), Is.EqualTo(observations.Select(o => o.Text)));
    }

    [Test]
    public void Attributes_and_measures_can_be_left_out()
    {
        Assert.That(_temporary.ReadHead(Query() with { Attributes = new ValueArray<string>() }), Is.All.Matches<string>(r => r is not null && r.Split('|')[1] != "" && !r.Contains("STATUS", StringComparison.Ordinal)));
        Assert.That(_temporary.ReadHead(Query() with { Attributes = ["UNIT"], Measures = new ValueArray<string>() }).Where(r => !r.Contains("UNIT")), Is.All.EndsWith("|"));
    }

    [Test]
    public void Series_alone_are_their_attribute_rows()
    {
        var rows = _temporary.ReadHead(Query() with { WithObservations = false, Attributes = new ValueArray<string>() });

        Assert.That(rows, Is.EqualTo(_everything.Skip(3).Select(r => r.Split('|')[0] + "||").Distinct()));
    }

    [Test]
    public void Series_alone_still_obey_filters_on_observations()
    {
        var rows = _temporary.ReadHead(Filter("OBS_VALUE", [new FilterTerm(FilterOperator.Gt, "19")]) with { WithObservations = false, Attributes = new ValueArray<string>() });

        Assert.That(rows, Is.EqualTo(_everything.Select(Row.Parse).Where(r => r.Values.TryGetValue("OBS_VALUE", out var v) && decimal.Parse(v) > 19).Select(r => r.Key + "||").Distinct()));
    }

    [Test]
    public void Another_dimension_at_the_observation_groups_by_the_rest_of_the_key_and_the_period()
    {
        var rows = _temporary.ReadHead(Query() with { DimensionAtObservation = "AREA" }).Select(Row.Parse).Where(r => r.Period != "").ToList();

        var expected = _everything.Select(Row.Parse).Where(r => r.Period != "")
            .OrderBy(r => r.Key.Split('.')[2], StringComparer.Ordinal).ThenBy(r => r.Period, StringComparer.Ordinal).ThenBy(r => r.Key, StringComparer.Ordinal);
        Assert.That(rows.Select(r => r.Text), Is.EqualTo(expected.Select(r => r.Text)));
    }

    [Test]
    public void A_pinned_version_withholds_series_with_codes_it_lacks()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "A.B.x|2001|OBS_VALUE=1", "A.A.x|2001|OBS_VALUE=2", "A.D.x|2001|OBS_VALUE=3");
        using (var transaction = temporary.Store.Begin("structures", "test"))
        {
            transaction.Put(SmallFlow.Artefacts("2.0", ["D", "A", "NEW"]));
            transaction.Commit();
        }

        using var head = temporary.Store.Head();
        using var reader = head.Read(new DataQuery { Dataflow = SmallFlow.Flow("2.0"), IsVersionPinned = true });
        Assert.That(reader.Withheld, Is.EqualTo(1));
        Assert.That(TemporaryStore.Read(head, new DataQuery { Dataflow = SmallFlow.Flow("2.0"), IsVersionPinned = true }), Is.EqualTo(["A.A.x|2001|OBS_VALUE=2", "A.D.x|2001|OBS_VALUE=3"]));
        Assert.That(TemporaryStore.Read(head, new DataQuery { Dataflow = SmallFlow.Flow("2.0") }), Has.Count.EqualTo(3));
    }

    [Test]
    public void Several_full_keys_are_looked_up_each_once()
    {
        KeyPattern first = new([["A"], ["A"], ["x"]]), second = new([["A"], ["B"], ["z"]]), unknown = new([["A"], ["B"], ["never"]]);

        AssertAnswer(Query() with { Keys = [first, second, first, unknown] }, r => r.Key is "A.A.x" or "A.B.z");
    }

    [TestCase("", "", "")]
    [TestCase("A", "A+B", "x")]
    [TestCase("A", "A", "x")]
    [TestCase("A", "never", "x")]
    public void What_is_available_is_what_the_answer_holds(params string[] pattern)
    {
        var query = Query() with { Keys = [new(pattern.Select(p => p.Length == 0 ? default : p.Split('+').ToValueArray()).ToValueArray())] };

        AssertAvailability(query);
        AssertAvailability(query with { Filters = Filter("AREA", [new FilterTerm(FilterOperator.Ge, "B")]).Filters });
    }

    [Test]
    public void Nothing_is_available_of_a_flow_without_data()
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        using var head = temporary.Store.Head();

        Assert.That(head.Available(Query()), Is.Null);
    }

    void AssertAvailability(DataQuery query)
    {
        using var head = _temporary.Store.Head();
        var answer = TemporaryStore.Read(head, query).Select(Row.Parse).Where(r => r.Period != "").ToList();

        var available = head.Available(query)!;

        Assert.That(available.Series, Is.EqualTo(answer.Select(r => r.Key).Distinct().Count()));
        Assert.That(available.Observations, Is.EqualTo(answer.Count));
        Assert.That(available.First.ToString(), Is.EqualTo(answer.Select(r => r.Period).Min() ?? ""));
        Assert.That(available.Last.ToString(), Is.EqualTo(answer.Select(r => r.Period).Max() ?? ""));
        for (var d = 0; d < 3; d++)
        {
            var counted = answer.GroupBy(r => r.Key.Split('.')[d]).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new CodeAvailability(g.Key, g.Select(r => r.Key).Distinct().Count(), g.Count()));
            Assert.That(available.Dimensions[d].Codes, Is.EqualTo(counted));
        }
    }

    static DataQuery Query() => new() { Dataflow = SmallFlow.Flow() };

    static DataQuery Filter(string component, params FilterTerm[][] alternatives) =>
        Query() with { Filters = [new ComponentFilter(component, alternatives.Select(a => a.ToValueArray()).ToValueArray())] };

    /// <summary>The answer must be the observations that pass, their series' attributes, and the holders above them.</summary>
    void AssertAnswer(DataQuery query, Func<Row, bool> passes)
    {
        var rows = _everything.Select(Row.Parse).ToList();
        var observations = rows.Where(r => r.Period != "" && passes(r)).ToHashSet();
        var keys = observations.Select(o => o.Key.Split('.')).ToList();
        var expected = rows.Where(r => observations.Contains(r)
            || (r.Period == "" && keys.Exists(k => k.Zip(r.Key.Split('.')).All(p => p.Second is "" || p.First == p.Second))));
        Assert.That(_temporary.ReadHead(query), Is.EqualTo(expected.Select(r => r.Text)));
    }

    sealed record Row(string Key, string Period, Dictionary<string, string> Values, string Text)
    {
        public static Row Parse(string text)
        {
            var parts = text.Split('|');
            return new(parts[0], parts[1], parts[2..].Where(p => p.Length > 0).ToDictionary(p => p.Split('=')[0], p => p.Split('=')[1]), text);
        }
    }
}

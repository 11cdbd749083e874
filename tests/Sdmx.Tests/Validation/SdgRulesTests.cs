using Sdmx.Validation;
using SharedFacts;

namespace Sdmx.Tests.Validation;

/// <summary>The rules of the SDG domain, where the samples do not show them.</summary>
public sealed class SdgRulesTests
{
    const string Key = "A.N.POVERTY.RW._T";

    static readonly StructureCatalog Structures = Validation.Structures(Facts.InProject("samples", "invalid", "structures.xml"));
    static readonly DataSchema Schema = Structures.Schema(new Urn(ArtefactType.Dataflow, "EX", "GOALS", "1.0"))!;

    [TestCase("38.2", "38.2", "38.20", ExpectedResult = 0)]
    [TestCase("1E2", "99.9", "101", ExpectedResult = 0)]
    [TestCase("38.2", "38.21", null, ExpectedResult = 1)]
    [TestCase("38.2", null, "38.19", ExpectedResult = 1)]
    [TestCase("NaN", "1", "2", ExpectedResult = 0)]
    [TestCase("1E2", "1", "99", ExpectedResult = 1)]
    public int Bounds_are_compared_as_numbers_each_by_itself(string value, string? lower, string? upper) =>
        Of(IssueCode.OutsideBounds, $"{Key} UNIT_MEASURE=NUMBER", $"{Key} 2020 OBS_VALUE={value} NATURE=C{Optional("LOWER_BOUND", lower)}{Optional("UPPER_BOUND", upper)}").Count;

    [TestCase("0", "100.000", ExpectedResult = 0)]
    [TestCase("0", "100.001", ExpectedResult = 1)]
    [TestCase("-0.1", "50.5", ExpectedResult = 1)]
    [TestCase("1E2", "101", ExpectedResult = 1)]
    [TestCase("1", "100.00000000000000001", ExpectedResult = 0, Description = "a scale too fine to be told from 100")]
    public int A_percentage_is_inside_with_its_ends(string first, string second) =>
        Of(IssueCode.OutsidePercentRange, $"{Key} UNIT_MEASURE=PT", $"{Key} 2020 OBS_VALUE={first} NATURE=C", $"{Key} 2021 OBS_VALUE={second} NATURE=C").Count;

    [Test]
    public void Other_units_are_no_percentages() =>
        Assert.That(Of(IssueCode.OutsidePercentRange, $"{Key} UNIT_MEASURE=NUMBER", $"{Key} 2020 OBS_VALUE=500 NATURE=C"), Is.Empty);

    [Test]
    public void A_series_outside_is_told_once_with_its_first_value()
    {
        var found = Of(IssueCode.OutsidePercentRange, $"{Key} UNIT_MEASURE=PT", $"{Key} 2020 OBS_VALUE=1 NATURE=C", $"{Key} 2021 OBS_VALUE=200 NATURE=C", $"{Key} 2022 OBS_VALUE=300 NATURE=C");

        Assert.That(found.Select(i => (i.Key, i.Value)), Is.EqualTo((ValueTuple<string?, string?>[])[($"{Key}:2021", "200")]));
        Assert.That(found[0].Message, Does.Contain("2 values"));
    }

    [Test]
    public void A_nature_that_the_store_holds_is_not_missing()
    {
        string[] rows = [$"{Key} 2020 OBS_VALUE=1", $"{Key} 2021 OBS_VALUE=1"];
        var options = new ValidationOptions { Clock = Validation.Clock, IsStored = (block, row, _) => block.Periods[row].Year == 2020 };

        Assert.That(new Rows(Schema).Add(rows).Validate(options).Single(i => i.Code == IssueCode.MissingNature).Message, Does.StartWith("1 value has"));
        Assert.That(new Rows(Schema, DatasetAction.Replace).Add(rows).Validate(options).Single(i => i.Code == IssueCode.MissingNature).Message, Does.StartWith("2 values have"));
    }

    [Test]
    public void Without_value_no_nature_is_asked_for() =>
        Assert.That(Of(IssueCode.MissingNature, $"{Key} 2020 OBS_STATUS=O"), Is.Empty);

    [TestCase("A.G.POVERTY.RW._T", "CA", ExpectedResult = 0)]
    [TestCase(Key, "CA", ExpectedResult = 1)]
    [TestCase(Key, "G", ExpectedResult = 1)]
    [TestCase(Key, "E", ExpectedResult = 0)]
    [TestCase(Key, "_X", ExpectedResult = 0)]
    [TestCase(Key, "unknown", ExpectedResult = 0)]
    public int An_agencys_figures_are_not_national(string key, string nature) =>
        Of(IssueCode.NatureContradictsType, $"{key} 2020 OBS_VALUE=1 NATURE={nature}", $"{key} 2021 OBS_VALUE=1 NATURE={nature}").Count;

    [TestCase("38.2 37.6 382 37 36.1 35.9", ExpectedResult = "2002", Description = "a decimal sign lost")]
    [TestCase("38.2 37.6 3.71 37 36.1 35.9", ExpectedResult = "2002", Description = "a place lost")]
    [TestCase("5 5 5 5 5 500", ExpectedResult = "2005", Description = "the others alike")]
    [TestCase("1 1 1 4 1 0", ExpectedResult = "", Description = "small counts")]
    [TestCase("5 5 5 5 5 6", ExpectedResult = "", Description = "a small step of a flat series")]
    [TestCase("5 5 5 5 8 8 8", ExpectedResult = "", Description = "a step that lasts")]
    [TestCase("0 0 0 0 0 0", ExpectedResult = "")]
    [TestCase("10.8 9.3 7.3 5.1 3.2 3.1 3 2.9 3", ExpectedResult = "", Description = "a trend that ends")]
    [TestCase("1 2 4 8 16 32 64", ExpectedResult = "", Description = "growth")]
    [TestCase("38.2 37.6 382 37", ExpectedResult = "", Description = "too few")]
    [TestCase("38.2 37.6 NaN 37 36.1", ExpectedResult = "", Description = "too few numbers")]
    [TestCase("38.2 37.6 3.82E2 37 36.1 35.9", ExpectedResult = "2002")]
    public string A_value_far_from_the_others_of_its_series_is_told(string values)
    {
        var rows = values.Split(' ').Select((v, i) => $"{Key} {2000 + i} OBS_VALUE={v} NATURE=C");

        return string.Join(' ', Of(IssueCode.OutlyingValue, [$"{Key} UNIT_MEASURE=NUMBER", .. rows]).Select(i => i.Key!.Split(':')[1]));
    }

    [Test]
    public void An_outlier_comes_with_the_stored_value_of_its_period_else_with_those_beside()
    {
        var rows = new Rows(Schema).Add([$"{Key} UNIT_MEASURE=NUMBER", .. new[] { "38", "37", "370", "36", "35", "34" }.Select((v, i) => $"{Key} {2000 + i} OBS_VALUE={v} NATURE=C")]);

        var alone = rows.Validate().Single(i => i.Code == IssueCode.OutlyingValue);
        var stored = rows.Validate(Beside("2002=36.9")).Single(i => i.Code == IssueCode.OutlyingValue);

        Assert.That(alone.Message, Does.Contain("'37' and '36'"));
        Assert.That(stored.Message, Does.Contain("the store holds '36.9'"));
    }

    [TestCase("2006=380", ExpectedResult = "2006 OBS_VALUE is '380', far from the series' median 37; the value before is '36'", Description = "one value, the rest is stored")]
    [TestCase("2002=380", ExpectedResult = "2002 OBS_VALUE is '380', far from the series' median 37.5; the store holds '36.9' for the period")]
    [TestCase("1999=380", ExpectedResult = "1999 OBS_VALUE is '380', far from the series' median 37; the next value is '38'")]
    [TestCase("2006=36.2", ExpectedResult = "")]
    [TestCase("2006=39 2007=400", ExpectedResult = "2007 OBS_VALUE is '400', far from the series' median 37.5; the value before is '39'")]
    [TestCase("2006= 2007=400", ExpectedResult = "2007 OBS_VALUE is '400', far from the series' median 37; the value before is '36'", Description = "beside a row without value")]
    public string An_outlier_is_told_by_what_the_store_holds_too(string sent)
    {
        var rows = sent.Split(' ').Select(v => v.Split('=')).Select(v => $"{Key} {v[0]}{(v[1].Length > 0 ? $" OBS_VALUE={v[1]} NATURE=C" : " OBS_STATUS=O")}");

        var found = new Rows(Schema).Add([$"{Key} UNIT_MEASURE=NUMBER", .. rows]).Validate(Beside("2000=38 2001=37 2002=36.9 2003=38 2004=37 2005=36")).Where(i => i.Code == IssueCode.OutlyingValue);

        return string.Join('\n', found.Select(i => $"{i.Key!.Split(':')[1]} {i.Message}"));
    }

    [TestCase("38000*0 37000*0 36*3 35*3 34*3", ExpectedResult = "")]
    [TestCase("38*3 37*3 36*3 35*3 34000*3", ExpectedResult = "2004")]
    [TestCase("38*3 37*3 36*0 35*3 34*3", ExpectedResult = "2002", Description = "thousands that are said to be units")]
    public string Values_are_compared_in_one_multiplier(string values)
    {
        var rows = values.Split(' ').Select(v => v.Split('*')).Select((v, i) => $"{Key} {2000 + i} OBS_VALUE={v[0]} UNIT_MULT={v[1]} NATURE=C");

        return string.Join(' ', Of(IssueCode.OutlyingValue, [$"{Key} UNIT_MEASURE=NUMBER", .. rows]).Select(i => i.Key!.Split(':')[1]));
    }

    [TestCase("5", "3", ExpectedResult = "OBS_VALUE is '5' with UNIT_MEASURE 'PT' and UNIT_MULT '3', outside 0 to 100")]
    [TestCase("0.05", "3", ExpectedResult = "")]
    [TestCase("5", "0", ExpectedResult = "")]
    public string A_percentage_counts_with_its_multiplier(string value, string multiplier) =>
        string.Join('\n', Of(IssueCode.OutsidePercentRange, $"{Key} UNIT_MEASURE=PT", $"{Key} 2020 OBS_VALUE={value} UNIT_MULT={multiplier} NATURE=C", $"{Key} 2021 OBS_VALUE=0 UNIT_MULT=0 NATURE=C").Select(i => i.Message));

    const string Thousands = "2000=38.2*3 2001=37.6*3 2002=0*3 2003=36.9*3";

    [TestCase("2000=38.2*0 2001=37.6*0 2002=0*0", "UNIT_MULT is '0' with '38.2', and the store has '3' with '38.2' for 2000: that is 10^-3 times what the store has; 3 values of the series", "0>3")]
    [TestCase("2000=38200*0 2001=37600*0", "UNIT_MULT is '0' with '38200', and the store has '3' with '38.2' for 2000; both say the same; 2 values of the series", null)]
    [TestCase("2000=38.2*3 2001=37.6*0", "UNIT_MULT is '0' with '37.6', and the store has '3' with '37.6' for 2001: that is 10^-3 times what the store has", "0>3")]
    [TestCase("2000=38.2*0 2001=90*0", "UNIT_MULT is '0' with '38.2', and the store has '3' with '38.2' for 2000: that is 10^-3 times what the store has; 2 values of the series", null, Description = "not all say so: no repair")]
    [TestCase("2004=36.5*0", "UNIT_MULT is '0' with '36.5', and the store has '3' with '36.9' for 2003: that is 10^-3 times what the store has", "0>3", Description = "a new period, by the one before")]
    [TestCase("2004=36500*0", "UNIT_MULT is '0' with '36500', and the store has '3' with '36.9' for 2003", null)]
    [TestCase("2000=38200*3 2001=37610*3 2002=0*3", "OBS_VALUE is '38200', and the store holds '38.2' for 2000, with the same UNIT_MULT '3': that is 10^3 times what the store has; 2 values of the series", "38200>38.2")]
    [TestCase("2000=0.0382*3", "OBS_VALUE is '0.0382', and the store holds '38.2' for 2000, with the same UNIT_MULT '3': that is 10^-3 times what the store has", "0.0382>38.2")]
    [TestCase("2000=3.82E4*3", "OBS_VALUE is '3.82E4', and the store holds '38.2' for 2000, with the same UNIT_MULT '3': that is 10^3 times what the store has", null, Description = "no decimal: its point is not moved")]
    [TestCase("2000=38.2*3 2001=37.6*3 2003=36.9*3", "", null, Description = "the same")]
    [TestCase("2000=38.1*3 2001=371*3 2003=36.8*3", "", null, Description = "one of three: rather a revision, or an outlier")]
    [TestCase("2000=41.3*3 2004=36500*3", "", null, Description = "revised, and a new period")]
    [TestCase("2000=38200 2001=37600", "OBS_VALUE is '38200', and the store holds '38.2' for 2000, with the same UNIT_MULT '3': that is 10^3 times what the store has; 2 values of the series", "38200>38.2", Description = "what is left out stays as it is stored")]
    public void A_series_keeps_the_scale_that_the_store_has(string sent, string says, string? repair)
    {
        var rows = sent.Split(' ').Select(v => v.Split('=', '*')).Select(v => $"{Key} {v[0]} OBS_VALUE={v[1]}{(v.Length > 2 ? $" UNIT_MULT={v[2]}" : "")} NATURE=C");

        var found = new Rows(Schema).Add([$"{Key} UNIT_MEASURE=NUMBER", .. rows]).Validate(Beside(Thousands)).Where(i => i.Code == IssueCode.OtherScale).ToList();

        Assert.That(string.Join('\n', found.Select(i => i.Message)), Is.EqualTo(says));
        Assert.That(found.Select(i => i.Nearest is null ? null : $"{i.Value}>{i.Nearest}").FirstOrDefault(), Is.EqualTo(repair));
    }

    [TestCase("2000=10", "2000=1", ExpectedResult = 0, Description = "small counts are ten times another easily")]
    [TestCase("2000=10 2001=20", "2000=1 2001=2", ExpectedResult = 1)]
    [TestCase("2000=-38.2", "2000=3.82", ExpectedResult = 0)]
    [TestCase("2000=NaN", "2000=3.82", ExpectedResult = 0)]
    public int Ten_times_tells_something_where_it_is_no_chance(string sent, string stored)
    {
        var rows = sent.Split(' ').Select(v => v.Split('=')).Select(v => $"{Key} {v[0]} OBS_VALUE={v[1]} NATURE=C");

        return new Rows(Schema).Add([$"{Key} UNIT_MEASURE=NUMBER", .. rows]).Validate(Beside(stored)).Count(i => i.Code == IssueCode.OtherScale);
    }

    [TestCase("PT", null, ExpectedResult = "UNIT_MEASURE is 'PT', and the store has 'NUMBER' for the series ('36' in 2001)")]
    [TestCase("NUMBER", null, ExpectedResult = "")]
    [TestCase(null, null, ExpectedResult = "", Description = "it stays as it is")]
    [TestCase("PT", "SDH5007", ExpectedResult = "")]
    public string A_series_keeps_the_unit_that_the_store_has(string? unit, string? without)
    {
        string[] rows = [$"{Key} 2000 OBS_VALUE=38 NATURE=C OBS_STATUS=A"];
        OptionalRules.TryParse(without ?? "", out var rules, out _);
        var options = Beside("2000=38 2001=36", "NUMBER") with { Without = rules };

        var found = new Rows(Schema).Add(unit is null ? rows : [$"{Key} UNIT_MEASURE={unit}", .. rows]).Validate(options).Where(i => i.Code is IssueCode.OtherUnit or IssueCode.OtherScale);

        return string.Join('\n', found.Select(i => i.Message));
    }

    [TestCase("F M", "", ExpectedResult = "2 series are parts by SEX of A.N.POVERTY.RW._T, which is not there")]
    [TestCase("F M _T", "", ExpectedResult = "")]
    [TestCase("F M", "_T", ExpectedResult = "", Description = "the store has it")]
    [TestCase("F M", "F", ExpectedResult = "2 series are parts by SEX of A.N.POVERTY.RW._T, which is not there")]
    [TestCase("F", "", ExpectedResult = "", Description = "one alone is no breakdown")]
    [TestCase("F nonsense", "", ExpectedResult = "", Description = "no code: that is an error of its own")]
    public string What_is_broken_down_has_a_total(string sexes, string stored)
    {
        var rows = sexes.Split(' ').SelectMany(s => (string[])[$"A.N.POVERTY.RW.{s} 2020 OBS_VALUE=1 NATURE=C", $"A.N.POVERTY.RW.{s} 2021 OBS_VALUE=1 NATURE=C"]);
        var options = new ValidationOptions { Clock = Validation.Clock, Elsewhere = (dataset, key) => dataset.Codes.Dimensions[4][key[4]] == stored };

        var found = new Rows(Schema).Add([.. rows]).Validate(options).Where(i => i.Code == IssueCode.MissingTotal);

        return string.Join('\n', found.Select(i => i.Message));
    }

    [Test]
    public void A_total_is_told_once_at_the_first_of_its_parts_and_totals_of_several_data_sets_are_one()
    {
        var codes = new CodeTables(Schema);
        Dataset Set(int number) => new() { Number = number, Schema = Schema, Codes = codes, Action = DatasetAction.Append };
        using var issues = new IssueLog();
        var validator = new Validator(issues, new ValidationOptions { Clock = Validation.Clock });
        foreach (var block in new Rows(Set(0)).Add("A.N.HUNGER.RW._T 2020 OBS_VALUE=1 NATURE=C", "A.N.POVERTY.RW.F 2020 OBS_VALUE=1 NATURE=C @7").Blocks()
            .Concat(new Rows(Set(1)).Add("A.N.HUNGER.RW.F 2020 OBS_VALUE=1 NATURE=C", "A.N.HUNGER.RW.M 2020 OBS_VALUE=1 NATURE=C", "A.N.POVERTY.RW.M 2020 OBS_VALUE=1 NATURE=C").Blocks()))
            validator.CheckSeries(block);
        validator.Complete();

        var found = issues.All.Single(i => i.Code == IssueCode.MissingTotal);
        Assert.That((found.Value, found.Key, found.At.Line, found.At.Dataset), Is.EqualTo(("A.N.POVERTY.RW._T", "A.N.POVERTY.RW.F", 7, 0)));
    }

    [Test]
    public void A_deletion_is_not_judged() =>
        Assert.That(new Rows(Schema, DatasetAction.Delete).Add($"{Key} 2020 OBS_VALUE=1").Validate().Where(i => i.Code.IsOptional()), Is.Empty);

    [Test]
    public void A_structure_without_the_dimensions_of_the_SDGs_has_no_such_rules()
    {
        var other = Structures.Schema(new Urn(ArtefactType.Dataflow, "EX", "OPEN", "1.0"))!;

        var found = new Rows(other).Add("A.N.POVERTY.RW UNIT_MEASURE=PT", "A.N.POVERTY.RW 2020 OBS_VALUE=500 OBS_STATUS=A").Validate();

        Assert.That(found, Is.Empty);
    }

    [Test]
    public void What_is_left_out_is_not_told()
    {
        string[] rows = [$"{Key} UNIT_MEASURE=PT", $"{Key} 2020 OBS_VALUE=500 LOWER_BOUND=600 NATURE=CA", $"{Key} 2021 OBS_VALUE=5"];
        var optional = new Rows(Schema).Add(rows).Validate().Select(i => i.Code).Where(c => c.IsOptional()).ToHashSet();

        Assert.That(optional, Is.SupersetOf((IssueCode[])[IssueCode.OutsideBounds, IssueCode.OutsidePercentRange, IssueCode.MissingNature, IssueCode.NatureContradictsType]));
        foreach (var code in optional)
        {
            var left = new Rows(Schema).Add(rows).Validate(new ValidationOptions { Clock = Validation.Clock, Without = new([code]) });

            Assert.That(left.Select(i => i.Code).Where(c => c.IsOptional()).ToHashSet(), Is.EquivalentTo(optional.Where(c => c != code)));
        }
    }

    static List<Issue> Of(IssueCode code, params string[] rows) => [.. new Rows(Schema).Add(rows).Validate().Where(i => i.Code == code)];

    /// <summary>A store that holds one series: <c>2000=38.2*3</c> is a period, a number, and its multiplier.</summary>
    static ValidationOptions Beside(string numbers, string? unit = null)
    {
        var stored = new StoredSeries(Schema) { Unit = unit };
        foreach (var part in numbers.Split(' ').Select(n => n.Split('=', '*')))
        {
            Assert.That(TimePeriod.TryParse(part[0], out var period) && DecimalText.TryParse(part[1], out _, out _));
            DecimalText.TryParse(part[1], out var mantissa, out var scale);
            stored.Add(period, (byte)(ValueForm.Decimal + scale), mantissa, part.Length > 2 ? StoredSeries.ExponentOf(part[2]) : StoredSeries.NoMultiplier);
        }

        return new ValidationOptions { Clock = Validation.Clock, History = (_, _) => stored };
    }

    static string Optional(string id, string? value) => value is null ? "" : $" {id}={value}";
}

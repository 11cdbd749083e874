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
        var stored = rows.Validate(new ValidationOptions { Clock = Validation.Clock, Previous = (block, row) => block.Periods[row].Year == 2002 ? "36.9" : null }).Single(i => i.Code == IssueCode.OutlyingValue);

        Assert.That(alone.Message, Does.Contain("'37' and '36'"));
        Assert.That(stored.Message, Does.Contain("the store holds '36.9'"));
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

    static string Optional(string id, string? value) => value is null ? "" : $" {id}={value}";
}

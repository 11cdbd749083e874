using Sdmx.Tests.Data;
using Sdmx.Validation;

namespace Sdmx.Tests.Validation;

/// <summary>What depends on the action, the store and the place of a row; the rules themselves are shown by samples/invalid.</summary>
public sealed class ValidatorTests
{
    static readonly DataSchema Schema = Mandatory();

    [Test]
    public void A_stored_value_satisfies_a_mandatory_attribute()
    {
        var rows = new Rows(Schema).Add("A.N.X 2020 OBS_VALUE=1", "A.N.X 2021 OBS_VALUE=1");
        var unit = Schema.Find("UNIT")!.Index;

        var missing = rows.Validate(new ValidationOptions { Clock = Validation.Clock, IsStored = (block, row, column) => column == unit || block.Periods[row].Year == 2020 });

        Assert.That(missing.Select(i => $"{i.Code} {i.Component} {i.Key}"), Is.EqualTo((string[])["MissingAttribute STATUS A.N.X:2021"]));
    }

    [Test]
    public void A_replaced_observation_must_bring_its_own_attributes()
    {
        var rows = new Rows(Schema, DatasetAction.Replace).Add("A.N.X UNIT=PT", ".N.X TITLE=t", "A.N.X 2020 OBS_VALUE=1");

        var missing = rows.Validate(new ValidationOptions { Clock = Validation.Clock, IsStored = (_, _, _) => true });

        Assert.That(missing.Select(i => i.Component), Is.EqualTo((string[])["STATUS"]));
    }

    [Test]
    public void A_delete_set_is_held_against_the_codelists_only()
    {
        var rows = new Rows(Schema, DatasetAction.Delete).Add("A.N.X 2020 OBS_VALUE=-", "A.N.X 2020 OBS_VALUE=1", "A.N.NOWHERE");

        Assert.That(rows.Validate().Select(i => $"{i.Code} {i.Value} {i.At.Line}"), Is.EqualTo((string[])["UnknownCode NOWHERE 3"]));
    }

    [Test]
    public void A_group_that_lacks_its_title_is_reported_once()
    {
        var rows = new Rows(Schema).Add("A.N.X UNIT=PT", "A.N.X 2020 OBS_VALUE=1 STATUS=A", "M.N.X UNIT=PT", "M.N.X 2020-01 OBS_VALUE=1 STATUS=A",
            ".N.Y TITLE=t", "A.N.Y UNIT=PT", "A.N.Y 2020 OBS_VALUE=1 STATUS=A");

        Assert.That(rows.Validate().Select(i => $"{i.Code} {i.Component}"), Is.EqualTo((string[])["MissingAttribute TITLE"]));
    }

    [Test]
    public void A_series_without_observations_still_has_its_codes_checked()
    {
        var rows = new Rows(Schema).Add("A.N.NOWHERE UNIT=PT");

        Assert.That(rows.Validate().Select(i => $"{i.Code} {i.Value} {i.At.Line}"), Is.EqualTo((string[])["UnknownCode NOWHERE 1"]));
    }

    [Test]
    public void The_attributes_of_a_data_set_conflict_too()
    {
        var rows = new Rows(Schema).Add(".. SOURCE=a", ".. SOURCE=b", ".. SOURCE=a");

        Assert.That(rows.Validate().Select(i => $"{i.Code} {i.Component} {i.Value} {i.At.Line}"), Is.EqualTo((string[])["ConflictingAttribute SOURCE b 2"]));
    }

    [Test]
    public void Repeats_are_found_across_blocks()
    {
        var rows = new Rows(Schema).Add("A.N.X UNIT=PT", ".N.X TITLE=t").Add([.. Enumerable.Range(0, 9_000).Select(i => $"D.N.X {new DateTime(1990, 1, 1).AddDays(i / 2):yyyy-MM-dd} OBS_VALUE={i / 2} STATUS=A")]);

        Assert.That(rows.Validate().Count(i => i.Code == IssueCode.RepeatedObservation), Is.EqualTo(4_500));
    }

    [Test]
    public void Findings_about_rows_come_in_the_order_of_the_message()
    {
        var rows = new Rows(Schema).Add("A.N.X UNIT=PT", ".N.X TITLE=t", "A.N.X 2020 OBS_VALUE=x STATUS=A", "A.N.X 2021 OBS_VALUE=1 STATUS=Q", "A.N.Q 2021 OBS_VALUE=1,0 STATUS=A");

        Assert.That(rows.Validate().Where(i => i.Code is IssueCode.InvalidType or IssueCode.UnknownCode).Select(i => i.At.Line), Is.EqualTo((int[])[3, 4, 5, 5]));
    }

    [Test]
    public void A_clean_block_costs_no_allocation()
    {
        var block = new Rows(Schema).Add([.. Enumerable.Range(0, 4_000).Select(i => $"A.N.X {1000 + i / 4} OBS_VALUE={i} STATUS=A")]).Blocks().Single();
        using var issues = new IssueLog();
        var validator = new Validator(issues, new ValidationOptions { Clock = TimeProvider.System, Gaps = false });
        validator.Check(block);

        var before = GC.GetAllocatedBytesForCurrentThread();
        validator.Check(block);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(4_000));
        Assert.That(issues.All.Where(i => i.Code != IssueCode.FuturePeriod), Is.Empty);
    }

    [TestCase("POVRETY", "POVERTY")]
    [TestCase("poverty ", "POVERTY")]
    [TestCase("SI_POV_DAY", "SI_POV_DAY1")]
    [TestCase("Kenya", "404")]
    [TestCase("XX", null)]
    [TestCase("SOMETHING_ELSE", null)]
    public void The_nearest_code_is_the_one_that_was_probably_meant(string wrong, string? nearest)
    {
        var list = SmallCube.List("CL", "POVERTY", "SI_POV_DAY1", "SI_POV_EMP1", "XY", "404");
        list = list with { Codes = [.. list.Codes.SkipLast(1), list.Codes[^1] with { Name = new InternationalString("Kenya") }] };

        Assert.That(Nearest.Code(new CodeIndex(list), wrong), Is.EqualTo(nearest));
    }

    static DataSchema Mandatory()
    {
        var dsd = SmallCube.Structure("1.5");
        dsd = dsd with { Attributes = dsd.Attributes.Select(a => a with { IsMandatory = a.Id is "STATUS" or "UNIT" or "TITLE" }).ToValueArray() };
        var flow = SmallCube.Flow("FREE", "1.5");
        return SmallCube.Catalog.With([dsd, flow, SmallCube.List("CL_FREQ", "A", "M", "Q", "D")]).Schema(flow.Urn)!;
    }
}

namespace Sdmx.Tests.Data;

/// <summary>Code tables are lent to one answer at a time, and never with another's codes.</summary>
public sealed class CodeTablesTests
{
    // A schema of this test's own, for what is lent is lent by schema.
    readonly DataSchema _schema = SmallCube.Catalog.With([SmallCube.Flow("LENT", "1.5")]).Schema(SmallCube.Flow("LENT", "1.5").Urn)!;

    [Test]
    public void What_came_back_is_lent_again_to_one_alone()
    {
        var first = CodeTables.Lend(_schema);
        first.Return();

        var (again, other) = (CodeTables.Lend(_schema), CodeTables.Lend(_schema));

        Assert.That((ReferenceEquals(again, first), ReferenceEquals(other, first)), Is.EqualTo((true, false)));
    }

    [Test]
    public void Tables_that_met_a_code_outside_its_list_are_not_lent_again([Values] bool isDimension)
    {
        var first = CodeTables.Lend(_schema);
        var table = isDimension ? first.Dimensions[0] : first.Values.First(t => t is not null)!;
        table.Resolve("OTHER");
        first.Return();

        var next = CodeTables.Lend(_schema);

        Assert.That((table.HasOthers, ReferenceEquals(next, first)), Is.EqualTo((true, false)));
    }
}

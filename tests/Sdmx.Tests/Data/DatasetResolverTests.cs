using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Data;

public sealed class DatasetResolverTests
{
    const string Series = """<m:DataSet action="Append"><Series FREQ="A" TYPE="N" AREA="X"><Obs TIME_PERIOD="2020"/></Series></m:DataSet>""";

    [TestCase("0.1", "1.0")]
    [TestCase("1.2", "1.5")]
    [TestCase("1.22", "1.16")]
    public void A_version_not_held_is_read_by_the_next_newer_else_the_newest(string wanted, string used)
    {
        var catalog = StructureCatalog.Empty.With([.. SmallCube.Catalog.OfType<Codelist>(), SmallCube.Structure("1.0"), SmallCube.Structure("1.5"), SmallCube.Structure("1.16")]);
        var (context, schema) = Read(XmlMessages.ByStructure(wanted), catalog);

        Assert.That(schema!.Structure.Version, Is.EqualTo(used));
        Assert.That(context.Issues.All.Single(i => i.Code == IssueCode.NearestVersionUsed).Nearest, Is.EqualTo($"T:DSD({used})"));
    }

    [Test]
    public void A_flow_version_not_held_is_read_by_the_nearest()
    {
        var (context, schema) = Read("""<c:StructureUsage><Ref agencyID="T" id="NATIONAL" version="2.0"/></c:StructureUsage>""");

        Assert.That(schema!.Urn.ShortName, Is.EqualTo("T:NATIONAL(1.5)"));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["NearestVersionUsed"]));
    }

    [Test]
    public void Data_that_name_only_a_structure_go_to_the_flow_that_admits_their_first_key()
    {
        var (context, schema) = Read(XmlMessages.ByStructure("1.0"));

        Assert.That((schema!.Urn.ShortName, schema.Structure.Version, schema.Constraints.Count), Is.EqualTo(("T:NATIONAL(1.5)", "1.0", 1)));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["DataflowChosen"]));
    }

    [Test]
    public void Two_flows_that_admit_the_data_are_named_and_nothing_is_read()
    {
        var catalog = SmallCube.Catalog.With([SmallCube.Flow("OTHER", "1.5")]);
        var (context, schema) = Read(XmlMessages.ByStructure("1.5"), catalog);

        Assert.That(schema, Is.Null);
        var issue = context.Issues.All.Single();
        Assert.That((issue.Code, issue.Severity), Is.EqualTo((IssueCode.AmbiguousDataflow, Severity.Fatal)));
        Assert.That(issue.Message, Does.Contain("NATIONAL").And.Contain("OTHER").And.Contain("--dataflow"));
    }

    [Test]
    public void The_given_flow_wins()
    {
        var (context, schema) = Read(XmlMessages.ByStructure("1.5"), dataflow: new Urn(ArtefactType.Dataflow, "T", "WORLD", "1.5"));

        Assert.That(schema!.Urn.ShortName, Is.EqualTo("T:WORLD(1.5)"));
        Assert.That(SmallCube.Codes(context), Is.Empty);
    }

    [Test]
    public void The_given_flow_stands_in_for_a_structure_that_is_not_held()
    {
        var (context, schema) = Read("""<c:Structure><Ref agencyID="GSS" id="SDG" version="1.2"/></c:Structure>""", dataflow: new Urn(ArtefactType.Dataflow, "T", "NATIONAL", "1.5"));

        Assert.That(schema!.Urn.ShortName, Is.EqualTo("T:NATIONAL(1.5)"));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["NearestVersionUsed"]));
    }

    [Test]
    public void A_given_flow_of_a_structure_with_other_dimensions_is_one_finding()
    {
        var other = SmallCube.Structure("1.0", "NATIONAL_DSD");
        other = other with { Dimensions = other.Dimensions.Add(other.Dimensions[0] with { Id = "EXTRA" }) };
        var (context, schema) = Read("""<c:Structure><Ref agencyID="T" id="NATIONAL_DSD" version="1.0"/></c:Structure>""",
            SmallCube.Catalog.With([other]), new Urn(ArtefactType.Dataflow, "T", "NATIONAL", "1.5"));

        Assert.That(schema!.Structure.Id, Is.EqualTo("DSD"));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.Severity)), Is.EqualTo([(IssueCode.OtherDimensions, Severity.Error)]));
        Assert.That(context.Issues.All.Single().Message, Does.Contain("EXTRA"));
    }

    [Test]
    public void A_structure_not_held_is_named_with_what_is_held_and_how_to_give_it()
    {
        var (context, schema) = Read("""<c:Structure><Ref agencyID="GSS" id="DSD" version="1.2"/></c:Structure>""");

        Assert.That(schema, Is.Null);
        var issue = context.Issues.All.Single();
        Assert.That((issue.Code, issue.Value, issue.Nearest), Is.EqualTo((IssueCode.UnknownStructure, "GSS:DSD(1.2)", "T:DSD(1.5)")));
        Assert.That(issue.Message, Does.Contain("T:DSD(1.0)").And.Contain("--structures"));
    }

    [Test]
    public void Every_missing_codelist_is_named()
    {
        var catalog = SmallCube.Catalog.Without([new Urn(ArtefactType.Codelist, "T", "CL_AREA", "1.0"), new Urn(ArtefactType.Codelist, "T", "CL_UNIT", "1.0")]);
        var (context, schema) = Read(XmlMessages.ByStructure("1.5"), catalog);

        Assert.That(schema, Is.Null);
        Assert.That(context.Issues.All.Single().Code, Is.EqualTo(IssueCode.IncompleteStructure));
        Assert.That(context.Issues.All.Single().Message, Does.Contain("T:CL_AREA(1.0)").And.Contain("T:CL_UNIT(1.0)"));
    }

    [Test]
    public void Data_of_a_structure_without_flow_are_read_by_the_structure_alone()
    {
        var (context, schema) = Read(XmlMessages.ByStructure("1.0"), StructureCatalog.Empty.With([.. SmallCube.Catalog.OfType<Codelist>(), SmallCube.Structure("1.0")]));

        Assert.That(schema!.Dataflow, Is.Null);
        Assert.That(SmallCube.Codes(context), Is.Empty);
    }

    static (ReadContext Context, DataSchema? Schema) Read(string reference, StructureCatalog? catalog = null, Urn? dataflow = null)
    {
        var context = SmallCube.Context(catalog, dataflow);
        using var reader = SmallCube.Open("structurespecific-2.1",
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(XmlMessages.Specific(Series, reference))), context);
        var block = new ObservationBlock();
        return (context, reader.Read(block) ? block.Dataset.Schema : null);
    }
}

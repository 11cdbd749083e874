using System.Text;
using Sdmx.Formats;

namespace Sdmx.Tests.Metadata;

/// <summary>Metadata messages of SDMX-CSV 2.0: what they mean, and that it is what is written.</summary>
public sealed class MetadataCsvTests
{
    const string Head = "MDSTRUCTURE[;],MDSTRUCTURE_ID,METADATASET_ID,ACTION,TARGET_TYPES,TARGET_IDS";
    const string Start = "metadataflow,EX:MDF(1.0),EX:SET(1.0.0),I,dataflow,EX:DF(1.0)";

    // The columns behind those that every set has; the cells; what they say: ID=value, ID[en:text], those below in brackets.
    [TestCase("A,B", "x,\"a, \"\"b\"\"\"", "A=x B=a, \"b\"")]
    [TestCase("A,B", ",x", "B=x")]
    [TestCase("A[]", "1;2", "A=1 A=2")]
    [TestCase("A[]", "\"\"\"a;b\"\";\"\"c \"\"\"\"d\"\"\"\"\"\"\"", "A=a;b A=c \"d\"")]
    [TestCase("A[en;fr]", "en:one;fr:un", "A[en:one|fr:un]")]
    [TestCase("A[en;fr]", "\"en:\"\"one; two\"\";fr:\"", "A[en:one; two|fr:]")]
    [TestCase("A[][en;fr;de]", "\"\"\"en:V1;fr:W1\"\";\"\"en:V2;de:X2\"\"\"", "A[en:V1|fr:W1] A[en:V2|de:X2]")]
    [TestCase("A.B.C,A", "x,y", "A=y(B(C=x))")]
    [TestCase("A[].B[],A[].C", "1;2,3", "A(B=1 B=2 C=3)")]
    [TestCase("A[],A[].B[]", "1;2,3;4", "A=1(B=3) A=2(B=4)")]
    [TestCase("A,A[en]", "x,en:y", "A=x A[en:y]")]
    [TestCase("A[en]", "\"en:line\nbreak\"", "A[en:line\nbreak]")]
    public void Cells_are_read(string columns, string cells, string expected)
    {
        var set = MetadataMessages.Set($"{Head},{columns}\n{Start},{cells}\n");

        Assert.That(Said(set.Reports[0].Attributes), Is.EqualTo(expected));
        Assert.That((set.Urn.ShortName, set.Structure?.ShortName, set.Reports[0].Targets.Single().Value, set.Action),
            Is.EqualTo(("EX:SET(1.0.0)", "EX:MDF(1.0)", "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EX:DF(1.0)", (DatasetAction?)null)));
        if (Format.Find("metadata-csv-2.0")!.StructureLosses(set).Count == 0)
            Again(set);
    }

    [Test]
    public void Names_targets_periods_and_another_separator_are_read()
    {
        var set = MetadataMessages.Set("""
            MDSTRUCTURE[|];MDSTRUCTURE_ID;MDSTRUCTURE_NAME;METADATASET_ID;METADATASET_NAME;ACTION;TARGET_TYPES;TARGET_IDS;TARGET_NAMES;A;Attribute A;B[en|fr];Attribute B;publicationYear
            metadataflow;EX:MDF(1.0);Flow;EX:SET;A set;R;dataflow|codelist;EX:DF(1.0)|EX:CL(2.0);Flow|List;1,5;One;en:x|fr:y;;2026

            """);

        Assert.That((set.Name.In("en"), set.Version, set.Action, set.PublicationYear, Said(set.Reports[0].Attributes)), Is.EqualTo(("A set", "1.0", DatasetAction.Replace, "2026", "A=1,5 B[en:x|fr:y]")));
        Assert.That(set.Reports[0].Targets.Select(t => t.Value![(t.Value!.LastIndexOf('.', t.Value!.IndexOf('=')) + 1)..]), Is.EqualTo(["Dataflow=EX:DF(1.0)", "Codelist=EX:CL(2.0)"]));
        Again(set);
        Again(set with { Name = new([new("en", "A; set"), new("fr", "Un jeu")]), ValidFrom = "2020-01-01T00:00:00" });
    }

    [Test]
    public void Several_sets_share_columns_and_each_leaves_empty_what_it_has_not()
    {
        var message = MetadataMessages.Read($"{Head},A,B[en],C[]\n{Start},1,,x\n{Start.Replace("SET", "OTHER", StringComparison.Ordinal)},,en:t,y;z\n");

        var bytes = MetadataMessages.Write("metadata-csv-2.0", message);

        Assert.That(Encoding.UTF8.GetString(bytes).Split("\r\n")[0], Is.EqualTo("MDSTRUCTURE[;],MDSTRUCTURE_ID,METADATASET_ID,METADATASET_NAME[en],ACTION,TARGET_TYPES,TARGET_IDS,A,C[],B[en]"));
        Assert.That(MetadataMessages.Read(Encoding.UTF8.GetString(bytes)).Artefacts.Cast<MetadataSet>().Select(s => Said(s.Reports[0].Attributes)), Is.EqualTo(["A=1 C=x", "C=y C=z B[en:t]"]));
    }

    [Test]
    public void What_is_to_be_deleted_is_only_named()
    {
        var set = MetadataMessages.Set("MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID,ACTION\nmetadataflow,EX:MDF(1.0),EX:SET(1.0),D\n");

        Assert.That((set.Action, set.AllAttributes.Any(), set.AppliedTo(set)), Is.EqualTo(((DatasetAction?)DatasetAction.Delete, false, (MetadataSet?)null)));
    }

    [Test]
    public void What_it_cannot_carry_is_named()
    {
        var losses = Format.Find("metadata-csv-2.0")!.StructureLosses;
        var set = MetadataMessages.Set($"{Head},A\n{Start},x\n");
        var legacy = MetadataMessages.Set(MetadataMessages.V21($"<m:MetadataSet structureRef=\"X\">{MetadataMessages.Report("<g:ReportedAttribute id=\"A\" value=\"1\"/>")}</m:MetadataSet>"));

        Assert.That(losses(set), Is.Empty);
        Assert.That(losses(legacy), Has.Some.Contains("keys"));
        foreach (var (attribute, loss) in ((ReportedAttribute, string)[])
            [
                (new() { Id = "A" }, "declared empty"), (new() { Id = "A", Value = "" }, "declared empty"), (new() { Id = "ACTION", Value = "1" }, "column of the format"),
                (new() { Id = "A", Text = new("<p/>"), IsStructured = true }, "elements"), (new() { Id = "A", Text = new([new("en", "a"), new("en", "b")]) }, "one language"),
                (new() { Id = "A", Value = "1", Annotations = [new Annotation { Id = "n" }] }, "annotations"),
            ])
            Assert.That(losses(set with { Reports = [set.Reports[0] with { Attributes = [attribute] }] }), Has.One.Contains(loss));
        var parent = new ReportedAttribute { Id = "A", Value = "1", Attributes = [new() { Id = "B", Value = "2" }] };
        Assert.That(losses(set with { Reports = [set.Reports[0] with { Attributes = [parent, parent] }] }), Has.One.Contains("below them"));
        foreach (var target in (string[])["urn:sdmx:org.sdmx.infomodel.codelist.Code=EX:CL(1.0).X", "urn:sdmx:org.sdmx.infomodel.datastrucyure.Dataflow=EX:DF(1.0)"])
            Assert.That(losses(set with { Reports = [set.Reports[0] with { Targets = [new() { Kind = "ObjectReference", Value = target }] }] }), Has.One.Contains("items"));
    }

    [TestCase("MDSTRUCTURE,MDSTRUCTURE_ID\nmetadataflow,EX:MDF(1.0)\n", "NoStructureReference", 1)]
    [TestCase("MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID,A: Name\n", "UnsupportedFormat", 1)]
    [TestCase("MDSTRUCTURE,MDSTRUCTURE_ID,METADATASET_ID,A,A\n", "RepeatedComponent", 1)]
    [TestCase(Head + ",A\n", "NoMetadata", 1)]
    [TestCase(Head + ",A\n" + Start + ",x,y\n", "IllFormed", 2)]
    [TestCase(Head + ",A\n" + Start + ",\"x\n", "IllFormed", 2)]
    [TestCase(Head + ",A\nmetadataprovision,EX:MPA(1.0),EX:SET(1.0),I,dataflow,EX:DF(1.0),x\n", "NoStructureReference", 2)]
    [TestCase(Head + ",A\nmetadataflow,EX:MDF(1.0),nonsense,I,dataflow,EX:DF(1.0),x\n", "IllegalIdentifier", 2)]
    [TestCase(Head + ",A\nmetadataflow,EX:MDF(1.0),EX:SET;X(1.0),I,dataflow,EX:DF(1.0),x\n", "IllegalIdentifier", 2)]
    [TestCase(Head + ",A\nmetadataflow,EX:MDF(1.0),EX:SET(1.0),X,dataflow,EX:DF(1.0),x\n", "UnknownAction", 2)]
    [TestCase(Head + ",A\nmetadataflow,EX:MDF(1.0),EX:SET(1.0),I,dataflow;codelist,EX:DF(1.0),x\n", "UnknownTarget", 2)]
    [TestCase(Head + ",A\nmetadataflow,EX:MDF(1.0),EX:SET(1.0),I,sometype,EX:DF(1.0),x\n", "UnknownTarget", 2)]
    [TestCase(Head + ",A[en]\n" + Start + ",text\n", "InvalidType", 2)]
    [TestCase(Head + ",A\nmetadataflow,EX:MDF(1.0),EX:SET(1.0),D,dataflow,EX:DF(1.0),-\n", "UnsupportedFormat", 2)]
    public void A_fault_has_its_line(string message, string code, int line)
    {
        using var issues = new IssueLog();

        MetadataMessages.Read(message, issues);

        Assert.That(issues.All.Select(i => (i.Code.ToString(), i.At.Line)), Is.EqualTo([(code, line)]), string.Join('\n', issues.All.Select(i => i.Message)));
    }

    [Test]
    public void What_is_wrong_with_a_set_has_the_line_of_its_row()
    {
        using var issues = new IssueLog();
        var places = new Dictionary<object, Location>(ReferenceEqualityComparer.Instance);

        var message = MetadataMessages.Read($"{Head},A\n{Start},x\n{Start.Replace("SET", "OTHER", StringComparison.Ordinal)},y\n", issues, places);

        var sets = message.Artefacts.Cast<MetadataSet>().ToList();
        Assert.That(sets.Select(s => (places[s].Line, places[s.Reports[0]].Line, places[s.Reports[0].Attributes[0]].Line)), Is.EqualTo([(2, 2, 2), (3, 3, 3)]));
    }

    static string Said(ValueArray<ReportedAttribute> attributes) => string.Join(' ', attributes.Select(a =>
        a.Id + (a.Value is null ? "" : "=" + a.Value) + (a.Text.IsEmpty ? "" : $"[{string.Join('|', a.Text.Texts.Select(t => $"{t.Language}:{t.Text}"))}]") + (a.Attributes.IsEmpty ? "" : $"({Said(a.Attributes)})")));

    static void Again(MetadataSet set)
    {
        Assert.That(Format.Find("metadata-csv-2.0")!.StructureLosses(set), Is.Empty);

        var bytes = MetadataMessages.Write("metadata-csv-2.0", new StructureMessage(new MessageHeader(), [set]));
        var again = MetadataMessages.Read(Encoding.UTF8.GetString(bytes));

        Assert.That(again.Artefacts.Single(), Is.EqualTo(set), Encoding.UTF8.GetString(bytes));
    }
}

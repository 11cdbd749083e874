using System.Text;
using Sdmx.Xml;

namespace Sdmx.Tests.Xml;

/// <summary>What the writer says of its own limits, and its exact bytes.</summary>
public sealed class StructureXmlWriterTests
{
    static readonly Urn ConceptUrn = new("Concept", "UN", "CS", "1.0", "A");

    static DataStructure Dsd(params Measure[] measures) => new() { Agency = "UN", Id = "D", Measures = measures.ToValueArray() };

    static Measure Measure(string id) => new() { Id = id, ConceptIdentity = ConceptUrn };

    [Test]
    public void A_list_is_written_to_the_byte()
    {
        var list = new Codelist
        {
            Agency = "UN", Id = "CL", Name = new("Areas"), IsFinal = true, IsExternalReference = false,
            Annotations = [new() { Id = "a", Type = "T", Text = new("note", "fr") }],
            Codes = [new() { Id = "1", Name = new("World") }, new() { Id = "2", Parent = "1" }],
        };

        var written = StructureFiles.Write(new(new() { Id = "M1", Prepared = "2024-01-01T00:00:00Z", Sender = "UN" }, [list]));

        Assert.That(Encoding.UTF8.GetString(written), Is.EqualTo("""
            <?xml version="1.0" encoding="utf-8"?>
            <mes:Structure xmlns:str="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure" xmlns:com="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:mes="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message">
              <mes:Header>
                <mes:ID>M1</mes:ID>
                <mes:Test>false</mes:Test>
                <mes:Prepared>2024-01-01T00:00:00Z</mes:Prepared>
                <mes:Sender id="UN" />
              </mes:Header>
              <mes:Structures>
                <str:Codelists>
                  <str:Codelist id="CL" urn="urn:sdmx:org.sdmx.infomodel.codelist.Codelist=UN:CL(1.0)" agencyID="UN" version="1.0" isFinal="true" isExternalReference="false">
                    <com:Annotations>
                      <com:Annotation id="a">
                        <com:AnnotationType>T</com:AnnotationType>
                        <com:AnnotationText xml:lang="fr">note</com:AnnotationText>
                      </com:Annotation>
                    </com:Annotations>
                    <com:Name xml:lang="en">Areas</com:Name>
                    <str:Code id="1">
                      <com:Name xml:lang="en">World</com:Name>
                    </str:Code>
                    <str:Code id="2">
                      <com:Name />
                      <str:Parent>
                        <Ref id="1" />
                      </str:Parent>
                    </str:Code>
                  </str:Codelist>
                </str:Codelists>
              </mes:Structures>
            </mes:Structure>
            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Control_characters_become_a_mark_of_replacement()
    {
        var list = new Codelist { Agency = "UN", Id = "CL", Name = new("a\u0001b😀") };

        var (again, issues) = StructureFiles.Read(StructureFiles.Write(new(new(), [list])));

        Assert.That(issues, Is.Empty);
        Assert.That(again.Artefacts[0].Name.ToString(), Is.EqualTo("a\uFFFDb😀"));
    }

    [Test]
    public void An_empty_message_is_valid() =>
        Assert.That(OfficialSchemas.Complaints(StructureFiles.Write(new(new() { Id = "X", Prepared = "2024-01-01" }, [])), "2.1"), Is.Empty);

    [Test]
    public void What_2_1_cannot_say_is_named()
    {
        Assert.That(StructureXmlWriter.Losses(Dsd(Measure("OBS_VALUE"))), Is.Empty);
        Assert.That(StructureXmlWriter.Losses(Dsd(Measure("A"), Measure("B"))), Is.EqualTo((string[])["2 measure(s) (A, B); 2.1 has OBS_VALUE alone"]));
        Assert.That(StructureXmlWriter.Losses(Dsd() with { Version = "1.0.0-draft" }), Has.Count.EqualTo(1));
        Assert.That(StructureXmlWriter.Losses(new Codelist { Agency = "A", Id = "C", Codes = [new() { Id = "1", Annotations = [new() { Value = "v" }] }] }), Has.Count.EqualTo(1));
        Assert.That(StructureXmlWriter.Losses(new Metadataflow { Agency = "A", Id = "C", Targets = ["urn"] }), Has.Count.EqualTo(1));
        Assert.That(StructureXmlWriter.Losses(new MetadataStructure { Agency = "A", Id = "C", Attributes = [new() { Id = "X", ConceptIdentity = ConceptUrn }] }), Has.Count.EqualTo(1));
        Assert.That(StructureXmlWriter.Losses(new DataConstraint
        {
            Agency = "A", Id = "C",
            Regions = [new() { Keys = [new() { Component = "A", RemovePrefix = true, Values = [new("x", Cascade.ExcludeRoot)] }] }],
        }), Has.Count.EqualTo(2));
    }

    [Test]
    public void The_table_of_formats_reads_and_writes_them()
    {
        var format = Sdmx.Formats.Format.Find("structure-xml-2.1")!;

        Assert.That(format.ReadStructures, Is.Not.Null);
        Assert.That(format.WriteStructures, Is.Not.Null);
        Assert.That(format.StructureLosses(Dsd(Measure("A"))), Has.Count.EqualTo(1));
    }
}

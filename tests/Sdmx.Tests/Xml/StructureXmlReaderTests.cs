using System.Text;

namespace Sdmx.Tests.Xml;

/// <summary>What the reader makes of single artefacts, well and badly written.</summary>
public sealed class StructureXmlReaderTests
{
    const string Open = """
        <m:Structure xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common">
        <m:Header><m:ID>T1</m:ID><m:Test>true</m:Test><m:Prepared>2024-05-01</m:Prepared><m:Sender id="UN"/><m:Receiver id="A"/><m:Receiver id="B"/></m:Header>
        <m:Structures>

        """;

    static (StructureMessage Message, Issue[] Issues) Read(string structures) =>
        StructureFiles.Read(Encoding.UTF8.GetBytes(Open + structures + "</m:Structures></m:Structure>"));

    static T One<T>(string structures) where T : Artefact
    {
        var (message, issues) = Read(structures);
        Assert.That(issues, Is.Empty);
        var (again, complaints) = StructureFiles.Read(StructureFiles.Write(message));
        Assert.That(complaints, Is.Empty);
        Assert.That(again.Artefacts, Is.EqualTo(message.Artefacts));
        return (T)message.Artefacts.Single();
    }

    static IssueCode[] Codes(string structures) => [.. Read(structures).Issues.Select(i => i.Code)];

    static string Constraint(string content, string type = "Allowed") => $"""
        <Constraints><ContentConstraint id="CN" agencyID="UN" type="{type}"><c:Name>n</c:Name>{content}</ContentConstraint></Constraints>
        """;

    static string List(string codes) => $"""<Codelists><Codelist id="CL" agencyID="UN"><c:Name>n</c:Name>{codes}</Codelist></Codelists>""";

    static string Dsd(string components) => $"""
        <DataStructures><DataStructure id="D" agencyID="UN" version="1.2"><c:Name>n</c:Name><DataStructureComponents>{components}</DataStructureComponents></DataStructure></DataStructures>
        """;

    static string Concept(string id) => $"""
        <ConceptIdentity><Ref id="{id}" maintainableParentID="CS" agencyID="UN"/></ConceptIdentity>
        """;

    [Test]
    public void The_header_is_read_and_written()
    {
        var (message, _) = Read("");

        Assert.That(message.Header, Is.EqualTo(new MessageHeader { Id = "T1", IsTest = true, Prepared = "2024-05-01", Sender = "UN", Receivers = ["A", "B"] }));
        Assert.That(StructureFiles.Read(StructureFiles.Write(message)).Message.Header, Is.EqualTo(message.Header));
    }

    [Test]
    public void A_missing_version_is_1_0_and_a_missing_language_English()
    {
        var list = One<Codelist>(List("""<Code id="1"><c:Name>one</c:Name></Code>"""));

        Assert.That(list.Urn.ToString(), Is.EqualTo("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=UN:CL(1.0)"));
        Assert.That(list.Name, Is.EqualTo(new InternationalString("n")));
        Assert.That(list.Codes[0].Name.In("en"), Is.EqualTo("one"));
    }

    [Test]
    public void Texts_keep_white_space_line_ends_and_marks()
    {
        var list = One<Codelist>(List("""<Code id="A"><c:Name> </c:Name></Code><Code id="B"><c:Name xml:lang="ar"> a&#13;&#10;b &lt;p&gt; &#9;</c:Name></Code>"""));

        Assert.That(list.Codes.Select(c => c.Name.Texts[0]), Is.EqualTo((LocalisedString[])[new("en", " "), new("ar", " a\r\nb <p> \t")]));
    }

    [Test]
    public void Ids_of_components_come_from_their_concept_or_the_standard()
    {
        var dsd = One<DataStructure>(Dsd($"""
            <DimensionList><Dimension>{Concept("FREQ")}</Dimension><TimeDimension>{Concept("TIME")}<LocalRepresentation><TextFormat/></LocalRepresentation></TimeDimension></DimensionList>
            <AttributeList>
              <Attribute assignmentStatus="Mandatory">{Concept("UNIT")}<AttributeRelationship><None/></AttributeRelationship></Attribute>
              <ReportingYearStartDay assignmentStatus="Conditional">{Concept("DAY")}<LocalRepresentation><TextFormat/></LocalRepresentation><AttributeRelationship><Dimension><Ref id="FREQ"/></Dimension></AttributeRelationship></ReportingYearStartDay>
            </AttributeList>
            <MeasureList><PrimaryMeasure>{Concept("VALUE")}</PrimaryMeasure></MeasureList>
            """));

        Assert.That(dsd.Components.Select(c => c.Id), Is.EqualTo((string[])["FREQ", "TIME_PERIOD", "OBS_VALUE", "UNIT", "REPORTING_YEAR_START_DAY"]));
        Assert.That(dsd.Time!.LocalRepresentation!.Format!.Type, Is.EqualTo(TextType.ObservationalTimePeriod));
        Assert.That(dsd.Attributes[0], Has.Property("IsMandatory").True);
        Assert.That(dsd.Attributes[0].Relationship.Kind, Is.EqualTo(AttachmentLevel.Dataset));
        Assert.That(dsd.Attributes[1].LocalRepresentation!.Format!.Type, Is.EqualTo(TextType.MonthDay));
        Assert.That(dsd.Dimensions[0].ConceptIdentity, Is.EqualTo(new Urn("Concept", "UN", "CS", "1.0", "FREQ")));
    }

    [Test]
    public void Groups_measure_dimensions_roles_formats_and_attachment_groups_are_kept()
    {
        var dsd = One<DataStructure>(Dsd($"""
            <DimensionList>
              <Dimension id="A" position="1">{Concept("A")}<LocalRepresentation><Enumeration><URN>urn:sdmx:org.sdmx.infomodel.codelist.Codelist=UN:CL_A(2.0)</URN></Enumeration><EnumerationFormat textType="Alpha" minLength="1" maxLength="3"/></LocalRepresentation><ConceptRole><Ref id="ROLE" maintainableParentID="ROLES" maintainableParentVersion="3.0" agencyID="SDMX"/></ConceptRole></Dimension>
              <MeasureDimension id="M">{Concept("M")}<LocalRepresentation><Enumeration><Ref id="CS_M" agencyID="UN"/></Enumeration></LocalRepresentation></MeasureDimension>
            </DimensionList>
            <Group id="G"><c:Annotations><c:Annotation><c:AnnotationTitle>t</c:AnnotationTitle></c:Annotation></c:Annotations><GroupDimension><DimensionReference><Ref id="A"/></DimensionReference></GroupDimension></Group>
            <AttributeList>
              <Attribute id="X" assignmentStatus="Conditional">{Concept("X")}<AttributeRelationship><Group><Ref id="G"/></Group></AttributeRelationship></Attribute>
              <Attribute id="Y" assignmentStatus="Conditional">{Concept("Y")}<AttributeRelationship><Dimension><Ref id="M"/></Dimension><AttachmentGroup><Ref id="G"/></AttachmentGroup></AttributeRelationship></Attribute>
            </AttributeList>
            <MeasureList><PrimaryMeasure id="OBS_VALUE">{Concept("V")}</PrimaryMeasure></MeasureList>
            """));

        Assert.That(dsd.Dimensions[0].LocalRepresentation!.Enumeration, Is.EqualTo(new Urn("Codelist", "UN", "CL_A", "2.0")));
        Assert.That(dsd.Dimensions[0].LocalRepresentation!.Format!.Facet("maxLength"), Is.EqualTo("3"));
        Assert.That(dsd.Dimensions[0].ConceptRoles, Is.EqualTo((Urn[])[new Urn("Concept", "SDMX", "ROLES", "3.0", "ROLE")]));
        Assert.That(dsd.Dimensions[1].IsMeasureDimension, Is.True);
        Assert.That(dsd.Dimensions[1].LocalRepresentation!.Enumeration!.Value.Class, Is.EqualTo("ConceptScheme"));
        Assert.That(dsd.Groups[0].Annotations, Has.Count.EqualTo(1));
        Assert.That(dsd.Attributes[0].Relationship, Is.EqualTo(new AttributeRelationship { Kind = AttachmentLevel.Group, Group = "G" }));
        Assert.That(dsd.Attributes[1].Relationship.AttachmentGroups, Is.EqualTo((string[])["G"]));
    }

    [Test]
    public void A_constraint_keeps_regions_key_sets_calendar_and_period()
    {
        var constraint = One<DataConstraint>(Constraint("""
            <ConstraintAttachment><DataProvider><Ref id="P" agencyID="UN" maintainableParentID="DATA_PROVIDERS"/></DataProvider></ConstraintAttachment>
            <DataKeySet isIncluded="false"><Key><c:KeyValue id="A"><c:Value>1</c:Value></c:KeyValue><c:KeyValue id="B"><c:Value>x</c:Value></c:KeyValue></Key></DataKeySet>
            <CubeRegion><c:KeyValue id="A"><c:Value cascadeValues="true">1</c:Value><c:Value>2</c:Value></c:KeyValue><c:Attribute id="U" include="false"><c:Value>PT</c:Value></c:Attribute></CubeRegion>
            <CubeRegion include="false"><c:KeyValue id="TIME_PERIOD"><c:TimeRange><c:BeforePeriod isInclusive="false">2010</c:BeforePeriod></c:TimeRange></c:KeyValue></CubeRegion>
            <CubeRegion><c:KeyValue id="TIME_PERIOD"><c:TimeRange><c:StartPeriod>2001</c:StartPeriod><c:EndPeriod isInclusive="false">2010</c:EndPeriod></c:TimeRange></c:KeyValue><c:Attribute id="V"/></CubeRegion>
            <ReleaseCalendar><Periodicity>P1Y</Periodicity><Offset>P3M</Offset><Tolerance>P5D</Tolerance></ReleaseCalendar>
            <ReferencePeriod startTime="2001-01-01T00:00:00" endTime="2010-01-01T00:00:00"/>
            """));

        Assert.That(constraint.Role, Is.EqualTo(ConstraintRole.Allowed));
        Assert.That(constraint.Attachment[0].ToString(), Is.EqualTo("urn:sdmx:org.sdmx.infomodel.base.DataProvider=UN:DATA_PROVIDERS(1.0).P"));
        Assert.That(constraint.KeySets[0].IsIncluded, Is.False);
        Assert.That(constraint.KeySets[0].Keys[0].Values.Select(v => v.Component + v.Values[0].Value), Is.EqualTo((string[])["A1", "Bx"]));
        Assert.That(constraint.Regions, Has.Count.EqualTo(3));
        Assert.That(constraint.Regions[0].Keys[0].Values, Is.EqualTo((MemberValue[])[new("1", Cascade.Children), new("2")]));
        Assert.That(constraint.Regions[0].Components[0].IsIncluded, Is.False);
        Assert.That(constraint.Regions[1].Keys[0].TimeRange, Is.EqualTo(new ConstraintTimeRange { End = "2010", IsEndInclusive = false }));
        Assert.That(constraint.Regions[2].Keys[0].TimeRange, Is.EqualTo(new ConstraintTimeRange { Start = "2001", End = "2010", IsEndInclusive = false }));
        Assert.That(constraint.ReleaseCalendar, Is.EqualTo(new ReleaseCalendar("P1Y", "P3M", "P5D")));
        Assert.That(constraint.ReferencePeriod, Is.EqualTo(("2001-01-01T00:00:00", "2010-01-01T00:00:00")));
    }

    [TestCase("""<SimpleDataSource>http://example.org/x.xml?a&lt;b</SimpleDataSource>""")]
    [TestCase("""<DataSet><c:DataProvider><Ref id="P" agencyID="UN" maintainableParentID="DATA_PROVIDERS"/></c:DataProvider><c:ID>S1</c:ID></DataSet>""")]
    [TestCase("""<Dataflow><Ref id="F" agencyID="UN"/></Dataflow><QueryableDataSource isRESTDatasource="true" isWebServiceDatasource="false"><c:DataURL>http://example.org</c:DataURL></QueryableDataSource>""")]
    public void Attachments_that_are_no_artefact_are_kept(string attachment) =>
        Assert.That(One<DataConstraint>(Constraint($"<ConstraintAttachment>{attachment}</ConstraintAttachment>", "Actual")).OtherAttachment, Has.Count.EqualTo(1));

    [Test]
    public void Providers_agreements_and_contacts_are_kept()
    {
        var scheme = One<OrganisationScheme>("""
            <OrganisationSchemes><DataProviderScheme id="DATA_PROVIDERS" agencyID="UN" isPartial="true"><c:Name>n</c:Name>
            <DataProvider id="P"><c:Name>p</c:Name><Contact id="C"><c:Name>who</c:Name><Department xml:lang="fr">où</Department><Role>r</Role><Email>a@b.c</Email><URI>http://x.y</URI></Contact></DataProvider>
            </DataProviderScheme></OrganisationSchemes>
            """);
        var agreement = One<ProvisionAgreement>("""
            <ProvisionAgreements><ProvisionAgreement id="PA" agencyID="UN" validFrom="2020-01-01T00:00:00" uri="http://x.y"><c:Name>n</c:Name>
            <StructureUsage><Ref id="F" agencyID="UN" class="Metadataflow"/></StructureUsage><DataProvider><Ref id="P" agencyID="UN"/></DataProvider>
            </ProvisionAgreement></ProvisionAgreements>
            """);

        Assert.That(scheme.IsPartial, Is.True);
        Assert.That(scheme.Organisations[0].Contacts[0].Channels, Is.EqualTo((object[])[("Email", "a@b.c"), ("URI", "http://x.y")]));
        Assert.That(agreement.Dataflow, Is.EqualTo(new Urn("Metadataflow", "UN", "F", "1.0")));
        Assert.That(agreement.DataProvider, Is.EqualTo(new Urn("DataProvider", "UN", "DATA_PROVIDERS", "1.0", "P")));
        Assert.That(agreement.ValidFrom, Is.EqualTo("2020-01-01T00:00:00"));
    }

    [Test]
    public void An_illegal_id_is_reported_with_its_line_and_kept()
    {
        var (message, issues) = Read(List("\n<Code id=\"A B\"><c:Name>x</c:Name></Code>"));

        Assert.That(issues.Single(), Is.EqualTo(new Issue(IssueCode.IllegalIdentifier, new("test.xml", 5, 2), "The id 'A B' of <Code> must be letters, digits, _ @ $ and -.")
        {
            Value = "A B", Expected = "letters, digits, _ @ $ and -",
        }));
        Assert.That(((Codelist)message.Artefacts.Single()).Codes, Has.Count.EqualTo(1));
    }

    [TestCase("""<Code id="A"/><Code id="A"/>""", IssueCode.DuplicateItem)]
    [TestCase("""<Code id="A"><Parent><Ref id="A"/></Parent></Code>""", IssueCode.CyclicParent)]
    [TestCase("""<Code id="A"><Parent><Ref id="B"/></Parent></Code><Code id="B"><Parent><Ref id="C"/></Parent></Code><Code id="C"><Parent><Ref id="A"/></Parent></Code>""", IssueCode.CyclicParent)]
    [TestCase("""<Code id="A"><Parent><Ref id="Z"/></Parent></Code>""", IssueCode.CyclicParent)]
    [TestCase("""<Code id="A"><Wings/></Code>""", IssueCode.UnexpectedElement)]
    public void A_faulty_list_is_one_finding(string codes, IssueCode expected) => Assert.That(Codes(List(codes)), Is.EqualTo((IssueCode[])[expected]));

    [TestCase("""<Dataflows><Dataflow id="F" agencyID="1A"/></Dataflows>""", IssueCode.IllegalIdentifier)]
    [TestCase("""<Dataflows><Dataflow id="F" agencyID="A" version="x"/></Dataflows>""", IssueCode.IllegalIdentifier)]
    [TestCase("""<Dataflows><Dataflow id="F" agencyID="A" isFinal="perhaps"/></Dataflows>""", IssueCode.InvalidType)]
    [TestCase("""<Dataflows><Dataflow id="F" agencyID="A"><Structure/></Dataflow></Dataflows>""", IssueCode.IllegalIdentifier)]
    [TestCase("""<Dataflows><Dataflow id="F" agencyID="A"><Structure><Ref id="D"/></Structure></Dataflow></Dataflows>""", IssueCode.IllegalIdentifier)]
    [TestCase("""<Dataflows><Dataflow id="F" agencyID="A"><Structure><URN>urn:nonsense</URN></Structure></Dataflow></Dataflows>""", IssueCode.UnresolvedReference)]
    [TestCase("""<Dataflows><Dataflow id="F" agencyID="A"/><Dataflow id="F" agencyID="A"><Structure><Ref id="D" agencyID="A"/></Structure></Dataflow></Dataflows>""", IssueCode.DuplicateArtefact)]
    [TestCase("""<Processes><Process id="P" agencyID="A"/></Processes>""", IssueCode.UnsupportedArtefact)]
    [TestCase("""<Categorisations><Categorisation id="C" agencyID="A"><Source><Ref id="H" agencyID="A" class="HierarchicalCodelist"/></Source></Categorisation></Categorisations>""", IssueCode.UnresolvedReference)]
    public void A_faulty_artefact_is_one_finding(string artefact, IssueCode expected) => Assert.That(Codes(artefact), Is.EqualTo((IssueCode[])[expected]));

    [Test]
    public void Dangling_local_references_and_repeated_components_are_findings()
    {
        var codes = Codes(Dsd($"""
            <DimensionList><Dimension id="A">{Concept("A")}</Dimension><Dimension id="A">{Concept("A")}</Dimension><Dimension id="B"/></DimensionList>
            <Group id="G"><GroupDimension><DimensionReference><Ref id="Z"/></DimensionReference></GroupDimension></Group>
            <AttributeList>
              <Attribute id="X" assignmentStatus="Never">{Concept("X")}<AttributeRelationship><Group><Ref id="H"/></Group></AttributeRelationship></Attribute>
              <Attribute id="Y">{Concept("Y")}</Attribute>
            </AttributeList>
            """));

        Assert.That(codes, Is.EqualTo((IssueCode[])[
            IssueCode.UnresolvedReference, IssueCode.InvalidType, IssueCode.UnresolvedReference,
            IssueCode.DuplicateItem, IssueCode.UnresolvedReference, IssueCode.UnresolvedReference]));
    }

    [Test]
    public void The_fuller_of_two_is_kept()
    {
        var (message, _) = Read("""<Dataflows><Dataflow id="F" agencyID="A"/><Dataflow id="F" agencyID="A"><Structure><Ref id="D" agencyID="A"/></Structure></Dataflow><Dataflow id="F" agencyID="A"/></Dataflows>""");

        Assert.That(((Dataflow)message.Artefacts.Single()).Structure, Is.Not.Null);
    }

    [TestCase("", IssueCode.EmptyFile)]
    [TestCase("<a>", IssueCode.IllFormed)]
    [TestCase("<a/>", IssueCode.UnknownFormat)]
    [TestCase("""<Structure xmlns="http://www.sdmx.org/resources/sdmxml/schemas/v2_0/message"/>""", IssueCode.UnsupportedFormat)]
    [TestCase("""<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>""", IssueCode.DtdForbidden)]
    [TestCase("not xml at all", IssueCode.IllFormed)]
    public void Text_that_is_no_structure_message_is_one_fatal_finding(string text, IssueCode expected)
    {
        var (message, issues) = StructureFiles.Read(Encoding.UTF8.GetBytes(text));

        Assert.That(issues.Select(i => (i.Code, i.Severity)), Is.EqualTo(((IssueCode, Severity)[])[(expected, Severity.Fatal)]));
        Assert.That(message.Artefacts.IsEmpty, Is.True);
    }

    [Test]
    public void Bytes_in_another_encoding_are_a_finding()
    {
        byte[] bytes = [.. "<a b=\""u8, 0xE9, 0x22, .. "/>"u8];

        Assert.That(StructureFiles.Read(bytes).Issues.Single().Code, Is.EqualTo(IssueCode.WrongEncoding));
    }

    [Test]
    public void Nesting_attributes_and_texts_without_end_pass_a_limit()
    {
        string[] texts = [new StringBuilder().Insert(0, "<a>", 100_000).ToString(), $"<a b=\"{new string('x', 9_000_000)}\"/>", $"<a>{new string('x', 9_000_000)}</a>",
            "<a " + string.Concat(Enumerable.Range(0, 2000).Select(i => $"a{i}='' ")) + "/>"];

        Assert.That(texts.Select(t => StructureFiles.Read(Encoding.UTF8.GetBytes(t)).Issues.Single().Code), Is.All.EqualTo(IssueCode.LimitExceeded));
    }

    [Test]
    public void A_message_cut_anywhere_is_a_finding_and_never_an_exception()
    {
        var whole = Encoding.UTF8.GetBytes(Open + List("""<Code id="A"><c:Name xml:lang="fr">é</c:Name></Code>""") + "</m:Structures></m:Structure>");

        for (var length = 0; length < whole.Length; length++)
            Assert.That(StructureFiles.Read(whole[..length]).Issues.Single().Severity, Is.EqualTo(Severity.Fatal), $"cut at {length}");
    }
}

using System.Globalization;
using System.Xml;
using System.Xml.Schema;

namespace Sdmx.Tests.Writers;

/// <summary>Written SDMX-ML 2.1 and 3.0 against the official schemas.</summary>
public sealed class XmlSchemaTests
{
    static readonly string[] Layouts = ["TIME_PERIOD", "AREA", "AllDimensions"];

    [Test]
    public void Generic_data_are_valid([ValueSource(nameof(Layouts))] string layout) =>
        Assert.That(Faults("generic-2.1", layout, null), Is.Empty);

    [Test]
    public void Structure_specific_data_are_valid([ValueSource(nameof(Layouts))] string layout) =>
        Assert.That(Faults("structurespecific-2.1", layout, SpecificSchema($"{WriterSample.Schema.Urn}:ObsLevelDim:{layout}")), Is.Empty);

    [Test]
    public void Structure_specific_data_of_3_0_are_valid([ValueSource(nameof(Layouts))] string layout) =>
        Assert.That(Faults("structurespecific-3.0", layout, SpecificSchemaV3($"{WriterSample.Schema.Urn}:ObsLevelDim:{layout}"), "sdmx-ml-3.0.1"), Is.Empty);

    [TestCase("generic-2.1", "sdmx-ml-2.1")]
    [TestCase("structurespecific-2.1", "sdmx-ml-2.1")]
    [TestCase("structurespecific-3.0", "sdmx-ml-3.0.1")]
    public void Data_of_an_agreement_are_valid(string format, string version)
    {
        var agreement = new Urn(ArtefactType.ProvisionAgreement, "AGY", "PA", "1.0");
        var ns = $"{agreement}:ObsLevelDim:TIME_PERIOD";
        var rows = WriterSample.Rows(WriterSample.Set(WriterSample.Schema.Under(agreement)), "- A.XX.a 2010 OBS_VALUE=1");

        Assert.That(Faults(format, "TIME_PERIOD", format switch { "generic-2.1" => null, "structurespecific-2.1" => SpecificSchema(ns), _ => SpecificSchemaV3(ns) }, version, rows), Is.Empty);
        Assert.That(WriterSample.Write(format, new(), rows), Does.Contain("PA").And.Not.Contain("StructureUsage"));
    }

    static List<string> Faults(string format, string layout, string? specific, string version = "sdmx-ml-2.1", ObservationBlock? rows = null)
    {
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        schemas.Add(null, Facts.At("standards", "schemas", version, "SDMXMessage.xsd"));
        if (specific is not null)
            schemas.Add(null, XmlReader.Create(new StringReader(specific)));
        var faults = new List<string>();
        var settings = new XmlReaderSettings { Schemas = schemas, ValidationType = ValidationType.Schema };
        settings.ValidationEventHandler += (_, e) => faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {e.Exception.LineNumber}: {e.Message}"));
        var header = WriterSample.Header with { Name = new("Name"), Action = DatasetAction.Merge, Source = new("Source") };
        var options = new WriterOptions { Header = header, DimensionAtObservation = layout };
        using var reader = XmlReader.Create(new StringReader(WriterSample.Write(format, options, rows ?? WriterSample.EveryLevel())), settings);
        while (reader.Read())
        {
        }

        return faults;
    }

    // The types that the base schema leaves abstract, made concrete; what /schema will generate is stricter about which attribute may stand where.
    static string SpecificSchema(string ns) => $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"
          xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:ns="{ns}" targetNamespace="{ns}" elementFormDefault="qualified">
          <xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific"/>
          <xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common"/>
          <xs:attributeGroup name="Components">
            {string.Concat(WriterSample.Schema.Components.Where(c => c.Id is not ("TIME_PERIOD" or "OBS_VALUE")).Select(c => $"<xs:attribute name='{c.Id}' type='xs:string'/>"))}
          </xs:attributeGroup>
          <xs:complexType name="DataSetType"><xs:complexContent><xs:restriction base="ss:DataSetType"><xs:sequence>
            <xs:element name="Group" type="ss:GroupType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/>
            <xs:choice minOccurs="0">
              <xs:element name="Series" type="ns:SeriesType" form="unqualified" maxOccurs="unbounded"/>
              <xs:element name="Obs" type="ns:ObsType" form="unqualified" maxOccurs="unbounded"/>
            </xs:choice></xs:sequence><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
          <xs:complexType name="Sibling"><xs:complexContent><xs:restriction base="ss:GroupType"><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
          <xs:complexType name="SeriesType"><xs:complexContent><xs:restriction base="ss:SeriesType"><xs:sequence>
            <xs:element name="Obs" type="ns:ObsType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
          <xs:complexType name="ObsType"><xs:complexContent><xs:restriction base="ss:ObsType"><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
        </xs:schema>
        """;

    static string SpecificSchemaV3(string ns) => $"""
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific"
          xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common" xmlns:ns="{ns}" targetNamespace="{ns}" elementFormDefault="qualified">
          <xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/common"/>
          <xs:import namespace="http://www.sdmx.org/resources/sdmxml/schemas/v3_0/data/structurespecific"/>
          <xs:attributeGroup name="Components">
            {string.Concat(WriterSample.Schema.Components.Where(c => c.Id != "TIME_PERIOD").Select(c => $"<xs:attribute name='{c.Id}' type='xs:string'/>"))}
          </xs:attributeGroup>
          <xs:complexType name="DataSetType"><xs:complexContent><xs:restriction base="ss:DataSetType"><xs:sequence><xs:element name="DataProvider" type="common:DataProviderReferenceType" form="unqualified" minOccurs="0"/><xs:choice minOccurs="0" maxOccurs="unbounded">
            <xs:element name="Atts" type="ns:AttsType" form="unqualified"/>
            <xs:element name="Group" type="ss:GroupType" form="unqualified"/>
            <xs:element name="Series" type="ns:SeriesType" form="unqualified"/>
            <xs:element name="Obs" type="ns:ObsType" form="unqualified"/>
          </xs:choice></xs:sequence><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
          <xs:complexType name="AttsType"><xs:complexContent><xs:restriction base="ss:AttsType"><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
          <xs:complexType name="Sibling"><xs:complexContent><xs:restriction base="ss:GroupType"><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
          <xs:complexType name="SeriesType"><xs:complexContent><xs:restriction base="ss:SeriesType"><xs:sequence>
            <xs:element name="Obs" type="ns:ObsType" form="unqualified" minOccurs="0" maxOccurs="unbounded"/></xs:sequence><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
          <xs:complexType name="ObsType"><xs:complexContent><xs:restriction base="ss:ObsType"><xs:attributeGroup ref="ns:Components"/></xs:restriction></xs:complexContent></xs:complexType>
        </xs:schema>
        """;
}

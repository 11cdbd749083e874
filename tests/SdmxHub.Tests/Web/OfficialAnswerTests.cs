using System.Xml;
using System.Xml.Schema;

namespace SdmxHub.Tests.Web;

/// <summary>Answers in SDMX-ML 2.1 and 3.0 against its official schemas: data with footers, deletions and history, availability, faults.</summary>
public class OfficialAnswerTests
{
    RunningHub _hub = null!;
    XmlSchemaSet _schemas = null!;
    XmlSchemaSet _schemasV3 = null!;

    static XmlSchemaSet Schemas(string version)
    {
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        using (var xsd = XmlReader.Create(Facts.At("standards", "schemas", version, "SDMXMessage.xsd")))
            schemas.Add(null, xsd);
        // The schemas of 3.0 demand that XHTML be declared, and come without its schema.
        if (version != "sdmx-ml-2.1")
        {
            schemas.Add(null, XmlReader.Create(new StringReader(
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' targetNamespace='http://www.w3.org/1999/xhtml'><xs:element name='div' type='xs:anyType'/><xs:element name='p' type='xs:anyType'/></xs:schema>")));
        }

        schemas.Compile();
        return schemas;
    }

    [OneTimeSetUp]
    public async Task Start()
    {
        (_schemas, _schemasV3) = (Schemas("sdmx-ml-2.1"), Schemas("sdmx-ml-3.0.1"));
        _hub = await RunningHub.Start(new() { MaxObservations = 15 });
        RunningHub.Load(_hub.Store, "DF_ONE", [("A", "3", "I1", 2007, "8"), ("Q", "3", "I1", 2009, "9")], "AGY:PA_ONE");
        RunningHub.Load(_hub.Store, "DF_ONE", [("A", "1", "I1", 2000, "")], action: Sdmx.DatasetAction.Delete);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_hub is not null)
            await _hub.DisposeAsync();
    }

    [TestCase("/sdmx/v1/data/DF_ONE", 206)]
    [TestCase("/sdmx/v1/data/DF_ONE/A.1.?updatedAfter=2020-01-01", 200)]
    [TestCase("/sdmx/v1/data/DF_ONE/A.1.I1?includeHistory=true", 200)]
    [TestCase("/sdmx/v1/data/DF_ONE/A.1.I1?dimensionAtObservation=AllDimensions", 200)]
    [TestCase("/sdmx/v2/data/dataflow/AGY/DF_ONE/*/A.1?sort=OBS_VALUE:desc&limit=3&format=generic-2.1", 200)]
    [TestCase("/sdmx/v1/data/DF_ONE/all/P1", 200)]
    [TestCase("/sdmx/v1/availableconstraint/DF_ONE", 200)]
    [TestCase("/sdmx/v2/availability/datastructure/AGY/DSD?references=all&format=xml", 200)]
    [TestCase("/sdmx/v1/availableconstraint/DF_ONE/A..I1?mode=available&references=all", 200)]
    [TestCase("/sdmx/v1/availableconstraint/DF_ONE/all/P1?references=codelist", 200)]
    [TestCase("/sdmx/v2/availability/provisionagreement/AGY/PA_ONE?references=all&format=xml", 200)]
    [TestCase("/sdmx/v2/availability/dataflow/AGY/DF_ONE?references=all&format=structure-xml-2.1", 200)]
    [TestCase("/sdmx/v2/structure/*/*/*/*?references=all&format=structure-xml-3.0", 200)]
    [TestCase("/sdmx/v2/structure/*/*/*/*?detail=allstubs&format=structure-xml-3.0", 200)]
    [TestCase("/sdmx/v2/structure/dataflow/AGY/DF_ONE?references=all&detail=referencepartial&format=structure-xml-3.0", 200)]
    [TestCase("/sdmx/v1/data/DF_NO", 404)]
    [TestCase("/sdmx/v1/data/DF_ONE/A.B", 403)]
    [TestCase("/sdmx/v1/data/DF_ONE?x=1", 400)]
    public async Task An_answer_is_valid(string path, int status)
    {
        var (actual, body, _) = await _hub.Get(path);
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = body.Contains("/schemas/v3_0/") ? _schemasV3 : _schemas };
        settings.ValidationEventHandler += (_, e) => faults.Add(e.Message);
        using (var reader = XmlReader.Create(new StringReader(body), settings))
        {
            while (reader.Read())
            {
            }
        }

        Assert.That(actual, Is.EqualTo(status), body);
        Assert.That(body, Does.Contain("/schemas/v2_1/message").Or.Contain("/schemas/v3_0/message"), "else no schema would see it");
        Assert.That(faults, Is.Empty, body);
    }
}

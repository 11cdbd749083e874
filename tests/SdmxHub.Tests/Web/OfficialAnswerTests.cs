using System.Xml;
using System.Xml.Schema;

namespace SdmxHub.Tests.Web;

/// <summary>Answers in SDMX-ML 2.1 against its official schemas: data with footers, deletions and history, availability, faults.</summary>
public class OfficialAnswerTests
{
    RunningHub _hub = null!;
    XmlSchemaSet _schemas = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        using (var xsd = XmlReader.Create(Facts.At("standards", "schemas", "sdmx-ml-2.1", "SDMXMessage.xsd")))
            _schemas.Add(null, xsd);
        _schemas.Compile();
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
    [TestCase("/sdmx/v1/data/DF_NO", 404)]
    [TestCase("/sdmx/v1/data/DF_ONE/A.B", 403)]
    [TestCase("/sdmx/v1/data/DF_ONE?x=1", 400)]
    public async Task An_answer_is_valid(string path, int status)
    {
        var (actual, body, _) = await _hub.Get(path);
        var faults = new List<string>();
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = _schemas };
        settings.ValidationEventHandler += (_, e) => faults.Add(e.Message);
        using (var reader = XmlReader.Create(new StringReader(body), settings))
        {
            while (reader.Read())
            {
            }
        }

        Assert.That(actual, Is.EqualTo(status), body);
        Assert.That(faults, Is.Empty, body);
    }
}

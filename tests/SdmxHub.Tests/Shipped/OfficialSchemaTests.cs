using System.Xml;
using System.Xml.Schema;

namespace SdmxHub.Tests.Shipped;

public class OfficialSchemaTests
{
    [Test]
    public void Every_structure_message_is_valid_by_the_official_schema()
    {
        var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
        using (var xsd = XmlReader.Create(Facts.At("standards", "schemas", "sdmx-ml-2.1", "SDMXMessage.xsd")))
            schemas.Add(null, xsd);
        schemas.Compile();
        var faults = new List<string>();
        foreach (var file in ((string[])["dsd", "msd"]).SelectMany(f => Directory.EnumerateFiles(Facts.InProject(f), "*.xml", SearchOption.AllDirectories)))
        {
            var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = schemas };
            settings.ValidationEventHandler += (_, e) => faults.Add($"{Path.GetFileName(file)}({e.Exception.LineNumber}): {e.Message}");
            using var reader = XmlReader.Create(file, settings);
            while (reader.Read())
            {
            }
        }

        Assert.That(faults, Is.Empty);
    }
}

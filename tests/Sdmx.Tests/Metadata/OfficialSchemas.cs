using System.Globalization;
using System.Xml;
using System.Xml.Schema;
using SharedFacts;

namespace Sdmx.Tests.Metadata;

/// <summary>The official schemas of metadata messages.</summary>
static class OfficialSchemas
{
    static readonly Dictionary<string, XmlSchemaSet> Schemas = [];

    // The schemas demand that XHTML be declared, and come without its schema.
    const string Xhtml = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
          <xs:element name="div" type="xs:anyType"/><xs:element name="p" type="xs:anyType"/>
        </xs:schema>
        """;

    public static IReadOnlyList<string> Faults(byte[] message, string format)
    {
        var faults = new List<string>();
        var settings = new XmlReaderSettings { Schemas = Of(format == "metadata-xml-2.1" ? "sdmx-ml-2.1" : "sdmx-ml-3.0.1"), ValidationType = ValidationType.Schema };
        settings.ValidationEventHandler += (_, e) => faults.Add(string.Create(CultureInfo.InvariantCulture, $"line {e.Exception.LineNumber}: {e.Message}"));
        using var reader = XmlReader.Create(new MemoryStream(message), settings);
        while (reader.Read())
        {
        }

        return faults;
    }

    static XmlSchemaSet Of(string folder)
    {
        lock (Schemas)
        {
            if (Schemas.TryGetValue(folder, out var known))
                return known;
            var schemas = new XmlSchemaSet { XmlResolver = new XmlUrlResolver() };
            schemas.Add(null, Facts.At("standards", "schemas", folder, "SDMXMessage.xsd"));
            schemas.Add(null, XmlReader.Create(new StringReader(Xhtml)));
            schemas.Compile();
            return Schemas[folder] = schemas;
        }
    }
}

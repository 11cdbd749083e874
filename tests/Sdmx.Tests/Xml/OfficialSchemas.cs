using System.Globalization;
using System.Xml;
using System.Xml.Schema;

namespace Sdmx.Tests.Xml;

/// <summary>The official schemas of SDMX-ML.</summary>
static class OfficialSchemas
{
    static readonly Dictionary<string, XmlSchemaSet> Schemas = [];

    // The schemas demand that XHTML be declared, and come without its schema.
    const string Xhtml = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/xhtml">
          <xs:element name="div" type="xs:anyType"/><xs:element name="p" type="xs:anyType"/>
        </xs:schema>
        """;

    /// <summary>What the schemas say against a message; each complaint with its first line.</summary>
    /// <param name="message">The message.</param>
    /// <param name="version">2.1, or 3.0.1.</param>
    public static IReadOnlyList<string> Complaints(byte[] message, string version)
    {
        var complaints = new Dictionary<string, string>();
        var settings = new XmlReaderSettings { Schemas = Of($"sdmx-ml-{version}"), ValidationType = ValidationType.Schema };
        settings.ValidationEventHandler += (_, e) => complaints.TryAdd(e.Message, string.Create(CultureInfo.InvariantCulture, $"line {e.Exception.LineNumber}: {e.Message}"));
        using var reader = XmlReader.Create(new MemoryStream(message), settings);
        while (reader.Read())
        {
        }

        return [.. complaints.Values];
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

using System.Xml;

namespace SdgShipment;

/// <summary>Reads figures from the facts by plain means: structure-specific SDMX-ML 2.1 files of countries, and the table of global figures.</summary>
static class FigureSource
{
    public static IEnumerable<Figure> ReadXml(string path)
    {
        using var xml = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        Dictionary<string, string> series = [];
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "Series")
                series = Attributes(xml);
            else if (xml.LocalName == "Obs")
                yield return new Figure(Merge(series, Attributes(xml)));
        }
    }

    public static IEnumerable<Figure> ReadCsv(string path) =>
        CsvTable.Read(path).Select(row => new Figure(row.Where(c => c.Value.Length > 0).ToDictionary()));

    static Dictionary<string, string> Merge(Dictionary<string, string> series, Dictionary<string, string> observation)
    {
        foreach (var (id, value) in series)
            observation.TryAdd(id, value);
        return observation;
    }

    static Dictionary<string, string> Attributes(XmlReader xml)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        while (xml.MoveToNextAttribute())
        {
            if (xml.Prefix.Length == 0 && xml.LocalName != "xmlns" && xml.Value.Trim().Length > 0)
                values[xml.LocalName] = xml.Value;
        }

        return values;
    }
}

using System.Xml;

namespace SdmxHub.Tests.RealFiles;

/// <summary>What a data message holds, counted with a bare XmlReader: nothing of the hub's readers is used.</summary>
/// <param name="Observations">The Obs elements.</param>
/// <param name="Series">The distinct keys of Series elements.</param>
/// <param name="Conflicts">The Obs elements whose key and period came before in the message with something else in any attribute.</param>
sealed record PlainCount(int Observations, int Series, int Conflicts)
{
    /// <summary>Counts a structure-specific or generic message in series form.</summary>
    /// <param name="path">The file.</param>
    /// <param name="dimensions">The dimensions of its structure, without time.</param>
    public static PlainCount Of(string path, IReadOnlyCollection<string> dimensions)
    {
        using var xml = XmlReader.Create(path);
        var (observations, conflicts) = (0, 0);
        var series = new HashSet<string>();
        var seen = new Dictionary<string, string>();
        var key = new SortedDictionary<string, string>(StringComparer.Ordinal);
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "Series")
            {
                key.Clear();
                foreach (var (name, value) in Attributes(xml))
                {
                    if (dimensions.Contains(name))
                        key[name] = value;
                }

                if (key.Count > 0)
                    series.Add(string.Join('.', key.Values));
            }
            else if (xml.LocalName == "Value" && xml.NamespaceURI.EndsWith("/generic", StringComparison.Ordinal) && dimensions.Contains(xml.GetAttribute("id")!))
            {
                key[xml.GetAttribute("id")!] = xml.GetAttribute("value")!;
                if (key.Count == dimensions.Count)
                    series.Add(string.Join('.', key.Values));
            }
            else if (xml.LocalName == "Obs")
            {
                observations++;
                var attributes = Attributes(xml).OrderBy(a => a.Name, StringComparer.Ordinal).ToList();
                var id = $"{string.Join('.', key.Values)}:{attributes.FirstOrDefault(a => a.Name == "TIME_PERIOD").Value}";
                var said = string.Join('|', attributes);
                if (attributes.Count > 0 && !seen.TryAdd(id, said) && seen[id] != said)
                    conflicts++;
            }
        }

        return new(observations, series.Count, conflicts);
    }

    static IEnumerable<(string Name, string Value)> Attributes(XmlReader xml)
    {
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
            yield return (xml.Name, xml.Value);
        xml.MoveToElement();
    }
}

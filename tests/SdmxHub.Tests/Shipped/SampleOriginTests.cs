using System.Xml;

namespace SdmxHub.Tests.Shipped;

/// <summary>Samples against the files they were taken from, both read by plain XML.</summary>
public class SampleOriginTests
{
    [TestCase("united-kingdom", "UK", "*.xml")]
    [TestCase("rwanda", ".", "RW_2026-05_ss21.xml")]
    [TestCase("mozambique", "fcdo", "mozambique_all.xml")]
    public void Every_observation_kept_says_what_its_source_says(string name, string folder, string pattern)
    {
        var source = Directory.EnumerateFiles(Facts.At("sdg", "data", folder), pattern).SelectMany(Observations).ToHashSet();
        var sample = Observations(Facts.InProject("samples", "valid", name, name + ".xml")).ToList();

        Assert.That(sample, Is.Not.Empty);
        Assert.That(sample.Where(o => !source.Contains(o)), Is.Empty);
    }

    // Each observation with all its values in one text, whatever their order.
    static IEnumerable<string> Observations(string path)
    {
        using var xml = XmlReader.Create(path);
        List<string> series = [];
        while (xml.Read())
        {
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            if (xml.LocalName == "Series")
                series = Values(xml);
            else if (xml.LocalName == "Obs")
                yield return string.Join('|', Values(xml).Concat(series).Order(StringComparer.Ordinal));
        }
    }

    static List<string> Values(XmlReader xml)
    {
        var values = new List<string>();
        while (xml.MoveToNextAttribute())
        {
            if (xml.Prefix.Length == 0 && xml.LocalName != "xmlns" && xml.Value.Length > 0)
                values.Add($"{xml.LocalName}={xml.Value}");
        }

        return values;
    }
}

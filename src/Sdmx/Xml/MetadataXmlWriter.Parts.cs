using System.Xml.Linq;
using static Sdmx.Xml.StructureXmlWriter;

namespace Sdmx.Xml;

sealed partial class MetadataXmlWriter
{
    /// <summary>What of a metadata set SDMX-ML 2.1 cannot carry, one phrase each.</summary>
    public static IReadOnlyList<string> LegacyLosses(Artefact artefact)
    {
        if (artefact is not MetadataSet set)
            return [$"a {artefact.Type}"];
        var losses = new List<string>();
        if (set.Reports.IsEmpty)
            losses.Add("a set without reports");
        if (set.Reports.Any(r => r.Id is null || r.TargetId is null))
            losses.Add("an id and targets of 3.x, which belong to no report structure");
        if (!set.Description.IsEmpty)
            losses.Add("the description of a metadata set");
        if (set.Annotations.Concat(set.Reports.SelectMany(r => r.Annotations)).Concat(set.AllAttributes.SelectMany(a => a.Annotations)).Any(a => a.Value is not null))
            losses.Add("values of annotations");
        return losses;
    }

    /// <summary>What of a metadata set SDMX-ML 3.0 cannot carry, one phrase each.</summary>
    public static IReadOnlyList<string> Losses(Artefact artefact)
    {
        if (artefact is not MetadataSet set)
            return [$"a {artefact.Type}"];
        // What only points to a set says nothing else of it.
        return set.IsStub ? [] : [.. set.OnlyLegacy];
    }

    // XHTML is written as it is: indenting would put white space into it.
    void WriteMarkup(InternationalString texts)
    {
        foreach (var text in texts.Texts)
        {
            _xml.WriteStartElement("StructuredText", _common);
            _xml.WriteAttributeString("xml", "lang", null, text.Language);
            _xml.WriteRaw(Clean(text.Text));
            _xml.WriteEndElement();
        }
    }

    void WriteTexts(string name, InternationalString texts)
    {
        foreach (var text in _parts.Texts(XName.Get(name, _common), texts))
            text.WriteTo(_xml);
    }

    void Within(string name, Action write, string? space = null)
    {
        _xml.WriteStartElement(name, space ?? _generic);
        write();
        _xml.WriteEndElement();
    }

    void Attribute(string name, string? value)
    {
        if (value is not null)
            _xml.WriteAttributeString(name, Clean(value));
    }
}

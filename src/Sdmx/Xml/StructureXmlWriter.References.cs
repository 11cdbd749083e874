using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlWriter
{
    static string LegacyClass(string name) => name == "DataConstraint" ? "ContentConstraint" : name;

    static string LegacyUrn(Urn urn) => urn.ToString().Replace(".DataConstraint=", ".ContentConstraint=", StringComparison.Ordinal);

    /// <summary>The element called <paramref name="name"/> that refers to <paramref name="target"/>, by a Ref or in 3.x by its text; or null.</summary>
    XElement? Reference(XName name, Urn? target) => target is { } urn ? new(name, IsV3 ? Clean(urn.ToString()) : Ref(urn)) : null;

    internal XElement Ref(Urn urn) => urn.Item is null
        ? new("Ref",
            new XAttribute("id", urn.Id), new XAttribute("version", urn.Version), new XAttribute("agencyID", urn.Agency),
            new XAttribute("package", ArtefactTypes.Of(urn.Type).Package), new XAttribute("class", LegacyClass(urn.Class)))
        : new("Ref",
            new XAttribute("id", urn.Item), new XAttribute("maintainableParentID", urn.Id), new XAttribute("maintainableParentVersion", urn.Version),
            new XAttribute("agencyID", urn.Agency),
            new XAttribute("package", ArtefactTypes.Of(urn.Type).Package), new XAttribute("class", LegacyClass(urn.Class)));

    XElement? LocalReference(XName name, string? id) => id is null ? null : new(name, IsV3 ? Clean(id) : new XElement("Ref", new XAttribute("id", id)));

    XElement? WriteRepresentation(string name, Representation? representation) => representation is null ? null : new(_structure + name,
        IsV3 ? Optional("minOccurs", representation.MinOccurs) : null,
        IsV3 ? OptionalCount("maxOccurs", representation.MaxOccurs) : null,
        representation.Enumeration is null
            ? Format("TextFormat", representation.Format)
            : (object?[])[Reference(_structure + "Enumeration", representation.Enumeration), Format("EnumerationFormat", representation.Format)]);

    XElement? Format(string name, TextFormat? format) => format is null ? null : new(_structure + name,
        new XAttribute("textType", format.Type.ToString()),
        format.Facets.Select(f => new XAttribute(f.Name, Clean(f.Value))),
        IsV3 ? format.Sentinels.Select(s => new XElement(_structure + "SentinelValue", new XAttribute("value", Clean(s.Value)), Names(s.Name), Texts(_common + "Description", s.Description))) : null);

    static XAttribute? OptionalCount(string name, int? count) => count == int.MaxValue ? new(name, "unbounded") : Optional(name, count);
}

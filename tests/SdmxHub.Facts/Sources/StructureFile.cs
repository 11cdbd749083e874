using System.Xml.Linq;
using Sdmx;

namespace SdgShipment;

/// <summary>The artefacts of a published SDMX-ML 2.1 structure message, as far as the hub carries them over.</summary>
/// <remarks>Read by plain XML, not by the hub's reader, so that a fault there cannot hide in what is shipped.
/// URNs, descriptions that say no more than the name, and the order annotation (it is the order of the list) are left behind.</remarks>
sealed class StructureFile(string path)
{
    static readonly XNamespace Str = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure";
    static readonly XNamespace Com = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common";

    readonly XElement _root = XElement.Load(path);

    public IEnumerable<Codelist> Codelists => _root.Descendants(Str + "Codelist").Select(list => Describe(list, new Codelist
    {
        Agency = (string)list.Attribute("agencyID")!,
        Id = (string)list.Attribute("id")!,
        Version = (string)list.Attribute("version")!,
        Codes = list.Elements(Str + "Code").Select(ReadCode).ToValueArray(),
    }));

    public ConceptScheme ConceptScheme(string id)
    {
        var scheme = _root.Descendants(Str + "ConceptScheme").Single(s => (string?)s.Attribute("id") == id);
        return Describe(scheme, new ConceptScheme
        {
            Agency = (string)scheme.Attribute("agencyID")!,
            Id = id,
            Version = (string)scheme.Attribute("version")!,
            Concepts = scheme.Elements(Str + "Concept").Select(ReadConcept).ToValueArray(),
        });
    }

    public IEnumerable<Organisation> Agencies => _root.Descendants(Str + "Agency")
        .Select(a => new Organisation { Id = (string)a.Attribute("id")!, Name = Texts(a, "Name") });

    /// <summary>The ids of the metadata attributes of the only report structure, in message order.</summary>
    public IEnumerable<string> MetadataAttributes => _root.Descendants(Str + "MetadataAttribute").Select(a => (string)a.Attribute("id")!);

    static T Describe<T>(XElement element, T artefact) where T : Artefact => artefact with
    {
        Name = Texts(element, "Name"),
        Description = Description(element),
        IsFinal = (bool?)element.Attribute("isFinal"),
    };

    static Code ReadCode(XElement code) => new()
    {
        Id = (string)code.Attribute("id")!,
        Name = Texts(code, "Name"),
        Description = Description(code),
        Parent = Parent(code),
        Annotations = code.Elements(Com + "Annotations").Elements(Com + "Annotation").Select(ReadAnnotation).Where(a => a.Type != "ORDER").ToValueArray(),
    };

    static Concept ReadConcept(XElement concept) => new()
    {
        Id = (string)concept.Attribute("id")!,
        Name = Texts(concept, "Name"),
        Description = Description(concept),
        Parent = Parent(concept),
        CoreRepresentation = concept.Element(Str + "CoreRepresentation")?.Element(Str + "TextFormat") is { } format
            ? Text(Enum.Parse<TextType>((string)format.Attribute("textType")!)) : null,
    };

    static Annotation ReadAnnotation(XElement annotation) => new()
    {
        Title = (string?)annotation.Element(Com + "AnnotationTitle"),
        Type = (string?)annotation.Element(Com + "AnnotationType"),
        Text = Texts(annotation, "AnnotationText"),
    };

    public static Representation Text(TextType type) => new() { Format = new TextFormat { Type = type } };

    static string? Parent(XElement item) => (string?)item.Element(Str + "Parent")?.Element("Ref")?.Attribute("id");

    static InternationalString Description(XElement element)
    {
        var (name, description) = (Texts(element, "Name"), Texts(element, "Description"));
        return new(description.Texts.Where(d => d.Text != name.In(d.Language)).ToValueArray());
    }

    static InternationalString Texts(XElement element, string name) => new(element.Elements(Com + name)
        .Select(e => new LocalisedString((string?)e.Attribute(XNamespace.Xml + "lang") ?? "en", e.Value.Trim()))
        .Where(t => t.Text.Length > 0).ToValueArray());
}

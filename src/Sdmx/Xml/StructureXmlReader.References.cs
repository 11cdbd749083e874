using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlReader
{
    /// <summary>What <paramref name="holder"/> refers to by Ref, URN or both, or by its text as in 3.x; null, with a finding, where that is malformed.</summary>
    /// <param name="holder">The element around Ref and URN, or null: then the answer is null.</param>
    /// <param name="standard">The class where the Ref names none.</param>
    internal Urn? Reference(XElement? holder, string standard)
    {
        if (holder is null)
            return null;
        if (IsV3 && !holder.HasElements)
            return UrnOf(holder);
        var text = Child(holder, "URN")?.Value.Trim();
        if (Urn.TryParse(text, out var urn))
            return urn;
        if (Child(holder, "Ref") is { } reference)
            return FromRef(reference, Attribute(reference, "class") is { Length: > 0 } named ? named : standard);
        Report(text is null ? IssueCode.IllegalIdentifier : IssueCode.UnresolvedReference, holder, text is null
            ? $"<{holder.Name.LocalName}> refers to nothing: it has neither Ref nor URN."
            : $"'{text}' is malformed, or names a class that is not kept.", text);
        return null;
    }

    Urn? FromRef(XElement reference, string className)
    {
        if (className == "ContentConstraint")
            className = "DataConstraint";
        var id = Attribute(reference, "id");
        var agency = Attribute(reference, "agencyID");
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(agency))
        {
            Report(IssueCode.IllegalIdentifier, reference, $"The reference to a {className} lacks {(string.IsNullOrEmpty(id) ? "id" : "agencyID")}.");
            return null;
        }

        if (!ArtefactTypes.TryFromClass(className, out var type))
        {
            Report(IssueCode.UnresolvedReference, reference, $"{agency}:{id} is a {className}, a class that is not kept.", className);
            return null;
        }

        var version = Attribute(reference, "version");
        if (ArtefactTypes.Of(type).Class == className)
            return new Urn(className, agency, id, version ?? "1.0");
        var scheme = Attribute(reference, "maintainableParentID") ?? FixedScheme(type);
        if (scheme is null)
        {
            Report(IssueCode.IllegalIdentifier, reference, $"The reference to {className} '{id}' lacks maintainableParentID.");
            return null;
        }

        return new Urn(className, agency, scheme, Attribute(reference, "maintainableParentVersion") ?? version ?? "1.0", id);
    }

    static string? FixedScheme(ArtefactType type) => type switch
    {
        ArtefactType.AgencyScheme => "AGENCIES",
        ArtefactType.DataProviderScheme => "DATA_PROVIDERS",
        ArtefactType.DataConsumerScheme => "DATA_CONSUMERS",
        _ => null,
    };

    /// <summary>The id that a local reference names (Ref of an id alone, or a full URN; in 3.x its text), or null.</summary>
    static string? LocalId(XElement? holder)
    {
        if (holder is null)
            return null;
        if (Child(holder, "Ref") is { } reference)
            return Attribute(reference, "id");
        var urn = (Child(holder, "URN") ?? (holder.HasElements ? null : holder))?.Value.Trim();
        if (urn?.StartsWith("urn:", StringComparison.Ordinal) is not true)
            return string.IsNullOrEmpty(urn) ? null : urn;
        return urn[(urn.LastIndexOf(").", StringComparison.Ordinal) is var cut and >= 0 ? cut + 2 : urn.LastIndexOf('.') + 1)..];
    }

    Representation? ReadRepresentation(XElement? element, TextType standard, string enumerationClass = "Codelist")
    {
        if (element is null)
            return null;
        var enumeration = Child(element, "Enumeration");
        // Real files give a TextFormat beside the Enumeration; it can only mean the codes' format.
        var format = Child(element, "EnumerationFormat") ?? Child(element, "TextFormat");
        return new()
        {
            Enumeration = Reference(enumeration, enumerationClass),
            Format = format is null ? null : ReadFormat(format, enumeration is null ? standard : TextType.String),
            MinOccurs = IsV3 ? OptionalNumber(element, "minOccurs") : null,
            MaxOccurs = IsV3 ? OptionalCount(element, "maxOccurs") : null,
        };
    }

    TextFormat ReadFormat(XElement element, TextType standard)
    {
        var type = standard;
        if (Attribute(element, "textType") is { } named && !TryTextType(named.Trim(), out type))
        {
            Mistyped(element, "textType", named, "a data type of SDMX");
            type = TextType.String;
        }

        return new()
        {
            Type = type,
            Facets = element.Attributes().Where(a => a.Name.Namespace == XNamespace.None && a.Name.LocalName is not "textType" && !a.IsNamespaceDeclaration)
                .Select(a => (a.Name.LocalName, a.Value)).ToValueArray(),
            Sentinels = Children(element, "SentinelValue").Select(s => new SentinelValue(Attribute(s, "value") ?? "", Texts(s, "Name"), Texts(s, "Description"))).ToValueArray(),
        };
    }

    // Real files spell "string". Numbers parse as enum values too; no data type begins with a digit or sign.
    static bool TryTextType(string text, out TextType type) =>
        Enum.TryParse(text, ignoreCase: true, out type) && char.IsAsciiLetter(text[0]) && Enum.IsDefined(type);
}

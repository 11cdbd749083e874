using System.Xml.Linq;
using static Sdmx.Xml.StructureXmlReader;

namespace Sdmx.Xml;

/// <summary>Reads generic metadata messages of SDMX-ML 2.1, 3.0 and 3.1 (checklist 2.9).</summary>
/// <remarks>A fault in the message is a finding with its line; what can be read is read. Elements are known by local name, whatever their prefix.
/// What the versions say differently is told apart by the root's namespace alone.</remarks>
sealed partial class MetadataXmlReader
{
    static readonly string[] LegacyParts = ["Annotations", "Name", "DataProvider", "Report"];
    static readonly string[] Parts = ["Annotations", "Name", "Description", "MetadataProvisionAgreement", "Metadataflow", "Target", "Attribute"];

    readonly ReadContext _context;
    readonly bool _isLegacy;
    readonly StructureXmlReader _parts;     // what it shares with structures
    readonly Dictionary<string, Urn> _structures = new(StringComparer.Ordinal);
    readonly Dictionary<string, (XElement First, int Count)> _unknown = new(StringComparer.Ordinal);

    MetadataXmlReader(ReadContext context, bool isLegacy) => (_context, _isLegacy, _parts) = (context, isLegacy, new(context, isLegacy ? SdmxMlVersion.V21 : SdmxMlVersion.V30));

    /// <summary>Reads one message.</summary>
    /// <returns>Header and metadata sets; both empty when the text is no metadata message, which a Fatal finding then says.</returns>
    public static StructureMessage Read(Stream input, ReadContext context)
    {
        if (Load(input, context) is not { } root)
            return new(new(), []);
        if (root.Name.LocalName == "GenericMetadata")
            return new MetadataXmlReader(context, root.Name.NamespaceName == SdmxNamespaces.Message).ReadMessage(root);
        context.Issues.Add(new(IssueCode.UnsupportedFormat, At(root, context),
            $"The root element is <{root.Name.LocalName}> of '{root.Name.NamespaceName}'; a generic metadata message of SDMX-ML was expected."));
        return new(new(), []);
    }

    StructureMessage ReadMessage(XElement root)
    {
        var head = Child(root, "Header");
        var header = ReadHeader(head);
        foreach (var structure in head is null ? [] : Children(head, "Structure"))
            ReadStructure(structure);
        var sets = Children(root, "MetadataSet").Select(e => ReadSet(e, header)).OfType<Artefact>().ToValueArray();
        if (Child(root, "MetadataSet") is null)
            Report(IssueCode.NoMetadata, root, "The message holds no metadata set.");
        foreach (var (name, (first, count)) in _unknown)
            Report(IssueCode.UnexpectedElement, first, $"<{name}> is not known here and is passed over ({count} in all).", name);
        return new(header, sets);
    }

    void ReadStructure(XElement element)
    {
        if (Attribute(element, "structureID") is not { } id || element.Elements().FirstOrDefault() is not { } named)
            return;
        var standard = named.Name.LocalName switch { "Structure" => "MetadataStructure", "StructureUsage" => "Metadataflow", _ => "ProvisionAgreement" };
        // 3.x writes the URN into the element itself.
        if (named.HasElements ? _parts.Reference(named, standard) is { } urn : Urn.TryParse(named.Value.Trim(), out urn))
            _structures[id] = urn;
    }

    MetadataSet? ReadSet(XElement element, MessageHeader header)
    {
        Expect(element, _isLegacy ? LegacyParts : Parts);
        var set = new MetadataSet
        {
            Agency = Attribute(element, "agencyID") ?? "",
            Id = Attribute(element, "id") ?? "",
            Version = Attribute(element, "version") ?? "1.0",
            Name = Texts(element, "Name"),
            Description = Texts(element, "Description"),
            Annotations = _parts.ReadAnnotations(element),
            Uri = Attribute(element, "uri"),
            ServiceUrl = Attribute(element, "serviceURL"),
            StructureUrl = Attribute(element, "structureURL"),
            IsExternalReference = Attribute(element, "isExternalReference") is { } pointer ? pointer is "true" or "1" : null,
            ValidFrom = Attribute(element, _isLegacy ? "validFromDate" : "validFrom"),
            ValidTo = Attribute(element, _isLegacy ? "validToDate" : "validTo"),
            SetId = Attribute(element, "setID"),
            DataProvider = _parts.Reference(Child(element, "DataProvider"), "DataProvider"),
            Action = ReadAction(element) ?? header.Action,
            ReportingBegin = Attribute(element, "reportingBeginDate"),
            ReportingEnd = Attribute(element, "reportingEndDate"),
            PublicationYear = Attribute(element, "publicationYear"),
            PublicationPeriod = Attribute(element, "publicationPeriod"),
            Structure = StructureOf(element),
            Reports = _isLegacy ? Children(element, "Report").Select(ReadReport).ToValueArray() : [ReadContent(element)],
        };
        if (set.Structure is null)
        {
            Report(IssueCode.NoStructureReference, element, "The metadata set does not say by which metadata structure or flow it is reported; it is passed over.");
            return null;
        }

        if (_isLegacy)
            set = MetadataSetIdentity.Of(set);
        else if (!Identifiers.IsNestedName(set.Agency) || !Identifiers.IsId(set.Id))
            Report(IssueCode.IllegalIdentifier, element, $"The metadata set '{set.Agency}:{set.Id}' needs an agencyID of names joined by dots, and an id of letters, digits, _ @ $ and -.", set.Id);
        return Placed(set, element);
    }

    DatasetAction? ReadAction(XElement element)
    {
        if (Attribute(element, "action") is not { } text)
            return null;
        if (DatasetStart.ActionOf(text) is { } action)
            return action;
        Report(IssueCode.UnknownAction, element, $"The action '{text}' is none; expected Append, Replace, Delete or Information.", text);
        return null;
    }

    Urn? StructureOf(XElement element)
    {
        if (!_isLegacy)
            return _parts.UrnOf(Child(element, "Metadataflow") ?? Child(element, "MetadataProvisionAgreement"));
        if (Attribute(element, "structureRef") is { } id && _structures.TryGetValue(id, out var named))
            return named;
        // A message about one structure can only mean that one.
        return _structures.Count == 1 ? _structures.Values.Single() : null;
    }

    MetadataReport ReadReport(XElement element)
    {
        Expect(element, "Annotations", "Target", "AttributeSet");
        var target = Child(element, "Target");
        return Placed(new MetadataReport
        {
            Id = Attribute(element, "id"),
            TargetId = target is null ? null : Attribute(target, "id"),
            Targets = target is null ? [] : Children(target, "ReferenceValue").Select(ReadReferenceValue).OfType<ReferenceValue>().ToValueArray(),
            Attributes = Child(element, "AttributeSet") is { } set ? ReadAttributes(set, "ReportedAttribute") : [],
            Annotations = _parts.ReadAnnotations(element),
        }, element);
    }

    MetadataReport ReadContent(XElement element) =>
        Placed(new MetadataReport
        {
            Targets = Children(element, "Target").Select(t => new ReferenceValue { Kind = "ObjectReference", Value = t.Value.Trim() }).ToValueArray(),
            Attributes = ReadAttributes(element, "Attribute"),
        }, element);

    ValueArray<ReportedAttribute> ReadAttributes(XElement element, string name) => Children(element, name).SelectMany(ReadAttribute).ToValueArray();

    // 3.0.0 repeats the value within an attribute, 3.0.1 and later the attribute: both are several attributes.
    IEnumerable<ReportedAttribute> ReadAttribute(XElement element)
    {
        Expect(element, "Annotations", "Value", "Text", "StructuredText", "AttributeSet", "Attribute");
        var values = Children(element, "Value").ToList();
        var structured = Children(element, "StructuredText").ToList();
        var first = new ReportedAttribute
        {
            Id = Attribute(element, "id") ?? "",
            Value = Attribute(element, "value") ?? (values.Count > 0 ? values[0].Value : null),
            Text = structured.Count > 0 ? new(structured.Select(s => new LocalisedString(LanguageOf(s), Markup(s))).ToValueArray()) : Texts(element, "Text", isEmptyKept: true),
            IsStructured = structured.Count > 0,
            Attributes = _isLegacy ? Child(element, "AttributeSet") is { } below ? ReadAttributes(below, "ReportedAttribute") : [] : ReadAttributes(element, "Attribute"),
            Annotations = _parts.ReadAnnotations(element),
        };
        yield return Placed(first, element);
        foreach (var value in values.Skip(1))
            yield return Placed(new ReportedAttribute { Id = first.Id, Value = value.Value }, value);
    }

    static string LanguageOf(XElement element) => element.Attribute(SdmxNamespaces.Language)?.Value ?? "en";

    static string Markup(XElement element) => string.Concat(element.Nodes().Select(n => n.ToString(SaveOptions.DisableFormatting)));

    T Placed<T>(T part, XElement element) where T : class
    {
        _context.Places?.Add(part, At(element, _context));
        return part;
    }

    void Expect(XElement element, params ReadOnlySpan<string> known)
    {
        foreach (var child in element.Elements())
        {
            if (known.Contains(child.Name.LocalName))
                continue;
            var (first, count) = _unknown.GetValueOrDefault(child.Name.LocalName, (child, 0));
            _unknown[child.Name.LocalName] = (first, count + 1);
        }
    }

    void Report(IssueCode code, XElement at, string message, string? value = null) => _context.Issues.Add(new(code, At(at, _context), message) { Value = value });
}

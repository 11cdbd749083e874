using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Sdmx.Xml;

/// <summary>Reads SDMX-ML structure messages of 2.1, 3.0 and 3.1 (checklist 3.4).</summary>
/// <remarks>What the versions say differently is told apart where it is read: references are elements in 2.1, texts in 3.x. A fault in the message is a finding with its line; what can be read is read. Elements are known by local name, whatever their prefix;
/// the root's namespace tells the version.</remarks>
sealed partial class StructureXmlReader
{
    readonly ReadContext _context;
    readonly List<(Artefact Artefact, XElement Element)> _artefacts = [];
    readonly Dictionary<Urn, int> _places = [];
    readonly Dictionary<string, (XElement First, int Count)> _unknown = new(StringComparer.Ordinal);
    readonly SdmxMlVersion _version;

    internal StructureXmlReader(ReadContext context, SdmxMlVersion version) => (_context, _version) = (context, version);

    bool IsV3 => _version.IsV3;

    /// <summary>Reads one message.</summary>
    /// <returns>Header and artefacts; both empty when the text is no structure message, which a Fatal finding then says.</returns>
    public static StructureMessage Read(Stream input, ReadContext context)
    {
        if (Load(input, context) is not { } root)
            return new(new(), []);
        if (root.Name.LocalName == "Structure" && SdmxMlVersion.OfMessage(root.Name.NamespaceName) is { } version)
            return new StructureXmlReader(context, version).ReadMessage(root);
        var code = root.Name.NamespaceName.StartsWith("http://www.sdmx.org/", StringComparison.OrdinalIgnoreCase) ? IssueCode.UnsupportedFormat : IssueCode.UnknownFormat;
        context.Issues.Add(new(code, At(root, context),
            $"The root element is <{root.Name.LocalName}> of '{root.Name.NamespaceName}'; a structure message of SDMX-ML 2.1, 3.0 or 3.1 was expected."));
        return new(new(), []);
    }

    /// <summary>The root element of a message, every white space kept; null where the text is ill-formed or passes a limit, which is then a finding.</summary>
    internal static XElement? Load(Stream input, ReadContext context)
    {
        using var xml = SafeXml.Open(input, context.Limits, keepWhitespace: true);
        try
        {
            return XDocument.Load(xml, LoadOptions.SetLineInfo).Root;
        }
        catch (XmlException fault)
        {
            context.Issues.Add(xml is LimitedXmlReader { BytesRead: 0 }
                ? new(IssueCode.EmptyFile, new(context.FileName, 0, 0), "The file holds nothing; a message was expected.")
                : SafeXml.IssueOf(fault, context.FileName, xml));
            return null;
        }
    }

    StructureMessage ReadMessage(XElement root)
    {
        var header = ReadHeader(Child(root, "Header"));
        foreach (var container in Child(root, "Structures")?.Elements() ?? [])
        {
            foreach (var element in container.Elements())
                Take(element);
        }

        foreach (var (name, (first, count)) in _unknown)
            Report(IssueCode.UnexpectedElement, first, $"<{name}> is not known here and is passed over ({count} in all).", name);
        return new(header, _artefacts.Select(a => a.Artefact).ToValueArray());
    }

    void Take(XElement element)
    {
        if (IsEmptyPointer(element))
        {
            Report(IssueCode.PointerWithoutTarget, element,
                $"<{element.Name.LocalName} id=\"{Attribute(element, "id")}\"> is an external reference that names no agency; it is passed over.");
            return;
        }

        if (ReadArtefact(element) is not { } artefact)
            return;
        foreach (var unknown in StructureGrammar.Unknown(element, IsV3))
        {
            var (first, count) = _unknown.GetValueOrDefault(unknown.Name.LocalName, (unknown, 0));
            _unknown[unknown.Name.LocalName] = (first, count + 1);
        }

        artefact = WithCommon(artefact, element);
        if (_places.TryAdd(artefact.Urn, _artefacts.Count))
        {
            _artefacts.Add((artefact, element));
            return;
        }

        var place = _places[artefact.Urn];
        var earlier = _artefacts[place].Element;
        var better = element.Descendants().Count() > earlier.Descendants().Count();
        var kept = (IXmlLineInfo)(better ? element : earlier);
        Report(IssueCode.DuplicateArtefact, element,
            $"{artefact.Type} {artefact.Urn.ShortName} is in the message twice; the one at line {kept.LineNumber} is kept.", artefact.Urn.ShortName);
        if (better)
            _artefacts[place] = (artefact, element);
    }

    // Some national files hold a codelist of no agency, marked external, for each parent code that their tool could not resolve.
    static bool IsEmptyPointer(XElement element) =>
        Attribute(element, "isExternalReference") == "true" && string.IsNullOrEmpty(Attribute(element, "agencyID"));

    Artefact? ReadArtefact(XElement element)
    {
        var name = element.Name.LocalName;
        if (!IsV3 && ArtefactTypes.TryFromClass(name, out var type) && ArtefactTypes.Of(type).IsSinceV3)
            return NotKept(element);
        switch (name)
        {
            case "StructureMap": return ReadStructureMap(element);
            case "RepresentationMap": return ReadRepresentationMap(element);
            case "MetadataProviderScheme": return ReadOrganisations(element, ArtefactType.MetadataProviderScheme);
            case "MetadataProvisionAgreement": return ReadMetadataAgreement(element);
            case "ValueList": return ReadValueList(element);
            case "Hierarchy": return ReadHierarchy(element);
            case "HierarchyAssociation": return ReadAssociation(element);
            case "AgencyScheme": return ReadOrganisations(element, ArtefactType.AgencyScheme);
            case "DataProviderScheme": return ReadOrganisations(element, ArtefactType.DataProviderScheme);
            case "DataConsumerScheme": return ReadOrganisations(element, ArtefactType.DataConsumerScheme);
            case "OrganisationUnitScheme": return ReadOrganisations(element, ArtefactType.OrganisationUnitScheme);
            case "Codelist": return ReadCodelist(element);
            case "ConceptScheme": return ReadConceptScheme(element);
            case "DataStructure": return ReadDataStructure(element);
            case "Dataflow": return ReadDataflow(element);
            case "Metadataflow": return ReadMetadataflow(element);
            case "ProvisionAgreement": return ReadProvisionAgreement(element);
            case "ContentConstraint" when !IsV3: return ReadConstraint(element);
            case "DataConstraint" when IsV3: return ReadConstraint(element);
            case "MetadataStructure": return ReadMetadataStructure(element);
            case "CategoryScheme": return ReadCategoryScheme(element);
            case "Categorisation": return ReadCategorisation(element);
            default: return NotKept(element);
        }
    }

    Artefact? NotKept(XElement element)
    {
        var name = element.Name.LocalName;
        Report(IssueCode.UnsupportedArtefact, element, $"{name} {Attribute(element, "agencyID")}:{Attribute(element, "id")}({Attribute(element, "version") ?? "1.0"}) is of a type that is not kept.", name);
        return null;
    }

    Artefact WithCommon(Artefact artefact, XElement element) => artefact with
    {
        Version = Version(element),
        Name = Texts(element, "Name"),
        Description = Texts(element, "Description"),
        Annotations = ReadAnnotations(element),
        IsFinal = IsV3 ? null : OptionalFlag(element, "isFinal"),
        IsExternalReference = OptionalFlag(element, "isExternalReference"),
        IsPartial = OptionalFlag(element, "isPartial") ?? false,
        ValidFrom = Attribute(element, "validFrom"),
        ValidTo = Attribute(element, "validTo"),
        Uri = Attribute(element, "uri"),
        ServiceUrl = Attribute(element, "serviceURL"),
        StructureUrl = Attribute(element, "structureURL"),
    };

    internal static MessageHeader ReadHeader(XElement? header)
    {
        if (header is null)
            return new();
        return new()
        {
            Id = Child(header, "ID")?.Value.Trim(),
            IsTest = Child(header, "Test")?.Value.Trim() is "true" or "1",
            Prepared = Child(header, "Prepared")?.Value.Trim(),
            Sender = Child(header, "Sender") is { } sender ? Attribute(sender, "id") : null,
            Receivers = Children(header, "Receiver").Select(r => Attribute(r, "id") ?? "").ToValueArray(),
            Name = Texts(header, "Name"),
            Action = DatasetStart.ActionOf(Child(header, "DataSetAction")?.Value.Trim()),
            Source = Texts(header, "Source"),
        };
    }

    string Agency(XElement element)
    {
        var agency = Attribute(element, "agencyID") ?? "";
        if (!Identifiers.IsNestedName(agency))
            Illegal(element, "agencyID", agency, "letters, digits, _ and -, beginning with a letter, in parts joined by dots");
        return agency;
    }

    string Id(XElement element)
    {
        var id = Attribute(element, "id") ?? "";
        if (!Identifiers.IsId(id))
            Illegal(element, "id", id, "letters, digits, _ @ $ and -");
        return id;
    }

    // Codelists, concept schemes, category schemes, concepts, components and organisations: their ids are names in generated schemas.
    string NameId(XElement element, string? standard = null)
    {
        var id = Attribute(element, "id") ?? standard ?? "";
        if (!Identifiers.IsName(id))
            Illegal(element, "id", id, "letters, digits, _ and -, beginning with a letter");
        return id;
    }

    string Version(XElement element)
    {
        var version = Attribute(element, "version") ?? "1.0";
        if (IsV3 ? !SdmxVersion.TryParse(version, out _) : !Identifiers.IsLegacyVersion(version))
            Illegal(element, "version", version, IsV3 ? "numbers joined by dots, three of them where an extension follows" : "numbers joined by dots");
        return version;
    }

    void Illegal(XElement element, string attribute, string value, string expected) =>
        _context.Issues.Add(new(IssueCode.IllegalIdentifier, At(element), $"The {attribute} '{value}' of <{element.Name.LocalName}> must be {expected}.")
        {
            Value = value, Expected = expected,
        });

    bool? OptionalFlag(XElement element, string name)
    {
        switch (Attribute(element, name)?.Trim())
        {
            case null: return null;
            case "true" or "1": return true;
            case "false" or "0": return false;
            case var other:
                Mistyped(element, name, other, "true or false");
                return null;
        }
    }

    int? OptionalNumber(XElement element, string name)
    {
        var text = Attribute(element, name);
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number))
            return number;
        Mistyped(element, name, text, "a whole number");
        return null;
    }

    int? OptionalCount(XElement element, string name) => Attribute(element, name) == "unbounded" ? int.MaxValue : OptionalNumber(element, name);

    void Mistyped(XElement element, string name, string value, string expected) =>
        _context.Issues.Add(new(IssueCode.InvalidType, At(element), $"{name}=\"{value}\" of <{element.Name.LocalName}> must be {expected}.")
        {
            Value = value, Expected = expected,
        });

    void Report(IssueCode code, XElement at, string message, string? value = null) =>
        _context.Issues.Add(new(code, At(at), message) { Value = value });

    Location At(XElement element) => At(element, _context);

    internal static Location At(XElement element, ReadContext context)
    {
        var position = (IXmlLineInfo)element;
        return new(context.FileName, position.LineNumber, position.LinePosition);
    }

    internal static string? Attribute(XElement element, string name) => element.Attribute(name)?.Value;

    internal static XElement? Child(XElement element, string name)
    {
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == name)
                return child;
        }

        return null;
    }

    internal static IEnumerable<XElement> Children(XElement element, string name) => element.Elements().Where(e => e.Name.LocalName == name);

    internal static InternationalString Texts(XElement element, string name, bool isEmptyKept = false)
    {
        List<LocalisedString>? texts = null;
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName != name)
                continue;
            var language = child.Attribute(SdmxNamespaces.Language)?.Value;
            // What the writer puts where the schema demands a name and there is none.
            if (language is null && child.IsEmpty && !isEmptyKept)
                continue;
            (texts ??= []).Add(new(language ?? "en", child.Value));
        }

        return texts is null ? default : new(texts.ToValueArray());
    }

    internal ValueArray<Annotation> ReadAnnotations(XElement element) =>
        Child(element, "Annotations") is not { } annotations ? default : Children(annotations, "Annotation").Select(ReadAnnotation).ToValueArray();

    Annotation ReadAnnotation(XElement element)
    {
        var urls = Children(element, "AnnotationURL").ToList();
        if (urls.Count > 1)
            Report(IssueCode.UnexpectedElement, urls[1], $"<AnnotationURL> is there {urls.Count} times in one annotation, for several languages; the first is kept.", "AnnotationURL");
        return new()
        {
            Id = Attribute(element, "id"),
            Title = Child(element, "AnnotationTitle")?.Value,
            Type = Child(element, "AnnotationType")?.Value,
            Url = urls.Count > 0 ? urls[0].Value : null,
            Text = Texts(element, "AnnotationText"),
            Value = IsV3 ? Child(element, "AnnotationValue")?.Value : null,
        };
    }
}

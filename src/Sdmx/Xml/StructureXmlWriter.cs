using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Sdmx.Xml;

/// <summary>Writes SDMX-ML structure messages: those of 2.1, and of 3.0 those whose artefacts it has since 3.0.</summary>
/// <remarks>Elements come in the schema's order; the same message gives the same bytes. What a version cannot say is left out: ask
/// <see cref="Losses"/> or <see cref="LossesV3"/> first.</remarks>
sealed partial class StructureXmlWriter
{
    // message:Structures, the schema's sequence of 2.1 (checklist 3.4).
    static readonly (string Container, ArtefactType[] Types)[] Containers =
    [
        ("OrganisationSchemes", [ArtefactType.AgencyScheme, ArtefactType.DataConsumerScheme, ArtefactType.DataProviderScheme, ArtefactType.OrganisationUnitScheme]),
        ("Dataflows", [ArtefactType.Dataflow]),
        ("Metadataflows", [ArtefactType.Metadataflow]),
        ("CategorySchemes", [ArtefactType.CategoryScheme]),
        ("Categorisations", [ArtefactType.Categorisation]),
        ("Codelists", [ArtefactType.Codelist]),
        ("Concepts", [ArtefactType.ConceptScheme]),
        ("MetadataStructures", [ArtefactType.MetadataStructure]),
        ("DataStructures", [ArtefactType.DataStructure]),
        ("Constraints", [ArtefactType.DataConstraint]),
        ("ProvisionAgreements", [ArtefactType.ProvisionAgreement]),
    ];

    // 3.0 takes them in any order: by name.
    static readonly (string Container, ArtefactType[] Types)[] ContainersV3 =
    [
        ("RepresentationMaps", [ArtefactType.RepresentationMap]),
        ("StructureMaps", [ArtefactType.StructureMap]),
    ];

    readonly bool _isV3;
    readonly string _message;
    readonly XNamespace _structure;
    readonly XNamespace _common;

    internal StructureXmlWriter(bool isV3)
    {
        _isV3 = isV3;
        (_message, _structure, _common) = isV3
            ? (SdmxNamespaces.MessageV3, SdmxNamespaces.StructureV3, SdmxNamespaces.CommonV3)
            : (SdmxNamespaces.Message, SdmxNamespaces.Structure, SdmxNamespaces.Common);
    }

    /// <summary>Writes <paramref name="message"/> with the header of <paramref name="options"/>, or its own where that one has no id, in 2.1.</summary>
    public static void Write(IBufferWriter<byte> output, StructureMessage message, WriterOptions options) =>
        new StructureXmlWriter(isV3: false).WriteMessage(output, message, options);

    /// <summary>The same in 3.0.</summary>
    public static void WriteV3(IBufferWriter<byte> output, StructureMessage message, WriterOptions options) =>
        new StructureXmlWriter(isV3: true).WriteMessage(output, message, options);

    void WriteMessage(IBufferWriter<byte> output, StructureMessage message, WriterOptions options)
    {
        using var xml = XmlWriter.Create(new OutputStream(output), Settings());
        xml.WriteStartElement("mes", "Structure", _message);
        xml.WriteAttributeString("xmlns", "str", null, _structure.NamespaceName);
        xml.WriteAttributeString("xmlns", "com", null, _common.NamespaceName);
        WriteHeader(xml, options.Header.Id is null ? message.Header : options.Header);
        WriteArtefacts(xml, message.Artefacts);
        xml.WriteEndElement();
    }

    internal static XmlWriterSettings Settings() => new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        IndentChars = "  ",
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
    };

    void WriteArtefacts(XmlWriter xml, ValueArray<Artefact> artefacts)
    {
        if (artefacts.IsEmpty)
            return;
        var byType = artefacts.ToLookup(a => a.Type);
        xml.WriteStartElement("Structures", _message);
        foreach (var (container, types) in _isV3 ? ContainersV3 : Containers)
        {
            if (!types.Any(byType.Contains))
                continue;
            xml.WriteStartElement(container, _structure.NamespaceName);
            foreach (var artefact in types.SelectMany(t => byType[t]))
                Write(artefact).WriteTo(xml);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    XElement Write(Artefact artefact) => artefact switch
    {
        OrganisationScheme scheme => Element(scheme, scheme.Type.ToString(), WriteOrganisations(scheme)),
        Codelist list => Element(list, "Codelist", list.Codes.Select(WriteCode)),
        ConceptScheme scheme => Element(scheme, "ConceptScheme", scheme.Concepts.Select(WriteConcept)),
        CategoryScheme scheme => Element(scheme, "CategoryScheme", scheme.Categories.Select(WriteCategory)),
        Categorisation link => Element(link, "Categorisation", Reference(_structure + "Source", link.Source), Reference(_structure + "Target", link.Target)),
        Dataflow flow => Element(flow, "Dataflow", Reference(_structure + "Structure", flow.Structure)),
        Metadataflow flow => Element(flow, "Metadataflow", Reference(_structure + "Structure", flow.Structure)),
        ProvisionAgreement agreement => Element(agreement, "ProvisionAgreement",
            Reference(_structure + "StructureUsage", agreement.Dataflow), Reference(_structure + "DataProvider", agreement.DataProvider)),
        DataStructure dsd => Element(dsd, "DataStructure", WriteComponents(dsd)),
        MetadataStructure msd => Element(msd, "MetadataStructure", WriteComponents(msd)),
        DataConstraint constraint => WriteConstraint(constraint),
        StructureMap map => WriteMap(map),
        RepresentationMap map => WriteMap(map),
        _ => throw new InvalidOperationException($"{artefact.Type} has no element in SDMX-ML"),
    };

    XElement Element(Artefact artefact, string name, params object?[] content) => new(_structure + name,
        Optional("id", artefact.Id),
        Optional("urn", LegacyUrn(artefact.Urn)),
        Optional("uri", artefact.Uri),
        Optional("agencyID", artefact.Agency),
        Optional("version", artefact.Version),
        Optional("validFrom", artefact.ValidFrom),
        Optional("validTo", artefact.ValidTo),
        _isV3 ? null : Optional("isFinal", artefact.IsFinal),
        Optional("isExternalReference", artefact.IsExternalReference),
        Optional("serviceURL", artefact.ServiceUrl),
        Optional("structureURL", artefact.StructureUrl),
        artefact.IsPartial ? new XAttribute("isPartial", true) : null,
        Annotations(artefact.Annotations),
        Names(artefact.Name),
        Texts(_common + "Description", artefact.Description),
        content);

    /// <summary>Writes the header, of structures and of metadata: <paramref name="writeStructures"/> writes what belongs to the latter's alone.</summary>
    internal void WriteHeader(XmlWriter xml, MessageHeader header, Action? writeStructures = null)
    {
        xml.WriteStartElement("Header", _message);
        xml.WriteElementString("ID", _message, Clean(header.Id ?? "STRUCTURES"));
        xml.WriteElementString("Test", _message, header.IsTest ? "true" : "false");
        // The schema wants a time; a made-up one must not look like the truth.
        xml.WriteElementString("Prepared", _message, Clean(header.Prepared ?? "1970-01-01T00:00:00Z"));
        WriteParty("Sender", header.Sender ?? "not_supplied");
        foreach (var receiver in header.Receivers)
            WriteParty("Receiver", receiver);
        foreach (var name in Texts(_common + "Name", header.Name))
            name.WriteTo(xml);
        writeStructures?.Invoke();
        foreach (var source in Texts(XName.Get("Source", _message), header.Source))
            source.WriteTo(xml);
        xml.WriteEndElement();

        void WriteParty(string name, string id)
        {
            xml.WriteStartElement(name, _message);
            xml.WriteAttributeString("id", Clean(id));
            xml.WriteEndElement();
        }
    }

    internal XElement? Annotations(ValueArray<Annotation> annotations) => annotations.IsEmpty ? null : new(_common + "Annotations",
        annotations.Select(a => new XElement(_common + "Annotation",
            Optional("id", a.Id),
            OptionalElement("AnnotationTitle", a.Title),
            OptionalElement("AnnotationType", a.Type),
            OptionalElement("AnnotationURL", a.Url),
            Texts(_common + "AnnotationText", a.Text),
            _isV3 ? OptionalElement("AnnotationValue", a.Value) : null)));

    XElement? OptionalElement(string name, string? text) => text is null ? null : new(_common + name, Clean(text));

    // The schema demands a name; an empty one without language stands for none, and is read so.
    internal IEnumerable<XElement> Names(InternationalString name) => name.IsEmpty ? [new(_common + "Name")] : Texts(_common + "Name", name);

    internal IEnumerable<XElement> Texts(XName name, InternationalString texts) =>
        texts.Texts.Select(t => new XElement(name, new XAttribute(SdmxNamespaces.Language, t.Language), Clean(t.Text)));

    static XAttribute? Optional(string name, string? value) => value is null ? null : new(name, Clean(value));

    static XAttribute? Optional(string name, bool? value) => value is null ? null : new(name, value.Value);

    static XAttribute? Optional(string name, int? value) => value is null ? null : new(name, value.Value);

    /// <summary>The text with what XML 1.0 cannot carry (control characters, from JSON say) replaced by U+FFFD.</summary>
    internal static string Clean(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!XmlConvert.IsXmlChar(text[i]) && !char.IsSurrogate(text[i]))
                return string.Create(text.Length, text, static (to, from) =>
                {
                    for (var j = 0; j < from.Length; j++)
                        to[j] = XmlConvert.IsXmlChar(from[j]) || char.IsSurrogate(from[j]) ? from[j] : '\uFFFD';
                });
        }

        return text;
    }
}

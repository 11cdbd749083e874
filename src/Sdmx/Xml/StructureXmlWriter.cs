using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Sdmx.Xml;

/// <summary>Writes SDMX-ML 2.1 structure messages.</summary>
/// <remarks>Elements come in the schema's order; the same message gives the same bytes. What 2.1 cannot say is left out: ask <see cref="Losses"/> first.</remarks>
static partial class StructureXmlWriter
{
    static readonly XNamespace Structure = SdmxNamespaces.Structure;
    static readonly XNamespace Common = SdmxNamespaces.Common;

    // message:Structures, the schema's sequence (checklist 3.4).
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

    /// <summary>Writes <paramref name="message"/> with the header of <paramref name="options"/>, or its own where that one has no id.</summary>
    public static void Write(IBufferWriter<byte> output, StructureMessage message, WriterOptions options)
    {
        var settings = new XmlWriterSettings
        {
            Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            Indent = true,
            IndentChars = "  ",
            NewLineChars = "\n",
            NewLineHandling = NewLineHandling.Entitize,
        };
        using var xml = XmlWriter.Create(new OutputStream(output), settings);
        xml.WriteStartElement("mes", "Structure", SdmxNamespaces.Message);
        xml.WriteAttributeString("xmlns", "str", null, SdmxNamespaces.Structure);
        xml.WriteAttributeString("xmlns", "com", null, SdmxNamespaces.Common);
        WriteHeader(xml, options.Header.Id is null ? message.Header : options.Header);
        WriteArtefacts(xml, message.Artefacts);
        xml.WriteEndElement();
    }

    static void WriteArtefacts(XmlWriter xml, ValueArray<Artefact> artefacts)
    {
        if (artefacts.IsEmpty)
            return;
        var byType = artefacts.ToLookup(a => a.Type);
        xml.WriteStartElement("Structures", SdmxNamespaces.Message);
        foreach (var (container, types) in Containers)
        {
            if (!types.Any(byType.Contains))
                continue;
            xml.WriteStartElement(container, SdmxNamespaces.Structure);
            foreach (var artefact in types.SelectMany(t => byType[t]))
                Write(artefact).WriteTo(xml);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    static XElement Write(Artefact artefact) => artefact switch
    {
        OrganisationScheme scheme => Element(scheme, scheme.Type.ToString(), WriteOrganisations(scheme)),
        Codelist list => Element(list, "Codelist", list.Codes.Select(WriteCode)),
        ConceptScheme scheme => Element(scheme, "ConceptScheme", scheme.Concepts.Select(WriteConcept)),
        CategoryScheme scheme => Element(scheme, "CategoryScheme", scheme.Categories.Select(WriteCategory)),
        Categorisation link => Element(link, "Categorisation", Reference(Structure + "Source", link.Source), Reference(Structure + "Target", link.Target)),
        Dataflow flow => Element(flow, "Dataflow", Reference(Structure + "Structure", flow.Structure)),
        Metadataflow flow => Element(flow, "Metadataflow", Reference(Structure + "Structure", flow.Structure)),
        ProvisionAgreement agreement => Element(agreement, "ProvisionAgreement",
            Reference(Structure + "StructureUsage", agreement.Dataflow), Reference(Structure + "DataProvider", agreement.DataProvider)),
        DataStructure dsd => Element(dsd, "DataStructure", WriteComponents(dsd)),
        MetadataStructure msd => Element(msd, "MetadataStructure", WriteComponents(msd)),
        DataConstraint constraint => WriteConstraint(constraint),
        _ => throw new InvalidOperationException($"{artefact.Type} has no element in SDMX-ML 2.1"),
    };

    static XElement Element(Artefact artefact, string name, params object?[] content) => new(Structure + name,
        Optional("id", artefact.Id),
        Optional("urn", LegacyUrn(artefact.Urn)),
        Optional("uri", artefact.Uri),
        Optional("agencyID", artefact.Agency),
        Optional("version", artefact.Version),
        Optional("validFrom", artefact.ValidFrom),
        Optional("validTo", artefact.ValidTo),
        Optional("isFinal", artefact.IsFinal),
        Optional("isExternalReference", artefact.IsExternalReference),
        Optional("serviceURL", artefact.ServiceUrl),
        Optional("structureURL", artefact.StructureUrl),
        artefact.IsPartial ? new XAttribute("isPartial", true) : null,
        Annotations(artefact.Annotations),
        Names(artefact.Name),
        Texts(Common + "Description", artefact.Description),
        content);

    static void WriteHeader(XmlWriter xml, MessageHeader header)
    {
        xml.WriteStartElement("Header", SdmxNamespaces.Message);
        xml.WriteElementString("ID", SdmxNamespaces.Message, Clean(header.Id ?? "STRUCTURES"));
        xml.WriteElementString("Test", SdmxNamespaces.Message, header.IsTest ? "true" : "false");
        // The schema wants a time; a made-up one must not look like the truth.
        xml.WriteElementString("Prepared", SdmxNamespaces.Message, Clean(header.Prepared ?? "1970-01-01T00:00:00Z"));
        WriteParty("Sender", header.Sender ?? "not_supplied");
        foreach (var receiver in header.Receivers)
            WriteParty("Receiver", receiver);
        foreach (var name in Texts(Common + "Name", header.Name))
            name.WriteTo(xml);
        foreach (var source in Texts(XName.Get("Source", SdmxNamespaces.Message), header.Source))
            source.WriteTo(xml);
        xml.WriteEndElement();

        void WriteParty(string name, string id)
        {
            xml.WriteStartElement(name, SdmxNamespaces.Message);
            xml.WriteAttributeString("id", Clean(id));
            xml.WriteEndElement();
        }
    }

    static XElement? Annotations(ValueArray<Annotation> annotations) => annotations.IsEmpty ? null : new(Common + "Annotations",
        annotations.Select(a => new XElement(Common + "Annotation",
            Optional("id", a.Id),
            OptionalElement("AnnotationTitle", a.Title),
            OptionalElement("AnnotationType", a.Type),
            OptionalElement("AnnotationURL", a.Url),
            Texts(Common + "AnnotationText", a.Text))));

    static XElement? OptionalElement(string name, string? text) => text is null ? null : new(Common + name, Clean(text));

    // The schema demands a name; an empty one without language stands for none, and is read so.
    static IEnumerable<XElement> Names(InternationalString name) => name.IsEmpty ? [new(Common + "Name")] : Texts(Common + "Name", name);

    static IEnumerable<XElement> Texts(XName name, InternationalString texts) =>
        texts.Texts.Select(t => new XElement(name, new XAttribute(SdmxNamespaces.Language, t.Language), Clean(t.Text)));

    static XAttribute? Optional(string name, string? value) => value is null ? null : new(name, Clean(value));

    static XAttribute? Optional(string name, bool? value) => value is null ? null : new(name, value.Value);

    static XAttribute? Optional(string name, int? value) => value is null ? null : new(name, value.Value);

    /// <summary>The text with what XML 1.0 cannot carry (control characters, from JSON say) replaced by U+FFFD.</summary>
    static string Clean(string text)
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

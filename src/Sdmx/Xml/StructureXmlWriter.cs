using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Sdmx.Xml;

/// <summary>Writes SDMX-ML structure messages of 2.1, 3.0 and 3.1 (checklist 3.4).</summary>
/// <remarks>Elements come in the schema's order; the same message gives the same bytes. What a version cannot say is left out: ask
/// <see cref="Losses"/>, <see cref="LossesV30"/> or <see cref="LossesV31"/> first.</remarks>
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

    // 3.x has one for each type, in any order: by name.
    static readonly (string Container, ArtefactType[] Types)[] ContainersV3 =
        [.. ArtefactTypes.All.Where(t => t.IsStructure).Select(t => (ContainerOf(t), (ArtefactType[])[t.Type])).OrderBy(c => c.Item1, StringComparer.Ordinal)];

    readonly SdmxMlVersion _version;
    readonly string _message;
    readonly XNamespace _structure;
    readonly XNamespace _common;

    internal StructureXmlWriter(SdmxMlVersion version) =>
        (_version, _message, _structure, _common) = (version, version.Message, version.Structure, version.Common);

    bool IsV3 => _version.IsV3;

    static string ContainerOf(ArtefactTypes.Row type) => type.Class.EndsWith('y') ? type.Class[..^1] + "ies" : type.Class + "s";

    /// <summary>Writes <paramref name="message"/> with the header of <paramref name="options"/>, or its own where that one has no id, in 2.1.</summary>
    public static void Write(IBufferWriter<byte> output, StructureMessage message, WriterOptions options) =>
        new StructureXmlWriter(SdmxMlVersion.V21).WriteMessage(output, message, options);

    /// <summary>The same in 3.0.</summary>
    public static void WriteV30(IBufferWriter<byte> output, StructureMessage message, WriterOptions options) =>
        new StructureXmlWriter(SdmxMlVersion.V30).WriteMessage(output, message, options);

    /// <summary>The same in 3.1.</summary>
    public static void WriteV31(IBufferWriter<byte> output, StructureMessage message, WriterOptions options) =>
        new StructureXmlWriter(SdmxMlVersion.V31).WriteMessage(output, message, options);

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
        foreach (var (container, types) in IsV3 ? ContainersV3 : Containers)
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
        Codelist list => Element(list, "Codelist", list.Codes.Select(WriteCode), list.Extensions.Select(WriteExtension)),
        ConceptScheme scheme => Element(scheme, "ConceptScheme", scheme.Concepts.Select(WriteConcept)),
        CategoryScheme scheme => Element(scheme, "CategoryScheme", scheme.Categories.Select(WriteCategory)),
        Categorisation link => Element(link, "Categorisation", Reference(_structure + "Source", link.Source), Reference(_structure + "Target", link.Target)),
        Dataflow flow => Element(flow, "Dataflow", Reference(_structure + "Structure", flow.Structure),
            flow.Dimensions.IsEmpty || _version != SdmxMlVersion.V31 ? null : new XElement(_structure + "DimensionConstraint", Elements("Dimension", flow.Dimensions))),
        Metadataflow flow => Element(flow, "Metadataflow", Reference(_structure + "Structure", flow.Structure),
            IsV3 ? Elements("Target", flow.Targets.IsEmpty ? [Metadataflow.AnyTarget] : flow.Targets) : null),
        ProvisionAgreement agreement => Element(agreement, "ProvisionAgreement",
            Reference(_structure + (IsV3 ? "Dataflow" : "StructureUsage"), agreement.Dataflow), Reference(_structure + "DataProvider", agreement.DataProvider)),
        DataStructure dsd => Element(dsd, "DataStructure", dsd.IsEvolving && _version == SdmxMlVersion.V31 ? new XAttribute("evolvingStructure", true) : null,
            WriteComponents(dsd), IsV3 ? Text("Metadata", dsd.MetadataStructure?.ToString()) : null),
        MetadataStructure msd => Element(msd, "MetadataStructure", WriteComponents(msd)),
        DataConstraint constraint => WriteConstraint(constraint),
        MetadataProvisionAgreement agreement => Element(agreement, "MetadataProvisionAgreement", Reference(_structure + "Metadataflow", agreement.Metadataflow),
            Reference(_structure + "MetadataProvider", agreement.MetadataProvider), Elements("Target", agreement.Targets)),
        ValueList list => Element(list, "ValueList", list.Items.Select(WriteValue)),
        Hierarchy hierarchy => Element(hierarchy, "Hierarchy", new XAttribute("hasFormalLevels", hierarchy.HasFormalLevels), WriteLevel(hierarchy.Level), hierarchy.Codes.Select(WriteHierarchicalCode)),
        HierarchyAssociation link => Element(link, "HierarchyAssociation", Reference(_structure + "LinkedHierarchy", link.Hierarchy),
            Reference(_structure + "LinkedObject", link.LinkedObject), Reference(_structure + "ContextObject", link.ContextObject)),
        StructureMap map => WriteMap(map),
        RepresentationMap map => WriteMap(map),
        _ => throw new InvalidOperationException($"{artefact.Type} has no element in SDMX-ML"),
    };

    XElement Element(Artefact artefact, string name, params object?[] content) => new(_structure + name,
        Optional("id", artefact.Id),
        Optional("urn", IsV3 ? artefact.Urn.ToString() : LegacyUrn(artefact.Urn)),
        Optional("uri", artefact.Uri),
        Optional("agencyID", artefact.Agency),
        HasVersion(artefact.Type, _version) ? Optional("version", artefact.Version) : null,
        Optional("validFrom", artefact.ValidFrom),
        Optional("validTo", artefact.ValidTo),
        IsV3 ? null : Optional("isFinal", artefact.IsFinal),
        Optional("isExternalReference", artefact.IsExternalReference),
        Optional("serviceURL", artefact.ServiceUrl),
        Optional("structureURL", artefact.StructureUrl),
        artefact.IsPartial ? new XAttribute("isPartial", true) : null,
        Annotations(artefact.Annotations),
        Names(artefact.Name),
        Texts(_common + "Description", artefact.Description),
        content);

    // 3.x prohibits the version of organisation schemes, 3.1 that of categorisations too: 1.0 to everyone.
    static bool HasVersion(ArtefactType type, SdmxMlVersion version) => !version.IsV3
        || (!ArtefactTypes.Of(type).IsOrganisationScheme && !(version == SdmxMlVersion.V31 && type == ArtefactType.Categorisation));

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
            IsV3 ? OptionalElement("AnnotationValue", a.Value) : null)));

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

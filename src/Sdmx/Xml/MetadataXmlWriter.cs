using System.Buffers;
using System.Globalization;
using System.Xml;
using static Sdmx.Xml.StructureXmlWriter;

namespace Sdmx.Xml;

/// <summary>Writes generic metadata messages of SDMX-ML 2.1 and 3.0 (checklist 2.9).</summary>
/// <remarks>Elements come in the schema's order; the same message gives the same bytes. What a version cannot say is left out: ask for the losses first.</remarks>
sealed partial class MetadataXmlWriter
{
    readonly XmlWriter _xml;
    readonly bool _isLegacy;
    readonly StructureXmlWriter _parts;     // what it shares with structures
    readonly string _message;
    readonly string _common;
    readonly string _generic;

    MetadataXmlWriter(XmlWriter xml, bool isLegacy)
    {
        (_xml, _isLegacy, _parts) = (xml, isLegacy, new(isLegacy ? SdmxMlVersion.V21 : SdmxMlVersion.V30));
        (_message, _common, _generic) = isLegacy
            ? (SdmxNamespaces.Message, SdmxNamespaces.Common, SdmxNamespaces.Metadata)
            : (SdmxNamespaces.MessageV3, SdmxNamespaces.CommonV3, SdmxNamespaces.MetadataV3);
    }

    /// <summary>Writes <paramref name="message"/> as SDMX-ML 2.1, with the header of <paramref name="options"/> or its own where that one has no id.</summary>
    public static void WriteLegacy(IBufferWriter<byte> output, StructureMessage message, WriterOptions options) => Write(output, message, options, isLegacy: true);

    /// <summary>Writes <paramref name="message"/> as SDMX-ML 3.0, with the header of <paramref name="options"/> or its own where that one has no id.</summary>
    public static void Write(IBufferWriter<byte> output, StructureMessage message, WriterOptions options) => Write(output, message, options, isLegacy: false);

    static void Write(IBufferWriter<byte> output, StructureMessage message, WriterOptions options, bool isLegacy)
    {
        using var xml = XmlWriter.Create(new OutputStream(output), Settings());
        new MetadataXmlWriter(xml, isLegacy).Write(options.Header.Id is null ? message.Header : options.Header, [.. message.Artefacts.OfType<MetadataSet>()]);
    }

    void Write(MessageHeader header, IReadOnlyList<MetadataSet> sets)
    {
        _xml.WriteStartElement("mes", "GenericMetadata", _message);
        _xml.WriteAttributeString("xmlns", "gen", null, _generic);
        _xml.WriteAttributeString("xmlns", "com", null, _common);
        List<Urn> structures = [.. sets.Select(s => s.Structure).OfType<Urn>().Distinct()];
        _parts.WriteHeader(_xml, header, () =>
        {
            for (var i = 0; i < structures.Count; i++)
                WriteStructure(structures[i], i);
            if (header.Action is { } action)
                _xml.WriteElementString("DataSetAction", _message, SdmxMlVersion.V21.Action(action));
        });
        foreach (var set in sets)
        {
            _xml.WriteStartElement("MetadataSet", _message);
            if (_isLegacy)
                WriteLegacySet(set, set.Structure is { } structure ? structures.IndexOf(structure) : 0);
            else
                WriteSet(set);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    void WriteStructure(Urn structure, int index)
    {
        _xml.WriteStartElement("Structure", _message);
        _xml.WriteAttributeString("structureID", StructureId(index));
        _xml.WriteStartElement(structure.Type switch
        {
            ArtefactType.MetadataStructure => "Structure",
            ArtefactType.Metadataflow => "StructureUsage",
            _ => _isLegacy ? "ProvisionAgrement" : "ProvisionAgreement", // 2.1 spells it with one e
        }, _common);
        if (_isLegacy)
            _parts.Ref(structure).WriteTo(_xml);
        else
            _xml.WriteString(structure.ToString());
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    static string StructureId(int index) => string.Create(CultureInfo.InvariantCulture, $"MDS{index + 1}");

    void WriteSet(MetadataSet set)
    {
        Attribute("id", set.Id);
        Attribute("urn", set.Urn.ToString());
        Attribute("uri", set.Uri);
        Attribute("version", set.Version);
        Attribute("validFrom", set.ValidFrom);
        Attribute("validTo", set.ValidTo);
        Attribute("agencyID", set.Agency);
        Attribute("isExternalReference", set.IsExternalReference is { } pointer ? XmlConvert.ToString(pointer) : null);
        Attribute("serviceURL", set.ServiceUrl);
        Attribute("structureURL", set.StructureUrl);
        WriteSetAttributes(set);
        _parts.Annotations(set.Annotations)?.WriteTo(_xml);
        foreach (var name in _parts.Names(set.Name))
            name.WriteTo(_xml);
        WriteTexts("Description", set.Description);
        // The schema wants all of the content or nothing; the header names the structures of stubs too.
        if (set.Structure is { } structure && !set.IsStub)
            _xml.WriteElementString("Metadataflow", _generic, structure.ToString());
        foreach (var report in set.Reports)
        {
            foreach (var target in report.Targets)
                _xml.WriteElementString("Target", _generic, Clean(target.Value ?? ""));
            foreach (var attribute in report.Attributes)
                WriteAttribute(attribute);
        }
    }

    void WriteLegacySet(MetadataSet set, int structure)
    {
        Attribute("structureRef", StructureId(structure));
        Attribute("setID", set.SetId);
        WriteSetAttributes(set);
        Attribute("validFromDate", set.ValidFrom);
        Attribute("validToDate", set.ValidTo);
        _parts.Annotations(set.Annotations)?.WriteTo(_xml);
        WriteTexts("Name", set.Name);
        if (set.DataProvider is { } provider)
            Within("DataProvider", () => _parts.Ref(provider).WriteTo(_xml));
        foreach (var report in set.Reports)
            WriteReport(report);
    }

    void WriteSetAttributes(MetadataSet set)
    {
        Attribute("action", set.Action is { } action ? SdmxMlVersion.V21.Action(action) : null);
        Attribute("reportingBeginDate", set.ReportingBegin);
        Attribute("reportingEndDate", set.ReportingEnd);
        Attribute("publicationYear", set.PublicationYear);
        Attribute("publicationPeriod", set.PublicationPeriod);
    }

    void WriteReport(MetadataReport report)
    {
        _xml.WriteStartElement("Report", _generic);
        Attribute("id", report.Id);
        _parts.Annotations(report.Annotations)?.WriteTo(_xml);
        _xml.WriteStartElement("Target", _generic);
        Attribute("id", report.TargetId);
        foreach (var value in report.Targets)
            WriteReferenceValue(value);
        _xml.WriteEndElement();
        WriteAttributeSet(report.Attributes);
        _xml.WriteEndElement();
    }

    void WriteReferenceValue(ReferenceValue value)
    {
        _xml.WriteStartElement("ReferenceValue", _generic);
        Attribute("id", value.Id);
        Within(value.Kind, () =>
        {
            switch (value.Kind)
            {
                case "DataKey":
                    value.Key.ToList().ForEach(WriteKeyValue);
                    break;
                case "DataSetReference":
                    if (value.DataProvider is { } provider)
                        Within("DataProvider", () => _parts.Ref(provider).WriteTo(_xml), _common);
                    _xml.WriteElementString("ID", _common, Clean(value.Value ?? ""));
                    break;
                case "ReportPeriod":
                    _xml.WriteString(Clean(value.Value ?? ""));
                    break;
                default:
                    // The reference's own elements are in no namespace.
                    _xml.WriteElementString("URN", "", Clean(value.Value ?? ""));
                    break;
            }
        });
        _xml.WriteEndElement();
    }

    void WriteKeyValue(KeyValue part)
    {
        _xml.WriteStartElement("KeyValue", _common);
        Attribute("id", part.Id);
        _xml.WriteElementString("Value", _common, Clean(part.Value));
        _xml.WriteEndElement();
    }

    void WriteAttributeSet(ValueArray<ReportedAttribute> attributes)
    {
        _xml.WriteStartElement("AttributeSet", _generic);
        foreach (var attribute in attributes)
            WriteAttribute(attribute);
        _xml.WriteEndElement();
    }

    void WriteAttribute(ReportedAttribute attribute)
    {
        _xml.WriteStartElement(_isLegacy ? "ReportedAttribute" : "Attribute", _generic);
        Attribute("id", attribute.Id);
        if (_isLegacy)
            Attribute("value", attribute.Value);
        _parts.Annotations(attribute.Annotations)?.WriteTo(_xml);
        if (!_isLegacy && attribute.Value is { } value)
            _xml.WriteElementString("Value", _generic, Clean(value));
        if (attribute.IsStructured)
            WriteMarkup(attribute.Text);
        else
            WriteTexts("Text", attribute.Text);
        if (_isLegacy && !attribute.Attributes.IsEmpty)
            WriteAttributeSet(attribute.Attributes);
        foreach (var below in _isLegacy ? [] : attribute.Attributes)
            WriteAttribute(below);
        _xml.WriteEndElement();
    }
}

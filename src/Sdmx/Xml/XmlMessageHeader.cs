namespace Sdmx.Xml;

/// <summary>Writes the header of an SDMX-ML data message (checklist 2.1).</summary>
/// <remarks>What the standard asks for and the header lacks is completed with fixed texts, so that the same header gives the same bytes:
/// the id and the sender <c>UNKNOWN</c>, prepared at the epoch.</remarks>
sealed class XmlMessageHeader(Utf8Output output, SdmxMlVersion version)
{
    /// <summary>What stands for an id that is not known.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>What stands for a moment that is not known.</summary>
    public const string Epoch = "1970-01-01T00:00:00Z";

    /// <summary>Writes the whole element. <paramref name="namespaces"/> are those of structure-specific data, a schema each; null in generic data.</summary>
    public void Write(MessageHeader header, IReadOnlyList<DataSchema> schemas, IReadOnlyList<string> ids, IReadOnlyList<ObservationLayout> layouts, IReadOnlyList<string>? namespaces)
    {
        output.Raw("<message:Header>\n"u8);
        Element("ID"u8, header.Id ?? Unknown);
        Element("Test"u8, header.IsTest ? "true" : "false");
        Element("Prepared"u8, header.Prepared ?? Epoch);
        Party("Sender"u8, header.Sender ?? Unknown);
        foreach (var receiver in header.Receivers)
            Party("Receiver"u8, receiver);
        Texts("common:Name"u8, header.Name);
        for (var i = 0; i < schemas.Count; i++)
            Structure(ids[i], schemas[i], layouts[i], namespaces?[i]);
        if (header.Action is { } action)
            Element("DataSetAction"u8, version.Action(action));
        if (header.EmbargoDate is { } embargo)
            Element("EmbargoDate"u8, embargo);
        Texts("message:Source"u8, header.Source);
        output.Raw("</message:Header>\n"u8);
    }

    void Structure(string id, DataSchema schema, ObservationLayout layout, string? ns)
    {
        Attribute("<message:Structure structureID=\""u8, id);
        if (ns is not null)
            Attribute("\" namespace=\""u8, ns);
        Attribute("\" dimensionAtObservation=\""u8, layout.Id);
        var urn = schema.Context;
        var element = urn.Type switch
        {
            ArtefactType.ProvisionAgreement => version.HasAtts ? "common:ProvisionAgreement"u8 : "common:ProvisionAgrement"u8, // 2.1 spells it with one e
            ArtefactType.Dataflow => "common:StructureUsage"u8,
            _ => "common:Structure"u8,
        };
        output.Raw("\">\n<"u8);
        output.Raw(element);
        if (version.HasAtts)
        {
            Attribute(">"u8, urn.ToString());
            output.Raw("</"u8);
            output.Raw(element);
            output.Raw(">\n</message:Structure>\n"u8);
            return;
        }

        // The reference's own elements are in no namespace.
        Attribute("><Ref agencyID=\""u8, urn.Agency);
        Attribute("\" id=\""u8, urn.Id);
        Attribute("\" version=\""u8, urn.Version);
        output.Raw("\"/></"u8);
        output.Raw(element);
        output.Raw(">\n</message:Structure>\n"u8);
    }

    void Attribute(ReadOnlySpan<byte> before, string value)
    {
        output.Raw(before);
        output.Text(value, Escaping.Xml);
    }

    void Element(ReadOnlySpan<byte> name, string text)
    {
        output.Raw("<message:"u8);
        output.Raw(name);
        Attribute(">"u8, text);
        output.Raw("</message:"u8);
        output.Raw(name);
        output.Raw(">\n"u8);
    }

    void Party(ReadOnlySpan<byte> name, string id)
    {
        output.Raw("<message:"u8);
        output.Raw(name);
        Attribute(" id=\""u8, id);
        output.Raw("\"/>\n"u8);
    }

    void Texts(ReadOnlySpan<byte> element, InternationalString texts)
    {
        foreach (var text in texts.Texts)
        {
            output.Byte((byte)'<');
            output.Raw(element);
            Attribute(" xml:lang=\""u8, text.Language);
            Attribute("\">"u8, text.Text);
            output.Raw("</"u8);
            output.Raw(element);
            output.Raw(">\n"u8);
        }
    }
}

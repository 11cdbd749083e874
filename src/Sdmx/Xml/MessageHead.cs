using System.Xml;

namespace Sdmx.Xml;

/// <summary>One <c>Structure</c> of a data message's header (checklist 2.1): what the data sets that name it are structured by.</summary>
sealed record HeaderStructure
{
    /// <summary>The id that data sets refer to.</summary>
    public string? Id { get; init; }

    /// <summary>What it names, or null where that cannot be read.</summary>
    public StructureReference? Reference { get; init; }

    /// <summary>The namespace of its structure-specific elements, or null.</summary>
    public string? Namespace { get; init; }

    /// <summary>The dimension at the observation, or null.</summary>
    public string? DimensionAtObservation { get; init; }
}

/// <summary>Reads the header of a data message.</summary>
sealed class MessageHead(XmlReader xml, ReadLimits limits)
{
    readonly HashSet<string> _found = [];
    readonly List<HeaderStructure> _structures = [];
    readonly List<string> _receivers = [];
    readonly List<LocalisedString> _names = [];
    readonly List<LocalisedString> _sources = [];

    /// <summary>The header.</summary>
    public MessageHeader Header { get; private set; } = new();

    /// <summary>Its structures.</summary>
    public IReadOnlyList<HeaderStructure> Structures => _structures;

    /// <summary>The action as sent, or null.</summary>
    public string? ActionText { get; private set; }

    /// <summary>The required fields that are missing.</summary>
    public IEnumerable<string> Missing => ((string[])["ID", "Test", "Prepared", "Sender"]).Where(f => !_found.Contains(f));

    /// <summary>Reads from the start tag of the header to its end tag.</summary>
    public void Read()
    {
        var depth = xml.Depth;
        if (xml.IsEmptyElement)
            return;
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            if (xml.NodeType == XmlNodeType.Element)
                ReadField();
        }

        Header = Header with { Receivers = _receivers.ToValueArray(), Name = new(_names.ToValueArray()), Source = new(_sources.ToValueArray()) };
    }

    void ReadField()
    {
        var name = xml.LocalName;
        _found.Add(name);
        switch (name)
        {
            case "ID":
                Header = Header with { Id = XmlText.Read(xml) };
                break;
            case "Test":
                Header = Header with { IsTest = XmlText.Read(xml).Trim() is "true" or "1" };
                break;
            case "Prepared":
                Header = Header with { Prepared = XmlText.Read(xml) };
                break;
            case "Sender":
                Header = Header with { Sender = xml.GetAttribute("id") };
                XmlText.Skip(xml);
                break;
            case "Receiver":
                Keep(_receivers, xml.GetAttribute("id") ?? "");
                XmlText.Skip(xml);
                break;
            case "Name" or "Source":
                var language = xml.XmlLang is { Length: > 0 } given ? given : "en";
                Keep(name == "Name" ? _names : _sources, new LocalisedString(language, XmlText.Read(xml)));
                break;
            case "Structure":
                ReadStructure();
                break;
            case "DataSetAction":
                ActionText = XmlText.Read(xml).Trim();
                Header = Header with { Action = DatasetStart.ActionOf(ActionText) };
                break;
            case "EmbargoDate":
                Header = Header with { EmbargoDate = XmlText.Read(xml) };
                break;
            default:
                XmlText.Skip(xml);
                break;
        }
    }

    void ReadStructure()
    {
        var structure = new HeaderStructure
        {
            Id = xml.GetAttribute("structureID"), Namespace = xml.GetAttribute("namespace"), DimensionAtObservation = xml.GetAttribute("dimensionAtObservation"),
        };
        StructureReference? reference = null;
        var type = ArtefactType.DataStructure;
        var depth = xml.Depth;
        var isEmpty = xml.IsEmptyElement;
        while (!isEmpty && xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            // 3.x: the URN itself
            if (xml.NodeType == XmlNodeType.Text && StructureReference.TryParse(xml.Value.Trim(), out var urn))
                reference ??= urn;
            if (xml.NodeType != XmlNodeType.Element)
                continue;
            switch (xml.LocalName)
            {
                case "Structure":
                    type = ArtefactType.DataStructure;
                    break;
                case "StructureUsage":
                    type = ArtefactType.Dataflow;
                    break;
                case "ProvisionAgrement" or "ProvisionAgreement": // 2.1 spells it with one e
                    type = ArtefactType.ProvisionAgreement;
                    break;
                case "Ref":
                    reference ??= ReadRef(type);
                    break;
                case "URN":
                    if (StructureReference.TryParse(XmlText.Read(xml), out var named))
                        reference = named;
                    break;
            }
        }

        Keep(_structures, structure with { Reference = reference });
    }

    StructureReference? ReadRef(ArtefactType type) =>
        xml.GetAttribute("agencyID") is { Length: > 0 } agency && xml.GetAttribute("id") is { Length: > 0 } id
            ? new StructureReference(type, agency, id, xml.GetAttribute("version") is { Length: > 0 } version ? version : "1.0")
            : null;

    void Keep<T>(List<T> list, T item)
    {
        if (list.Count == limits.MaxComponents)
        {
            var at = (IXmlLineInfo)xml;
            throw new XmlLimitException("The header holds too many fields of one kind.", at.LineNumber, at.LinePosition);
        }

        list.Add(item);
    }
}

using System.Text;
using System.Xml;

namespace Sdmx.Xml;

/// <summary>Reads structure-specific data of SDMX-ML 2.1, 3.0 and 3.1 (<c>StructureSpecificData</c>, <c>StructureSpecificTimeSeriesData</c>), series or flat.</summary>
/// <remarks>Checklist 2.4. Set attributes may be qualified or not; <c>xsi:type</c> may be there or not; explicit measures are read.</remarks>
/// <param name="input">The message.</param>
/// <param name="context">What it is read with.</param>
/// <param name="window">How many bytes are looked at together; 0: by the runtime's <see cref="System.Xml.XmlReader"/>, for tests and measurements.</param>
sealed class StructureSpecificReader(Stream input, ReadContext context, int window = Utf8Window.DefaultSize) : XmlDataReader(input, context, window)
{
    SchemaComponent? _measureDimension;
    bool _isInSeries;
    string? _open; // the element with a key or observation that is open, besides Series
    bool _isOfObservation; // that one is Atts, and names the period
    readonly StringBuilder _component = new();

    private protected override void StartDataset()
    {
        string? structure = null, action = null, id = null, from = null, to = null;
        for (var i = 0; i < Xml.AttributeCount; i++)
        {
            Xml.MoveToAttribute(i);
            if (Xml.NamespaceURI.Length > 0 && !SdmxMlVersion.IsStructureSpecific(Xml.NamespaceURI))
                continue;
            _ = Xml.LocalName switch
            {
                "structureRef" => structure = Xml.Value,
                "action" => action = Xml.Value,
                "setID" => id = Xml.Value,
                "validFromDate" => from = Xml.Value,
                "validToDate" => to = Xml.Value,
                _ => null,
            };
        }

        Xml.MoveToElement();
        var named = StructureOf(structure, TypeOf(Xml.GetAttribute("type", SdmxNamespaces.SchemaInstance)).Namespace ?? Xml.NamespaceURI);
        var start = new DatasetStart
        {
            Reference = default, Id = id, ValidFrom = from, ValidTo = to,
            DimensionAtObservation = named?.DimensionAtObservation ?? "AllDimensions", Line = Xml.LineNumber, Position = Xml.LinePosition,
        };
        if (!Begin(named, structure, action, start))
            return;
        (_isInSeries, _open, _measureDimension) = (false, null, null);
        foreach (var dimension in Filler.Layout.Schema.Dimensions)
        {
            if (dimension.Definition is Dimension { IsMeasureDimension: true })
                _measureDimension = dimension;
        }

        GiveAttributes(ofDataset: true);
    }

    private protected override void StartElement()
    {
        var (line, position, isEmpty) = (Xml.LineNumber, Xml.LinePosition, Xml.IsEmptyElement);
        switch (Xml.LocalName)
        {
            case "Obs" when _open is null:
                Utf8?.BeginPattern();
                Filler.StartObservation(line, position);
                GiveAttributes();
                GiveMeasure();
                Open("Obs", isEmpty);
                break;
            case "Series" when !_isInSeries && _open is null:
                Utf8?.DropPattern();
                Filler.StartSeries(line, position);
                GiveAttributes();
                _isInSeries = !isEmpty;
                if (isEmpty)
                    Filler.EndSeries();
                break;
            case "Group" when !_isInSeries && _open is null:
                Utf8?.DropPattern();
                Filler.StartGroup(TypeOf(Xml.GetAttribute("type", SdmxNamespaces.SchemaInstance) ?? Xml.GetAttribute("type")).Name, line, position);
                GiveAttributes();
                Open("Group", isEmpty);
                break;
            case "Atts" when !_isInSeries && _open is null:
                Utf8?.DropPattern();
                StartAttributes(line, position);
                GiveAttributes();
                Open("Atts", isEmpty);
                break;
            case "Comp" when _isInSeries || _open is not null:
                Utf8?.DropPattern();
                GiveComponent();
                break;
            default:
                PassOver();
                break;
        }
    }

    private protected override void EndElement()
    {
        if (_open is not null && Xml.LocalName == _open)
        {
            Close(_open);
        }
        else if (_isInSeries && Xml.LocalName == "Series")
        {
            _isInSeries = false;
            Filler.EndSeries();
        }
    }

    // What is in it may say more.
    void Open(string name, bool isEmpty)
    {
        if (isEmpty)
            Close(name);
        else
            _open = name;
    }

    void Close(string name)
    {
        _open = null;
        if (name == "Group" || (name == "Atts" && !_isOfObservation))
        {
            Filler.EndGroup();
            return;
        }

        Filler.EndObservation();
        if (name == "Obs")
            EndPattern();
    }

    // Attributes of an observation name its period; without a number they are one all the same.
    void StartAttributes(int line, int position)
    {
        _isOfObservation = Filler.Layout.Schema.Time is { } time && Xml.GetAttribute(time.Id) is not null;
        if (_isOfObservation)
            Filler.StartObservation(line, position);
        else
            Filler.StartGroup(null, line, position);
    }

    /// <summary>3.x: a component as an element, which may have several values, each in several languages. One value is the same as an XML attribute.</summary>
    void GiveComponent()
    {
        var (id, line, position, depth) = (Xml.GetAttribute("id") ?? "", Xml.LineNumber, Xml.LinePosition, Xml.Depth);
        var (values, texts, isPlain) = (0, 0, true);
        _component.Clear();
        while (!(Xml.IsEmptyElement && Xml.Depth == depth) && Xml.Read() && !(Xml.NodeType == XmlNodeType.EndElement && Xml.Depth == depth))
        {
            if (Xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                _component.Append(Xml.Value);
            if (Xml.NodeType != XmlNodeType.Element)
                continue;
            if (Xml.LocalName == "Value")
                values++;
            else
                (texts, isPlain) = (texts + 1, isPlain && Xml.LocalName == "Text" && Xml.XmlLang is "" or "en");
        }

        var slot = Filler.Layout.Find(id);
        if (slot < 0)
            Filler.GiveUnknown(id);
        else if (values > 1 || texts > 1 || !isPlain)
            Filler.MeetUnexpected($"{id} with several values or languages", line, position);
        else
            Filler.Give(slot, _component.ToString());
    }

    void GiveAttributes(bool ofDataset = false)
    {
        if (Utf8 is not null)
        {
            GiveAttributes(Utf8, ofDataset);
            return;
        }

        for (var i = 0; i < Xml.AttributeCount; i++)
        {
            Xml.MoveToAttribute(i);
            // attributes in a namespace are the format's own, or of no concern here
            if (Xml.NamespaceURI.Length > 0)
                continue;
            var name = Xml.LocalName;
            var slot = Filler.Layout.Find(name);
            if (slot >= 0)
            {
                var text = Xml.Value;
                Filler.Give(slot, text, text);
            }
            else if (!IsOfFormat(name, ofDataset))
            {
                Filler.GiveUnknown(name);
            }
        }

        Xml.MoveToElement();
    }

    void GiveAttributes(Utf8XmlReader xml, bool ofDataset)
    {
        var layout = Filler.Layout;
        for (var i = 0; i < xml.AttributeCount; i++)
        {
            var name = xml.NameAt(i);
            if (name.IsInNamespace)
                continue;
            if (name.Layout != layout)
                (name.Layout, name.Slot) = (layout, layout.Find(name.LocalName));
            if (name.Slot >= 0)
            {
                Filler.Give(name.Slot, xml.ValueAt(i));
                xml.AddToPattern(i, name.Slot);
            }
            else if (!IsOfFormat(name.LocalName, ofDataset))
            {
                Filler.GiveUnknown(name.LocalName);
            }
        }
    }

    static bool IsOfFormat(string name, bool ofDataset) => ofDataset
        ? name is "structureRef" or "action" or "setID" or "dataScope" or "validFromDate" or "validToDate" or "reportingBeginDate" or "reportingEndDate"
            or "publicationYear" or "publicationPeriod" or "xmlns"
        : name is "type" or "xmlns";

    /// <summary>2.1's explicit measures: the type of the observation is the measure's concept.</summary>
    void GiveMeasure()
    {
        if (_measureDimension is null || Xml.GetAttribute(_measureDimension.Id) is not null)
            return;
        if (TypeOf(Xml.GetAttribute("type", SdmxNamespaces.SchemaInstance) ?? Xml.GetAttribute("type")).Name is { } measure and not "ObsType")
            Filler.Give(_measureDimension.Index, measure, measure);
    }

    /// <summary>Splits a type's name at its prefix.</summary>
    (string? Namespace, string? Name) TypeOf(string? type)
    {
        if (type is null)
            return (null, null);
        var colon = type.IndexOf(':');
        return colon < 0 ? (null, type) : (Xml.LookupNamespace(type[..colon]), type[(colon + 1)..]);
    }
}

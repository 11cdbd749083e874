using System.Xml;

namespace Sdmx.Xml;

/// <summary>Reads SDMX-ML 2.1 structure-specific data (<c>StructureSpecificData</c>, <c>StructureSpecificTimeSeriesData</c>), series or flat.</summary>
/// <remarks>Checklist 2.4. Set attributes may be qualified or not; <c>xsi:type</c> may be there or not; explicit measures are read.</remarks>
/// <param name="input">The message.</param>
/// <param name="context">What it is read with.</param>
/// <param name="window">How many bytes are looked at together; 0: by the runtime's <see cref="System.Xml.XmlReader"/>, for tests and measurements.</param>
sealed class StructureSpecificReader(Stream input, ReadContext context, int window = Utf8Window.DefaultSize) : XmlDataReader(input, context, window)
{
    SchemaComponent? _measureDimension;
    bool _isInSeries;

    private protected override void StartDataset()
    {
        string? structure = null, action = null, id = null, from = null, to = null;
        for (var i = 0; i < Xml.AttributeCount; i++)
        {
            Xml.MoveToAttribute(i);
            if (Xml.NamespaceURI is not (SdmxNamespaces.StructureSpecific or ""))
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
        _isInSeries = false;
        _measureDimension = null;
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
            case "Obs":
                Utf8?.BeginPattern();
                Filler.StartObservation(line, position);
                GiveAttributes();
                GiveMeasure();
                Filler.EndObservation();
                if (isEmpty)
                    EndPattern();
                break;
            case "Series" when !_isInSeries:
                Utf8?.DropPattern();
                Filler.StartSeries(line, position);
                GiveAttributes();
                _isInSeries = !isEmpty;
                if (isEmpty)
                    Filler.EndSeries();
                break;
            case "Group" when !_isInSeries:
                Utf8?.DropPattern();
                Filler.StartGroup(TypeOf(Xml.GetAttribute("type", SdmxNamespaces.SchemaInstance) ?? Xml.GetAttribute("type")).Name, line, position);
                GiveAttributes();
                Filler.EndGroup();
                break;
            default:
                PassOver();
                break;
        }
    }

    private protected override void EndElement()
    {
        switch (Xml.LocalName)
        {
            case "Obs":
                EndPattern();
                break;
            case "Series" when _isInSeries:
                _isInSeries = false;
                Filler.EndSeries();
                break;
        }
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

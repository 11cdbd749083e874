namespace Sdmx.Xml;

/// <summary>Reads SDMX-ML 2.1 generic data (<c>GenericData</c>, <c>GenericTimeSeriesData</c>): series, flat or cross-sectional.</summary>
/// <remarks>Checklist 2.3. Children are taken in any order, but a series' key and attributes must precede its observations, as in the schema.</remarks>
/// <param name="input">The message.</param>
/// <param name="context">What it is read with.</param>
/// <param name="window">How many bytes are looked at together; 0: by the runtime's <see cref="System.Xml.XmlReader"/>, for tests and measurements.</param>
sealed class GenericReader(Stream input, ReadContext context, int window = Utf8Window.DefaultSize) : XmlDataReader(input, context, window)
{
    enum Section
    {
        None,
        Key,
        Attributes,
    }

    readonly SlotNames _slots = new();
    Section _section;
    bool _isInSeries;
    bool _isInObservation;
    bool _isInGroup;

    private protected override void StartDataset()
    {
        var structure = Xml.GetAttribute("structureRef");
        var named = StructureOf(structure, null);
        (_section, _isInSeries, _isInObservation, _isInGroup) = (Section.None, false, false, false);
        Begin(named, structure, Xml.GetAttribute("action"), new DatasetStart
        {
            Reference = default, Id = Xml.GetAttribute("setID"), ValidFrom = Xml.GetAttribute("validFromDate"), ValidTo = Xml.GetAttribute("validToDate"),
            DimensionAtObservation = named?.DimensionAtObservation ?? "TIME_PERIOD", Line = Xml.LineNumber, Position = Xml.LinePosition,
        });
    }

    private protected override void StartElement()
    {
        var (line, position) = (Xml.LineNumber, Xml.LinePosition);
        switch (Xml.LocalName)
        {
            case "Value" when _section != Section.None:
                GiveValue();
                return;
            case "SeriesKey" or "ObsKey" or "GroupKey":
                _section = Xml.IsEmptyElement ? Section.None : Section.Key;
                return;
            case "Attributes":
                _section = Xml.IsEmptyElement ? Section.None : Section.Attributes;
                return;
            case "ObsDimension" when _isInObservation:
                GiveObservationDimension();
                return;
            case "ObsValue" when _isInObservation:
                GiveMeasure();
                return;
            case "Obs" when !_isInObservation:
                if (_section == Section.None)
                    Utf8?.BeginPattern();
                Filler.StartObservation(line, position);
                _isInObservation = true;
                break;
            case "Series" when !_isInSeries:
                Utf8?.DropPattern();
                Filler.StartSeries(line, position);
                _isInSeries = true;
                break;
            case "Group" when !_isInSeries && !_isInGroup:
                Utf8?.DropPattern();
                Filler.StartGroup(Xml.GetAttribute("type"), line, position);
                _isInGroup = true;
                break;
            default:
                PassOver();
                return;
        }

        if (Xml.IsEmptyElement)
            EndElement();
    }

    private protected override void EndElement()
    {
        switch (Xml.LocalName)
        {
            case "SeriesKey" or "ObsKey" or "GroupKey" or "Attributes":
                _section = Section.None;
                break;
            case "Obs" when _isInObservation:
                _isInObservation = false;
                Filler.EndObservation();
                EndPattern();
                break;
            case "Series" when _isInSeries:
                _isInSeries = false;
                Filler.EndSeries();
                break;
            case "Group" when _isInGroup:
                _isInGroup = false;
                Filler.EndGroup();
                break;
        }
    }

    void GiveValue()
    {
        if (Utf8 is not null)
        {
            GiveValue(Utf8);
            return;
        }

        var id = Xml.GetAttribute("id") ?? "";
        var value = Xml.GetAttribute("value");
        var slot = Filler.Layout.Find(id);
        if (slot < 0)
        {
            Filler.GiveUnknown(id);
            return;
        }

        if (slot < Filler.Layout.FirstValueSlot != (_section == Section.Key))
            Filler.MeetMisplaced(slot);
        Filler.Give(slot, value, value);
    }

    void GiveValue(Utf8XmlReader xml)
    {
        var id = xml.Find("id"u8);
        var slot = _slots.Find(Filler.Layout, id < 0 ? default : xml.ValueAt(id));
        if (slot < 0)
        {
            Filler.GiveUnknown(xml.GetAttribute("id") ?? "");
            return;
        }

        if (slot < Filler.Layout.FirstValueSlot != (_section == Section.Key))
            Filler.MeetMisplaced(slot);
        if (xml.Find("value"u8) is >= 0 and var value)
            Give(xml, slot, value);
    }

    void Give(Utf8XmlReader xml, int slot, int attribute)
    {
        Filler.Give(slot, xml.ValueAt(attribute));
        xml.AddToPattern(attribute, slot);
    }

    void GiveObservationDimension()
    {
        if (Utf8 is { } xml && xml.Find("id"u8) < 0 && xml.Find("value"u8) is >= 0 and var found && Filler.ObservationSlot >= 0)
        {
            Give(xml, Filler.ObservationSlot, found);
            return;
        }

        var value = Xml.GetAttribute("value");
        if (Xml.GetAttribute("id") is { } id)
            Filler.Give(id, value, value);
        else if (Filler.ObservationSlot >= 0)
            Filler.Give(Filler.ObservationSlot, value, value);
        else
            MeetUnexpected();
    }

    void GiveMeasure()
    {
        if (Utf8 is { } xml && xml.Find("id"u8) < 0 && xml.Find("value"u8) is >= 0 and var found && Filler.Layout.Schema.MeasureCount > 0)
        {
            Give(xml, Filler.Layout.FirstValueSlot, found);
            return;
        }

        var value = Xml.GetAttribute("value");
        if (Xml.GetAttribute("id") is { } id)
            Filler.Give(id, value, value);
        else if (Filler.Layout.Schema.MeasureCount > 0)
            Filler.Give(Filler.Layout.FirstValueSlot, value, value);
    }
}

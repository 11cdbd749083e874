namespace Sdmx.Json;

sealed partial class StructureJsonWriter
{
    void WriteMap(StructureMap map)
    {
        Optional("source", map.Source?.ToString());
        Optional("target", map.Target?.ToString());
        Array("epochMaps", map.EpochMaps, m => WritePeriods(m, () =>
        {
            _json.WriteString("basePeriod", m.BasePeriod);
            _json.WriteString("epochPeriod", m.EpochPeriod);
        }));
        Array("datePatternMaps", map.DatePatternMaps, m => WritePeriods(m, () =>
        {
            _json.WriteString("sourcePattern", m.SourcePattern);
            _json.WriteString("locale", m.Locale);
        }));
        Array("frequencyFormatMappings", map.FrequencyFormats, m => Object(() =>
        {
            Optional("id", m.Id);
            Page(m.Uri);
            Annotations(m.Annotations);
            _json.WriteString("frequencyId", m.Frequency);
            _json.WriteString("datePattern", m.DatePattern);
        }));
        Array("componentMaps", map.ComponentMaps, m => Object(() =>
        {
            Annotations(m.Annotations);
            Array("source", m.Sources, _json.WriteStringValue);
            Array("target", m.Targets, _json.WriteStringValue);
            Optional("representationMap", m.RepresentationMap?.ToString());
        }));
        Array("fixedValueMaps", map.FixedValues, m => Object(() =>
        {
            Annotations(m.Annotations);
            _json.WriteString(m.IsOfSource ? "source" : "target", m.Component);
            Array("values", m.Values, _json.WriteStringValue);
        }));
    }

    void WritePeriods(DateMap map, Action own) => Object(() =>
    {
        Optional("id", map.Id);
        Page(map.Uri);
        Annotations(map.Annotations);
        own();
        Array("mappedComponents", map.Components, c => Object(() =>
        {
            _json.WriteString("source", c.Source);
            _json.WriteString("target", c.Target);
        }));
        Optional("frequencyDimension", map.FrequencyDimension);
        Array("mappedFrequencies", map.MappedFrequencies, _json.WriteStringValue);
        Optional("targetFrequencyID", map.TargetFrequency);
        Optional("resolvePeriod", map.ResolvePeriod);
    });

    void WriteMap(RepresentationMap map)
    {
        Array("source", map.Sources, WriteRepresentation);
        Array("target", map.Targets, WriteRepresentation);
        Array("representationMappings", map.Mappings, m => Object(() =>
        {
            Optional("validFrom", m.ValidFrom);
            Optional("validTo", m.ValidTo);
            Annotations(m.Annotations);
            Array("sourceValues", m.Sources, WriteValue);
            Array("targetValues", m.Targets, _json.WriteStringValue);
        }));
    }

    void WriteRepresentation(MappedRepresentation representation) => Object(() =>
    {
        Optional("codelist", representation.Codelist);
        if (representation.Codelist is null)
            _json.WriteString("dataType", (representation.DataType ?? TextType.String).ToString());
    });

    void WriteValue(MappedValue value) => Object(() =>
    {
        _json.WriteString("value", value.Value);
        if (value.IsRegex)
            _json.WriteBoolean("isRegEx", true);
        if (value.StartIndex is { } start)
            _json.WriteNumber("startIndex", start);
        if (value.EndIndex is { } end)
            _json.WriteNumber("endIndex", end);
    });
}

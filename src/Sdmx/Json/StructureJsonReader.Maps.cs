namespace Sdmx.Json;

sealed partial class StructureJsonReader
{
    StructureMap ReadStructureMap(JsonPart at)
    {
        Pass(at, [.. Common, "source", "target", "epochMaps", "datePatternMaps", "frequencyFormatMappings", "componentMaps", "fixedValueMaps"]);
        return new()
        {
            Agency = Text(at, "agencyID") ?? "",
            Id = Text(at, "id") ?? "",
            Source = UrnOf(at, "source"),
            Target = UrnOf(at, "target"),
            EpochMaps = Items(at, "epochMaps").Select(m => WithComponents(m, new EpochMap
            {
                BasePeriod = Required(m, "basePeriod"), EpochPeriod = Required(m, "epochPeriod"),
            })).ToValueArray(),
            DatePatternMaps = Items(at, "datePatternMaps").Select(m => WithComponents(m, new DatePatternMap
            {
                SourcePattern = Required(m, "sourcePattern"), Locale = Required(m, "locale"),
            })).ToValueArray(),
            FrequencyFormats = Items(at, "frequencyFormatMappings").Select(ReadFrequency).ToValueArray(),
            ComponentMaps = Items(at, "componentMaps").Select(ReadComponents).ToValueArray(),
            FixedValues = Items(at, "fixedValueMaps").Select(ReadFixed).ToValueArray(),
        };
    }

    T WithComponents<T>(JsonPart at, T map) where T : DateMap
    {
        Pass(at, "id", "links", "annotations", "mappedComponents", "frequencyDimension", "mappedFrequencies", "targetFrequencyID", "resolvePeriod",
            "basePeriod", "epochPeriod", "sourcePattern", "locale");
        return (T)((DateMap)map with
        {
            Id = Text(at, "id"),
            Uri = Link(at, "self", "href"),
            Annotations = ReadAnnotations(at),
            Components = Items(at, "mappedComponents").Select(c => (Required(c, "source"), Required(c, "target"))).ToValueArray(),
            FrequencyDimension = Text(at, "frequencyDimension"),
            MappedFrequencies = Strings(at, "mappedFrequencies"),
            TargetFrequency = Text(at, "targetFrequencyID"),
            ResolvePeriod = Text(at, "resolvePeriod"),
        });
    }

    FrequencyFormat ReadFrequency(JsonPart at)
    {
        Pass(at, "id", "links", "annotations", "frequencyId", "datePattern");
        return new()
        {
            Id = Text(at, "id"), Uri = Link(at, "self", "href"), Annotations = ReadAnnotations(at),
            Frequency = Required(at, "frequencyId"), DatePattern = Required(at, "datePattern"),
        };
    }

    ComponentMap ReadComponents(JsonPart at)
    {
        Pass(at, "annotations", "source", "target", "representationMap");
        return new()
        {
            Sources = Strings(at, "source"), Targets = Strings(at, "target"),
            RepresentationMap = UrnOf(at, "representationMap", "RepresentationMap"), Annotations = ReadAnnotations(at),
        };
    }

    FixedValueMap ReadFixed(JsonPart at)
    {
        Pass(at, "annotations", "source", "target", "values");
        var source = Text(at, "source");
        return new()
        {
            IsOfSource = source is not null, Component = source ?? Required(at, "target"),
            Values = Strings(at, "values"), Annotations = ReadAnnotations(at),
        };
    }

    RepresentationMap ReadRepresentationMap(JsonPart at)
    {
        Pass(at, [.. Common, "source", "target", "representationMappings"]);
        return new()
        {
            Agency = Text(at, "agencyID") ?? "",
            Id = Text(at, "id") ?? "",
            Sources = Items(at, "source").Select(ReadRepresentation).ToValueArray(),
            Targets = Items(at, "target").Select(ReadRepresentation).ToValueArray(),
            Mappings = Items(at, "representationMappings").Select(ReadMapping).ToValueArray(),
        };
    }

    MappedRepresentation ReadRepresentation(JsonPart at)
    {
        Pass(at, "codelist", "dataType");
        if (Text(at, "codelist") is { } list)
            return new(list, null);
        if (!at.Has("dataType"))
            Report(IssueCode.IllFormed, at, "neither 'codelist' nor 'dataType' says what the values are of.");
        return new(null, ReadType(at, "dataType") ?? TextType.String);
    }

    ValueMapping ReadMapping(JsonPart at)
    {
        Pass(at, "annotations", "sourceValues", "targetValues", "validFrom", "validTo");
        return new()
        {
            Sources = Items(at, "sourceValues").Select(ReadValue).ToValueArray(),
            Targets = Strings(at, "targetValues"),
            ValidFrom = Text(at, "validFrom"),
            ValidTo = Text(at, "validTo"),
            Annotations = ReadAnnotations(at),
        };
    }

    MappedValue ReadValue(JsonPart at)
    {
        Pass(at, "value", "isRegEx", "startIndex", "endIndex");
        return new(Required(at, "value"), Flag(at, "isRegEx") ?? false, Number(at, "startIndex"), Number(at, "endIndex"));
    }
}

using System.Text.Json;

namespace Sdmx.Json;

sealed partial class StructureJsonReader
{
    StructureMap ReadStructureMap(JsonElement element, string path)
    {
        Pass(element, path, [.. Common, "source", "target", "epochMaps", "datePatternMaps", "frequencyFormatMappings", "componentMaps", "fixedValueMaps"]);
        return new()
        {
            Agency = Text(element, "agencyID", path) ?? "",
            Id = Text(element, "id", path) ?? "",
            Source = UrnOf(element, "source", path),
            Target = UrnOf(element, "target", path),
            EpochMaps = Items(element, "epochMaps", path).Select(m => WithComponents(m.Element, m.Path, new EpochMap
            {
                BasePeriod = Required(m.Element, "basePeriod", m.Path), EpochPeriod = Required(m.Element, "epochPeriod", m.Path),
            })).ToValueArray(),
            DatePatternMaps = Items(element, "datePatternMaps", path).Select(m => WithComponents(m.Element, m.Path, new DatePatternMap
            {
                SourcePattern = Required(m.Element, "sourcePattern", m.Path), Locale = Required(m.Element, "locale", m.Path),
            })).ToValueArray(),
            FrequencyFormats = Items(element, "frequencyFormatMappings", path).Select(m => ReadFrequency(m.Element, m.Path)).ToValueArray(),
            ComponentMaps = Items(element, "componentMaps", path).Select(m => ReadComponents(m.Element, m.Path)).ToValueArray(),
            FixedValues = Items(element, "fixedValueMaps", path).Select(m => ReadFixed(m.Element, m.Path)).ToValueArray(),
        };
    }

    T WithComponents<T>(JsonElement element, string path, T map) where T : DateMap
    {
        Pass(element, path, "id", "links", "annotations", "mappedComponents", "frequencyDimension", "mappedFrequencies", "targetFrequencyID", "resolvePeriod",
            "basePeriod", "epochPeriod", "sourcePattern", "locale");
        return (T)((DateMap)map with
        {
            Id = Text(element, "id", path),
            Uri = Link(element, "self", "href", path),
            Annotations = ReadAnnotations(element, path),
            Components = Items(element, "mappedComponents", path).Select(c => (Required(c.Element, "source", c.Path), Required(c.Element, "target", c.Path))).ToValueArray(),
            FrequencyDimension = Text(element, "frequencyDimension", path),
            MappedFrequencies = Strings(element, "mappedFrequencies", path),
            TargetFrequency = Text(element, "targetFrequencyID", path),
            ResolvePeriod = Text(element, "resolvePeriod", path),
        });
    }

    FrequencyFormat ReadFrequency(JsonElement element, string path)
    {
        Pass(element, path, "id", "links", "annotations", "frequencyId", "datePattern");
        return new()
        {
            Id = Text(element, "id", path), Uri = Link(element, "self", "href", path), Annotations = ReadAnnotations(element, path),
            Frequency = Required(element, "frequencyId", path), DatePattern = Required(element, "datePattern", path),
        };
    }

    ComponentMap ReadComponents(JsonElement element, string path)
    {
        Pass(element, path, "annotations", "source", "target", "representationMap");
        return new()
        {
            Sources = Strings(element, "source", path), Targets = Strings(element, "target", path),
            RepresentationMap = UrnOf(element, "representationMap", path), Annotations = ReadAnnotations(element, path),
        };
    }

    FixedValueMap ReadFixed(JsonElement element, string path)
    {
        Pass(element, path, "annotations", "source", "target", "values");
        var source = Text(element, "source", path);
        return new()
        {
            IsOfSource = source is not null, Component = source ?? Required(element, "target", path),
            Values = Strings(element, "values", path), Annotations = ReadAnnotations(element, path),
        };
    }

    RepresentationMap ReadRepresentationMap(JsonElement element, string path)
    {
        Pass(element, path, [.. Common, "source", "target", "representationMappings"]);
        return new()
        {
            Agency = Text(element, "agencyID", path) ?? "",
            Id = Text(element, "id", path) ?? "",
            Sources = Items(element, "source", path).Select(r => ReadRepresentation(r.Element, r.Path)).ToValueArray(),
            Targets = Items(element, "target", path).Select(r => ReadRepresentation(r.Element, r.Path)).ToValueArray(),
            Mappings = Items(element, "representationMappings", path).Select(m => ReadMapping(m.Element, m.Path)).ToValueArray(),
        };
    }

    MappedRepresentation ReadRepresentation(JsonElement element, string path)
    {
        Pass(element, path, "codelist", "dataType");
        if (Text(element, "codelist", path) is { } list)
            return new(list, null);
        var name = Required(element, "dataType", path);
        if (Enum.TryParse<TextType>(name, out var type) && name.Length > 0 && char.IsAsciiLetter(name[0]))
            return new(null, type);
        Report(IssueCode.InvalidType, path, $"dataType is '{name}'; a data type of SDMX was expected.", name);
        return new(null, TextType.String);
    }

    ValueMapping ReadMapping(JsonElement element, string path)
    {
        Pass(element, path, "annotations", "sourceValues", "targetValues", "validFrom", "validTo");
        return new()
        {
            Sources = Items(element, "sourceValues", path).Select(v => ReadValue(v.Element, v.Path)).ToValueArray(),
            Targets = Strings(element, "targetValues", path),
            ValidFrom = Text(element, "validFrom", path),
            ValidTo = Text(element, "validTo", path),
            Annotations = ReadAnnotations(element, path),
        };
    }

    MappedValue ReadValue(JsonElement element, string path)
    {
        Pass(element, path, "value", "isRegEx", "startIndex", "endIndex");
        return new(Required(element, "value", path), Flag(element, "isRegEx", path) ?? false, Number(element, "startIndex", path), Number(element, "endIndex", path));
    }
}

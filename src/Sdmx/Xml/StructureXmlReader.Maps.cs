using System.Globalization;
using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlReader
{
    StructureMap ReadStructureMap(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        Source = UrnOf(Child(element, "Source")),
        Target = UrnOf(Child(element, "Target")),
        EpochMaps = Children(element, "EpochMap").Select(m => WithComponents(m, new EpochMap
        {
            BasePeriod = Required(m, "basePeriod"), EpochPeriod = Required(m, "epochPeriod"),
        })).ToValueArray(),
        DatePatternMaps = Children(element, "DatePatternMap").Select(m => WithComponents(m, new DatePatternMap
        {
            SourcePattern = Required(m, "sourcePattern"), Locale = Required(m, "locale"),
        })).ToValueArray(),
        FrequencyFormats = Children(element, "FrequencyFormatMapping").Select(m => new FrequencyFormat
        {
            Id = Attribute(m, "id"), Uri = Attribute(m, "uri"), Annotations = ReadAnnotations(m), Frequency = TextOf(m, "FrequencyId"), DatePattern = TextOf(m, "DatePattern"),
        }).ToValueArray(),
        ComponentMaps = Children(element, "ComponentMap").Select(m => new ComponentMap
        {
            Sources = TextsOf(m, "Source"), Targets = TextsOf(m, "Target"), RepresentationMap = UrnOf(Child(m, "RepresentationMap")), Annotations = ReadAnnotations(m),
        }).ToValueArray(),
        FixedValues = Children(element, "FixedValueMap").Select(m => new FixedValueMap
        {
            IsOfSource = Child(m, "Source") is not null,
            Component = TextOf(m, Child(m, "Source") is not null ? "Source" : "Target"),
            Values = Children(m, "Value").Select(v => v.Value).ToValueArray(),
            Annotations = ReadAnnotations(m),
        }).ToValueArray(),
    };

    T WithComponents<T>(XElement element, T map) where T : DateMap => (T)((DateMap)map with
    {
        Id = Attribute(element, "id"),
        Uri = Attribute(element, "uri"),
        Annotations = ReadAnnotations(element),
        // The schema has them as a sequence of pairs.
        Components = TextsOf(element, "Source").Zip(TextsOf(element, "Target")).ToValueArray(),
        FrequencyDimension = Child(element, "FrequencyDimension")?.Value.Trim(),
        MappedFrequencies = TextsOf(element, "MappedFrequencies"),
        TargetFrequency = Child(element, "TargetFrequencyID")?.Value.Trim(),
        ResolvePeriod = Attribute(element, "resolvePeriod"),
    });

    RepresentationMap ReadRepresentationMap(XElement element) => new()
    {
        Agency = Agency(element),
        Id = Id(element),
        Sources = ReadRepresentations(element, "SourceCodelist", "SourceDataType"),
        Targets = ReadRepresentations(element, "TargetCodelist", "TargetDataType"),
        Mappings = Children(element, "RepresentationMapping").Select(m => new ValueMapping
        {
            Sources = Children(m, "SourceValue").Select(v => new MappedValue(
                v.Value, OptionalFlag(v, "isRegEx") ?? false, OptionalNumber(v, "startIndex"), OptionalNumber(v, "endIndex"))).ToValueArray(),
            Targets = Children(m, "TargetValue").Select(v => v.Value).ToValueArray(),
            ValidFrom = Attribute(m, "validFrom"),
            ValidTo = Attribute(m, "validTo"),
            Annotations = ReadAnnotations(m),
        }).ToValueArray(),
    };

    ValueArray<MappedRepresentation> ReadRepresentations(XElement element, string codelist, string dataType) => element.Elements()
        .Where(e => e.Name.LocalName == codelist || e.Name.LocalName == dataType)
        .Select(e => e.Name.LocalName == codelist ? new MappedRepresentation(e.Value.Trim(), null) : new(null, DataTypeOf(e))).ToValueArray();

    TextType DataTypeOf(XElement element)
    {
        if (TryTextType(element.Value.Trim(), out var type))
            return type;
        Report(IssueCode.InvalidType, element, $"<{element.Name.LocalName}> is '{element.Value.Trim()}'; a data type of SDMX was expected.", element.Value.Trim());
        return TextType.String;
    }

    static ValueArray<string> TextsOf(XElement element, string name) => Children(element, name).Select(e => e.Value.Trim()).ToValueArray();

    string Required(XElement element, string attribute)
    {
        if (Attribute(element, attribute) is { } value)
            return value;
        Report(IssueCode.IllFormed, element, string.Create(CultureInfo.InvariantCulture, $"<{element.Name.LocalName}> lacks the attribute {attribute}."));
        return "";
    }

    /// <summary>What an element refers to by its text, as all references in 3.0 do; null, with a finding, where that is malformed.</summary>
    internal Urn? UrnOf(XElement? element)
    {
        if (element is null)
            return null;
        if (Urn.TryParse(element.Value.Trim(), out var urn))
            return urn;
        Report(IssueCode.UnresolvedReference, element, $"<{element.Name.LocalName}> is '{element.Value.Trim()}', where the URN of an artefact of a class that is kept was expected.", element.Value.Trim());
        return null;
    }
}

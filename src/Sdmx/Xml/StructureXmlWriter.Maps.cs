using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlWriter
{
    XElement WriteMap(StructureMap map) => Element(map, "StructureMap",
        Text("Source", map.Source?.ToString()),
        Text("Target", map.Target?.ToString()),
        map.EpochMaps.Select(m => WritePeriods(m, "EpochMap", new XAttribute("basePeriod", Clean(m.BasePeriod)), new XAttribute("epochPeriod", Clean(m.EpochPeriod)))),
        map.DatePatternMaps.Select(m => WritePeriods(m, "DatePatternMap", new XAttribute("sourcePattern", Clean(m.SourcePattern)), new XAttribute("locale", Clean(m.Locale)))),
        map.FrequencyFormats.Select(m => new XElement(_structure + "FrequencyFormatMapping",
            Optional("id", m.Id), Optional("uri", m.Uri), Annotations(m.Annotations), Text("FrequencyId", m.Frequency), Text("DatePattern", m.DatePattern))),
        map.ComponentMaps.Select(m => new XElement(_structure + "ComponentMap",
            Annotations(m.Annotations), Elements("Source", m.Sources), Elements("Target", m.Targets), Text("RepresentationMap", m.RepresentationMap?.ToString()))),
        map.FixedValues.Select(m => new XElement(_structure + "FixedValueMap",
            Annotations(m.Annotations), Text(m.IsOfSource ? "Source" : "Target", m.Component), Elements("Value", m.Values))));

    XElement WritePeriods(DateMap map, string name, params XAttribute[] own) => new(_structure + name,
        Optional("id", map.Id),
        Optional("uri", map.Uri),
        Optional("resolvePeriod", map.ResolvePeriod),
        own,
        Annotations(map.Annotations),
        map.Components.Select(c => (XElement?[])[Text("Source", c.Source), Text("Target", c.Target)]),
        Text("FrequencyDimension", map.FrequencyDimension),
        Elements("MappedFrequencies", map.MappedFrequencies),
        Text("TargetFrequencyID", map.TargetFrequency));

    XElement WriteMap(RepresentationMap map) => Element(map, "RepresentationMap",
        map.Sources.Select(r => WriteRepresentation(r, "Source")),
        map.Targets.Select(r => WriteRepresentation(r, "Target")),
        map.Mappings.Select(m => new XElement(_structure + "RepresentationMapping",
            Optional("validFrom", m.ValidFrom),
            Optional("validTo", m.ValidTo),
            Annotations(m.Annotations),
            m.Sources.Select(v => new XElement(_structure + "SourceValue",
                v.IsRegex ? new XAttribute("isRegEx", true) : null, Optional("startIndex", v.StartIndex), Optional("endIndex", v.EndIndex), Clean(v.Value))),
            Elements("TargetValue", m.Targets))));

    XElement? WriteRepresentation(MappedRepresentation representation, string side) =>
        representation.Codelist is { } list ? Text(side + "Codelist", list) : Text(side + "DataType", (representation.DataType ?? TextType.String).ToString());

    XElement? Text(string name, string? text) => text is null ? null : new(_structure + name, Clean(text));

    IEnumerable<XElement> Elements(string name, ValueArray<string> texts) => texts.Select(t => new XElement(_structure + name, Clean(t)));
}

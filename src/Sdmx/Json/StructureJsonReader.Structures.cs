using System.Text.Json;

namespace Sdmx.Json;

sealed partial class StructureJsonReader
{
    static readonly string[] ComponentMembers = ["id", "links", "annotations", "conceptIdentity", "conceptRoles", "localRepresentation"];

    // The facets of a text format, as SDMX-ML names them too.
    static readonly string[] Facets =
    [
        "isSequence", "interval", "startValue", "endValue", "timeInterval", "startTime", "endTime", "minLength", "maxLength", "minValue", "maxValue", "decimals",
        "pattern", "isMultiLingual",
    ];

    DataStructure ReadDataStructure(JsonPart at)
    {
        Pass(at, [.. Common, "dataStructureComponents"]);
        var dsd = new DataStructure { Agency = Agency(at), Id = Id(at) };
        if (Part(at, "dataStructureComponents") is not { } parts)
            return dsd;
        Pass(parts, "dimensionList", "groups", "attributeList", "measureList");
        dsd = ReadDimensions(dsd, parts) with
        {
            Groups = Items(parts, "groups").Select(ReadGroup).ToValueArray(),
            Measures = Part(parts, "measureList") is { } measures ? ReadMeasures(measures) : [],
            Attributes = Part(parts, "attributeList") is { } attributes ? ReadAttributeList(attributes) : [],
        };
        foreach (var fault in StructureFaults.Of(dsd, NameOf(at)))
            Report(fault.Code, parts, fault.Message, fault.Value);
        return dsd;
    }

    DataStructure ReadDimensions(DataStructure dsd, JsonPart parts)
    {
        if (Part(parts, "dimensionList") is not { } list)
            return dsd;
        Pass(list, "id", "links", "annotations", "dimensions", "measureDimensions", "timeDimension", "timeDimensions");
        var dimensions = Items(list, "dimensions").Select(d => ReadDimension(d, isMeasure: false)).OfType<Dimension>().ToList();
        var measures = Items(list, "measureDimensions").Select(d => ReadDimension(d, isMeasure: true)).OfType<Dimension>().ToList();
        // 1.0 has measure dimensions in a list of their own: only the positions tell where they stand in the key.
        dimensions.AddRange(measures);
        if (measures.Count > 0 && dimensions.TrueForAll(d => d.Position is not null))
            dimensions = [.. dimensions.OrderBy(d => d.Position)];
        var times = Items(list, "timeDimensions").Concat(Part(list, "timeDimension") is { } one ? [one] : []).ToList();
        if (times.Count > 1)
            Report(IssueCode.DuplicateItem, times[1], $"There are {times.Count} time dimensions; the first is kept.");
        return dsd with { Dimensions = dimensions.ToValueArray(), Time = times is [var time, ..] ? ReadTime(time) : null };
    }

    Dimension? ReadDimension(JsonPart at, bool isMeasure)
    {
        Pass(at, [.. ComponentMembers, "position", "type"]);
        return Concept(at) is not { } concept ? null : Finish(at, new Dimension
        {
            Id = NameId(at, concept.Item), ConceptIdentity = concept, Position = Number(at, "position"), IsMeasureDimension = isMeasure,
        }, TextType.String);
    }

    TimeDimension? ReadTime(JsonPart at)
    {
        Pass(at, [.. ComponentMembers, "position", "type"]);
        return Concept(at) is not { } concept ? null : Finish(at, new TimeDimension
        {
            Id = NameId(at, "TIME_PERIOD"), ConceptIdentity = concept, Position = Number(at, "position"),
        }, TextType.ObservationalTimePeriod);
    }

    ValueArray<Measure> ReadMeasures(JsonPart list)
    {
        Pass(list, "id", "links", "annotations", "measures", "primaryMeasure");
        return Items(list, "measures").Concat(Part(list, "primaryMeasure") is { } one ? [one] : []).Select(m =>
        {
            Pass(m, [.. ComponentMembers, "usage"]);
            return Concept(m) is not { } concept ? null : Finish(m, new Measure
            {
                Id = NameId(m, m.Path.EndsWith(']') ? concept.Item : "OBS_VALUE"), ConceptIdentity = concept, IsMandatory = Word(m, "usage", "mandatory", "optional") == "mandatory",
            }, TextType.String);
        }).OfType<Measure>().ToValueArray();
    }

    DimensionGroup ReadGroup(JsonPart at)
    {
        Pass(at, "id", "links", "annotations", "groupDimensions");
        return new() { Id = ItemId(at), Dimensions = Strings(at, "groupDimensions"), Annotations = ReadAnnotations(at) };
    }

    ValueArray<DataAttribute> ReadAttributeList(JsonPart list)
    {
        Pass(list, "id", "links", "annotations", "attributes", "reportingYearStartDays");
        return Items(list, "attributes").Select(a => ReadDataAttribute(a, null, TextType.String))
            .Concat(Items(list, "reportingYearStartDays").Select(a => ReadDataAttribute(a, "REPORTING_YEAR_START_DAY", TextType.MonthDay)))
            .OfType<DataAttribute>().ToValueArray();
    }

    DataAttribute? ReadDataAttribute(JsonPart at, string? id, TextType standard)
    {
        Pass(at, [.. ComponentMembers, "usage", "assignmentStatus", "attributeRelationship", "measureRelationship"]);
        return Concept(at) is not { } concept ? null : Finish(at, new DataAttribute
        {
            Id = NameId(at, id ?? concept.Item),
            ConceptIdentity = concept,
            IsMandatory = (Word(at, "usage", "mandatory", "optional") ?? Word(at, "assignmentStatus", "Mandatory", "Conditional")) is "mandatory" or "Mandatory",
            Relationship = ReadRelationship(at) with { Measures = Strings(at, "measureRelationship") },
        }, standard);
    }

    AttributeRelationship ReadRelationship(JsonPart attribute)
    {
        var at = Part(attribute, "attributeRelationship") ?? default;
        if (at.Path is not null)
            Pass(at, "dataflow", "none", "dimensions", "attachmentGroups", "group", "observation", "primaryMeasure");
        if (at.Has("observation") || at.Has("primaryMeasure"))
            return new() { Kind = AttachmentLevel.Observation };
        if (at.Has("group"))
            return new() { Kind = AttachmentLevel.Group, Group = Text(at, "group") };
        if (at.Has("dimensions"))
            return new() { Kind = AttachmentLevel.Series, Dimensions = Strings(at, "dimensions"), AttachmentGroups = Strings(at, "attachmentGroups") };
        if (!at.Has("dataflow") && !at.Has("none"))
        {
            Report(IssueCode.UnresolvedReference, attribute,
                $"Attribute '{Id(attribute)}' does not say what it is attached to (attributeRelationship: dataflow, dimensions, group or observation); it is taken for one of the observation.");
            return new() { Kind = AttachmentLevel.Observation };
        }

        return new() { Kind = AttachmentLevel.Dataset };
    }

    Urn? Concept(JsonPart at)
    {
        if (!at.Has("conceptIdentity"))
            Report(IssueCode.IllFormed, at, "'conceptIdentity' is missing: the component has no concept.");
        return UrnOf(at, "conceptIdentity", "Concept");
    }

    T Finish<T>(JsonPart at, T component, TextType standard) where T : Component
    {
        PassLinks(at);
        return (T)((Component)component with
        {
            LocalRepresentation = ReadRepresentation(at, "localRepresentation", standard),
            ConceptRoles = Urns(at, "conceptRoles", "Concept"),
            Annotations = ReadAnnotations(at),
            Uri = Link(at, "self", "href"),
        });
    }

    Representation? ReadRepresentation(JsonPart at, string name, TextType standard, bool isTarget = false)
    {
        if (Part(at, name) is not { } part)
            return null;
        Pass(part, "enumeration", "enumerationFormat", "format", "textFormat", "minOccurs", "maxOccurs");
        var isCoded = part.Has("enumeration");
        var format = Part(part, "enumerationFormat") ?? Part(part, "format") ?? Part(part, "textFormat");
        return new()
        {
            // What a report can be about may be listed by any scheme.
            Enumeration = isTarget ? UrnOf(part, "enumeration") : UrnOf(part, "enumeration", "Codelist", "ConceptScheme", "ValueList"),
            Format = format is { } given ? ReadFormat(given, isCoded ? TextType.String : standard) : null,
            MinOccurs = Number(part, "minOccurs"),
            MaxOccurs = Occurrences(part, "maxOccurs"),
        };
    }

    TextFormat ReadFormat(JsonPart at, TextType standard)
    {
        Pass(at, ["dataType", "textType", .. Facets]);
        var facets = new List<(string, string)>();
        foreach (var facet in at.Element.EnumerateObject())
        {
            if (!Facets.Contains(facet.Name) || facet.Value.ValueKind == JsonValueKind.Null)
                continue;
            if (facet.Value.ValueKind is JsonValueKind.String)
                facets.Add((facet.Name, facet.Value.GetString()!));
            else if (facet.Value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                // As it is spelt: 0.50 stays 0.50.
                facets.Add((facet.Name, facet.Value.GetRawText()));
            else
                Mistyped(new(facet.Value, at.PathOf(facet.Name)), "a number, a text, true or false");
        }

        return new() { Type = ReadType(at, at.Has("dataType") ? "dataType" : "textType") ?? standard, Facets = facets.ToValueArray() };
    }

    /// <summary>The type of data that a member names; null where there is none, or where it is none of SDMX, which is then a finding.</summary>
    TextType? ReadType(JsonPart at, string member)
    {
        if (Text(at, member) is not { } name)
            return null;
        // Real files spell "string". Numbers parse as enum values too; no data type begins with a digit or sign.
        if (Enum.TryParse<TextType>(name, ignoreCase: true, out var type) && char.IsAsciiLetter(name[0]) && Enum.IsDefined(type))
            return type;
        Report(IssueCode.InvalidType, at, $"{member} is '{name}'; a data type of SDMX was expected.{Nearest.Hint(name, Enum.GetNames<TextType>())}", name);
        return null;
    }

    MetadataStructure ReadMetadataStructure(JsonPart at)
    {
        Pass(at, [.. Common, "metadataStructureComponents"]);
        var msd = new MetadataStructure { Agency = Agency(at), Id = Id(at) };
        if (Part(at, "metadataStructureComponents") is not { } parts)
            return msd;
        Pass(parts, "metadataAttributeList", "metadataTargets", "reportStructures");
        if (Part(parts, "metadataAttributeList") is { } list)
        {
            Pass(list, "id", "links", "annotations", "metadataAttributes");
            msd = msd with { Attributes = ReadMetadataAttributes(list) };
        }

        msd = msd with
        {
            Targets = Items(parts, "metadataTargets").Select(ReadTarget).ToValueArray(),
            Reports = Items(parts, "reportStructures").Select(ReadReport).ToValueArray(),
        };
        foreach (var report in msd.Reports)
        {
            foreach (var target in report.Targets.Where(t => msd.Targets.All(known => known.Id != t)))
                Report(IssueCode.UnresolvedReference, parts, $"The report '{report.Id}' of {NameOf(at)} refers to the target '{target}', which is not there.", target);
        }

        return msd;
    }

    ValueArray<MetadataAttribute> ReadMetadataAttributes(JsonPart at)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var attributes = new List<MetadataAttribute>();
        foreach (var part in Items(at, "metadataAttributes"))
        {
            Pass(part, [.. ComponentMembers, "minOccurs", "maxOccurs", "isPresentational", "metadataAttributes"]);
            if (Concept(part) is not { } concept)
                continue;
            var id = NameId(part, concept.Item);
            if (!ids.Add(id))
                Report(IssueCode.DuplicateItem, part, $"The metadata attribute '{id}' is there twice.", id);
            attributes.Add(Finish(part, new MetadataAttribute
            {
                Id = id,
                ConceptIdentity = concept,
                MinOccurs = Number(part, "minOccurs") ?? 1,
                MaxOccurs = Occurrences(part, "maxOccurs") ?? 1,
                IsPresentational = Flag(part, "isPresentational") ?? false,
                Attributes = ReadMetadataAttributes(part),
            }, TextType.String));
        }

        return attributes.ToValueArray();
    }
}

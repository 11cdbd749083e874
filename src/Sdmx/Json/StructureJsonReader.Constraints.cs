using System.Text.Json;

namespace Sdmx.Json;

sealed partial class StructureJsonReader
{
    static readonly (string Member, string Class)[] Attachments =
    [
        ("dataStructures", "DataStructure"), ("dataflows", "Dataflow"), ("metadataStructures", "MetadataStructure"), ("metadataflows", "Metadataflow"),
        ("provisionAgreements", "ProvisionAgreement"),
    ];

    DataConstraint ReadConstraint(JsonPart at)
    {
        Pass(at, [.. Common, "role", "type", "constraintAttachment", "releaseCalendar", "referencePeriod", "dataKeySets", "cubeRegions"]);
        // A content constraint of 1.0 that does not say it is of what is held, as in SDMX-ML 2.1; since 2.1 there are none of these.
        var isActual = (Word(at, "role", "Allowed", "Actual") ?? Word(at, "type", "Allowed", "Actual"))
            ?? (at.Path.StartsWith("data.content", StringComparison.OrdinalIgnoreCase) ? "Actual" : "Allowed");
        var constraint = new DataConstraint
        {
            Agency = Agency(at),
            Id = Id(at),
            Role = isActual == "Actual" ? ConstraintRole.Actual : ConstraintRole.Allowed,
            Regions = Items(at, "cubeRegions").Select(ReadRegion).ToValueArray(),
            KeySets = Items(at, "dataKeySets").Select(ReadKeySet).ToValueArray(),
            ReleaseCalendar = Part(at, "releaseCalendar") is { } calendar ? new(Required(calendar, "periodicity"), Required(calendar, "offset"), Required(calendar, "tolerance")) : null,
            ReferencePeriod = Part(at, "referencePeriod") is { } period ? (Required(period, "startTime"), Required(period, "endTime")) : null,
        };
        return Part(at, "constraintAttachment") is { } attachment ? ReadAttachment(constraint, attachment) : constraint;
    }

    DataConstraint ReadAttachment(DataConstraint constraint, JsonPart at)
    {
        Pass(at, ["dataProvider", "simpleDataSources", "simpleDataSource", .. Attachments.Select(a => a.Member)]);
        var sources = Strings(at, "simpleDataSources").Concat(Text(at, "simpleDataSource") is { } source ? [source] : []);
        return constraint with
        {
            Attachment = Attachments.SelectMany(a => Urns(at, a.Member, a.Class)).Concat(UrnOf(at, "dataProvider", "DataProvider") is { } provider ? [provider] : []).ToValueArray(),
            OtherAttachment = sources.Select(s => ("SimpleDataSource", s)).ToValueArray(),
        };
    }

    CubeRegion ReadRegion(JsonPart at)
    {
        Pass(at, "include", "isIncluded", "keyValues", "components", "attributes");
        return new()
        {
            IsIncluded = Flag(at, "include") ?? Flag(at, "isIncluded") ?? true,
            Keys = Items(at, "keyValues").Select(ReadSelection).ToValueArray(),
            Components = Items(at, "components").Concat(Items(at, "attributes")).Select(ReadSelection).ToValueArray(),
        };
    }

    DataKeySet ReadKeySet(JsonPart at)
    {
        Pass(at, "isIncluded", "keys");
        return new()
        {
            IsIncluded = Flag(at, "isIncluded") ?? true,
            Keys = Items(at, "keys").Select(k =>
            {
                Pass(k, "keyValues", "components", "include");
                return new DataKey(Items(k, "keyValues").Select(ReadSelection).ToValueArray(), Items(k, "components").Select(ReadSelection).ToValueArray());
            }).ToValueArray(),
        };
    }

    MemberSelection ReadSelection(JsonPart at)
    {
        Pass(at, "id", "include", "removePrefix", "value", "values", "cascadeValues", "timeRange");
        // 1.0 lists the values that reach down their hierarchy beside the values.
        var values = Elements(at, "values", "an array of values").Select(ReadMemberValue).OfType<MemberValue>()
            .Concat(Text(at, "value") is { } one ? [new MemberValue(one)] : []).ToList();
        foreach (var cascading in Strings(at, "cascadeValues"))
        {
            var place = values.FindIndex(v => v.Value == cascading);
            if (place < 0)
                values.Add(new(cascading, Cascade.Children));
            else
                values[place] = values[place] with { Cascade = Cascade.Children };
        }

        return new()
        {
            Component = Required(at, "id"),
            IsIncluded = Flag(at, "include") ?? true,
            RemovePrefix = Flag(at, "removePrefix") ?? false,
            Values = values.ToValueArray(),
            TimeRange = Part(at, "timeRange") is { } range ? ReadRange(range) : null,
        };
    }

    MemberValue? ReadMemberValue(JsonPart at)
    {
        if (at.Element.ValueKind == JsonValueKind.String)
            return new(at.Element.GetString()!);
        if (at.Element.ValueKind != JsonValueKind.Object)
        {
            Mistyped(at, "a text, or an object with a value");
            return null;
        }

        Pass(at, "value", "cascadeValues");
        var cascade = at.Member("cascadeValues") is { ValueKind: JsonValueKind.String }
            ? Word(at, "cascadeValues", "excluderoot") is null ? Cascade.None : Cascade.ExcludeRoot
            : Flag(at, "cascadeValues") == true ? Cascade.Children : Cascade.None;
        return new(Required(at, "value"), cascade);
    }

    ConstraintTimeRange ReadRange(JsonPart at)
    {
        Pass(at, "startPeriod", "afterPeriod", "endPeriod", "beforePeriod");
        var start = Part(at, "startPeriod") ?? Part(at, "afterPeriod");
        var end = Part(at, "endPeriod") ?? Part(at, "beforePeriod");
        return new()
        {
            Start = start is { } first ? Required(first, "period") : null,
            IsStartInclusive = start is not { } from || (Flag(from, "isInclusive") ?? true),
            End = end is { } last ? Required(last, "period") : null,
            IsEndInclusive = end is not { } to || (Flag(to, "isInclusive") ?? true),
        };
    }
}

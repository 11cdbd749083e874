using System.Globalization;

namespace Sdmx.Json;

sealed partial class StructureJsonWriter
{
    void WriteConstraints(IEnumerable<DataConstraint> constraints)
    {
        var byRole = constraints.ToLookup(c => _version == JsonVersion.V21 && c.Role == ConstraintRole.Actual);
        Array(IsV1 ? "contentConstraints" : "dataConstraints", byRole[false], Write);
        Array("availabilityConstraints", byRole[true], WriteAvailability);
    }

    void WriteConstraint(DataConstraint constraint)
    {
        if (_version != JsonVersion.V21)
            _json.WriteString(IsV1 ? "type" : "role", constraint.Role.ToString());
        if (!constraint.Attachment.IsEmpty || constraint.OtherAttachment.Any(IsSource))
        {
            _json.WriteStartObject("constraintAttachment");
            WriteAttachment(constraint);
            _json.WriteEndObject();
        }

        if (_version != JsonVersion.V21 && constraint.ReleaseCalendar is { } calendar)
        {
            _json.WriteStartObject("releaseCalendar");
            _json.WriteString("periodicity", calendar.Periodicity);
            _json.WriteString("offset", calendar.Offset);
            _json.WriteString("tolerance", calendar.Tolerance);
            _json.WriteEndObject();
        }

        Array("dataKeySets", constraint.KeySets, WriteKeySet);
        Array("cubeRegions", constraint.Regions, WriteRegion);
        if (!IsV1 || constraint.ReferencePeriod is not { } period)
            return;
        _json.WriteStartObject("referencePeriod");
        _json.WriteString("startTime", period.Start);
        _json.WriteString("endTime", period.End);
        _json.WriteEndObject();
    }

    void WriteRegion(CubeRegion region) => Object(() =>
    {
        _json.WriteBoolean(IsV1 ? "isIncluded" : "include", region.IsIncluded);
        Array("keyValues", region.Keys, WriteSelection);
        Array(IsV1 ? "attributes" : "components", region.Components, WriteSelection);
    });

    // What is held is no artefact in 2.1: it has a region and counts, and neither id nor name (checklist 2.11).
    void WriteAvailability(DataConstraint constraint) => Object(() =>
    {
        var counts = constraint.Annotations.Where(a => a.Type == "sdmx_metrics").ToList();
        Annotations(constraint.Annotations.Where(a => !counts.Contains(a)).ToValueArray());
        _json.WriteStartObject("constraintAttachment");
        if (constraint.Attachment is [var context, ..])
            _json.WriteString(context.Class switch { "DataStructure" => "dataStructure", "ProvisionAgreement" => "provisionAgreement", _ => "dataflow" }, context.ToString());
        _json.WriteEndObject();
        if (constraint.Regions is [var region, ..])
        {
            _json.WritePropertyName("cubeRegion");
            WriteRegion(region);
        }

        Count("series_count", "seriesCount");
        Count("obs_count", "obsCount");

        void Count(string id, string property)
        {
            if (long.TryParse(counts.Find(c => c.Id == id)?.Title, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                _json.WriteNumber(property, count);
        }
    });

    static bool IsSource((string Kind, string Value) other) => other.Kind == "SimpleDataSource";

    void WriteAttachment(DataConstraint constraint)
    {
        (string, string)[] lists = [("DataStructure", "dataStructures"), ("Dataflow", "dataflows"), ("ProvisionAgreement", "provisionAgreements")];
        foreach (var (type, property) in IsV1 ? [.. lists, ("MetadataStructure", "metadataStructures"), ("Metadataflow", "metadataflows")] : lists)
            Array(property, constraint.Attachment.Where(u => u.Class == type), u => _json.WriteStringValue(u.ToString()));
        if (constraint.Attachment.FirstOrDefault(u => u.Class == "DataProvider") is { Class: not null } provider)
            _json.WriteString("dataProvider", provider.ToString());
        var sources = constraint.OtherAttachment.Where(IsSource).Select(s => s.Value).ToList();
        if (IsV1)
            Optional("simpleDataSource", sources.FirstOrDefault());
        else
            Array("simpleDataSources", _version == JsonVersion.V20 ? sources : [], _json.WriteStringValue);
    }

    void WriteSelection(MemberSelection selection) => Object(() =>
    {
        _json.WriteString("id", selection.Component);
        if (selection.TimeRange is { } range && IsV1)
            WriteRange(range);
        else if (IsV1)
        {
            Array("values", selection.Values, v => _json.WriteStringValue(v.Value));
            Array("cascadeValues", selection.Values.Where(v => v.Cascade != Cascade.None), v => _json.WriteStringValue(v.Value));
        }
        else
            WriteContent(selection);
    });

    void WriteContent(MemberSelection selection)
    {
        WriteFlags(selection);
        if (selection.TimeRange is { } range)
            WriteRange(range);
        else
            Array("values", selection.Values, WriteValue);
    }

    void WriteFlags(MemberSelection selection)
    {
        if (!selection.IsIncluded)
            _json.WriteBoolean("include", false);
        if (selection.RemovePrefix)
            _json.WriteBoolean("removePrefix", true);
    }

    void WriteValue(MemberValue value)
    {
        if (value.Cascade == Cascade.None)
        {
            _json.WriteStringValue(value.Value);
            return;
        }

        Object(() =>
        {
            _json.WriteString("value", value.Value);
            if (value.Cascade == Cascade.ExcludeRoot)
                _json.WriteString("cascadeValues", "excluderoot");
            else
                _json.WriteBoolean("cascadeValues", true);
        });
    }

    void WriteRange(ConstraintTimeRange range)
    {
        var isBounded = range is { Start: not null, End: not null };
        _json.WriteStartObject("timeRange");
        Bound(isBounded ? "startPeriod" : "afterPeriod", range.Start, range.IsStartInclusive);
        Bound(isBounded ? "endPeriod" : "beforePeriod", range.End, range.IsEndInclusive);
        _json.WriteEndObject();
    }

    void Bound(string property, string? period, bool isInclusive)
    {
        if (period is null)
            return;
        _json.WriteStartObject(property);
        _json.WriteString("period", period);
        _json.WriteBoolean("isInclusive", isInclusive);
        _json.WriteEndObject();
    }

    void WriteKeySet(DataKeySet set) => Object(() =>
    {
        _json.WriteBoolean("isIncluded", set.IsIncluded);
        // Up to 2.0 there is one value in each part of a key: a key with several is the keys that each one of them makes.
        Array("keys", _version == JsonVersion.V21 ? set.Keys : set.Keys.SelectMany(k => k.Singles), k => Object(() =>
        {
            Array("keyValues", k.Values, WriteKeyValue);
            Array("components", IsV1 ? [] : k.Components, WriteSelection);
        }));
    });

    void WriteKeyValue(MemberSelection selection) => Object(() =>
    {
        _json.WriteString("id", selection.Component);
        if (!IsV1)
            WriteFlags(selection);
        if (selection.Values.Count > 1)
            Array("values", selection.Values, v => _json.WriteStringValue(v.Value));
        else
            _json.WriteString("value", selection.Values.IsEmpty ? "" : selection.Values[0].Value);
    });
}

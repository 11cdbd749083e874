namespace Sdmx.Json;

sealed partial class StructureJsonWriter
{
    void WriteConstraint(DataConstraint constraint)
    {
        _json.WriteString("role", constraint.Role.ToString());
        if (!constraint.Attachment.IsEmpty || constraint.OtherAttachment.Any(IsSource))
        {
            _json.WriteStartObject("constraintAttachment");
            WriteAttachment(constraint);
            _json.WriteEndObject();
        }

        if (constraint.ReleaseCalendar is { } calendar)
        {
            _json.WriteStartObject("releaseCalendar");
            _json.WriteString("periodicity", calendar.Periodicity);
            _json.WriteString("offset", calendar.Offset);
            _json.WriteString("tolerance", calendar.Tolerance);
            _json.WriteEndObject();
        }

        Array("dataKeySets", constraint.KeySets, WriteKeySet);
        Array("cubeRegions", constraint.Regions, r => Object(() =>
        {
            _json.WriteBoolean("include", r.IsIncluded);
            Array("keyValues", r.Keys, WriteSelection);
            Array("components", r.Components, WriteSelection);
        }));
    }

    static bool IsSource((string Kind, string Value) other) => other.Kind == "SimpleDataSource";

    void WriteAttachment(DataConstraint constraint)
    {
        foreach (var (type, property) in ((string, string)[])
            [("DataStructure", "dataStructures"), ("Dataflow", "dataflows"), ("ProvisionAgreement", "provisionAgreements")])
            Array(property, constraint.Attachment.Where(u => u.Class == type), u => _json.WriteStringValue(u.ToString()));
        if (constraint.Attachment.FirstOrDefault(u => u.Class == "DataProvider") is { Class: not null } provider)
            _json.WriteString("dataProvider", provider.ToString());
        Array("simpleDataSources", constraint.OtherAttachment.Where(IsSource), s => _json.WriteStringValue(s.Value));
    }

    void WriteSelection(MemberSelection selection) => Object(() =>
    {
        _json.WriteString("id", selection.Component);
        if (!selection.IsIncluded)
            _json.WriteBoolean("include", false);
        if (selection.RemovePrefix)
            _json.WriteBoolean("removePrefix", true);
        if (selection.TimeRange is { } range)
            WriteRange(range);
        else
            Array("values", selection.Values, WriteValue);
    });

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
        Array("keys", set.Keys.SelectMany(Single), k => Object(() =>
        {
            Array("keyValues", k.Values, v => Object(() =>
            {
                _json.WriteString("id", v.Component);
                if (!v.IsIncluded)
                    _json.WriteBoolean("include", false);
                if (v.RemovePrefix)
                    _json.WriteBoolean("removePrefix", true);
                _json.WriteString("value", v.Values.IsEmpty ? "" : v.Values[0].Value);
            }));
            Array("components", k.Components, WriteSelection);
        }));
    });

    // JSON 2.0 has one value in each part of a key: a key with several is the keys that each one of them makes.
    static IEnumerable<DataKey> Single(DataKey key)
    {
        var at = key.Values.ToList().FindIndex(v => v.Values.Count > 1);
        if (at < 0)
            return [key];
        return key.Values[at].Values.SelectMany(value => Single(key with
        {
            Values = key.Values.Select((v, i) => i == at ? v with { Values = [value] } : v).ToValueArray(),
        }));
    }
}

using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlWriter
{
    // What selects values is of another namespace in 2.1, and its elements for attributes are called so.
    XNamespace Selecting => IsV3 ? _structure : _common;

    string ComponentName => IsV3 ? "Component" : "Attribute";

    XElement WriteConstraint(DataConstraint constraint)
    {
        var attachment = constraint.Attachment.IsEmpty && constraint.OtherAttachment.IsEmpty ? null : new XElement(_structure + "ConstraintAttachment",
                constraint.Attachment.Select(u => Reference(_structure + (IsV3 ? u.Class : LegacyClass(u.Class)), u)),
                constraint.OtherAttachment.Select(WriteOther));
        var calendar = constraint.ReleaseCalendar is not { } release ? null : new XElement(_structure + "ReleaseCalendar",
            Text("Periodicity", release.Periodicity), Text("Offset", release.Offset), Text("Tolerance", release.Tolerance));
        var keySets = constraint.KeySets.Select(WriteKeySet);
        var regions = constraint.Regions.Select(r => new XElement(_structure + "CubeRegion",
            new XAttribute("include", r.IsIncluded),
            r.Keys.Select(k => WriteSelection("KeyValue", k)),
            r.Components.Select(c => WriteSelection(ComponentName, c))));
        if (IsV3)
        {
            return _version == SdmxMlVersion.V31 ? Element(constraint, "DataConstraint", attachment, keySets, regions)
                : Element(constraint, "DataConstraint", new XAttribute("role", constraint.Role.ToString()), attachment, calendar, keySets, regions);
        }

        var element = Element(constraint, "ContentConstraint", attachment, keySets, regions, calendar,
            constraint.ReferencePeriod is not { } period ? null : new XElement(_structure + "ReferencePeriod",
                Optional("startTime", period.Start), Optional("endTime", period.End)));
        element.SetAttributeValue("type", constraint.Role.ToString());
        return element;
    }

    // What has parts of its own was kept as XML by the reader.
    XElement WriteOther((string Kind, string Value) other) => other.Kind == "SimpleDataSource"
        ? new(_structure + other.Kind, Clean(other.Value))
        : XElement.Parse(other.Value.Replace(SdmxMlVersion.V21.Root, _version.Root, StringComparison.Ordinal), LoadOptions.PreserveWhitespace);

    XElement WriteKeySet(DataKeySet set) => new(_structure + "DataKeySet",
        new XAttribute("isIncluded", set.IsIncluded),
        // 3.0 has one value in each part of a key.
        set.Keys.SelectMany(k => _version == SdmxMlVersion.V30 ? k.Singles : [k]).Select(k => new XElement(_structure + "Key",
            k.Values.Select(v => WriteSelection("KeyValue", v)),
            k.Components.Select(c => WriteSelection(ComponentName, c)))));

    XElement WriteSelection(string name, MemberSelection selection) => new(Selecting + name,
        new XAttribute("id", selection.Component),
        selection.IsIncluded ? null : new XAttribute("include", false),
        selection.RemovePrefix && IsV3 ? new XAttribute("removePrefix", true) : null,
        selection.Values.Select(v => new XElement(Selecting + "Value",
            WriteCascade(v.Cascade), IsV3 ? Optional("validFrom", v.ValidFrom) : null, IsV3 ? Optional("validTo", v.ValidTo) : null, Clean(v.Value))),
        selection.TimeRange is not { } range ? null : new XElement(Selecting + "TimeRange", WriteRange(range)));

    XAttribute? WriteCascade(Cascade cascade) => cascade == Cascade.None ? null
        : new("cascadeValues", IsV3 && cascade == Cascade.ExcludeRoot ? "excluderoot" : "true");

    IEnumerable<XElement> WriteRange(ConstraintTimeRange range)
    {
        var isBounded = range is { Start: not null, End: not null };
        if (range.Start is not null)
            yield return Bound(isBounded ? "StartPeriod" : "AfterPeriod", range.Start, range.IsStartInclusive);
        if (range.End is not null)
            yield return Bound(isBounded ? "EndPeriod" : "BeforePeriod", range.End, range.IsEndInclusive);
    }

    XElement Bound(string name, string period, bool isInclusive) =>
        new(Selecting + name, new XAttribute("isInclusive", isInclusive), Clean(period));
}

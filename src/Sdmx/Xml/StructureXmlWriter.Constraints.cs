using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlWriter
{
    XElement WriteConstraint(DataConstraint constraint)
    {
        var element = Element(constraint, "ContentConstraint",
            constraint.Attachment.IsEmpty && constraint.OtherAttachment.IsEmpty ? null : new XElement(_structure + "ConstraintAttachment",
                constraint.Attachment.Select(u => Reference(_structure + LegacyClass(u.Class), u)),
                constraint.OtherAttachment.Select(WriteOther)),
            constraint.KeySets.Select(WriteKeySet),
            constraint.Regions.Select(r => new XElement(_structure + "CubeRegion",
                new XAttribute("include", r.IsIncluded),
                r.Keys.Select(k => WriteSelection("KeyValue", k)),
                r.Components.Select(c => WriteSelection("Attribute", c)))),
            constraint.ReleaseCalendar is not { } calendar ? null : new XElement(_structure + "ReleaseCalendar",
                new XElement(_structure + "Periodicity", Clean(calendar.Periodicity)),
                new XElement(_structure + "Offset", Clean(calendar.Offset)),
                new XElement(_structure + "Tolerance", Clean(calendar.Tolerance))),
            constraint.ReferencePeriod is not { } period ? null : new XElement(_structure + "ReferencePeriod",
                Optional("startTime", period.Start), Optional("endTime", period.End)));
        element.SetAttributeValue("type", constraint.Role.ToString());
        return element;
    }

    // What has parts of its own was kept as XML by the reader.
    XElement WriteOther((string Kind, string Value) other) => other.Kind == "SimpleDataSource"
        ? new(_structure + other.Kind, Clean(other.Value))
        : XElement.Parse(other.Value, LoadOptions.PreserveWhitespace);

    XElement WriteKeySet(DataKeySet set) => new(_structure + "DataKeySet",
        new XAttribute("isIncluded", set.IsIncluded),
        set.Keys.Select(k => new XElement(_structure + "Key",
            k.Values.Select(v => WriteSelection("KeyValue", v)),
            k.Components.Select(c => WriteSelection("Attribute", c)))));

    XElement WriteSelection(string name, MemberSelection selection) => new(_common + name,
        new XAttribute("id", selection.Component),
        selection.IsIncluded ? null : new XAttribute("include", false),
        selection.Values.Select(v => new XElement(_common + "Value",
            v.Cascade == Cascade.None ? null : new XAttribute("cascadeValues", true), Clean(v.Value))),
        selection.TimeRange is not { } range ? null : new XElement(_common + "TimeRange", WriteRange(range)));

    IEnumerable<XElement> WriteRange(ConstraintTimeRange range)
    {
        var isBounded = range is { Start: not null, End: not null };
        if (range.Start is not null)
            yield return Bound(isBounded ? "StartPeriod" : "AfterPeriod", range.Start, range.IsStartInclusive);
        if (range.End is not null)
            yield return Bound(isBounded ? "EndPeriod" : "BeforePeriod", range.End, range.IsEndInclusive);
    }

    XElement Bound(string name, string period, bool isInclusive) =>
        new(_common + name, new XAttribute("isInclusive", isInclusive), Clean(period));
}

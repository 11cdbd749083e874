using System.Xml.Linq;

namespace Sdmx.Xml;

static partial class StructureXmlWriter
{
    static XElement WriteConstraint(DataConstraint constraint)
    {
        var element = Element(constraint, "ContentConstraint",
            constraint.Attachment.IsEmpty && constraint.OtherAttachment.IsEmpty ? null : new XElement(Structure + "ConstraintAttachment",
                constraint.Attachment.Select(u => Reference(Structure + LegacyClass(u.Class), u)),
                constraint.OtherAttachment.Select(WriteOther)),
            constraint.KeySets.Select(WriteKeySet),
            constraint.Regions.Select(r => new XElement(Structure + "CubeRegion",
                new XAttribute("include", r.IsIncluded),
                r.Keys.Select(k => WriteSelection("KeyValue", k)),
                r.Components.Select(c => WriteSelection("Attribute", c)))),
            constraint.ReleaseCalendar is not { } calendar ? null : new XElement(Structure + "ReleaseCalendar",
                new XElement(Structure + "Periodicity", Clean(calendar.Periodicity)),
                new XElement(Structure + "Offset", Clean(calendar.Offset)),
                new XElement(Structure + "Tolerance", Clean(calendar.Tolerance))),
            constraint.ReferencePeriod is not { } period ? null : new XElement(Structure + "ReferencePeriod",
                Optional("startTime", period.Start), Optional("endTime", period.End)));
        element.SetAttributeValue("type", constraint.Role.ToString());
        return element;
    }

    // What has parts of its own was kept as XML by the reader.
    static XElement WriteOther((string Kind, string Value) other) => other.Kind == "SimpleDataSource"
        ? new(Structure + other.Kind, Clean(other.Value))
        : XElement.Parse(other.Value, LoadOptions.PreserveWhitespace);

    static XElement WriteKeySet(DataKeySet set) => new(Structure + "DataKeySet",
        new XAttribute("isIncluded", set.IsIncluded),
        set.Keys.Select(k => new XElement(Structure + "Key",
            k.Values.Select(v => WriteSelection("KeyValue", v)),
            k.Components.Select(c => WriteSelection("Attribute", c)))));

    static XElement WriteSelection(string name, MemberSelection selection) => new(Common + name,
        new XAttribute("id", selection.Component),
        selection.IsIncluded ? null : new XAttribute("include", false),
        selection.Values.Select(v => new XElement(Common + "Value",
            v.Cascade == Cascade.None ? null : new XAttribute("cascadeValues", true), Clean(v.Value))),
        selection.TimeRange is not { } range ? null : new XElement(Common + "TimeRange", WriteRange(range)));

    static IEnumerable<XElement> WriteRange(ConstraintTimeRange range)
    {
        var isBounded = range is { Start: not null, End: not null };
        if (range.Start is not null)
            yield return Bound(isBounded ? "StartPeriod" : "AfterPeriod", range.Start, range.IsStartInclusive);
        if (range.End is not null)
            yield return Bound(isBounded ? "EndPeriod" : "BeforePeriod", range.End, range.IsEndInclusive);
    }

    static XElement Bound(string name, string period, bool isInclusive) =>
        new(Common + name, new XAttribute("isInclusive", isInclusive), Clean(period));
}

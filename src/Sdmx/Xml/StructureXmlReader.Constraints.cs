using System.Xml.Linq;

namespace Sdmx.Xml;

sealed partial class StructureXmlReader
{
    DataConstraint ReadConstraint(XElement element)
    {
        var attachment = (Child(element, "ConstraintAttachment")?.Elements() ?? []).ToList();
        return new()
        {
            Agency = Agency(element),
            Id = Id(element),
            Role = ReadRole(element),
            Attachment = attachment.Where(e => !IsOther(e)).Select(e => Reference(e, e.Name.LocalName)).OfType<Urn>().ToValueArray(),
            OtherAttachment = attachment.Where(IsOther).Select(e => (e.Name.LocalName, e.Name.LocalName == "SimpleDataSource" ? e.Value.Trim() : Verbatim(e).Replace(_version.Root, SdmxMlVersion.V21.Root, StringComparison.Ordinal))).ToValueArray(),
            Regions = Children(element, "CubeRegion").Select(ReadRegion).ToValueArray(),
            KeySets = Children(element, "DataKeySet").Select(ReadKeySet).ToValueArray(),
            ReleaseCalendar = Child(element, "ReleaseCalendar") is { } calendar
                ? new(TextOf(calendar, "Periodicity"), TextOf(calendar, "Offset"), TextOf(calendar, "Tolerance")) : null,
            ReferencePeriod = Child(element, "ReferencePeriod") is { } period
                ? (Attribute(period, "startTime") ?? "", Attribute(period, "endTime") ?? "") : null,
        };
    }

    ConstraintRole ReadRole(XElement element)
    {
        // 2.1: type, Actual by default. 3.0: role, which must be given. 3.1: allowed content only.
        var name = IsV3 ? "role" : "type";
        switch (Attribute(element, name)?.Trim())
        {
            case "Allowed": return ConstraintRole.Allowed;
            case "Actual": return ConstraintRole.Actual;
            case null when !IsV3: return ConstraintRole.Actual;
            case null when _version == SdmxMlVersion.V31: return ConstraintRole.Allowed;
            case var other:
                Mistyped(element, name, other ?? "", "Allowed or Actual");
                return IsV3 ? ConstraintRole.Allowed : ConstraintRole.Actual;
        }
    }

    // 2.1 has elements of one name for attributes; 3.x for attributes and measures.
    string ComponentName => IsV3 ? "Component" : "Attribute";

    static bool IsOther(XElement element) => StructureGrammar.OtherAttachments.Contains(element.Name.LocalName);

    /// <summary>The element as XML in one spelling, whatever prefixes and line breaks it was sent with.</summary>
    static string Verbatim(XElement element)
    {
        var copy = new XElement(element);
        copy.DescendantsAndSelf().Attributes().Where(a => a.IsNamespaceDeclaration).Remove();
        copy.DescendantNodes().OfType<XText>().Where(t => string.IsNullOrWhiteSpace(t.Value)).Remove();
        return copy.ToString(SaveOptions.DisableFormatting);
    }

    CubeRegion ReadRegion(XElement element) => new()
    {
        IsIncluded = OptionalFlag(element, "include") ?? true,
        Keys = Children(element, "KeyValue").Select(ReadSelection).ToValueArray(),
        Components = Children(element, ComponentName).Select(ReadSelection).ToValueArray(),
    };

    DataKeySet ReadKeySet(XElement element) => new()
    {
        IsIncluded = OptionalFlag(element, "isIncluded") ?? true,
        Keys = Children(element, "Key").Select(k => new DataKey(
            Children(k, "KeyValue").Select(ReadSelection).ToValueArray(),
            Children(k, ComponentName).Select(ReadSelection).ToValueArray())).ToValueArray(),
    };

    MemberSelection ReadSelection(XElement element) => new()
    {
        Component = Attribute(element, "id") ?? "",
        IsIncluded = OptionalFlag(element, "include") ?? true,
        RemovePrefix = OptionalFlag(element, "removePrefix") ?? false,
        Values = Children(element, "Value").Select(ReadMember).ToValueArray(),
        TimeRange = Child(element, "TimeRange") is { } range ? ReadTimeRange(range) : null,
    };

    MemberValue ReadMember(XElement element) => new(element.Value.Trim(), ReadCascade(element))
    {
        ValidFrom = Attribute(element, "validFrom"),
        ValidTo = Attribute(element, "validTo"),
    };

    Cascade ReadCascade(XElement element) =>
        IsV3 && Attribute(element, "cascadeValues")?.Trim() == "excluderoot" ? Cascade.ExcludeRoot
        : OptionalFlag(element, "cascadeValues") == true ? Cascade.Children : Cascade.None;

    // BeforePeriod bounds the end, AfterPeriod the start; either may be inclusive, as the schema's documentation says.
    ConstraintTimeRange ReadTimeRange(XElement element)
    {
        var start = Child(element, "StartPeriod") ?? Child(element, "AfterPeriod");
        var end = Child(element, "EndPeriod") ?? Child(element, "BeforePeriod");
        return new()
        {
            Start = start?.Value.Trim(),
            IsStartInclusive = start is null || (OptionalFlag(start, "isInclusive") ?? true),
            End = end?.Value.Trim(),
            IsEndInclusive = end is null || (OptionalFlag(end, "isInclusive") ?? true),
        };
    }
}

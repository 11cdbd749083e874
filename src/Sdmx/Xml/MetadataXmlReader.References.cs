using System.Xml.Linq;
using static Sdmx.Xml.StructureXmlReader;

namespace Sdmx.Xml;

sealed partial class MetadataXmlReader
{
    ReferenceValue? ReadReferenceValue(XElement element)
    {
        if (element.Elements().FirstOrDefault() is not { } content)
        {
            Report(IssueCode.UnknownTarget, element, $"The reference value '{Attribute(element, "id")}' names nothing.");
            return null;
        }

        var value = new ReferenceValue { Id = Attribute(element, "id"), Kind = content.Name.LocalName };
        switch (content.Name.LocalName)
        {
            case "ObjectReference" or "ConstraintContentReference":
                return value with { Value = ObjectOf(content) };
            case "DataKey":
                return value with { Key = Children(content, "KeyValue").Select(k => new KeyValue(Attribute(k, "id") ?? "", Child(k, "Value")?.Value.Trim() ?? "")).ToValueArray() };
            case "DataSetReference":
                return value with { Value = Child(content, "ID")?.Value.Trim(), DataProvider = _parts.Reference(Child(content, "DataProvider"), "DataProvider") };
            case "ReportPeriod":
                return value with { Value = content.Value.Trim() };
            default:
                Expect(element);
                return null;
        }
    }

    /// <summary>The URN of an object of any class, also of one that the hub does not keep.</summary>
    string? ObjectOf(XElement holder)
    {
        if (Child(holder, "URN") is { } urn)
            return urn.Value.Trim();
        if (Child(holder, "Ref") is not { } reference || Attribute(reference, "class") is not { } named || Attribute(reference, "package") is not { } package)
        {
            Report(IssueCode.UnknownTarget, holder, $"<{holder.Name.LocalName}> names nothing: it needs a URN, or a Ref with class and package.");
            return null;
        }

        var isItem = Attribute(reference, "maintainableParentID") is not null;
        var id = isItem ? Attribute(reference, "maintainableParentID") : Attribute(reference, "id");
        var version = (isItem ? Attribute(reference, "maintainableParentVersion") : Attribute(reference, "version")) ?? "1.0";
        var item = isItem ? "." + (Attribute(reference, "containerID") is { } container ? container + "." : "") + Attribute(reference, "id") : "";
        return $"urn:sdmx:org.sdmx.infomodel.{package}.{named}={Attribute(reference, "agencyID")}:{id}({version}){item}";
    }
}

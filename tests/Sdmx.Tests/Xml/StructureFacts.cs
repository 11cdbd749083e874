using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sdmx.Tests.Xml;

/// <summary>What a 2.1 structure message says, as a sorted list of lines: made from the bare XML, without the hub's reader or model.</summary>
/// <remarks>Two spellings of one thing give the same line: Ref and URN, defaults written or not, prefixes, order of artefacts.</remarks>
static partial class StructureFacts
{
    static readonly Dictionary<string, string> FixedIds = new()
    {
        ["TimeDimension"] = "TIME_PERIOD", ["PrimaryMeasure"] = "OBS_VALUE", ["ReportingYearStartDay"] = "REPORTING_YEAR_START_DAY",
        ["ReportPeriodTarget"] = "REPORT_PERIOD_TARGET", ["KeyDescriptorValuesTarget"] = "DIMENSION_DESCRIPTOR_VALUES_TARGET",
    };

    static readonly Dictionary<string, string> Defaults = new()
    {
        ["version"] = "1.0", ["include"] = "true", ["isInclusive"] = "true", ["assignmentStatus"] = "Conditional", ["isPartial"] = "false",
        ["cascadeValues"] = "false", ["minOccurs"] = "1", ["maxOccurs"] = "1", ["isPresentational"] = "false",
    };

    static readonly HashSet<string> Derived = ["urn", "class", "package", "style", "schemaLocation"];

    /// <summary>The artefact elements that count: of the same artefact given twice the fuller one; pointers to nothing left out.</summary>
    public static XElement[] Artefacts(XDocument document) => [.. document.Root!.Elements().Single(e => e.Name.LocalName == "Structures")
        .Elements().SelectMany(c => c.Elements())
        .Where(a => !((string?)a.Attribute("isExternalReference") == "true" && (string?)a.Attribute("agencyID") == ""))
        .GroupBy(a => (a.Name.LocalName, (string?)a.Attribute("agencyID"), (string?)a.Attribute("id"), (string?)a.Attribute("version") ?? "1.0"))
        .Select(g => g.OrderByDescending(a => a.Descendants().Count()).First())];

    public static string[] Of(XDocument document)
    {
        var lines = new List<string>();
        foreach (var artefact in Artefacts(document))
            Walk(artefact, $"{(string?)artefact.Attribute("agencyID")}({(string?)artefact.Attribute("version") ?? "1.0"})", lines);
        lines.Sort(StringComparer.Ordinal);
        return [.. lines];
    }

    static void Walk(XElement element, string path, List<string> lines)
    {
        var name = element.Name.LocalName;
        if (name == "TextFormat" && element.Parent!.Elements().Any(e => e.Name.LocalName == "Enumeration"))
            name = "EnumerationFormat";
        var isReference = name is "Ref" or "URN";
        path += "/" + name + (isReference ? "" : "[" + IdOf(element) + "]");
        if (isReference)
        {
            if (path.Contains("AttributeRelationship[]/PrimaryMeasure"))
                lines.Add(path[..path.LastIndexOf('/')]);
            else if (name == "Ref" || !element.Parent!.Elements().Any(e => e.Name.LocalName == "Ref"))
                lines.Add(path[..path.LastIndexOf('/')] + " -> " + Target(element));
            return;
        }

        foreach (var attribute in element.Attributes().Where(a => !a.IsNamespaceDeclaration && a.Name.Namespace != XNamespace.Xml))
        {
            var key = attribute.Name.LocalName;
            if (key != "id" && !Derived.Contains(key) && Defaults.GetValueOrDefault(key) != attribute.Value && !IsDefaultType(attribute))
                lines.Add($"{path}@{key}={(key == "textType" ? char.ToUpperInvariant(attribute.Value[0]) + attribute.Value[1..] : attribute.Value)}");
        }

        if (!element.HasElements && name is not "Name" && element.Value.Length == 0 || element.Value.Length > 0 && !element.HasElements)
            lines.Add($"{path}={(name is "Value" or "StartPeriod" or "EndPeriod" ? element.Value.Trim() : element.Value)}");
        foreach (var child in element.Elements())
            Walk(child, path, lines);
    }

    static bool IsDefaultType(XAttribute attribute) => attribute.Name.LocalName == "textType"
        && (attribute.Value is "String" or "string" || attribute.Value is "ObservationalTimePeriod" or "observationalTimePeriod" && attribute.Parent!.Parent!.Parent!.Name.LocalName == "TimeDimension");

    static string IdOf(XElement element)
    {
        var name = element.Name.LocalName;
        if (name is "DimensionList" or "AttributeList" or "MeasureList")
            return "";
        var id = (string?)element.Attribute("id") ?? (string?)element.Attribute(XNamespace.Xml + "lang") ?? FixedIds.GetValueOrDefault(name);
        if (id is null && name is "Name" or "Description" or "AnnotationText")
            return (string?)element.Attribute(XNamespace.Xml + "lang") ?? "en";
        if (id is null && element.Elements().FirstOrDefault(e => e.Name.LocalName == "ConceptIdentity") is { } concept)
            id = Target(concept.Elements().First()).Split(' ')[^1];
        return id ?? "";
    }

    static string Target(XElement element)
    {
        if (element.Name.LocalName == "URN")
        {
            var match = UrnPattern().Match(element.Value.Trim());
            return $"{match.Groups[1].Value}:{match.Groups[2].Value}({match.Groups[3].Value}) {match.Groups[4].Value}".TrimEnd();
        }

        string? Get(string name) => (string?)element.Attribute(name);
        if (Get("agencyID") is null)
            return Get("id")!;
        return Get("maintainableParentID") is { } parent
            ? $"{Get("agencyID")}:{parent}({Get("maintainableParentVersion") ?? "1.0"}) {Get("id")}"
            : $"{Get("agencyID")}:{Get("id")}({Get("version") ?? "1.0"})";
    }

    [GeneratedRegex(@"=([^:]+):([^(]+)\(([^)]+)\)\.?(.*)$")]
    private static partial Regex UrnPattern();
}

using System.Globalization;

namespace Sdmx.Validation;

public sealed partial class MetadataValidator
{
    void CheckAttributes(MetadataReport report, AttributeTree tree) => CheckLevel(report, report.Attributes, tree.Attributes, "at the top", tree);

    /// <summary>Checks the attributes below one, or those at the top.</summary>
    /// <param name="holder">The report or attribute that has them.</param>
    /// <param name="reported">What is reported.</param>
    /// <param name="nodes">What may be reported here.</param>
    /// <param name="place">Where this is, in words.</param>
    /// <param name="tree">What may be reported anywhere.</param>
    void CheckLevel(object holder, ValueArray<ReportedAttribute> reported, IReadOnlyList<AttributeNode> nodes, string place, AttributeTree tree)
    {
        foreach (var attribute in reported)
        {
            if (nodes.FirstOrDefault(n => n.Definition.Id == attribute.Id) is not { } node)
            {
                AddStranger(attribute, place, tree);
                continue;
            }

            CheckValue(attribute, node);
            CheckLevel(attribute, attribute.Attributes, node.Attributes, $"below {attribute.Id}", tree);
        }

        foreach (var node in nodes)
            CheckOccurrences(holder, [.. reported.Where(a => a.Id == node.Definition.Id)], node);
    }

    void AddStranger(ReportedAttribute attribute, string place, AttributeTree tree) => Add(attribute, tree.All.TryGetValue(attribute.Id, out var elsewhere)
        ? new(IssueCode.MisplacedMetadataAttribute, default, $"{attribute.Id} stands {place}; the metadata structure has it {elsewhere.Place}.")
        {
            Component = attribute.Id, Expected = elsewhere.Place,
        }
        : new(IssueCode.UnknownMetadataAttribute, default, $"The metadata structure has no attribute '{attribute.Id}'")
        {
            Component = attribute.Id, Value = attribute.Id, Nearest = Sdmx.Nearest.To(attribute.Id, tree.All.Keys),
        });

    void CheckOccurrences(object holder, List<ReportedAttribute> reported, AttributeNode node)
    {
        var definition = node.Definition;
        if (reported.Count < definition.MinOccurs)
        {
            Add(holder, new(IssueCode.MissingMetadataAttribute, default, string.Create(CultureInfo.InvariantCulture,
                $"{definition.Id} is reported {Times(reported.Count)} {node.Place}; the metadata structure demands at least {definition.MinOccurs}.")) { Component = definition.Id });
        }
        else if (reported.Count > definition.MaxOccurs)
        {
            Add(reported[definition.MaxOccurs], new(IssueCode.RepeatedMetadataAttribute, default, string.Create(CultureInfo.InvariantCulture,
                $"{definition.Id} is reported {Times(reported.Count)} {node.Place}; the metadata structure allows at most {definition.MaxOccurs}.")) { Component = definition.Id });
        }
    }

    static string Times(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} time{(count == 1 ? "" : "s")}");

    void CheckValue(ReportedAttribute attribute, AttributeNode node)
    {
        if (attribute.Text.Texts.Count > 1 && node.Text.Facet("isMultiLingual") is "false" or "0")
            Add(attribute, new(IssueCode.OutsideFacet, default, $"{attribute.Id} has texts in {string.Join(", ", attribute.Text.Texts.Select(t => t.Language))} and breaks isMultiLingual false") { Component = attribute.Id, Expected = "isMultiLingual false" });
        foreach (var value in attribute.Text.Texts.Select(t => t.Text).Prepend(attribute.Value))
        {
            if (string.IsNullOrWhiteSpace(value))
                continue;
            if (node.Definition.IsPresentational)
                Add(attribute, new(IssueCode.ValueOfHeading, default, $"{attribute.Id} is only a heading in the metadata structure, and has a value.") { Component = attribute.Id });
            else if (node.Codes is { } codes)
                CheckCode(attribute, value.Trim(), codes);
            else if (node.Format?.Check(value) is { } fault)
                Add(attribute, fault.Issue(attribute.Id, value));
        }
    }

    void CheckCode(ReportedAttribute attribute, string value, CodeIndex codes)
    {
        if (codes.Find(value.AsSpan()) < 0)
            Add(attribute, UnknownCode(attribute.Id, value, codes));
    }

    static Issue UnknownCode(string component, string value, CodeIndex codes) =>
        new(IssueCode.UnknownCode, default, $"{component} '{value}' is not in {codes.Codelist.Urn.ShortName}")
        {
            Component = component, Value = value, Expected = codes.Codelist.Urn.ShortName, Nearest = Sdmx.Nearest.Code(codes, value),
        };
}

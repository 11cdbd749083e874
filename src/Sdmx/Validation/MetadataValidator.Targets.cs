using System.IO.Enumeration;

namespace Sdmx.Validation;

public sealed partial class MetadataValidator
{
    // 2.1: the part of a metadata target that takes each kind of value.
    static readonly Dictionary<string, string> Takers = new()
    {
        ["ObjectReference"] = "IdentifiableObjectTarget",
        ["DataKey"] = "KeyDescriptorValuesTarget",
        ["DataSetReference"] = "DataSetTarget",
        ["ConstraintContentReference"] = "ConstraintContentTarget",
        ["ReportPeriod"] = "ReportPeriodTarget",
    };

    void CheckTargets(MetadataReport report, MetadataStructure? msd, Metadataflow? flow)
    {
        if (msd is not null && report.Id is not null && !msd.Reports.IsEmpty)
            CheckReport(report, msd);
        var schema = SchemaOf(report);
        foreach (var target in report.Targets)
        {
            if (target.Kind == "DataKey")
                CheckKey(report, target, schema);
            else if (target.Kind == "ReportPeriod" && !TimePeriod.TryParse(target.Value, out _))
                Add(report, new(IssueCode.InvalidTimePeriod, default, $"The report period '{target.Value}' is no time period of SDMX.") { Component = target.Id, Value = target.Value });
            else if (target is { Kind: "ObjectReference", Value: { } name })
                CheckObject(report, name, flow);
        }
    }

    void CheckReport(MetadataReport report, MetadataStructure msd)
    {
        if (msd.Reports.FirstOrDefault(r => r.Id == report.Id) is not { } structure)
        {
            AddUnknown(report, $"{msd.Urn.ShortName} has no report structure '{report.Id}'", report.Id, msd.Reports.Select(r => r.Id));
            return;
        }

        if (report.TargetId is null || !structure.Targets.Contains(report.TargetId) || msd.Targets.FirstOrDefault(t => t.Id == report.TargetId) is not { } target)
        {
            AddUnknown(report, $"The report structure '{structure.Id}' of {msd.Urn.ShortName} has no target '{report.TargetId}'", report.TargetId, structure.Targets);
            return;
        }

        foreach (var value in report.Targets)
        {
            var part = target.Objects.FirstOrDefault(o => o.Id == value.Id);
            if (part is null)
                AddUnknown(report, $"The target '{target.Id}' of {msd.Urn.ShortName} has no part '{value.Id}'", value.Id, target.Objects.Select(o => o.Id));
            else if (part.Kind != Takers[value.Kind])
                AddUnknown(report, $"The part '{part.Id}' of the target '{target.Id}' is an {part.Kind}, and takes no {value.Kind}", value.Kind, []);
            else if (part.ObjectType is { } type && value.Value is { } name && ClassOf(name) is { } found && found != type && type != "Any")
                AddUnknown(report, $"The part '{part.Id}' of the target '{target.Id}' takes a {type}, and the report names a {found}", name, []);
        }
    }

    void AddUnknown(MetadataReport report, string message, string? value, IEnumerable<string> candidates) =>
        Add(report, new(IssueCode.UnknownReport, default, message) { Component = report.Id, Value = value, Nearest = value is null ? null : Sdmx.Nearest.To(value, candidates) });

    /// <summary>The schema of the dataflow that the report names beside a key, by the nearest version that is held; null where it names none that is.</summary>
    DataSchema? SchemaOf(MetadataReport report)
    {
        foreach (var target in report.Targets)
        {
            if (target.Kind == "ObjectReference" && Urn.TryParse(target.Value, out var urn) && urn.Class == "Dataflow" && Nearest<Dataflow>(urn, report) is { } flow)
                return catalog.Schema(flow.Urn);
        }

        return null;
    }

    void CheckKey(MetadataReport report, ReferenceValue target, DataSchema? schema)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in target.Key)
        {
            if (!seen.Add(part.Id))
                Add(report, new(IssueCode.RepeatedComponent, default, $"The key names {part.Id} twice.") { Component = part.Id });
            else if (schema is not null && schema.Find(part.Id) is not { Role: ComponentRole.Dimension or ComponentRole.Time })
                Add(report, new(IssueCode.UnknownComponent, default, $"{schema.Urn.ShortName} has no dimension '{part.Id}'") { Component = part.Id, Nearest = Sdmx.Nearest.To(part.Id, schema.Dimensions.Select(d => d.Id)) });
            else if (schema?.Find(part.Id)?.Codes is { } codes && codes.Find(part.Value.AsSpan()) < 0)
                Add(report, UnknownCode(part.Id, part.Value, codes));
        }
    }

    void CheckObject(MetadataReport report, string name, Metadataflow? flow)
    {
        if (flow is { Targets.IsEmpty: false } && !flow.Targets.Any(pattern => Matches(pattern, name)))
        {
            Add(report, new(IssueCode.UnknownTarget, default, $"{flow.Urn.ShortName} takes no reports about {name}; it takes {string.Join(", ", flow.Targets)}.") { Value = name, Expected = flow.Targets[0] });
            return;
        }

        if (name.Contains('*', StringComparison.Ordinal))
        {
            if (!catalog.All.Any(a => Matches(name, a.Urn.ToString())) && !name.Contains(").", StringComparison.Ordinal))
                Add(report, new(IssueCode.UnknownTarget, default, $"Nothing is held that {name} names.") { Value = name });
        }
        else if (Urn.TryParse(name, out var urn))
        {
            CheckHeld(report, urn);
        }
        else if (ClassOf(name) is null)
        {
            Add(report, new(IssueCode.UnknownTarget, default, $"'{name}' is no URN.") { Value = name });
        }
    }

    void CheckHeld(MetadataReport report, Urn urn)
    {
        var row = ArtefactTypes.Of(urn.Type);
        if (Nearest<Artefact>(urn.Maintainable, report) is not { } held)
        {
            var alike = catalog.All.Where(a => a.Type == urn.Type).Select(a => a.Urn.ShortName).ToList();
            Add(report, new(IssueCode.UnknownTarget, default, $"The report is about {urn.Class} {urn.ShortName}; no {row.Class} {urn.Agency}:{urn.Id} is held") { Value = urn.ShortName, Nearest = Sdmx.Nearest.To(urn.ShortName, alike) });
        }
        else if (urn.Item is { } item && ItemsOf(held) is { } items && !items.Contains(item))
        {
            Add(report, new(IssueCode.UnknownTarget, default, $"The report is about {urn.Class} {item}, which is not in {held.Urn.ShortName}") { Value = item, Expected = held.Urn.ShortName, Nearest = Sdmx.Nearest.To(item, items) });
        }
    }

    static List<string>? ItemsOf(Artefact artefact) => artefact switch
    {
        Codelist list => [.. list.Codes.Select(c => c.Id)],
        ConceptScheme scheme => [.. scheme.Concepts.Select(c => c.Id)],
        OrganisationScheme scheme => [.. scheme.Organisations.Select(o => o.Id)],
        CategoryScheme scheme => [.. scheme.Categories.SelectMany(c => Paths(c, ""))],
        DataStructure dsd => [.. dsd.Components.Select(c => c.Id)],
        _ => null,
    };

    static IEnumerable<string> Paths(Category category, string above) =>
        category.Categories.SelectMany(c => Paths(c, $"{above}{category.Id}.")).Prepend(above + category.Id);

    /// <summary>The class that a URN names, or null where the text is none: the hub does not keep every class that a report can be about.</summary>
    static string? ClassOf(string name) =>
        name.StartsWith("urn:sdmx:org.sdmx.infomodel.", StringComparison.Ordinal) && name.IndexOf('=') is > 0 and var equals ? name[(name.LastIndexOf('.', equals) + 1)..equals] : null;

    /// <summary>Whether a URN is among those that a pattern, a URN with <c>*</c> for any part, stands for.</summary>
    static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}

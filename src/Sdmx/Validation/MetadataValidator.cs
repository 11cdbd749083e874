namespace Sdmx.Validation;

/// <summary>Holds metadata sets against their metadata structure: attributes, tree, occurrences, types, codes, languages, and what they are about.</summary>
/// <remarks>A version of a structure that is not held is replaced by the nearest held one, with a warning, as for data (decision 0008). An attribute
/// that is declared empty has no value that could be wrong. One validator checks the sets of one message. Not thread-safe.</remarks>
/// <param name="catalog">The structures.</param>
/// <param name="issues">Where findings go.</param>
/// <param name="file">The message's name.</param>
/// <param name="places">Where sets, reports and attributes stand in it.</param>
public sealed partial class MetadataValidator(StructureCatalog catalog, IssueLog issues, string? file, IReadOnlyDictionary<object, Location> places)
{
    readonly Dictionary<Urn, (MetadataStructure? Structure, Metadataflow? Flow)> _structures = [];
    readonly Dictionary<Urn, Artefact?> _nearest = [];
    readonly Dictionary<(Urn, string?), AttributeTree> _trees = [];
    readonly Dictionary<string, HashSet<string>> _targets = new(StringComparer.Ordinal);

    /// <summary>Checks one set of the message.</summary>
    public void Check(MetadataSet set)
    {
        // What is to be deleted is only named.
        if (set.Action == DatasetAction.Delete || set.Structure is not { } reference)
            return;
        var (msd, flow) = Resolve(reference, set);
        foreach (var report in set.Reports)
        {
            CheckTargets(report, msd, flow);
            CheckRepeats(set, report);
            if (msd is not null)
                CheckAttributes(report, TreeOf(msd, report));
            foreach (var attribute in report.Attributes.SelectMany(a => a.WithDescendants))
                CheckLanguages(attribute);
        }
    }

    (MetadataStructure? Structure, Metadataflow? Flow) Resolve(Urn reference, MetadataSet set)
    {
        if (_structures.TryGetValue(reference, out var known))
            return known;
        var flow = reference.Type switch
        {
            ArtefactType.Metadataflow => Nearest<Metadataflow>(reference, set),
            ArtefactType.ProvisionAgreement when Nearest<ProvisionAgreement>(reference, set) is { Dataflow: { Class: "Metadataflow" } about } => Nearest<Metadataflow>(about, set),
            _ => null,
        };
        var msd = reference.Type == ArtefactType.MetadataStructure ? Nearest<MetadataStructure>(reference, set)
            : flow?.Structure is { } structure ? Nearest<MetadataStructure>(structure, set) : null;
        if (msd is null)
        {
            var held = string.Join(", ", catalog.OfType<MetadataStructure>().Select(m => m.Urn.ShortName).Concat(catalog.OfType<Metadataflow>().Select(f => f.Urn.ShortName)));
            Add(set, new(IssueCode.UnknownStructure, default, $"The set is reported by {reference.Class} {reference.ShortName}, of which no version is held{(held.Length == 0 ? "" : $". Held: {held}")}. Give it with --structures.")
            {
                Value = reference.ShortName, Nearest = Sdmx.Nearest.To(reference.Id, catalog.OfType<MetadataStructure>().Select(m => m.Id)),
            });
        }

        return _structures[reference] = (msd, flow);
    }

    /// <summary>The nearest held version, with one warning for each version that a message names and is not held.</summary>
    T? Nearest<T>(Urn reference, object place) where T : Artefact
    {
        if (_nearest.TryGetValue(reference.Maintainable, out var known))
            return known as T;
        var found = catalog.Nearest<T>(reference.Type, reference.Agency, reference.Id, reference.Version);
        _nearest.Add(reference.Maintainable, found);
        if (found is not null && found.Version != reference.Version)
        {
            Add(place, new(IssueCode.NearestVersionUsed, default, $"{reference.Maintainable.ShortName} is not held; the nearest held version, {found.Urn.ShortName}, is used. "
                + $"Held: {string.Join(", ", catalog.Versions(reference.Type, reference.Agency, reference.Id).Select(a => a.Version))}.")
            {
                Value = reference.Maintainable.ShortName, Nearest = found.Urn.ShortName,
            });
        }

        return found;
    }

    AttributeTree TreeOf(MetadataStructure msd, MetadataReport report)
    {
        if (!_trees.TryGetValue((msd.Urn, report.Id), out var tree))
            _trees.Add((msd.Urn, report.Id), tree = AttributeTree.Of(catalog, msd, report.Id));
        return tree;
    }

    /// <summary>Two reports about one target would replace each other; those in other languages complete each other.</summary>
    void CheckRepeats(MetadataSet set, MetadataReport report)
    {
        var target = report.Id is null ? set.Urn.ToString() : $"{set.Agency} {set.Structure?.Agency}:{set.Structure?.Id} {MetadataSetIdentity.ExactTarget(report)}";
        var languages = report.Attributes.SelectMany(a => a.WithDescendants).SelectMany(a => a.Text.Texts).Select(t => t.Language).DefaultIfEmpty("").ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!_targets.TryGetValue(target, out var known))
        {
            _targets.Add(target, languages);
            return;
        }

        if (languages.Overlaps(known))
            Add(report, new(IssueCode.RepeatedTarget, default, $"{set.Urn.ShortName} is about the same target as an earlier report of the message{(languages.First().Length == 0 ? "" : $", and also in {languages.First(known.Contains)}")}.") { Component = set.Id });
        known.UnionWith(languages);
    }

    void CheckLanguages(ReportedAttribute attribute)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in attribute.Text.Texts)
        {
            if (!IsLanguage(text.Language))
                Add(attribute, new(IssueCode.IllegalLanguage, default, $"{attribute.Id} has a text in '{text.Language}', which is no language tag; expected one such as en or pt-BR.") { Component = attribute.Id, Value = text.Language });
            else if (!seen.Add(text.Language))
                Add(attribute, new(IssueCode.RepeatedLanguage, default, $"{attribute.Id} has two texts in '{text.Language}'.") { Component = attribute.Id, Value = text.Language });
        }
    }

    // xs:language: parts of up to eight letters or digits joined by hyphens, the first of letters.
    static bool IsLanguage(string tag)
    {
        var parts = tag.Split('-');
        return parts[0].All(char.IsAsciiLetter) && parts.All(p => p.Length is > 0 and <= 8 && p.All(char.IsAsciiLetterOrDigit));
    }

    void Add(object place, Issue issue) => issues.Add(issue with { At = places.GetValueOrDefault(place, new Location(file, 0, 0)) });
}

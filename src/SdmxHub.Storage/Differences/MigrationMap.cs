using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The map that would bring data of a flow's old structure into its new one, for an administrator to edit: a <see cref="StructureMap"/>, and a
/// <see cref="RepresentationMap"/> for each list that lost codes.</summary>
/// <remarks>A code that is no more becomes the code of the same name, else the one of the nearest id; an annotation says which. One without either has no
/// row and is listed in an annotation, with its series: data with it are not migrated before it has a row.</remarks>
public static class MigrationMap
{
    const string Reason = "REASON", Unmapped = "UNMAPPED";

    static readonly string[] Totals = ["_T", "_Z"];

    /// <summary>The maps for what structures mean for the data of a flow.</summary>
    /// <param name="impact">What they mean.</param>
    /// <param name="before">The structures that there were.</param>
    /// <param name="after">The structures that there are.</param>
    public static ValueArray<Artefact> Of(FlowImpact impact, StructureCatalog before, StructureCatalog after)
    {
        var flow = impact.Flow.Split(':');
        var target = after.Versions(ArtefactType.Dataflow, flow[0], flow[1])[^1];
        var (source, schema) = (before.Schema(impact.Before)!, after.Schema(target.Urn)!);
        var suffix = "TO_" + new string([.. impact.After.Version.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
        var tables = impact.Lists.Where(l => l.Removed.Count > 0 || Renumbered(l, before, after).Any())
            .ToDictionary(l => l.Component, l => Table(l, flow[0], $"{flow[1]}_{l.Component}_{suffix}", before, after), StringComparer.Ordinal);
        var map = new StructureMap
        {
            Agency = flow[0], Id = $"{flow[1]}_{suffix}", Name = new($"{impact.Flow}: from {impact.Before.ShortName} to {impact.After.ShortName}"), Source = impact.Before, Target = target.Urn,
            ComponentMaps =
            [
                .. source.Components.Where(c => schema.Find(c.Id) is not null)
                    .Select(c => new ComponentMap { Sources = [c.Id], Targets = [c.Id], RepresentationMap = tables.GetValueOrDefault(c.Id)?.Urn }),
            ],
            FixedValues = [.. schema.Dimensions.Where(d => source.Find(d.Id) is null).Select(Fixed).OfType<FixedValueMap>()],
            Annotations =
            [
                .. impact.Missing.Select(id => Note(Unmapped, id, "The component is no more: what it says is lost.")),
                .. schema.Dimensions.Where(d => source.Find(d.Id) is null && Fixed(d) is null).Select(d => Note(Unmapped, d.Id, "The dimension is new: say what it is, as a fixed value or of another component.")),
            ],
        };
        return [map, .. tables.Values];
    }

    /// <summary>What the map of the step makes of components and codes: the one that is held, as its maker left it, else the one that is offered.</summary>
    /// <returns>By component, and code or null, what it becomes: a code, <c>COMPONENT=CODE</c> where it goes to another component, or a component. What has no row is not in it.</returns>
    public static IReadOnlyDictionary<(string Component, string? Code), string> Successors(FlowImpact impact, StructureCatalog before, StructureCatalog after)
    {
        var offered = Of(impact, before, after);
        var map = offered.OfType<StructureMap>().First();
        map = after.Versions(ArtefactType.StructureMap, map.Agency, map.Id) is [.., StructureMap held] ? held : map;
        var successors = new Dictionary<(string, string?), string>();
        foreach (var part in map.ComponentMaps.Where(m => m is { Sources.Count: 1, Targets.Count: 1 }))
        {
            var (from, to) = (part.Sources[0], part.Targets[0]);
            successors[(from, null)] = to;
            if (part.RepresentationMap is not { } table || (after.Find(table) ?? offered.FirstOrDefault(a => a.Urn == table)) is not RepresentationMap { Mappings: var rows })
                continue;
            foreach (var row in rows.Where(r => r is { Sources: [{ IsRegex: false, StartIndex: null, EndIndex: null }], Targets.Count: 1 }))
                successors.TryAdd((from, row.Sources[0].Value), from == to ? row.Targets[0] : $"{to}={row.Targets[0]}");
        }

        return successors;
    }

    static RepresentationMap Table(ListImpact list, string agency, string id, StructureCatalog before, StructureCatalog after)
    {
        var (old, now) = ((Codelist)before.Find(list.Before)!, after.Codes(list.After)!);
        var removed = list.Removed.ToDictionary(c => c.Code, StringComparer.Ordinal);
        var renumbered = Renumbered(list, before, after).ToDictionary(c => c.Code, c => c.Now, StringComparer.Ordinal);
        List<ValueMapping> rows = [];
        foreach (var code in old.Codes.DistinctBy(c => c.Id))
        {
            if (removed.TryGetValue(code.Id, out var gone))
            {
                if (gone.Successor is { } successor)
                    rows.Add(Row(code.Id, successor, now.Codelist.Codes[now.Find(successor)].Name.Equals(code.Name) ? $"the code of the same name: {gone.Name}" : $"the nearest id; '{gone.Name}' is no more"));
            }
            else if (renumbered.TryGetValue(code.Id, out var other))
            {
                rows.Add(Row(code.Id, other, $"the code that has the name now: {code.Name.Best(["en"]).Text}"));
            }
            else
            {
                rows.Add(Row(code.Id, code.Id, null));
            }
        }

        return new()
        {
            Agency = agency, Id = id, Name = new($"{list.Component}: from {list.Before.ShortName} to {list.After.ShortName}"),
            Sources = [new(list.Before.ToString(), null)], Targets = [new(list.After.ToString(), null)], Mappings = [.. rows],
            Annotations = [.. list.Removed.Where(c => c.Successor is null).Select(c => Note(Unmapped, c.Code, Words(c)))],
        };
    }

    /// <summary>Codes whose name belongs to another code now, and whose id means something else.</summary>
    static IEnumerable<(string Code, string Now)> Renumbered(ListImpact list, StructureCatalog before, StructureCatalog after)
    {
        var (old, now) = ((Codelist)before.Find(list.Before)!, (Codelist)after.Find(list.After)!);
        foreach (var renamed in list.Renamed)
        {
            var name = old.Codes.First(c => c.Id == renamed.Code).Name;
            Code[] same = [.. now.Codes.Where(c => c.Name.Equals(name)).Take(2)];
            // two codes of one name tell nothing
            if (same.Length == 1 && old.Codes.FirstOrDefault(c => c.Id == same[0].Id)?.Name.Equals(name) != true)
                yield return (renamed.Code, same[0].Id);
        }
    }

    static FixedValueMap? Fixed(SchemaComponent dimension) =>
        Array.Find(Totals, t => dimension.Codes?.Find(t) >= 0) is { } code
            ? new() { Component = dimension.Id, Values = [code], Annotations = [Note(Reason, dimension.Id, "The dimension is new; this is its total, or what does not apply.")] }
            : null;

    static ValueMapping Row(string from, string to, string? reason) =>
        new() { Sources = [new(from)], Targets = [to], Annotations = reason is null ? [] : [Note(Reason, from, reason)] };

    static string Words(RemovedCode code) => string.Create(CultureInfo.InvariantCulture,
        $"'{code.Name}' is no more, and no code has its name or a near id{(code.Series is { } series ? $": {series:N0} series, {code.Observations ?? 0:N0} observations" : "")}.");

    static Annotation Note(string type, string title, string text) => new() { Type = type, Title = title, Text = new(text) };
}

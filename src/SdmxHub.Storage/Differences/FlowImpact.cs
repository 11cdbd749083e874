using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What other structures mean for the data of one flow: codes that are no more or have another name, and what stands on them.</summary>
/// <param name="Flow">The flow, <c>AGENCY:ID</c>.</param>
/// <param name="Before">The structure that its newest version had.</param>
/// <param name="After">The structure that its newest version has.</param>
/// <param name="Lists">The components whose codes differ, in the structure's order.</param>
/// <param name="Missing">The components that are no more.</param>
/// <param name="Added">The components that are new.</param>
public sealed record FlowImpact(string Flow, Urn Before, Urn After, ValueArray<ListImpact> Lists, ValueArray<string> Missing, ValueArray<string> Added)
{
    /// <summary>Tells it for every flow whose newest structure differs between two states.</summary>
    internal static IEnumerable<FlowImpact> Of(Snapshot from, Snapshot to)
    {
        foreach (var name in to.Catalog.OfType<Dataflow>().Select(f => (f.Agency, f.Id)).Distinct())
        {
            if (Newest(from.Catalog, name) is not { } before || Newest(to.Catalog, name) is not { } after)
                continue;
            var uses = new Lazy<CodeUses>(() => new(to, after));
            ListImpact[] lists = [.. before.Components.Where(c => c.Codes is not null).Select(c => Compare(c, after.Find(c.Id), uses)).OfType<ListImpact>()];
            string[] missing = [.. before.Components.Select(c => c.Id).Where(id => after.Find(id) is null)], added = [.. after.Components.Select(c => c.Id).Where(id => before.Find(id) is null)];
            if (lists.Length + missing.Length + added.Length > 0)
                yield return new($"{name.Agency}:{name.Id}", before.Structure.Urn, after.Structure.Urn, lists.ToValueArray(), missing.ToValueArray(), added.ToValueArray());
        }
    }

    static DataSchema? Newest(StructureCatalog catalog, (string Agency, string Id) flow) =>
        catalog.Versions(ArtefactType.Dataflow, flow.Agency, flow.Id) is [.., var last] ? catalog.Schema(last.Urn) : null;

    static ListImpact? Compare(SchemaComponent before, SchemaComponent? after, Lazy<CodeUses> uses)
    {
        if (after?.Codes is not { } now || now.Codelist.Equals(before.Codes!.Codelist))
            return null;
        var known = now.Codelist.Codes.ToDictionary(c => c.Id, StringComparer.Ordinal);
        Code[] gone = [.. before.Codes.Codelist.Codes.Where(c => !known.ContainsKey(c.Id))];
        Code[] renamed = [.. before.Codes.Codelist.Codes.Where(c => known.TryGetValue(c.Id, out var code) && !code.Name.Equals(c.Name))];
        var added = known.Keys.Except(before.Codes.Codelist.Codes.Select(c => c.Id), StringComparer.Ordinal).Count();
        return gone.Length + renamed.Length + added == 0 ? null : new(before.Id, before.Codes.Codelist.Urn, now.Codelist.Urn,
            gone.Select(c => Removed(c, before.Id, now, uses.Value)).ToValueArray(),
            renamed.Select(c => Renamed(c, known[c.Id], before.Id, uses.Value)).ToValueArray(), added);
    }

    static RemovedCode Removed(Code code, string component, CodeIndex now, CodeUses uses)
    {
        // The same name under another id is most likely the same thing.
        var successor = now.Codelist.Codes.FirstOrDefault(c => c.Name.Equals(code.Name))?.Id ?? Nearest.Code(now, code.Id);
        var (series, observations) = uses.Count(component, code.Id);
        return new(code.Id, Text(code), successor, series, observations, uses.Constraints(component, code.Id), uses.Agreements(component, code.Id));
    }

    static RenamedCode Renamed(Code code, Code now, string component, CodeUses uses)
    {
        var (series, observations) = uses.Count(component, code.Id);
        return new(code.Id, Text(code), Text(now), series, observations, uses.Constraints(component, code.Id), uses.Agreements(component, code.Id));
    }

    static string? Text(Code code) => code.Name.Best(["en"]).Text;
}

/// <summary>What another codelist means for one component.</summary>
/// <param name="Component">The component's id.</param>
/// <param name="Before">The codelist it had.</param>
/// <param name="After">The codelist it has.</param>
/// <param name="Removed">The codes that are no more.</param>
/// <param name="Renamed">The codes with another name.</param>
/// <param name="Added">How many codes are new.</param>
public sealed record ListImpact(string Component, Urn Before, Urn After, ValueArray<RemovedCode> Removed, ValueArray<RenamedCode> Renamed, int Added);

/// <summary>A code that is no more.</summary>
/// <param name="Code">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Successor">The code that most likely stands for it now: of the same name, else the nearest; or null.</param>
/// <param name="Series">How many series have it; null where the index does not count: attributes and measures.</param>
/// <param name="Observations">How many observations these have.</param>
/// <param name="Constraints">The constraints, also those of agreements, that name it.</param>
/// <param name="Agreements">The agreements about the flow that own series with it, or that a constraint which names it is for: <c>AGENCY:ID</c>.</param>
public sealed record RemovedCode(string Code, string? Name, string? Successor, long? Series, long? Observations, ValueArray<string> Constraints, ValueArray<string> Agreements);

/// <summary>A code with another name.</summary>
/// <param name="Code">Its id.</param>
/// <param name="Before">The name it had.</param>
/// <param name="After">The name it has.</param>
/// <param name="Series">How many series have it; null where the index does not count.</param>
/// <param name="Observations">How many observations these have.</param>
/// <param name="Constraints">The constraints that name it.</param>
/// <param name="Agreements">The agreements that it touches, as of a code that is no more.</param>
public sealed record RenamedCode(string Code, string? Before, string? After, long? Series, long? Observations, ValueArray<string> Constraints, ValueArray<string> Agreements);

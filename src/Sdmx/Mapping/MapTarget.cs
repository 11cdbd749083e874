namespace Sdmx.Mapping;

/// <summary>Finds what data become by a map.</summary>
static class MapTarget
{
    /// <summary>The structure of a map's target, as a flow uses it; null when there is none, which is then logged.</summary>
    /// <remarks>Of a map that names only a structure it is the given flow, else the single flow of that structure.</remarks>
    public static DataSchema? Find(StructureMap map, ReadContext context, Location at)
    {
        string? fault = null;
        var urn = map.Target switch
        {
            { Class: "Dataflow" } flow => Held<Dataflow>(flow, context, at)?.Urn,
            { Class: "DataStructure" } structure => Held<DataStructure>(structure, context, at) is { } dsd ? FlowOf(dsd, context.Dataflow, context.Catalog, out fault) : null,
            _ => null,
        };
        if (urn is null)
        {
            fault ??= map.Target is { Class: "Dataflow" or "DataStructure" } ? $"its target {map.Target.Value.ShortName} is not held" : "its target is neither a dataflow nor a data structure";
            context.Issues.Add(new(IssueCode.UnusableMap, at, $"{map.Urn.ShortName} cannot be applied: {fault}.") { Value = map.Urn.ShortName });
            return null;
        }

        if (context.Catalog.Schema(urn.Value) is { } schema)
            return schema;
        var missing = string.Join(", ", context.Catalog.Missing(urn.Value).Select(u => $"{u.Class} {u.ShortName}"));
        context.Issues.Add(new(IssueCode.IncompleteStructure, at, $"{urn.Value.ShortName}, the target of {map.Urn.ShortName}, is held, but it needs what is not: {missing}.") { Value = missing });
        return null;
    }

    static Urn? FlowOf(DataStructure dsd, Urn? given, StructureCatalog catalog, out string? fault)
    {
        fault = null;
        var flows = catalog.OfType<Dataflow>().Where(f => f.Structure is { } s && (s.Agency, s.Id) == (dsd.Agency, dsd.Id)).ToArray();
        if (given is { } flow && Array.Exists(flows, f => f.Urn == flow))
            return flow;
        var names = flows.GroupBy(f => (f.Agency, f.Id)).Select(g => g.Last()).ToArray();
        if (given is not null)
            fault = $"the given flow {given.Value.ShortName} is none of its target {dsd.Urn.ShortName}";
        else if (names.Length > 1)
            fault = $"its target {dsd.Urn.ShortName} has several flows ({string.Join(", ", names.Select(f => f.Urn.ShortName))}); give one";
        return fault is not null ? null : names.Length == 0 ? dsd.Urn : names[0].Urn;
    }

    static T? Held<T>(Urn urn, ReadContext context, Location at) where T : Artefact
    {
        var version = SdmxVersion.TryParse(urn.Version, out _) ? urn.Version : null;
        var held = context.Catalog.Nearest<T>(urn.Type, urn.Agency, urn.Id, version);
        if (held is not null && version is not null && held.Version != version)
        {
            context.Issues.Add(new(IssueCode.NearestVersionUsed, at, $"{urn.ShortName}, which the map names, is not held; the nearest held version, {held.Urn.ShortName}, is used.")
            {
                Value = urn.ShortName, Nearest = held.Urn.ShortName,
            });
        }

        return held;
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Finds the flow whose stored data a migration takes.</summary>
static class MigrationSource
{
    /// <summary>The flow, in the version that has the structure which the map is for; null, and why, where there is none.</summary>
    /// <remarks>Of a map that names only a structure: the target's own flow where that had it, else the single flow of it that has data.</remarks>
    public static Urn? Find(StructureMap map, Snapshot state, out string? fault)
    {
        fault = null;
        var versions = state.Catalog.OfType<Dataflow>().Where(f => map.Source is { } s && (s == f.Urn || s.Class == "DataStructure" && f.Structure == s)).ToArray();
        if (versions.Length == 0)
        {
            fault = $"no flow of its source {map.Source?.ShortName} is held; keep the old version of the flow beside the new one";
            return null;
        }

        var held = versions.Where(f => state.Cube(f.Urn) is not null).GroupBy(f => (f.Agency, f.Id)).ToArray();
        var chosen = held.FirstOrDefault(g => map.Target is { } t && g.Key == (t.Agency, t.Id)) ?? (held.Length == 1 ? held[0] : null);
        fault = chosen is not null ? null
            : held.Length == 0 ? $"the store has no data of its source {map.Source!.Value.ShortName}"
            : $"several flows of its source have data ({string.Join(", ", held.Select(g => $"{g.Key.Agency}:{g.Key.Id}"))}); name one as the source";
        return chosen?.Last().Urn;
    }
}

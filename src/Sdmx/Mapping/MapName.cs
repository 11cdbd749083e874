using System.Diagnostics.CodeAnalysis;

namespace Sdmx.Mapping;

/// <summary>Finds the structure map that a sender names beside the message: <c>--map</c>, <c>?map=</c>.</summary>
public static class MapName
{
    /// <summary>Finds a held map by its URN, <c>AGENCY:ID(VERSION)</c>, <c>AGENCY:ID</c> or <c>ID</c>; without version the newest.</summary>
    /// <param name="name">The name as given.</param>
    /// <param name="catalog">The structures.</param>
    /// <param name="map">The map.</param>
    /// <param name="fault">Why there is none, as a sentence without full stop, when false.</param>
    public static bool TryFind(string name, StructureCatalog catalog, [NotNullWhen(true)] out StructureMap? map, [NotNullWhen(false)] out string? fault)
    {
        (map, fault) = (null, null);
        var (agency, id, version) = Split(name);
        var held = catalog.OfType<StructureMap>().Where(m => m.Id == id && (agency is null || m.Agency == agency)).ToArray();
        var agencies = held.Select(m => m.Agency).Distinct().ToArray();
        if (agencies.Length > 1)
        {
            fault = $"the map '{name}' is of several agencies: {string.Join(", ", agencies.Select(a => $"{a}:{id}"))}; name one of them";
            return false;
        }

        map = version is null ? held.LastOrDefault() : Array.Find(held, m => m.Version == version);
        if (map is not null)
            return true;
        var all = catalog.OfType<StructureMap>().Select(m => m.Urn.ShortName).ToArray();
        fault = $"structure map '{name}' is not held; held: {(all.Length == 0 ? "none" : string.Join(", ", all))}";
        return false;
    }

    /// <summary>Whether a text can be the name of a map.</summary>
    public static bool IsName(string text) => Split(text).Id is { } id && Identifiers.IsId(id);

    static (string? Agency, string? Id, string? Version) Split(string name)
    {
        if (Urn.TryParse(name, out var urn))
            return urn.Class == "StructureMap" && urn.Item is null ? (urn.Agency, urn.Id, urn.Version) : default;
        if (Urn.TrySplit(name, out var agency, out var id, out var version, out var item))
            return item is null ? (agency, id, version) : default;
        return (null, name, null);
    }
}

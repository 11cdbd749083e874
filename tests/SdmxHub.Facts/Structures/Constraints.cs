using Sdmx;

namespace SdgShipment;

/// <summary>What the two flows allow: the reporting type, and for the harmonised one the combinations of codes per series.</summary>
static class Constraints
{
    public static IEnumerable<Artefact> Make(string version, SeriesTable table, IReadOnlyList<Codelist> lists) =>
    [
        ReportingType("CN_SDG_GLC", "DF_SDG_GLC", version, "N"),
        ReportingType("CN_SDG_GLH", "DF_SDG_GLH", version, "G"),
        Series(version, table, lists),
    ];

    static DataConstraint ReportingType(string id, string flow, string version, string code) => new()
    {
        Agency = GlobalStructures.Agency,
        Id = id,
        Version = version,
        IsFinal = true,
        Name = new($"{GlobalStructures.Agency}:{id}"),
        Attachment = [Dataflows.Urn(flow, version)],
        Regions = [new() { Keys = [Selection("REPORTING_TYPE", code)] }],
    };

    static DataConstraint Series(string version, SeriesTable table, IReadOnlyList<Codelist> lists)
    {
        var codes = DataStructures.Coded.ToDictionary(c => c.Component, c => lists.Single(l => l.Id == c.List).Codes.Select(x => x.Id).ToHashSet());
        var series = lists.Single(l => l.Id == "CL_SERIES").Codes;
        return new()
        {
            Agency = GlobalStructures.Agency,
            Id = "CN_SERIES_SDG_GLH",
            Version = version,
            Name = new("SDG Series Level content constraints"),
            Attachment = [Dataflows.Urn("DF_SDG_GLH", version)],
            KeySets = [new() { Keys = series.SelectMany(s => Keys(s.Id, table, codes)).ToValueArray() }],
        };
    }

    // One value per component in each key, as SDMX 2.1 to 3.0 have it and the registry writes it: several values become several keys.
    // A series that the table does not know, or leaves blank, is free: nothing is known against it.
    static IEnumerable<DataKey> Keys(string series, SeriesTable table, Dictionary<string, HashSet<string>> codes)
    {
        IEnumerable<ValueArray<MemberSelection>> keys = [[Selection("SERIES", series)]];
        foreach (var (component, values) in table.Of(series))
        {
            var held = values.Where(codes[component].Contains).ToList();
            keys = keys.SelectMany(k => held.Select(v => k.Add(Selection(component, v))));
        }

        return keys.Select(k => new DataKey(k));
    }

    static MemberSelection Selection(string component, string value) => new() { Component = component, Values = [new(value)] };
}

using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web.Comparison;

namespace SdmxHub.Cli;

/// <summary>What the demo points to: the area whose national figures meet the most global ones.</summary>
/// <param name="Area">The area's code in the global figures.</param>
/// <param name="Name">Its name.</param>
/// <param name="NationalArea">Its code in the national figures.</param>
/// <param name="Series">The SERIES with the most pairs.</param>
/// <param name="Pairs">How many pairs the area has.</param>
sealed record DemoTour(string Area, string Name, string NationalArea, string Series, int Pairs)
{
    const string RefArea = "REF_AREA", SeriesId = "SERIES";

    static readonly ComparisonQuery Flows = new() { Area = "" };

    /// <summary>The flow of national figures.</summary>
    public static Urn National => Flows.National;

    /// <summary>The flow of global figures.</summary>
    public static Urn Global => Flows.Global;

    /// <summary>Finds the area; null when no national figure meets a global one.</summary>
    public static DemoTour? MostPairs(Snapshot snapshot)
    {
        DemoTour? best = null;
        foreach (var area in NationalAreas(snapshot))
        {
            if (CountryComparison.Run(snapshot, new ComparisonQuery { Area = area }, out _) is not { } comparison)
                continue;
            var pairs = comparison.Pairs.Where(p => p is { National: not null, Global: not null }).ToList();
            if (pairs.Count <= (best?.Pairs ?? 0))
                continue;
            var series = comparison.Dimensions.ToList().IndexOf(SeriesId);
            var most = pairs.GroupBy(p => p.Key[series]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).First();
            best = new(comparison.AreaCode, comparison.AreaName, most.First().National!.Area, most.Key, pairs.Count);
        }

        return best;
    }

    static SortedSet<string> NationalAreas(Snapshot snapshot)
    {
        var areas = new SortedSet<string>(StringComparer.Ordinal);
        if (snapshot.Catalog.Versions(ArtefactType.Dataflow, National.Agency, National.Id) is not [.., { } flow] || snapshot.Catalog.Schema(flow.Urn)?.Find(RefArea) is not { } dimension)
            return areas;
        using var reader = snapshot.Read(new DataQuery { Dataflow = flow.Urn, WithObservations = false });
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Key[dimension.Index][row] is >= 0 and var code)
                    areas.Add(block.Dataset.Codes.Dimensions[dimension.Index][code]);
            }
        }

        return areas;
    }
}

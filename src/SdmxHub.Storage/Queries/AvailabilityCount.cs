using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Counts the series of a query by the codes of each dimension: one pass over each column of the index.</summary>
static class AvailabilityCount
{
    /// <summary>Counts.</summary>
    /// <param name="generation">The index.</param>
    /// <param name="map">How its dimensions appear in the structure.</param>
    /// <param name="query">The keys, the conditions on dimensions, the agreement.</param>
    /// <param name="owned">As for <see cref="SeriesSelection"/>.</param>
    public static Availability Of(CubeGeneration generation, SchemaMap map, DataQuery query, bool[]? owned)
    {
        var rows = new SeriesSelection(generation, map, query, owned, 0).Find();
        var observations = new int[rows.Length];
        var (first, last) = generation.States.Count(rows, observations);
        long total = 0;
        foreach (var count in observations)
            total += count;
        var dimensions = map.Schema.Dimensions.Select(d => new DimensionAvailability(d.Id, Codes(generation, map.Columns[d.Index], rows, observations)));
        return new(rows.Length, total, first, last, dimensions.ToValueArray());
    }

    static ValueArray<CodeAvailability> Codes(CubeGeneration generation, int column, int[] rows, int[] observations)
    {
        var counts = new CodeCount[generation.Codes[column] + 1];
        generation.Cube.Columns[column].Count(rows, observations, counts);
        var codes = generation.Cube.Dimensions[column].Codes;
        var ranks = generation.Ranks[column];
        var found = new List<(int Rank, CodeAvailability Code)>();
        for (var code = 1; code < counts.Length; code++)
        {
            if (counts[code].Series > 0)
                found.Add((ranks[code], new(codes[code], counts[code].Series, counts[code].Observations)));
        }

        found.Sort(static (a, b) => a.Rank.CompareTo(b.Rank));
        return found.Select(f => f.Code).ToValueArray();
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Counts the series of a query by the codes of each dimension: one pass over each column of the index.</summary>
/// <remarks>Conditions on time, attributes and measures reach into the series: then the data of those that match by key are read.</remarks>
sealed class AvailabilityCount(Snapshot snapshot, CubeGeneration generation, SchemaMap map)
{
    const int BatchSize = 1024;

    /// <summary>Counts what the query finds.</summary>
    public Availability Exact(DataQuery query)
    {
        if (!IsWhole(query))
            return Count(query, d => true);
        if (generation.Whole is not { } whole || whole.Schema != map.Schema)
            generation.Whole = whole = (map.Schema, Count(query, d => true));
        return whole.Available;
    }

    /// <summary>Counts what the query finds and, for each dimension, what it would find without its own condition on that dimension.</summary>
    public Availability WithChoices(DataQuery query)
    {
        var exact = Exact(query);
        var dimensions = exact.Dimensions.Select(d => Without(query, d.Id) is { } freed
            ? (IsWhole(freed) ? Exact(freed) : Count(freed, id => id == d.Id)).Dimensions.First(f => f.Id == d.Id) : d).ToValueArray();
        // Time is chosen like a dimension.
        if (query.Period.IsEmpty)
            return exact with { Dimensions = dimensions };
        var always = Count(query with { Period = [] }, d => false);
        return exact with { Dimensions = dimensions, First = always.First, Last = always.Last };
    }

    static bool IsWhole(DataQuery query) =>
        query is { IsVersionPinned: false, Agreement: null, UpdatedAfter: null } && query.Keys.IsEmpty && query.Filters.IsEmpty && query.Period.IsEmpty;

    /// <summary>The query without its condition on a dimension; null where it has none.</summary>
    DataQuery? Without(DataQuery query, string id)
    {
        var at = map.Schema.Find(id)!.Index;
        var isKeyed = query.Keys.Any(k => at < k.Dimensions.Count && !k.Dimensions[at].IsEmpty);
        if (!isKeyed && !query.Filters.Any(f => f.Component == id))
            return null;
        return query with
        {
            Keys = [.. query.Keys.Select(k => new KeyPattern([.. k.Dimensions.Select((codes, d) => d == at ? default : codes)]))],
            Filters = [.. query.Filters.Where(f => f.Component != id)],
        };
    }

    Availability Count(DataQuery query, Func<string, bool> isAsked)
    {
        var after = query.UpdatedAfter is { } instant ? snapshot.Store.RevisionAt(instant) : 0;
        var rows = new SeriesSelection(generation, map, query, snapshot.OwnedRows(generation, query), after).Find();
        var answer = new SeriesAnswer(generation, map, query with { WithObservations = true, FirstN = null, LastN = null }, snapshot.Revision, after);
        var observations = new int[rows.Length];
        var (first, last) = answer.IsConditional
            ? snapshot.Store.Reading(session => Read(session, answer, ref rows, ref observations)) : generation.States.Count(rows, observations);
        long total = 0;
        foreach (var count in observations)
            total += count;
        var dimensions = map.Schema.Dimensions.Where(d => isAsked(d.Id)).Select(d => new DimensionAvailability(d.Id, Codes(map.Columns[d.Index], rows, observations)));
        return new(rows.Length, total, first, last, dimensions.ToValueArray());
    }

    /// <summary>Counts the observations of series that fulfil the conditions; <paramref name="rows"/> keeps the series that are in the answer.</summary>
    static (TimePeriod First, TimePeriod Last) Read(Session session, SeriesAnswer answer, ref int[] rows, ref int[] observations)
    {
        var (found, counts, runs) = (new List<int>(), new List<int>(), new List<Run>());
        TimePeriod first = default, last = default;
        for (var at = 0; at < rows.Length; at++)
        {
            if (at % BatchSize == 0)
                answer.Load(session, rows.AsSpan(at, Math.Min(BatchSize, rows.Length - at)));
            runs.Clear();
            if (answer.Read(session, at % BatchSize, rows[at], runs, out _))
            {
                found.Add(rows[at]);
                counts.Add(runs.Sum(r => r.Count));
                foreach (var run in runs)
                {
                    first = first == default || run.First.CompareTo(first) < 0 ? run.First : first;
                    last = last == default || run.Last.CompareTo(last) > 0 ? run.Last : last;
                }
            }

            answer.Recycle();
        }

        (rows, observations) = ([.. found], [.. counts]);
        return (first, last);
    }

    ValueArray<CodeAvailability> Codes(int column, int[] rows, int[] observations)
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

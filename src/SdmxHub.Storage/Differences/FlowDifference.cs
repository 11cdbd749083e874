using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The difference in the data of one flow.</summary>
/// <remarks>Thread-safe; each reading goes through the touched series anew.</remarks>
public sealed class FlowDifference
{
    readonly Snapshot _from;
    readonly Snapshot _to;
    readonly CubeGeneration _generation;
    readonly int[] _rows;

    internal FlowDifference(Snapshot from, Snapshot to, CubeGeneration generation, int[] rows) =>
        (_from, _to, _generation, _rows) = (from, to, generation, rows);

    /// <summary>The flow, <c>AGENCY:ID</c>.</summary>
    public string Flow => _generation.Cube.Flow;

    /// <summary>The schema by which the flow's data are read in a state: of its newest version that fits them; null where there is none.</summary>
    internal DataSchema? SchemaOf(Snapshot snapshot)
    {
        var separator = Flow.IndexOf(':', StringComparison.Ordinal);
        var versions = snapshot.Catalog.Versions(ArtefactType.Dataflow, Flow[..separator], Flow[(separator + 1)..]);
        return versions.Reverse().Select(v => snapshot.Catalog.Schema(v.Urn)).FirstOrDefault(s => s is not null && CubeTable.Refusal(_generation.Cube, s) is null);
    }

    /// <summary>The half of the SDMX delta that has one action. Deleted first, then replaced, it turns the first state exactly into the second.</summary>
    /// <param name="action"><see cref="DatasetAction.Delete"/>: observations that are no more, whole, and values of attributes above them that are no more, by name.
    /// <see cref="DatasetAction.Replace"/>: observations that are new or differ, whole, and values of attributes above them that are new or differ.</param>
    /// <param name="number">The data set's place in a message.</param>
    /// <returns>Null where the flow has no structure in the state that the rows are from, and so no rows.</returns>
    public DeltaReader? Read(DatasetAction action, int number)
    {
        if (action is not (DatasetAction.Delete or DatasetAction.Replace))
            throw new ArgumentOutOfRangeException(nameof(action), action, "a delta deletes and replaces");
        return SchemaOf(action == DatasetAction.Delete ? _from : _to) is { } schema
            ? new DeltaReader(_to.Store, new SeriesPairs(_from, _to, _generation.Cube, InOrder(schema)), new DeltaRows(_to.Store, _generation, Dataset(schema, action, number)))
            : null;
    }

    /// <summary>Appends the delta to a transaction, of this or another store: both halves in one pass, for of one series they name different rows.</summary>
    /// <returns>Why it cannot be; null when it is done.</returns>
    internal string? AppendTo(StoreTransaction transaction, CancellationToken ct)
    {
        var halves = new List<(DeltaRows Rows, ObservationBlock Block)>();
        foreach (var (snapshot, action) in (ReadOnlySpan<(Snapshot, DatasetAction)>)[(_from, DatasetAction.Delete), (_to, DatasetAction.Replace)])
        {
            if (SchemaOf(snapshot) is not { } schema)
                continue;
            if (transaction.Check(schema, default) is { } refusal)
                return refusal.Message;
            var half = (Rows: new DeltaRows(_to.Store, _generation, Dataset(schema, action, 0)), Block: new ObservationBlock());
            half.Rows.Begin(half.Block);
            halves.Add(half);
        }

        // In the order of the table, so that its pages are read and written one after the other.
        var pairs = new SeriesPairs(_from, _to, _generation.Cube, _rows);
        var isMore = true;
        while (isMore)
        {
            ct.ThrowIfCancellationRequested();
            isMore = _to.Store.Reading(session => Fill(session, pairs, halves));
            foreach (var (rows, block) in halves.Where(h => h.Block.Count > 0))
            {
                transaction.Append(block);
                rows.Begin(block);
            }
        }

        return null;
    }

    /// <summary>Fills the blocks of both halves until one is full; false behind the last series.</summary>
    static bool Fill(Session session, SeriesPairs pairs, List<(DeltaRows Rows, ObservationBlock Block)> halves)
    {
        while (true)
        {
            foreach (var (rows, block) in halves)
            {
                if (!rows.Write(session, block))
                    return true;
            }

            if (!pairs.Next(session))
                return false;
            foreach (var (rows, _) in halves)
                rows.Take(pairs);
        }
    }

    /// <summary>Every series that differs, in order of key. Read as it is asked for: there may be millions.</summary>
    public IEnumerable<SeriesChange> Series()
    {
        if ((SchemaOf(_to) ?? SchemaOf(_from)) is not { } schema)
            yield break;
        var session = _to.Store.Database.Rent();
        try
        {
            var scan = new SeriesScan(new SeriesPairs(_from, _to, _generation.Cube, InOrder(schema)), _generation, schema, _to.Store.Texts);
            while (scan.Next(session))
            {
                if (scan.Change is { } change)
                    yield return change;
            }
        }
        finally
        {
            _to.Store.Database.Return(session);
        }
    }

    /// <summary>The totals.</summary>
    /// <param name="movers">How many of the observations whose number moved most are named.</param>
    public FlowChanges Summarize(int movers)
    {
        var changes = new FlowChangesCount(Flow, movers);
        foreach (var series in Series())
            changes.Add(series);
        return changes.Close(_from.Generation.Cubes.GetValueOrDefault(Flow)?.Summary, Lost());
    }

    /// <summary>Codes that had series and have none.</summary>
    ValueArray<LostCode> Lost()
    {
        if (Codes(_from) is not { } before)
            return [];
        var after = Codes(_to)?.Dimensions.ToDictionary(d => d.Id, d => d.Codes.Select(c => c.Code).ToHashSet(StringComparer.Ordinal));
        return (from dimension in before.Dimensions
                from code in dimension.Codes
                where after is null || !after.TryGetValue(dimension.Id, out var codes) || !codes.Contains(code.Code)
                select new LostCode(dimension.Id, code.Code, code.Series, code.Observations)).ToValueArray();
    }

    Availability? Codes(Snapshot snapshot) =>
        SchemaOf(snapshot) is { Dataflow: { } flow } ? snapshot.Available(new DataQuery { Dataflow = flow.Urn }) : null;

    static Dataset Dataset(DataSchema schema, DatasetAction action, int number) =>
        new() { Number = number, Schema = schema, Codes = new CodeTables(schema), Action = action };

    /// <summary>Holders first, the widest before the others, then series, each by key: as <see cref="DataWriter"/> asks.</summary>
    int[] InOrder(DataSchema schema)
    {
        var cube = _generation.Cube;
        int[] columns = [.. schema.Dimensions.Select(d => Array.FindIndex(cube.Dimensions, c => c.Id == d.Id))];
        var order = new KeyOrder(_generation, columns, -1);
        return [.. _rows.OrderBy(row => cube.Columns.Count(c => c[row] != 0)).ThenBy(row => row, order)];
    }
}

/// <summary>What became of one series, or of a holder of attributes above series.</summary>
/// <param name="Key">Its key, <c>A.KG.SI_POV_DAY1</c>; a holder's open dimensions are empty.</param>
/// <param name="IsAdded">Whether it was not there before.</param>
/// <param name="IsRemoved">Whether it is no more.</param>
/// <param name="Inserted">How many observations are new.</param>
/// <param name="Updated">How many differ.</param>
/// <param name="Deleted">How many are no more.</param>
/// <param name="Attributes">The attributes of its own that differ, by id.</param>
/// <param name="Movers">Its observations whose first measure is a number before and after, and differs.</param>
public sealed record SeriesChange(string Key, bool IsAdded, bool IsRemoved, long Inserted, long Updated, long Deleted, ValueArray<string> Attributes, ValueArray<Mover> Movers)
{
    /// <summary>Whether it is a holder of attributes, not a series.</summary>
    public bool IsHolder => Key.Split('.').Contains("");
}

/// <summary>An observation whose number moved.</summary>
/// <param name="Key">The series.</param>
/// <param name="Period">The period.</param>
/// <param name="Before">The number as it was spelt.</param>
/// <param name="After">The number as it is spelt.</param>
public sealed record Mover(string Key, TimePeriod Period, string Before, string After)
{
    /// <summary>By how much it moved, as a part of what it was: 0.1 for 10 to 11; infinite from 0.</summary>
    public double Relative
    {
        get
        {
            var (before, after) = (Number(Before), Number(After));
            return before == 0 ? (after == 0 ? 0 : double.PositiveInfinity) : Math.Abs(after - before) / Math.Abs(before);
        }
    }

    static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>A code that had series and has none: a country or indicator that is lost.</summary>
public sealed record LostCode(string Dimension, string Code, long Series, long Observations);

/// <summary>The totals of a difference in one flow.</summary>
/// <param name="Flow">The flow, <c>AGENCY:ID</c>.</param>
/// <param name="SeriesAdded">Series that were not there before.</param>
/// <param name="SeriesRevised">Series that differ.</param>
/// <param name="SeriesWithdrawn">Series that are no more.</param>
/// <param name="SeriesUnchanged">Series that are as they were.</param>
/// <param name="Inserted">Observations that are new.</param>
/// <param name="Updated">Observations that differ.</param>
/// <param name="Deleted">Observations that are no more.</param>
/// <param name="Unchanged">Observations that are as they were.</param>
/// <param name="Movers">The observations whose number moved most, relatively, the most first.</param>
/// <param name="Lost">Codes that had series and have none, by dimension.</param>
public sealed record FlowChanges(string Flow, long SeriesAdded, long SeriesRevised, long SeriesWithdrawn, long SeriesUnchanged,
    long Inserted, long Updated, long Deleted, long Unchanged, ValueArray<Mover> Movers, ValueArray<LostCode> Lost)
{
    /// <summary>Whether nothing differs; attributes above series apart.</summary>
    public bool IsEmpty => SeriesAdded + SeriesRevised + SeriesWithdrawn == 0;
}

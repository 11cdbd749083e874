using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Counts what became of each series.</summary>
sealed class SeriesScan
{
    readonly SeriesPairs _pairs;
    readonly SchemaMap _map;
    readonly CodeTables _codes;
    readonly List<int> _removed = [];
    readonly List<(int Row, int Old)> _written = [];
    readonly List<string> _attributes = [];
    readonly List<Mover> _movers = [];
    string _key = "";
    long _inserted;
    long _updated;
    long _deleted;

    public SeriesScan(SeriesPairs pairs, CubeGeneration generation, DataSchema schema, TextCache texts)
    {
        _pairs = pairs;
        _codes = new CodeTables(schema);
        _map = new SchemaMap(generation.Cube, schema, _codes, texts);
    }

    /// <summary>What became of the series it is at; null where nothing did.</summary>
    public SeriesChange? Change { get; private set; }

    /// <summary>Turns to the next; false behind the last.</summary>
    public bool Next(Session session)
    {
        Change = null;
        if (!_pairs.Next(session))
            return false;
        _key = Key();
        _attributes.Clear();
        _movers.Clear();
        (_inserted, _updated, _deleted) = (0, 0, 0);
        foreach (var pair in _pairs.Chunks)
        {
            if (pair.IsAttributes)
                CompareAttributes(pair);
            else
                CompareObservations(session, pair);
        }

        if (_attributes.Count > 0 || _inserted + _updated + _deleted > 0)
            Change = new(_key, !_pairs.Was, !_pairs.Is, _inserted, _updated, _deleted, _attributes.ToValueArray(), _movers.ToValueArray());
        return true;
    }

    string Key() => string.Join('.', _codes.Dimensions.Select((table, d) => _map.KeyCode(d, _pairs.Row) is >= 0 and var code ? table[code] : ""));

    void CompareAttributes(ChunkPair pair)
    {
        foreach (var component in _map.Schema.Values)
        {
            if (_map.Component(component.Index) is { } stored && Has(pair.Before, stored) != Has(pair.After, stored) || IsOther(pair, component))
                _attributes.Add(component.Id);
        }
    }

    static bool Has(Chunk chunk, CubeComponent component) => chunk.Count > 0 && chunk.Find(component.Number) is { } column && column.Forms[0] != ValueForm.Absent;

    bool IsOther(ChunkPair pair, SchemaComponent component) =>
        pair.Before.Count > 0 && pair.After.Count > 0 && _map.Component(component.Index) is { } stored && pair.Differs(0, 0, stored.Number);

    void CompareObservations(Session session, ChunkPair pair)
    {
        pair.FindRemoved(_removed);
        pair.FindWritten(_written);
        _deleted += _removed.Count;
        foreach (var (row, old) in _written)
        {
            if (old < 0)
            {
                _inserted++;
                continue;
            }

            _updated++;
            if (Number(session, pair.Before, old) is { } before && Number(session, pair.After, row) is { } after && before != after)
                _movers.Add(new(_key, pair.After.Periods[row], before, after));
        }
    }

    /// <summary>The spelling of a row's first measure, when it is a number that can be reckoned with.</summary>
    string? Number(Session session, Chunk chunk, int row)
    {
        // Measures come first among the values.
        if (_map.Schema.Values is not [{ Role: ComponentRole.Measure } measure, ..] || _map.Component(measure.Index) is not { } stored
            || chunk.Find(stored.Number) is not { } column || column.Forms[row] == ValueForm.Absent)
            return null;
        var text = _map.Text(session, measure.Index, column.Forms[row], column.Bits[row]);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? text : null;
    }
}

/// <summary>Adds up what became of series.</summary>
sealed class FlowChangesCount(string flow, int movers)
{
    readonly PriorityQueue<Mover, double> _movers = new();
    long _added;
    long _revised;
    long _withdrawn;
    long _inserted;
    long _updated;
    long _deleted;

    public void Add(SeriesChange series)
    {
        if (!series.IsHolder)
        {
            _added += series.IsAdded ? 1 : 0;
            _withdrawn += series.IsRemoved ? 1 : 0;
            _revised += series.IsAdded || series.IsRemoved ? 0 : 1;
        }

        (_inserted, _updated, _deleted) = (_inserted + series.Inserted, _updated + series.Updated, _deleted + series.Deleted);
        foreach (var mover in series.Movers)
        {
            _movers.Enqueue(mover, mover.Relative);
            if (_movers.Count > movers)
                _movers.Dequeue();
        }
    }

    public FlowChanges Close(CubeSummary? before, ValueArray<LostCode> lost)
    {
        var most = _movers.UnorderedItems.Select(i => i.Element)
            .OrderByDescending(m => m.Relative).ThenBy(m => m.Key, StringComparer.Ordinal).ThenBy(m => m.Period).ToValueArray();
        return new(flow, _added, _revised, _withdrawn, (before?.Series ?? 0) - _revised - _withdrawn,
            _inserted, _updated, _deleted, (before?.Observations ?? 0) - _updated - _deleted, most, lost);
    }
}

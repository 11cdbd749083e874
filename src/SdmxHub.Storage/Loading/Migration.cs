using Sdmx;
using Sdmx.Formats;
using Sdmx.Mapping;

namespace SdmxHub.Storage;

/// <summary>What a store holds of one structure, as messages that bring it into another by a <see cref="StructureMap"/>: what is deleted where it was, and what is written where it goes.</summary>
/// <remarks>Loaded together, as into a draft, they move series at one instant. Series that the map leaves as they are are in neither; what it leaves out
/// (a row without target) stays where it is. Memory grows with the number of series. Not thread-safe; disposing it deletes the messages.</remarks>
public sealed class Migration : IDisposable
{
    static readonly Format Format = Format.Find("csv-2.0")!;

    readonly Snapshot _state;
    readonly string _map;
    readonly HashSet<string> _moved = new(StringComparer.Ordinal);
    readonly HashSet<string> _arrived = new(StringComparer.Ordinal);
    readonly List<LoadFile> _files = [];
    Dataset? _source;
    bool _isOtherFlow;

    Migration(Snapshot state, string map) => (_state, _map) = (state, map);

    /// <summary>What was found, as in data that are sent: values that the map has no row for, a map that cannot be applied. With an error there are no messages.</summary>
    public IssueLog Issues { get; } = new();

    /// <summary>The messages, in the order they are to be loaded; none when nothing is to be moved.</summary>
    public IReadOnlyList<LoadFile> Files => _files;

    /// <summary>How many series go to another key or flow.</summary>
    public int Moved => _moved.Count;

    /// <summary>Makes the messages.</summary>
    /// <param name="state">The state; the caller's.</param>
    /// <param name="map">The map: see <see cref="MapName"/>.</param>
    /// <param name="folder">Where the messages are written.</param>
    /// <param name="ct">Stops it.</param>
    public static async Task<Migration> MakeAsync(Snapshot state, string map, string folder, CancellationToken ct)
    {
        var migration = new Migration(state, map);
        migration.Survey(ct);
        if (!migration.Issues.HasErrors)
            await migration.WriteAsync(folder, ct);
        return migration;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in _files)
            File.Delete(file.Path);
        Issues.Dispose();
    }

    /// <summary>Finds which series move, and where they arrive.</summary>
    void Survey(CancellationToken ct)
    {
        ObservationBlock? source = null;
        using var reader = Open(Issues, block => source = block);
        var block = new ObservationBlock();
        while (reader?.Read(block) == true)
        {
            ct.ThrowIfCancellationRequested();
            _isOtherFlow = !IsSameFlow(_source!.Schema.Urn, block.Dataset.Schema.Urn);
            for (int row = 0, end; row < block.Count; row = end)
            {
                end = block.TakeKey(row, new int[block.Key.Length]);
                var first = Array.IndexOf(block.Kinds, RowKind.Observation, row, end - row);
                if (first >= 0)
                    Note(source!, block, first, end);
            }
        }
    }

    // rows of several series may have one key now: each says by its line which it is of
    void Note(ObservationBlock source, ObservationBlock block, int row, int end)
    {
        var key = block.KeyText(row);
        var last = "";
        for (; row < end; row++)
        {
            if (block.Kinds[row] != RowKind.Observation || source.KeyText(block.Lines[row] - 1) is var own && (own == last || own == key && !_isOtherFlow))
                continue;
            _moved.Add(last = own);
            _arrived.Add(key);
        }
    }

    async Task WriteAsync(string folder, CancellationToken ct)
    {
        if (_moved.Count > 0)
            await WriteAsync(new BlockReader(new(), Deletions()), folder, "migration-deleted.csv", ct);
        using var issues = new IssueLog();
        ObservationBlock? source = null;
        using var reader = Open(issues, block => source = block)!;
        await WriteAsync(new BlockReader(new(), block => ReadChanged(reader, () => source!, block)), folder, "migration-written.csv", ct);
    }

    async Task WriteAsync(DataReader rows, string folder, string name, CancellationToken ct)
    {
        using var conversion = new Conversion();
        conversion.Read(rows, null, _ => { }, ct);
        if (!conversion.HasRows)
            return;
        var file = new LoadFile(Path.Combine(folder, $"{Guid.NewGuid():N}.part")) { Name = name, Kind = MessageKind.Data };
        _files.Add(file);
        await using var output = File.Create(file.Path);
        await conversion.WriteAsync(Format, new WriterOptions { Header = new MessageHeader { Id = "MIGRATION" } }, null, output, ct);
    }

    /// <summary>Every moved series, whole, where it was.</summary>
    Func<ObservationBlock, bool> Deletions()
    {
        var keys = new Queue<string>(_moved.Order(StringComparer.Ordinal));
        var dataset = _source! with { Action = DatasetAction.Delete };
        return block =>
        {
            block.Begin(dataset);
            while (block.Count < ObservationBlock.Capacity && keys.TryDequeue(out var key))
            {
                var row = block.Count++;
                block.Kinds[row] = RowKind.Attributes;
                block.Periods[row] = TimePeriod.None;
                block.Lines[row] = block.LinePositions[row] = 0;
                var codes = key.Split('.');
                for (var d = 0; d < codes.Length; d++)
                    block.Key[d][row] = dataset.Codes.Dimensions[d].Resolve(codes[d]);
            }

            return block.Count > 0;
        };
    }

    /// <summary>The rows that say something new, and those of series which others arrive at: so what two say of one observation is found.</summary>
    bool ReadChanged(DataReader reader, Func<ObservationBlock> source, ObservationBlock block)
    {
        if (!reader.Read(block))
            return false;
        block.Adopt(block.Dataset with { Action = DatasetAction.Replace });
        var (key, isArrived) = ("", false);
        Conversion.Keep(block, (rows, row) =>
        {
            var own = rows.KeyText(row);
            if (own != key)
                (key, isArrived) = (own, _arrived.Contains(own));
            return _isOtherFlow || isArrived || !IsSame(source(), rows.Lines[row] - 1, rows, row, own);
        });
        return true;
    }

    static bool IsSame(ObservationBlock source, int from, ObservationBlock block, int row, string key)
    {
        // attributes may be written where the first observation is
        if (source.Kinds[from] != block.Kinds[row] || source.KeyText(from) != key)
            return false;
        foreach (var value in block.Dataset.Schema.Values)
        {
            var own = source.Dataset.Schema.Find(value.Id) is { Index: >= 0 } component ? source.Text(component.Index, from) : null;
            if (own != block.Text(value.Index, row))
                return false;
        }

        return true;
    }

    /// <summary>Reads what is held through the map; the line of each row is the row of the block that it came of, from 1.</summary>
    DataReader? Open(IssueLog issues, Action<ObservationBlock> pulled)
    {
        var context = new ReadContext { Catalog = _state.Catalog, Issues = issues, FileName = "the store" };
        return MappedReader.Open(_map, context, read =>
        {
            MapName.TryFind(_map, _state.Catalog, out var map, out _);
            if (MigrationSource.Find(map!, _state, out var fault) is not { } flow)
            {
                issues.Add(new(IssueCode.UnusableMap, new(read.FileName, 0, 0), $"{map!.Urn.ShortName} cannot be applied: {fault}.") { Value = map.Urn.ShortName });
                return null;
            }

            var rows = _state.Read(new DataQuery { Dataflow = flow, IsVersionPinned = true });
            _source = rows.Dataset;
            return new BlockReader(new(), block =>
            {
                if (!rows.Read(block))
                    return false;
                for (var row = 0; row < block.Count; row++)
                    block.Lines[row] = row + 1;
                pulled(block);
                return true;
            });
        });
    }

    static bool IsSameFlow(Urn one, Urn other) => (one.Agency, one.Id) == (other.Agency, other.Id);
}

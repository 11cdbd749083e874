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
    readonly StoredValues _stored;
    readonly Dictionary<string, string?> _moved = new(StringComparer.Ordinal); // the keys that series leave, and the agreements of these
    readonly Dictionary<string, string?> _arrived = new(StringComparer.Ordinal); // the keys that they arrive at, likewise
    readonly List<LoadFile> _files = [];
    Dataset? _source;
    bool _isOtherFlow;
    bool _isOtherWritten; // rows of no agreement

    Migration(Snapshot state, string map) => (_state, _map, _stored) = (state, map, new(state));

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
        if (migration.Issues.HasErrors)
            migration.Forget();
        return migration;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Forget();
        Issues.Dispose();
    }

    void Forget()
    {
        foreach (var file in _files)
            File.Delete(file.Path);
        _files.Clear();
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
            var from = block.Lines[row] - 1;
            if (block.Kinds[row] != RowKind.Observation || source.KeyText(from) is var own && (own == last || own == key && !_isOtherFlow))
                continue;
            last = own;
            if (!_moved.TryGetValue(own, out var owner))
                _moved.Add(own, owner = _isOtherFlow ? null : _stored.OwnerOf(source, from));
            Arrive(key, own, owner);
        }
    }

    // An agreement is about one flow: what goes to another is nobody's there.
    void Arrive(string key, string own, string? owner)
    {
        if (!_arrived.TryGetValue(key, out var other) || other is null)
            _arrived[key] = owner;
        else if (owner is not null && other != owner)
            Issues.Add(new(IssueCode.SeriesOfOther, new("the store", 0, 0), $"The series {own}, of the agreement {owner}, would become {key}, as one of {other} does.") { Key = key, Value = other });
    }

    async Task WriteAsync(string folder, CancellationToken ct)
    {
        using var deleted = new Conversion();
        if (_moved.Count > 0)
            deleted.Read(new BlockReader(new(), Deletions()), null, _ => { }, ct);
        await WriteAsync(deleted, folder, "migration-deleted.csv", null, null, ct);
        using var issues = new IssueLog();
        ObservationBlock? source = null;
        using var reader = Open(issues, block => source = block)!;
        using var written = new Conversion();
        written.Read(new BlockReader(new(), block => ReadChanged(reader, () => source!, block)), null, _ => { }, ct);
        // a message for each agreement, which says whose its series are
        string?[] owners = [.. _arrived.Values.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        foreach (var owner in owners)
            await WriteAsync(written, folder, $"migration-written-{owner!.Replace(':', '-')}.csv", owner, key => _arrived.GetValueOrDefault(key) != owner, ct);
        if (owners.Length == 0 || _isOtherWritten)
            await WriteAsync(written, folder, "migration-written.csv", null, key => _arrived.GetValueOrDefault(key) is not null, ct);
    }

    async Task WriteAsync(Conversion rows, string folder, string name, string? owner, Func<string, bool>? leavesOut, CancellationToken ct)
    {
        if (!rows.HasRows)
            return;
        var file = new LoadFile(Path.Combine(folder, $"{Guid.NewGuid():N}.part")) { Name = name, Kind = MessageKind.Data, Owner = owner };
        _files.Add(file);
        await using var output = File.Create(file.Path);
        await rows.WriteAsync(Format, new WriterOptions { Header = new MessageHeader { Id = "MIGRATION" } }, leavesOut, output, ct);
    }

    /// <summary>Every moved series, whole, where it was.</summary>
    Func<ObservationBlock, bool> Deletions()
    {
        var keys = new Queue<string>(_moved.Keys.Order(StringComparer.Ordinal));
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
        var (key, isArrived, owner) = ("", false, (string?)null);
        Conversion.Keep(block, (rows, row) =>
        {
            var own = rows.KeyText(row);
            var from = rows.Lines[row] - 1;
            if (own != key)
                (key, isArrived) = (own, _arrived.TryGetValue(own, out owner));
            if (owner is not null && !_moved.ContainsKey(own) && source().KeyText(from) == own)
                Arrive(own, own, _stored.OwnerOf(source(), from)); // what is there already and stays
            var isKept = _isOtherFlow || isArrived || !IsSame(source(), from, rows, row, own);
            _isOtherWritten |= isKept && owner is null;
            return isKept;
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

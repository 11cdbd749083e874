using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>What each revision of a store that <see cref="CrashTest"/> kills must hold: plain dictionaries that go through the same changes.</summary>
/// <remarks>Revision 1 is the structures; what a later one changes follows from its number alone.</remarks>
sealed class CrashModel
{
    const string Name = "x";
    const int LongAreas = 20;
    const int Days = 600;
    const int Years = 20;
    const int FirstDay = 730_000;

    readonly Dictionary<(int Area, TimePeriod Period), (long Value, string? Note)> _rows = [];
    readonly List<Content> _contents = [default, default];
    Content _now;

    /// <summary>What a revision must hold.</summary>
    public Content At(long revision)
    {
        for (long next = _contents.Count; next <= revision; next++)
        {
            foreach (var change in Changes(next))
                Apply(change);
            _contents.Add(_now);
        }

        return _contents[(int)revision];
    }

    /// <summary>What a revision changes: everything at once, some thousand rows, or removals at every level.</summary>
    public static IEnumerable<StressChange> Changes(long revision)
    {
        var random = new Random((int)revision);
        return revision == 2 || revision % 4 == 0 ? Whole(revision) : revision % 4 == 2 ? Removals(revision, random) : Merge(revision, random);
    }

    /// <summary>Whether a revision only adds and changes rows, so that a file can carry it.</summary>
    public static bool IsMerge(long revision) => revision > 2 && revision % 2 == 1;

    /// <summary>What a snapshot holds.</summary>
    public static Content Of(Snapshot snapshot)
    {
        var content = default(Content);
        if (snapshot.Catalog.Schema(StressFlow.Urn) is null)
            return content;
        var block = new ObservationBlock();
        using var reader = snapshot.Read(new DataQuery { Dataflow = StressFlow.Urn });
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
                content = content.With(block.Key[StressFlow.Area][row], block.Periods[row], block.Values[StressFlow.Value].Bits[row], block.Text(StressFlow.Note, row));
        }

        return content;
    }

    static IEnumerable<StressChange> Whole(long revision)
    {
        yield return new(DatasetAction.Delete, -1, Name, TimePeriod.None, 0, null);
        for (var area = 0; area < StressFlow.Areas; area++)
        {
            for (var i = 0; i < Length(area); i++)
                yield return new(DatasetAction.Replace, area, Name, Period(area, i), revision, i == 0 ? $"note {revision} {area}" : null);
        }
    }

    static IEnumerable<StressChange> Merge(long revision, Random random)
    {
        var taken = new HashSet<(int, int)>();
        for (var rows = random.Next(1, 3000); rows > 0; rows--)
        {
            var area = random.Next(StressFlow.Areas);
            var i = random.Next(Length(area) * 2);
            if (taken.Add((area, i)))
                yield return new(DatasetAction.Merge, area, Name, Period(area, i), revision, random.Next(10) == 0 ? $"note {revision} {i}" : null);
        }
    }

    static IEnumerable<StressChange> Removals(long revision, Random random)
    {
        for (var rows = random.Next(1, 500); rows > 0; rows--)
        {
            var area = random.Next(StressFlow.Areas);
            yield return new(DatasetAction.Delete, area, Name, Period(area, random.Next(Length(area))), 0, null);
        }

        for (var series = random.Next(20); series > 0; series--)
            yield return new(DatasetAction.Delete, random.Next(StressFlow.Areas), Name, TimePeriod.None, 0, null);
        yield return new(DatasetAction.Merge, 0, Name, Period(0, 0), revision, null);
    }

    static int Length(int area) => area < LongAreas ? Days : Years;

    static TimePeriod Period(int area, int index) =>
        area >= LongAreas ? TimePeriod.FromYear(1990 + index)
        : TimePeriod.TryFromOrdinal(PeriodKind.GregorianDay, FirstDay + index, out var day) ? day : throw new InvalidOperationException($"there is no day {FirstDay + index}");

    void Apply(StressChange change)
    {
        if (change.Action != DatasetAction.Delete)
        {
            var note = change.Note ?? (change.Action == DatasetAction.Merge ? _rows.GetValueOrDefault((change.Area, change.Period)).Note : null);
            Remove((change.Area, change.Period));
            _rows.Add((change.Area, change.Period), (change.Value, note));
            _now = _now.With(change.Area, change.Period, change.Value, note);
        }
        else if (change.Period != TimePeriod.None)
        {
            Remove((change.Area, change.Period));
        }
        else
        {
            foreach (var key in _rows.Keys.Where(k => change.Area < 0 || k.Area == change.Area).ToList())
                Remove(key);
        }
    }

    void Remove((int Area, TimePeriod Period) key)
    {
        if (_rows.Remove(key, out var row))
            _now = _now.Without(key.Area, key.Period, row.Value, row.Note);
    }

    /// <summary>How many rows there are, and the sum of what each of them hashes to in this process.</summary>
    public readonly record struct Content(int Rows, ulong Sum)
    {
        public Content With(int area, TimePeriod period, long value, string? note) => new(Rows + 1, unchecked(Sum + Hash(area, period, value, note)));

        public Content Without(int area, TimePeriod period, long value, string? note) => new(Rows - 1, unchecked(Sum - Hash(area, period, value, note)));

        static ulong Hash(int area, TimePeriod period, long value, string? note) =>
            (ulong)(uint)HashCode.Combine(area, period, value, note) << 32 | (uint)HashCode.Combine(note, area, value, period, 7);
    }
}

using System.Globalization;
using System.Numerics;

namespace Sdmx.Validation;

/// <summary>Whether a series with observations is there, in the store or in another message of the submission.</summary>
/// <param name="dataset">What the key's numbers are resolved by.</param>
/// <param name="key">The key; it names every dimension.</param>
public delegate bool SeriesElsewhere(Dataset dataset, ReadOnlySpan<int> key);

/// <summary>What is broken down has a total: where series differ in one dimension only, there is the one that has <c>_T</c> in it.</summary>
/// <remarks>The dimensions whose codelist has <c>_T</c> count: it is how the SDG structures say "not broken down", so only these can have a total; areas and series have none. Two series make a
/// breakdown. One alone is more often the definition (girls of 15 to 19): of 66,516 series of global figures that the United Nations published, 19,066 totals would be missed else,
/// and 7,758 are. <c>_Z</c> (not applicable) breaks nothing down. Judged when the message is read: keys stay in memory, as they do in the <see cref="SeriesSorter"/>.</remarks>
sealed class TotalRule : SeriesRule
{
    const int Fewest = 2;

    readonly DataSchema _schema;
    readonly SeriesElsewhere? _elsewhere;
    readonly int[] _totals;
    readonly int[] _inapplicable;
    readonly SeriesTable _series;
    readonly List<(int First, Dataset Dataset)> _datasets = [];
    (int Line, int Position)[] _places = new (int, int)[16];

    internal TotalRule(DataSchema schema, SeriesElsewhere? elsewhere)
    {
        (_schema, _elsewhere) = (schema, elsewhere);
        _totals = [.. schema.Dimensions.Select(d => d.Codes?.Find("_T") ?? -1)];
        _inapplicable = [.. schema.Dimensions.Select(d => d.Codes?.Find("_Z") ?? -1)];
        _series = new SeriesTable(schema.Dimensions.Count);
    }

    /// <summary>Whether the message has observations of a series.</summary>
    internal bool Has(ReadOnlySpan<int> key) => _series.IndexOf(key) >= 0;

    /// <inheritdoc/>
    internal override void Check(SeriesView series, ObservationBlock block, int from, int end, Findings findings)
    {
        var number = _series.Resolve(series.Key, RowKind.Observation);
        if (_datasets.Count == 0 || _datasets[^1].Dataset != block.Dataset)
            _datasets.Add((number, block.Dataset));
        if (number >= _places.Length)
            Array.Resize(ref _places, number * 2);
        if (_places[number].Line == 0)
            _places[number] = (block.Lines[from], block.LinePositions[from]);
    }

    /// <inheritdoc/>
    internal override void Complete(Findings findings)
    {
        var parts = Parts();
        var missing = new Missing(_schema.Dimensions.Count);
        var counts = new Counts(parts.Count);
        foreach (var part in parts)
            counts.Add(part.Hash);
        Span<int> total = stackalloc int[_schema.Dimensions.Count];
        foreach (var (hash, number, d) in parts)
        {
            if (counts.IsLess(hash, Fewest))
                continue;
            _series.Key(number).CopyTo(total);
            total[d] = _totals[d];
            missing.Add(total, d, number);
        }

        Tell(missing.Together(Fewest), findings);
    }

    /// <summary>The series that have no total in some dimension, with the hash of that total.</summary>
    List<(uint Hash, int Series, int Dimension)> Parts()
    {
        var parts = new List<(uint, int, int)>();
        Span<int> total = stackalloc int[_schema.Dimensions.Count];
        for (var number = 0; number < _series.Count; number++)
        {
            _series.Key(number).CopyTo(total);
            var hash = _series.Hash(total);
            for (var d = 0; d < total.Length; d++)
            {
                var code = total[d];
                if (_totals[d] < 0 || code == _totals[d] || code == _inapplicable[d] || code >= _schema.Dimensions[d].Codes!.Count)
                    continue;
                total[d] = _totals[d];
                var ofTotal = _series.Hash(hash, d, code, _totals[d]);
                if (_series.IndexOf(total, ofTotal) < 0)
                    parts.Add((ofTotal + (uint)d, number, d));
                total[d] = code;
            }
        }

        return parts;
    }

    void Tell(Missing missing, Findings findings)
    {
        for (var number = 0; number < missing.Count; number++)
        {
            var (count, first, dimensions) = missing[number];
            var dataset = _datasets.FindLast(d => d.First <= first).Dataset;
            if (_elsewhere?.Invoke(dataset, missing.Key(number)) == true)
                continue;
            var names = string.Join(", ", _schema.Dimensions.Where((_, d) => (dimensions & 1UL << d) != 0).Select(d => d.Id));
            var key = Findings.KeyText(dataset, missing.Key(number));
            findings.AddNow(dataset, _series.Key(first), _places[first].Line, _places[first].Position, new Issue(IssueCode.MissingTotal, default, string.Create(CultureInfo.InvariantCulture,
                $"{count} series are parts by {names} of {key}, which is not there"))
            {
                Component = names,
                Value = key,
                Expected = "a total beside its parts",
            });
        }
    }

    /// <summary>How many there may be at most with a hash: most totals miss one part only, and need not be told apart.</summary>
    readonly struct Counts(int most)
    {
        readonly byte[] _counts = new byte[BitOperations.RoundUpToPowerOf2((uint)Math.Max(most, 16) * 2)];

        internal void Add(uint hash)
        {
            ref var count = ref _counts[Slot(hash)];
            count = (byte)Math.Min(count + 1, byte.MaxValue);
        }

        internal bool IsLess(uint hash, int than) => _counts[Slot(hash)] < than;

        int Slot(uint hash) => (int)((hash * 0x9E3779B1u) >> 8) & (_counts.Length - 1);
    }

    /// <summary>Totals that are missing: by total and dimension, or by total alone.</summary>
    sealed class Missing(int dimensions)
    {
        readonly SeriesTable _keys = new(dimensions + 1);
        readonly List<(int Count, int First, ulong Dimensions)> _found = [];
        readonly int[] _key = new int[dimensions + 1];

        internal int Count => _keys.Count;

        internal (int Count, int First, ulong Dimensions) this[int number] => _found[number];

        internal ReadOnlySpan<int> Key(int number) => _keys.Key(number)[..dimensions];

        internal void Add(ReadOnlySpan<int> total, int dimension, int series) => Add(total, dimension, (1, series, 1UL << dimension));

        /// <summary>The totals of at least so many parts in one dimension, each once.</summary>
        internal Missing Together(int fewest)
        {
            var together = new Missing(dimensions);
            for (var number = 0; number < Count; number++)
            {
                if (_found[number].Count >= fewest)
                    together.Add(Key(number), 0, _found[number]);
            }

            return together;
        }

        void Add(ReadOnlySpan<int> total, int last, (int Count, int First, ulong Dimensions) found)
        {
            total.CopyTo(_key);
            _key[^1] = last;
            var number = _keys.Resolve(_key, RowKind.Observation);
            if (number == _found.Count)
                _found.Add(found);
            else
                _found[number] = (_found[number].Count + found.Count, Math.Min(_found[number].First, found.First), _found[number].Dimensions | found.Dimensions);
        }
    }
}

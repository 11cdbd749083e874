using System.Globalization;

namespace Sdmx.Validation;

/// <summary>A series that the store holds keeps its unit and its multiplier, and its figures their size.</summary>
/// <remarks>Figures are held against those of the same periods. That they are a power of ten away tells something where most of those that can be
/// compared say so, and one alone only when it has three digits: small counts are ten times another easily.</remarks>
sealed class PublishedRule(DataSchema schema, StoredHistory history, OptionalRules without) : SeriesRule
{
    // so far from a power of ten two figures may be for rounding
    const double Tolerance = 0.005;
    const int DigitsOfOne = 3;

    readonly UnitMultiplier _multiplier = new(schema);
    readonly SchemaComponent? _unit = without.Contains(IssueCode.OtherUnit) ? null : Find(schema, "UNIT_MEASURE", ComponentRole.Attribute);
    readonly bool _isScaleCompared = !without.Contains(IssueCode.OtherScale);

    /// <inheritdoc/>
    internal override void Check(SeriesView series, ObservationBlock block, int from, int end, Findings findings)
    {
        if (history(block, from) is not { } stored)
            return;
        if (_unit is { Level: AttachmentLevel.Series } && series.Text(_unit) is { Length: > 0 } unit && stored.Unit is { } held && unit != held)
            findings.AddNow(block, from, OtherUnit(unit, held, stored));
        else if (_isScaleCompared && stored.Count > 0 && !IsUnchanged(series, block, from, end, stored))
            Compare(series, block, from, end, stored, findings);
    }

    // the figures and multipliers that the store holds for the same periods
    bool IsUnchanged(SeriesView series, ObservationBlock block, int from, int end, StoredSeries stored)
    {
        var (at, count) = (stored.Find(block.Periods[from]), end - from);
        return at >= 0 && at + count <= stored.Count && _multiplier.IsAlike(block, from, end)
            && block.Values[0].Bits.AsSpan(from, count).SequenceEqual(stored.Mantissas.Slice(at, count))
            && block.Values[0].Forms.AsSpan(from, count).SequenceEqual(stored.Forms.Slice(at, count))
            && block.Periods.AsSpan(from, count).SequenceEqual(stored.Periods.Slice(at, count))
            && !stored.Multipliers.Slice(at, count).ContainsAnyExcept(_multiplier.Of(series, block, from));
    }

    // What has another multiplier is one thing, what has the same another: each is judged by itself.
    void Compare(SeriesView series, ObservationBlock block, int from, int end, StoredSeries stored, Findings findings)
    {
        var (others, same) = (new Evidence(), new Evidence());
        for (var row = from; row < end; row++)
        {
            var number = Number(block, 0, row);
            if (!double.IsFinite(number))
                continue;
            var found = stored.Find(block.Periods[row]);
            var at = found >= 0 ? found : Math.Max(~found - 1, 0);
            var (multiplier, held) = (_multiplier.Of(series, block, row), stored.Multipliers[at]);
            var isOther = multiplier != held && multiplier != StoredSeries.NoMultiplier && held != StoredSeries.NoMultiplier;
            var difference = isOther ? multiplier - held : 0;
            ref var evidence = ref isOther ? ref others : ref same;
            evidence.Add(row, at, multiplier, difference, found >= 0 ? PowerOf(number, stored.Number(at), difference) : null, block.Values[0].Forms[row] >= ValueForm.Decimal);
        }

        if (others.Count > 0)
            findings.AddNow(block, others.First, OtherMultiplier(series, block, others, stored, isMixed: others.Shares(same)));
        else if (same.IsOff && (same.Off > 1 || Digits(stored.Mantissas[same.OffStored]) >= DigitsOfOne))
            findings.AddNow(block, same.FirstOff, OtherSize(block, same, stored));
    }

    /// <summary>How many powers of ten a figure is away from a stored one; NaN where it is something else, null where one of the two is zero.</summary>
    static double? PowerOf(double number, double held, int multiplier)
    {
        if (number == 0 || held == 0)
            return null;
        var ratio = number / held * Math.Pow(10, multiplier);
        var power = Math.Round(Math.Log10(ratio));
        return Math.Abs(ratio / Math.Pow(10, power) - 1) <= Tolerance ? power : double.NaN;
    }

    static int Digits(long mantissa)
    {
        var digits = Math.Abs(mantissa).ToString(CultureInfo.InvariantCulture).TrimEnd('0');
        return digits.Length;
    }

    Issue OtherUnit(string unit, string held, StoredSeries stored)
    {
        var example = stored.Count == 0 ? "" : $" ('{stored.Text(stored.Count - 1)}' in {stored.Periods[^1]})";
        return new(IssueCode.OtherUnit, default, $"{_unit!.Id} is '{unit}', and the store has '{held}' for the series{example}")
        {
            Component = _unit.Id,
            Value = unit,
            Expected = "the unit that the store has",
        };
    }

    Issue OtherMultiplier(SeriesView series, ObservationBlock block, Evidence seen, StoredSeries stored, bool isMixed)
    {
        var (row, at) = (seen.First, seen.FirstStored);
        var multiplier = _multiplier.Of(series, block, row).ToString(CultureInfo.InvariantCulture);
        // Where no period is in both, the size of the one beside tells.
        var (isOff, power) = seen.Compared > 0 ? (seen.IsOff, seen.Power) : (IsNear(Number(block, 0, row), stored.Number(at)), seen.Difference);
        var verdict = isOff ? $": that is 10^{power} times what the store has" : seen.Agrees ? "; both say the same" : "";
        var isRepaired = isOff && power == seen.Difference && seen.IsOneAnswer && !isMixed;
        return new(IssueCode.OtherScale, default, string.Create(CultureInfo.InvariantCulture,
            $"{_multiplier.Id} is '{multiplier}' with '{block.Text(0, row)}', and the store has '{stored.MultiplierText(at)}' with '{stored.Text(at)}' for {stored.Periods[at]}{verdict}{Count(seen.Count)}"))
        {
            Component = _multiplier.Id,
            Value = multiplier,
            Expected = "the multiplier that the store has",
            Nearest = isRepaired ? stored.MultiplierText(at) : null,
        };
    }

    Issue OtherSize(ObservationBlock block, Evidence seen, StoredSeries stored)
    {
        var (row, at) = (seen.FirstOff, seen.OffStored);
        var (id, value, scale) = (block.Dataset.Schema.Values[0].Id, block.Values[0], block.Values[0].Forms[row] - ValueForm.Decimal);
        var nearest = seen.IsOneAnswer && seen.IsExact && DecimalText.TryShift(value.Bits[row], scale, -seen.Power, out var mantissa, out var shifted) ? DecimalText.Format(mantissa, shifted) : null;
        var same = _multiplier.Id is null || stored.Multipliers[at] == StoredSeries.NoMultiplier ? "" : $", with the same {_multiplier.Id} '{stored.MultiplierText(at)}'";
        return new(IssueCode.OtherScale, default, string.Create(CultureInfo.InvariantCulture,
            $"{id} is '{block.Text(0, row)}', and the store holds '{stored.Text(at)}' for {stored.Periods[at]}{same}: that is 10^{seen.Power} times what the store has{Count(seen.Off)}"))
        {
            Component = id,
            Value = block.Text(0, row),
            Expected = "figures of the size that the store has",
            Nearest = nearest,
        };
    }

    static bool IsNear(double number, double held) => number / held is > 0.316 and < 3.163;

    static string Count(int count) => count == 1 ? "" : $"; {count.ToString(CultureInfo.InvariantCulture)} values of the series";

    /// <summary>What figures of one series say together.</summary>
    struct Evidence
    {
        const int LeastMultiplier = -31;

        ulong _multipliers;
        bool _isUneven;
        bool _isInexact;

        /// <summary>How many there are.</summary>
        internal int Count;

        /// <summary>The row of the first.</summary>
        internal int First;

        /// <summary>The stored number of the period of the first, or the one beside.</summary>
        internal int FirstStored;

        /// <summary>How far the multiplier of the first is from the stored one.</summary>
        internal int Difference;

        /// <summary>How many could be held against a number of the same period.</summary>
        internal int Compared;

        /// <summary>How many of them are the same, but for rounding.</summary>
        internal int Same;

        /// <summary>How many are a power of ten away, all the same one.</summary>
        internal int Off;

        /// <summary>The row of the first of them.</summary>
        internal int FirstOff;

        /// <summary>The stored number for it.</summary>
        internal int OffStored;

        /// <summary>The power.</summary>
        internal int Power;

        /// <summary>Whether most are the same power away.</summary>
        internal readonly bool IsOff => Off > 0 && Off * 2 >= Compared;

        /// <summary>Whether all are, and all multipliers differ alike.</summary>
        internal readonly bool IsOneAnswer => Off == Compared && !_isUneven;

        /// <summary>Whether most are the same.</summary>
        internal readonly bool Agrees => Same > 0 && Same * 2 >= Compared;

        /// <summary>Whether every figure is a decimal, whose point can be moved.</summary>
        internal readonly bool IsExact => !_isInexact;

        /// <summary>Whether a multiplier is also among others.</summary>
        internal readonly bool Shares(Evidence others) => (_multipliers & others._multipliers) != 0;

        internal void Add(int row, int stored, int multiplier, int difference, double? power, bool isExact)
        {
            if (Count++ == 0)
                (First, FirstStored, Difference) = (row, stored, difference);
            _isUneven |= difference != Difference;
            _isInexact |= !isExact;
            if (multiplier != StoredSeries.NoMultiplier)
                _multipliers |= 1UL << (multiplier - LeastMultiplier);
            if (power is not { } found)
                return;
            Compared++;
            if (found == 0)
                Same++;
            else if (!double.IsNaN(found) && Off == 0)
                (Off, FirstOff, OffStored, Power) = (1, row, stored, (int)found);
            else if (found == Power)
                Off++;
        }
    }
}

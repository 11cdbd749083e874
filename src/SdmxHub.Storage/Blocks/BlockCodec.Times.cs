using System.Text;
using Sdmx;

namespace SdmxHub.Storage;

/// <content>Times and revisions.</content>
static partial class BlockCodec
{
    const byte NoTime = 0;          // rows of a structure without time, and chunk 0
    const byte Contiguous = 1;      // kind, first position; each next one more: most annual series
    const byte Gaps = 2;            // kind, first position, distances less one
    const byte Spelt = 3;           // each as text: offsets, fractions, ranges

    // By number: most series are annual, and copying is cheaper than making (benchmark "full scan").
    static readonly TimePeriod[] Years = [TimePeriod.None, .. Enumerable.Range(1, 9999).Select(TimePeriod.FromYear)];

    const byte OneRevision = 0;
    const byte ManyRevisions = 1;

    static void WriteTimes(ReadOnlySpan<TimePeriod> periods, PackedWriter output)
    {
        var mode = ModeOf(periods);
        output.Byte(mode);
        if (mode == Spelt)
        {
            foreach (var period in periods)
                WriteSpelling(period, output);
            return;
        }

        if (mode == NoTime)
            return;
        output.Byte((byte)periods[0].Kind);
        output.ZigZag(periods[0].Ordinal);
        for (var i = 1; mode == Gaps && i < periods.Length; i++)
            output.Varint((ulong)(periods[i].Ordinal - periods[i - 1].Ordinal - 1));
    }

    static byte ModeOf(ReadOnlySpan<TimePeriod> periods)
    {
        if (periods.Length == 1 && periods[0].Kind == PeriodKind.None)
            return NoTime;
        var mode = Contiguous;
        for (var i = 0; i < periods.Length; i++)
        {
            if (!periods[i].IsPlain || periods[i].Kind is PeriodKind.None or PeriodKind.TimeRange || periods[i].Kind != periods[0].Kind)
                return Spelt;
            if (i > 0 && periods[i].Ordinal <= periods[i - 1].Ordinal)
                return Spelt;
            if (i > 0 && periods[i].Ordinal != periods[i - 1].Ordinal + 1)
                mode = Gaps;
        }

        return mode;
    }

    static void WriteSpelling(TimePeriod period, PackedWriter output)
    {
        Span<byte> text = stackalloc byte[256];
        period.TryFormat(text, out var length);
        output.Varint((ulong)length);
        output.Bytes(text[..length]);
    }

    static void ReadTimes(ref PackedReader input, Span<TimePeriod> periods)
    {
        var mode = input.Byte();
        if (mode == NoTime)
        {
            periods.Clear();
            return;
        }

        if (mode == Spelt)
        {
            foreach (ref var period in periods)
                period = Parse(Encoding.UTF8.GetString(input.Bytes(input.Count())));
            return;
        }

        if (mode > Spelt)
            throw new StoreException(Damaged);
        var kind = (PeriodKind)input.Byte();
        var ordinal = input.ZigZag();
        if (mode == Contiguous && kind == PeriodKind.GregorianYear && ordinal >= 1 && ordinal <= Years.Length - periods.Length)
        {
            Years.AsSpan((int)ordinal, periods.Length).CopyTo(periods);
            return;
        }

        for (var i = 0; i < periods.Length; i++)
        {
            if (i > 0)
                ordinal += mode == Gaps ? (long)input.Varint() + 1 : 1;
            if (!TimePeriod.TryFromOrdinal(kind, ordinal, out periods[i]))
                throw new StoreException(Damaged);
        }
    }

    /// <summary>A period from its own spelling. Week 53 and day 366 exist for some start days only, so each is tried before giving up.</summary>
    /// <exception cref="StoreException">The text is no period.</exception>
    public static TimePeriod Parse(string text)
    {
        if (text.Length == 0)
            return TimePeriod.None;
        if (TimePeriod.TryParse(text, out var period))
            return period;
        for (var day = new DateTime(2000, 1, 1); day.Year == 2000; day = day.AddDays(1))
        {
            if (TimePeriod.TryParse(text, new MonthDay(day.Month, day.Day), out period))
                return period;
        }

        throw new StoreException($"The store holds '{text}' where a time period should be.");
    }

    static void WriteRevisions(ReadOnlySpan<long> revisions, PackedWriter output)
    {
        var many = revisions.ContainsAnyExcept(revisions[0]);
        output.Byte(many ? ManyRevisions : OneRevision);
        output.Varint((ulong)revisions[0]);
        for (var i = 1; many && i < revisions.Length; i++)
            output.ZigZag(revisions[i] - revisions[i - 1]);
    }

    static void ReadRevisions(ref PackedReader input, Span<long> revisions)
    {
        var many = input.Byte() == ManyRevisions;
        revisions.Fill((long)input.Varint());
        for (var i = 1; many && i < revisions.Length; i++)
            revisions[i] = revisions[i - 1] + input.ZigZag();
    }

    static void WriteTombstones(Chunk chunk, PackedWriter output)
    {
        var periods = new TimePeriod[chunk.Tombstones.Count];
        var revisions = new long[chunk.Tombstones.Count];
        for (var i = 0; i < periods.Length; i++)
            (periods[i], revisions[i]) = chunk.Tombstones[i];
        WriteTimes(periods, output);
        WriteRevisions(revisions, output);
    }

    static void ReadTombstones(ref PackedReader input, Chunk chunk, int count)
    {
        var periods = new TimePeriod[count];
        var revisions = new long[count];
        ReadTimes(ref input, periods);
        ReadRevisions(ref input, revisions);
        for (var i = 0; i < count; i++)
            chunk.Tombstones.Add(new Tombstone(periods[i], revisions[i]));
    }
}

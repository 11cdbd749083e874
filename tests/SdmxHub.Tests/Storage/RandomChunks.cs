using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Chunks of every kind of period, value and layout, by seed.</summary>
static class RandomChunks
{
    /// <summary>The next one.</summary>
    public static Chunk Next(Random random)
    {
        var chunk = new Chunk();
        var periods = RandomPeriods(random);
        foreach (var period in periods)
        {
            if (random.Next(6) == 0)
            {
                chunk.Tombstones.Add(new(period, random.Next(1, 1000)));
                continue;
            }

            chunk.Insert(chunk.Count, period);
            chunk.Tx[chunk.Count - 1] = random.Next(3) == 0 ? random.NextInt64(1, long.MaxValue) : 7;
        }

        for (var component = 1; component < 30; component += random.Next(1, 6))
        {
            Func<(byte, long)> next = NextValue(random);
            for (var row = 0; row < chunk.Count; row++)
            {
                if (random.Next(5) > 0)
                    (chunk.Column(component).Forms[row], chunk.Column(component).Bits[row]) = next();
            }
        }

        return chunk;
    }

    static List<TimePeriod> RandomPeriods(Random random)
    {
        if (random.Next(10) == 0)
            return [TimePeriod.None];
        string[] spelt = ["2001Z", "2001-A1+05:00", "2001-W53", "2001-02-03T04:05:06.789", "2001/P1M", "2001-01-01T24:00:00", "1999-D365"];
        var kind = (PeriodKind)random.Next(1, 12);
        var ordinal = kind == PeriodKind.DateTime ? 63_000_000_000 : 2000L * random.Next(1, 4);
        var periods = new List<TimePeriod>();
        var gap = random.Next(2);
        for (var i = random.Next(0, 300); i > 0; i--)
        {
            ordinal += 1 + (gap == 0 ? 0 : random.Next(3));
            if (TimePeriod.TryFromOrdinal(kind, ordinal, out var period) && period.Exists(default))
                periods.Add(period);
        }

        if (random.Next(4) == 0)
            periods.AddRange(spelt.Where(_ => random.Next(2) == 0).Select(s => TimePeriod.TryParse(s, out var p) ? p : default).Where(p => p != default));
        return [.. periods.Distinct().Order()];
    }

    static Func<(byte, long)> NextValue(Random random) => random.Next(8) switch
    {
        0 => () => (ValueForm.Code, 3),
        1 => () => (ValueForm.Code, random.Next(1, 300)),
        2 => () => (ValueForm.Text, random.NextInt64(1, 1L << 40)),
        3 => () => (ValueForm.Decimal, random.Next(-100, 100)),
        4 => () => ((byte)(ValueForm.Decimal + random.Next(3)), random.NextInt64(-1_000_000, 1_000_000)),
        5 => () => ((byte)(ValueForm.Decimal + random.Next(19)), random.Next(2) == 0 ? long.MaxValue : long.MinValue),
        6 => () => (StoredForm.Double, BitConverter.DoubleToInt64Bits(random.NextDouble())),
        _ => () => random.Next(3) switch
        {
            0 => (ValueForm.Text, random.Next(1, 9)), 1 => (StoredForm.Double, BitConverter.DoubleToInt64Bits(double.NaN)), _ => (ValueForm.Decimal, random.Next()),
        },
    };
}

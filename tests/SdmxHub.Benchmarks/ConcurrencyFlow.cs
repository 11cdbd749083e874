using System.Buffers;
using System.Security.Cryptography;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Benchmarks;

/// <summary>How <see cref="ConcurrencyTest"/> lays out the <see cref="StressFlow"/>, so that one query shows whether its answer is one revision whole.</summary>
/// <remarks>Stamps: all carry the number of the revision. Accounts: writers move amounts between them, their sum stays. Counts: one that every writer
/// raises, one for each. Logs: each writer adds a day, as many as its count says. New series, and never any named after an abandoned change.</remarks>
static class ConcurrencyFlow
{
    /// <summary>The revision that fills the store; from the next on each is one commit of one writer.</summary>
    public const long FirstRevision = 2;
    public const int Writers = 5;
    public const int Accounts = 50;

    const int Stamps = 100;
    const int StampYears = 5;
    const long Amount = 1000;
    const int FirstAccount = 100;
    const int SharedCount = 200;
    const int FirstCount = 201;
    const int FirstLog = 300;
    const int FirstNew = 350;
    const int FirstDay = 730_000;
    const string Name = "x";
    const string Abandoned = "abandoned";

    /// <summary>The first content.</summary>
    public static IEnumerable<StressChange> Start()
    {
        foreach (var stamp in Stamp(FirstRevision))
            yield return stamp;
        for (var account = 0; account < Accounts; account++)
            yield return Put(FirstAccount + account, Name, Year(0), Amount);
        for (var count = SharedCount; count < FirstCount + Writers; count++)
            yield return Put(count, Name, Year(0), 0);
    }

    /// <summary>One commit of a writer.</summary>
    /// <param name="state">What the revision before holds.</param>
    /// <param name="revision">The revision it makes.</param>
    /// <param name="writer">The writer's number.</param>
    /// <param name="isMeant">Whether it will be committed.</param>
    /// <param name="random">What decides the amounts.</param>
    public static IEnumerable<StressChange> Change(ConcurrencyState state, long revision, int writer, bool isMeant, Random random)
    {
        foreach (var stamp in Stamp(revision))
            yield return stamp;
        var (from, to, amount) = (random.Next(Accounts), random.Next(Accounts), random.Next(500));
        if (from != to)
        {
            yield return Put(FirstAccount + from, Name, Year(0), state.Accounts[from] - amount);
            yield return Put(FirstAccount + to, Name, Year(0), state.Accounts[to] + amount);
        }

        yield return Put(SharedCount, Name, Year(0), state.SharedCount + 1);
        var count = state.Counts[writer] + 1;
        yield return Put(FirstCount + writer, Name, Year(0), count);
        yield return Put(FirstLog + writer, Name, Day(count), count);
        if (!isMeant || count % 10 == 0)
            yield return Put(FirstNew + writer, isMeant ? $"new-{count}" : $"{Abandoned}-{revision}", Year(0), count);
    }

    /// <summary>Reads a snapshot whole.</summary>
    public static ConcurrencyState Read(Snapshot snapshot)
    {
        var state = new ConcurrencyState(snapshot.Revision, new long[Accounts], new long[Writers], new long[Writers], new long[Writers]);
        var output = new ArrayBufferWriter<byte>();
        using var reader = snapshot.Read(new DataQuery { Dataflow = StressFlow.Urn });
        var writer = Format.Find("csv-2.0")!.Write!(output, new WriterOptions { Header = new MessageHeader { Id = "X", Sender = "T" } });
        writer.Begin([reader.Dataset.Schema]);
        writer.BeginDataset(reader.Dataset);
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
            writer.Write(block);
            for (var row = 0; row < block.Count; row++)
                Take(state, block, row);
        }

        writer.End();
        state.Bytes = SHA256.HashData(output.WrittenSpan);
        return state;
    }

    /// <summary>What is wrong with an answer, or null.</summary>
    public static string? Fault(ConcurrencyState state)
    {
        var commits = state.Revision - FirstRevision;
        var logs = state.Counts.Zip(state.LogRows, state.LogSums).All(l => l.First == l.Second && l.First * (l.First + 1) / 2 == l.Third);
        return state.Abandoned > 0 ? "it has an abandoned change"
            : state.Stamps != Stamps * StampYears || state.WrongStamps > 0 ? $"{state.Stamps} stamps, {state.WrongStamps} of another revision"
            : state.Accounts.Sum() != Accounts * Amount ? $"the accounts sum up to {state.Accounts.Sum()}"
            : state.SharedCount != commits || state.Counts.Sum() != commits ? $"{commits} commits are counted as {state.SharedCount} and {string.Join('+', state.Counts)}"
            : logs ? null : $"counts {string.Join(',', state.Counts)}, logs {string.Join(',', state.LogRows)}";
    }

    static void Take(ConcurrencyState state, ObservationBlock block, int row)
    {
        var (area, value) = (block.Key[StressFlow.Area][row], block.Values[StressFlow.Value].Bits[row]);
        switch (area)
        {
            case < FirstAccount:
                state.Stamps++;
                state.WrongStamps += value == state.Revision ? 0 : 1;
                break;
            case < SharedCount:
                state.Accounts[area - FirstAccount] = value;
                break;
            case SharedCount:
                state.SharedCount = value;
                break;
            case < FirstLog:
                state.Counts[area - FirstCount] = value;
                break;
            case < FirstNew:
                state.LogRows[area - FirstLog]++;
                state.LogSums[area - FirstLog] += value;
                break;
            default:
                state.Abandoned += block.KeyText(row).Contains(Abandoned, StringComparison.Ordinal) ? 1 : 0;
                break;
        }
    }

    static IEnumerable<StressChange> Stamp(long revision)
    {
        for (var stamp = 0; stamp < Stamps; stamp++)
        {
            for (var year = 0; year < StampYears; year++)
                yield return Put(stamp, Name, Year(year), revision);
        }
    }

    static StressChange Put(int area, string name, TimePeriod period, long value) => new(DatasetAction.Merge, area, name, period, value, null);

    static TimePeriod Year(int year) => TimePeriod.FromYear(2000 + year);

    static TimePeriod Day(long number) =>
        TimePeriod.TryFromOrdinal(PeriodKind.GregorianDay, FirstDay + number, out var day) ? day : throw new InvalidOperationException("there are no more days");
}

/// <summary>What one answer holds, and the hash of its bytes as a message.</summary>
sealed record ConcurrencyState(long Revision, long[] Accounts, long[] Counts, long[] LogRows, long[] LogSums)
{
    public int Stamps;
    public int WrongStamps;
    public int Abandoned;
    public long SharedCount;
    public byte[] Bytes = [];
}

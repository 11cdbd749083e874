using System.Buffers;
using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Sdmx.Formats;

namespace Sdmx.Tests.Writers;

/// <summary>Rows that are written together are written as each would be by itself, and cost no memory.</summary>
public sealed class RowPatternTests
{
    // After so many blocks the cells of texts are as many as they become: texts that fall into one cell, by chance of their hashes, make them more.
    const int Settled = 20;

    static readonly string[] Layouts = ["TIME_PERIOD", "AREA", "AllDimensions"];

    static IEnumerable<string> Written => Format.All.Where(f => f.Write is not null).Select(f => f.Id);

    [Test]
    public void Rows_together_give_the_same_bytes_as_each_by_itself([ValueSource(nameof(Written))] string format, [ValueSource(nameof(Layouts))] string layout)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var block = RandomRows.Block(seed);
            var options = new WriterOptions { DimensionAtObservation = layout, Labels = (CsvLabels)(seed % 3), Keys = (CsvKeys)(seed % 4) };

            var together = WriterSample.Write(format, options, block);
            var alone = WriterSample.Write(format, options, [.. Enumerable.Range(0, block.Count).Select(row => Alone(block, row))]);

            Assert.That(together, Is.EqualTo(alone), $"seed {seed}");
        }
    }

    [Test]
    public void CSV_is_what_a_plain_writer_writes()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var block = RandomRows.Block(seed);

            var message = WriterSample.Write("csv-2.0", new WriterOptions(), block);

            Assert.That(message[(message.IndexOf('\n') + 1)..], Is.EqualTo(PlainWriters.Csv(block)), $"seed {seed}");
        }
    }

    [Test]
    public void XML_is_what_a_plain_writer_writes()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var block = RandomRows.Block(seed);

            var message = WriterSample.Write("structurespecific-2.1", new WriterOptions(), block);

            Assert.That(string.Concat(Regex.Matches(message, "<Obs[^\n]*\n").Select(m => m.Value)), Is.EqualTo(PlainWriters.Xml(block)), $"seed {seed}");
        }
    }

    [Test]
    public void An_observation_allocates_nothing([ValueSource(nameof(Written))] string format, [ValueSource(nameof(Layouts))] string layout)
    {
        if (typeof(DataWriter).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
            Assert.Ignore("code that is not optimised puts values on the heap: run with -c Release");
        var (attributes, observations) = Halves(RandomRows.Block(1));

        // what the runtime compiles in haste may put values on the heap, until it compiles them well
        long growth = 1;
        for (var attempt = 0; attempt < 100 && growth != 0; attempt++)
            growth = Allocated(format, layout, attributes, observations, Settled + 50) - Allocated(format, layout, attributes, observations, Settled);

        Assert.That(observations.Count, Is.GreaterThan(50));
        Assert.That(growth, Is.Zero);
    }

    static long Allocated(string format, string layout, ObservationBlock attributes, ObservationBlock observations, int times)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var writer = Format.Find(format)!.Write!(new Sink(), new WriterOptions { DimensionAtObservation = layout, Keys = CsvKeys.Both });
        writer.Begin([attributes.Dataset.Schema]);
        writer.BeginDataset(attributes.Dataset);
        writer.Write(attributes);
        for (var i = 0; i < times; i++)
            writer.Write(observations);
        writer.End();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    static (ObservationBlock Attributes, ObservationBlock Observations) Halves(ObservationBlock block)
    {
        var (attributes, observations) = (Empty(block), Empty(block));
        for (var row = 0; row < block.Count; row++)
            Copy(block, row, block.Kinds[row] == RowKind.Attributes ? attributes : observations);
        return (attributes, observations);
    }

    static ObservationBlock Alone(ObservationBlock block, int row)
    {
        var alone = Empty(block);
        Copy(block, row, alone);
        return alone;
    }

    static ObservationBlock Empty(ObservationBlock block)
    {
        var empty = new ObservationBlock();
        empty.Begin(block.Dataset);
        return empty;
    }

    static void Copy(ObservationBlock block, int row, ObservationBlock to)
    {
        var next = to.Count++;
        (to.Kinds[next], to.Periods[next]) = (block.Kinds[row], block.Periods[row]);
        for (var d = 0; d < block.Key.Length; d++)
            to.Key[d][next] = block.Key[d][row];
        for (var c = 0; c < block.Values.Length; c++)
        {
            if (block.Values[c].Forms[row] == ValueForm.Text)
                to.SetText(c, next, block.Text(c, row)!);
            else
                to.Values[c].Set(next, block.Values[c].Forms[row], block.Values[c].Bits[row]);
        }
    }

    /// <summary>Takes bytes and forgets them.</summary>
    sealed class Sink : IBufferWriter<byte>
    {
        readonly byte[] _window = new byte[1 << 16];

        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => _window;

        public Span<byte> GetSpan(int sizeHint = 0) => _window;
    }
}

using Sdmx.Formats;
using Snapshooter.NUnit;

namespace Sdmx.Tests.Writers;

/// <summary>What holds for the data writers of every format.</summary>
public sealed class WriterTests
{
    static IEnumerable<string> Written => Format.All.Where(f => f.Write is not null).Select(f => f.Id);

    static readonly string[] Layouts = ["TIME_PERIOD", "AREA", "AllDimensions"];

    [Test]
    public void Every_level_is_written_as_before([ValueSource(nameof(Written))] string format, [ValueSource(nameof(Layouts))] string layout)
    {
        var text = WriterSample.Write(format, Options(layout), WriterSample.EveryLevel());

        Snapshot.Match(text, $"every-level.{format}.{layout}");
    }

    [Test]
    public void Several_data_sets_are_written_as_before([ValueSource(nameof(Written))] string format)
    {
        var codes = new CodeTables(WriterSample.Schema);
        var text = WriterSample.Write(format, Options("TIME_PERIOD"),
            WriterSample.Rows(WriterSample.Set(WriterSample.Schema, 0, DatasetAction.Merge, codes), "- A.XX.a 2010 OBS_VALUE=1|OBS_STATUS=A"),
            WriterSample.Rows(WriterSample.Set(WriterSample.Schema, 1, DatasetAction.Replace, codes) with { Id = "SET2", ValidFrom = "2026-01-01T00:00:00Z" },
                "* .XX. AREA_NOTE=about XX", "- A.XX.b 2010 OBS_VALUE=2"),
            WriterSample.Rows(WriterSample.Set(WriterSample.Timeless, 2), "* . SET_NOTE=no time", "- XX.a OBS_VALUE=3|OBS_STATUS=NA", "- ZZ.c,d OBS_VALUE=4"),
            WriterSample.Rows(WriterSample.Set(WriterSample.Schema, 3, DatasetAction.Delete, codes), "* .XX. AREA_NOTE=any", "* .YY.", "* A.XX.a", "- A.XX.b 2010", "- A.ZZ.b 2011 OBS_VALUE=0"));

        Snapshot.Match(text, $"several-sets.{format}");
    }

    [Test]
    public void An_empty_data_set_is_written_as_before([ValueSource(nameof(Written))] string format) =>
        Snapshot.Match(WriterSample.Write(format, Options("TIME_PERIOD"), WriterSample.Rows(WriterSample.Set(WriterSample.Schema))), $"empty-set.{format}");

    [Test]
    public void The_same_blocks_give_the_same_bytes_however_they_are_cut([ValueSource(nameof(Written))] string format, [ValueSource(nameof(Layouts))] string layout)
    {
        var dataset = WriterSample.Set(WriterSample.Schema);
        string[] rows = ["* .. SET_NOTE=n", "* A.XX.a UNIT=NA", "- A.XX.a 2010 OBS_VALUE=1", "- A.XX.a 2011 COMMENT=x", "- A.XX.b 2010 OBS_VALUE=2"];

        var whole = WriterSample.Write(format, Options(layout), WriterSample.Rows(dataset, rows));
        var cut = WriterSample.Write(format, Options(layout), [.. rows.Select(r => WriterSample.Rows(dataset, r))]);

        Assert.That(cut, Is.EqualTo(whole));
    }

    [Test]
    public void Texts_longer_than_any_buffer_come_through_whole([ValueSource(nameof(Written))] string format)
    {
        var text = string.Concat(Enumerable.Repeat("é😀\"x", 20_000));
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema), "- A.XX.a 2010 OBS_VALUE=1");
        block.SetText(WriterSample.Schema.Find("COMMENT")!.Index, 0, text);

        var message = WriterSample.Write(format, Options("TIME_PERIOD"), block);

        Assert.That(message.Split("é😀"), Has.Length.EqualTo(20_001));
    }

    static WriterOptions Options(string layout) => new() { Header = WriterSample.Header, DimensionAtObservation = layout };
}

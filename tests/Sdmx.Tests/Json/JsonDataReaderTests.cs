using System.Text;
using Sdmx.Formats;
using Sdmx.Tests.Writers;

namespace Sdmx.Tests.Json;

public sealed class JsonDataReaderTests
{
    const string Structures = """
        "structures":[{"links":[{"rel":"dataflow","urn":"urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=TEST:DF_SAMPLE(1.0)"}],
        "dimensions":{"dataSet":[{"id":"FREQ","keyPosition":0,"values":[{"id":"A"}]}],
        "series":[{"id":"ITEM","keyPosition":2,"values":[{"value":"a"},{"value":"b"}]},{"id":"AREA","keyPosition":1,"values":[{"id":"XX"},{"id":"YY"}]}],
        "observation":[{"id":"TIME_PERIOD","keyPosition":3,"values":[{"id":"2010"},{"value":"2011"}]}]},
        "attributes":{"dataSet":[{"id":"SET_NOTE"}],"dimensionGroup":[{"id":"AREA_NOTE","values":[{"value":"first"}]}],"series":[{"id":"UNIT","values":[{"id":"NA"}]}],
        "observation":[{"id":"OBS_STATUS","values":[{"id":"A"},{"id":"007"}]},{"id":"COMMENT"}]}}]
        """;

    const string Datasets = """
        "dataSets":[{"structure":0,"action":"Append","series":{
        "1:0":{"observations":{"0":[100.0,1,"x"],"1":[1E5]},"attributes":[0]},
        "0:1":{"attributes":["NA"],"observations":{"1":[null,null,"\u00e9"],"0":["NaN",0,null,7]}}},
        "dimensionGroupAttributes":{":0::":[0]},"attributes":["set"]}]
        """;

    const string Meta = "\"meta\":{\"id\":\"M\",\"prepared\":\"2026-01-01T00:00:00Z\",\"sender\":{\"id\":\"S\"},\"names\":{\"en\":\"N\"},\"receivers\":[{\"id\":\"R\"}]}";

    static readonly string[] Expected =
    [
        "* .. SET_NOTE=set", "* .XX. AREA_NOTE=first", "- A.XX.b 2010 OBS_VALUE=100.0 OBS_STATUS=007 COMMENT=x", "- A.XX.b 2011 OBS_VALUE=1E5",
        "* A.XX.b UNIT=NA", "* A.YY.a UNIT=NA", "- A.YY.a 2011 COMMENT=é", "- A.YY.a 2010 OBS_VALUE=NaN OBS_STATUS=A",
    ];

    [Test]
    public void Parts_are_read_in_any_order([Values] bool structuresFirst)
    {
        var data = structuresFirst ? $"{Structures},{Datasets}" : $"{Datasets},{Structures}";

        var (rows, issues) = Read(new MemoryStream(Encoding.UTF8.GetBytes($"{{\"data\":{{{data}}},{Meta}}}")));

        Assert.That(rows, Is.EqualTo(Expected));
        Assert.That(issues, Is.Empty);
    }

    [Test]
    public void Every_split_of_the_bytes_gives_the_same_rows([Values(1, 2, 3, 7, 100)] int piece, [Values] bool canSeek)
    {
        var bytes = Encoding.UTF8.GetBytes($"\uFEFF{{{Meta},\"data\":{{{Datasets},{Structures}}}}}");

        var (rows, issues) = Read(new Pieces(bytes, piece, canSeek));

        Assert.That(rows, Is.EqualTo(Expected));
        Assert.That(issues, Is.Empty);
    }

    [Test]
    public void Every_truncation_is_ill_formed_and_gives_no_row()
    {
        var bytes = Encoding.UTF8.GetBytes($"{{{Meta},\"data\":{{{Datasets},{Structures}}}}}");
        for (var length = 0; length < bytes.Length; length += 13)
        {
            var (rows, issues) = Read(new MemoryStream(bytes[..length]));

            Assert.That(rows, Is.Empty);
            Assert.That(issues.Select(i => i.Code), Is.EqualTo((IssueCode[])[IssueCode.IllFormed]), $"{length} bytes");
        }
    }

    [TestCase("\"1:0\":{\"observations\":{\"9\":[1]}}", IssueCode.UnexpectedElement)]
    [TestCase("\"1:0:0\":{\"observations\":{\"0\":[1]}}", IssueCode.UnexpectedElement)]
    [TestCase("\"1:0\":{\"observations\":{\"0\":[1,99]}}", IssueCode.UnexpectedElement)]
    [TestCase("\"1:0\":{\"observations\":{\"0\":[[1,2]]}}", IssueCode.UnexpectedElement)]
    public void What_means_nothing_is_reported(string series, IssueCode code)
    {
        var text = $"{{{Meta},\"data\":{{\"dataSets\":[{{\"structure\":0,\"action\":\"Append\",\"series\":{{{series}}}}}],{Structures}}}}}";

        var (_, issues) = Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        Assert.That(issues.Select(i => i.Code), Has.Member(code));
    }

    [TestCase("[]", IssueCode.IllFormed)]
    [TestCase("{\"data\":{\"dataSets\":[{\"structure\":3}]}}", IssueCode.NoStructureReference)]
    [TestCase("{\"data\":{\"dataSets\":[{}],\"structures\":[{\"links\":[]}]}}", IssueCode.NoStructureReference)]
    [TestCase("{} {}", IssueCode.IllFormed)]
    [TestCase("{\"a\":\"\\ud800\"}", IssueCode.IllFormed)]
    public void A_message_that_cannot_be_read_says_why(string text, IssueCode code)
    {
        var (rows, issues) = Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        Assert.That(rows, Is.Empty);
        Assert.That(issues.Select(i => i.Code), Has.Member(code));
    }

    [Test]
    public void Depth_and_length_are_bounded()
    {
        var deep = Read(new MemoryStream(Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 100) + new string(']', 100) + "}")));
        var wide = Read(new MemoryStream(Encoding.UTF8.GetBytes("{\"data\":{\"" + new string('x', 1 << 21) + "\":1}}")));

        Assert.That(deep.Issues.Select(i => i.Code), Has.Member(IssueCode.LimitExceeded));
        Assert.That(wide.Issues.Select(i => i.Code), Has.Member(IssueCode.LimitExceeded));
    }

    [Test]
    public void More_rows_than_a_block_holds_come_in_several()
    {
        var dataset = WriterSample.Set(WriterSample.Schema, action: DatasetAction.Append);
        var lines = Enumerable.Range(0, 4000).Select(i => $"- A.XX.i{i / 40} {2010 - (i % 40)} OBS_VALUE={i}").ToArray();
        var text = WriterSample.Write("json-2.0", new WriterOptions { Header = WriterSample.Header }, WriterSample.Rows(dataset, lines),
            WriterSample.Rows(dataset, [.. lines.Select(l => l.Replace(".XX.", ".YY.", StringComparison.Ordinal))]));

        var (rows, _) = Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

        Assert.That(rows, Has.Count.EqualTo(8000));
        Assert.That(rows[7999], Is.EqualTo("- A.YY.i99 1971 OBS_VALUE=3999"));
    }

    static (List<string> Rows, List<Issue> Issues) Read(Stream stream)
    {
        using var log = new IssueLog();
        var rows = new List<string>();
        var block = new ObservationBlock();
        using var reader = Format.Find("json-2.0")!.Open!(stream, new ReadContext { Catalog = WriterSample.Catalog, Issues = log });
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
            {
                var values = block.Dataset.Schema.Values.Where(v => block.Text(v.Index, row) is not null).Select(v => $" {v.Id}={block.Text(v.Index, row)}");
                rows.Add($"{(block.Kinds[row] == RowKind.Attributes ? "*" : "-")} {block.KeyText(row)}{(block.Periods[row] == TimePeriod.None ? "" : $" {block.Periods[row]}")}{string.Concat(values)}");
            }
        }

        return (rows, [.. log.All]);
    }

    /// <summary>Gives a few bytes at a time; where it cannot go back, like what comes from a decompressor.</summary>
    sealed class Pieces(byte[] bytes, int size, bool canSeek = true) : MemoryStream(bytes)
    {
        public override bool CanSeek => canSeek;

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(size, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(size, count));
    }
}

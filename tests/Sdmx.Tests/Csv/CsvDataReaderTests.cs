using System.Text;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Csv;

public sealed class CsvDataReaderTests
{
    static readonly string[] TwoObservations =
    [
        "0 att A.N.X UNIT=PT",
        "0 obs A.N.X 2020 OBS_VALUE=100.0 NOTE=a, \"b\"\nc",
        "0 obs A.N.X 2021 OBS_VALUE=1E5 STATUS=A",
    ];

    [TestCase("csv-1.0", "DATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE,STATUS,NOTE,UNIT\nT:NATIONAL(1.5),A,N,X,2020,100.0,,\"a, \"\"b\"\"\nc\",PT\nT:NATIONAL(1.5),A,N,X,2021,1E5,A,,PT\n")]
    [TestCase("csv-1.0", "\uFEFFDATAFLOW;UNIT;FREQ;TYPE;AREA;TIME_PERIOD;OBS_VALUE;STATUS;NOTE\r\nT:NATIONAL(1.5);PT;A;N;X;2020;100,0;;\"a, \"\"b\"\"\nc\"\r\nT:NATIONAL(1.5);PT;A;N;X;2021;1E5;A;")]
    [TestCase("csv-1.0", "\"DATAFLOW\"\t\"FREQ\"\t\"TYPE\"\t\"AREA\"\t\"TIME_PERIOD\"\t\"OBS_VALUE\"\t\"STATUS\"\t\"NOTE\"\t\"UNIT\"\nT:NATIONAL(1.5)\tA\tN\tX\t2020\t100.0\t\t\"a, \"\"b\"\"\nc\"\tPT\n\nT:NATIONAL(1.5)\tA\tN\tX\t2021\t1E5\tA\t\tPT\n\n")]
    [TestCase("csv-1.0", "DATAFLOW,FREQ: Frequency,TYPE: Type,AREA: Area,TIME_PERIOD: Time,OBS_VALUE: Value,STATUS: Status,NOTE: Note,UNIT: Unit\nT:NATIONAL(1.5): Nat: ional,A: Annual,N: N,X: X: x,2020: 2020,100.0,,\"a, \"\"b\"\"\nc\",PT: Percent\nT:NATIONAL(1.5): Nat: ional,A: Annual,N: N,X: X,2021,1E5,A: Normal,,PT: Percent\n")]
    [TestCase("csv-2.0", "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,SERIES_KEY,FREQ,Frequency,TYPE,Type,AREA,AREA,TIME_PERIOD,Time,OBS_VALUE,Value,STATUS,Status,NOTE,Note,UNIT,Unit\ndataflow,T:NATIONAL(1.5),National,A,A.N.X,A,Annual,N,N,X,X,2020,2020,100.0,,,,\"a, \"\"b\"\"\nc\",,PT,Percent\ndataflow,T:NATIONAL(1.5),National,A,A.N.X,A,Annual,N,N,X,X,2021,2020,1E5,,A,Normal,,,PT,Percent\n")]
    [TestCase("csv-2.0", "STRUCTURE[|];STRUCTURE_ID;ACTION;FREQ;TYPE;AREA;TIME_PERIOD;OBS_VALUE;STATUS;NOTE;UNIT\nDataFlow;T:NATIONAL;M;A;N;X;2020;100.0;;\"a, \"\"b\"\"\nc\";PT\nDataFlow;T:NATIONAL;M;A;N;X;2021;1E5;A;;PT")]
    public void Every_layout_of_a_table_gives_the_same_rows(string format, string text)
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read(format, text, context);

        Assert.That(rows, Is.EqualTo(TwoObservations));
        Assert.That(SmallCube.Codes(context), Is.Empty);
    }

    [Test]
    public void Rows_with_part_of_the_key_give_the_attributes_of_their_holder()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read("csv-2.0", """
            STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE,TITLE,UNIT,SOURCE
            dataflow,T:NATIONAL(1.5),A,,,,,,,,Office
            dataflow,T:NATIONAL(1.5),A,,N,X,,,Title,,
            dataflow,T:NATIONAL(1.5),A,A,N,X,,,,PT,
            dataflow,T:NATIONAL(1.5),A,A,N,X,2020,1,,,
            dataflow,T:NATIONAL(1.5),A,A,N,Y,,,,,
            dataflow,T:NATIONAL(1.5),A,,N,,,,,PT,
            """, context);

        Assert.That(rows, Is.EqualTo(["0 att .. SOURCE=Office", "0 att .N.X TITLE=Title", "0 att A.N.X UNIT=PT", "0 obs A.N.X 2020 OBS_VALUE=1", "0 att A.N.Y"]));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component)), Is.EqualTo([(IssueCode.MissingDimension, "FREQ"), (IssueCode.MissingDimension, "AREA")]));
    }

    [Test]
    public void A_change_of_structure_or_action_starts_a_data_set()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read("csv-2.0", """
            STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE
            dataflow,T:NATIONAL(1.5),D,,,,,
            dataflow,T:NATIONAL(1.5),D,,N,,,
            dataflow,T:NATIONAL(1.5),R,A,N,X,2020,1
            datastructure,T:DSD(1.5),R,A,G,X,2020,2
            """, context);

        Assert.That(rows, Is.EqualTo(["0 att ..", "0 att .N.", "1 obs A.N.X 2020 OBS_VALUE=1", "2 obs A.G.X 2020 OBS_VALUE=2"]));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["DataflowChosen"]));
    }

    [Test]
    public void Columns_that_are_no_component_are_tolerated_and_named_once()
    {
        var context = SmallCube.Context();

        var rows = SmallCube.Read("csv-1.0", """
            DATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE,UPDATED,EMPTY
            T:NATIONAL(1.5),A,N,X,2020,1,2021-01-01,
            T:NATIONAL(1.5),A,N,X,2021,1,2021-01-01,
            """, context);

        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component)), Is.EqualTo([(IssueCode.UnexpectedElement, "UPDATED")]));
        Assert.That(context.Issues.All.Single().Message, Does.EndWith("in 2 observations."));
    }

    [Test]
    public void A_missing_dimension_and_period_are_found()
    {
        var context = SmallCube.Context();

        SmallCube.Read("csv-1.0", "DATAFLOW,FREQ,TYPE,TIME_PERIOD,OBS_VALUE\nT:NATIONAL(1.5),A,N,2020,1\nT:NATIONAL(1.5),A,N,,1\n", context);

        Assert.That(context.Issues.All.Select(i => (i.Code, i.Component, i.At.Line)), Is.EqualTo([(IssueCode.MissingTimePeriod, "TIME_PERIOD", 3), (IssueCode.MissingDimension, "AREA", 2)]));
    }

    [TestCase("DATAFLOW,FREQ,TYPE\nT:NATIONAL(1.5),A,\"N", "IllFormed", 2)]
    [TestCase("DATAFLOW,FREQ,TYPE\nT:NATIONAL(1.5),A,N\nT:NATIONAL(1.5),A", "IllFormed", 3)]
    [TestCase("DATAFLOW,FREQ,TYPE\nT:NATIONAL(1.5),A,\"N\"x\n", "IllFormed", 2)]
    [TestCase("DATAFLOW,FREQ,TYPE,NOTE[]\nT:NATIONAL(1.5),A,N,x\n", "UnsupportedFormat", 1)]
    [TestCase("FREQ,TYPE\nA,N\n", "UnknownFormat", 1)]
    [TestCase("DATAFLOW,FREQ\nnothing,A\n", "NoStructureReference", 2)]
    [TestCase("DATAFLOW,FREQ\nT:NONE(1.0),A\n", "UnknownStructure", 2)]
    [TestCase("", "EmptyFile", 0)]
    public void What_cannot_be_read_is_said_with_its_line(string text, string code, int line)
    {
        var context = SmallCube.Context();

        SmallCube.Read("csv-1.0", text, context);

        var issue = context.Issues.All.Single(i => i.Severity == Severity.Fatal);
        Assert.That((issue.Code.ToString(), issue.At.Line), Is.EqualTo((code, line)));
    }

    [Test]
    public void An_unknown_action_is_an_error()
    {
        var context = SmallCube.Context();

        SmallCube.Read("csv-2.0", "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TYPE,AREA,TIME_PERIOD\ndataflow,T:NATIONAL(1.5),E,A,N,X,2020\n", context);

        Assert.That(SmallCube.Codes(context), Does.Contain("UnknownAction"));
    }

    [Test]
    public void Bytes_that_are_no_text_end_the_reading_where_they_stand()
    {
        var context = SmallCube.Context();
        byte[] bytes = [.. "DATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD,NOTE\nT:NATIONAL(1.5),A,N,X,2020,\u00e9\nT:NATIONAL(1.5),A,N,X,2021,"u8, 0xE9, .. ",\n"u8];

        var rows = SmallCube.Read("csv-1.0", bytes, context);

        Assert.That(rows, Is.EqualTo(["0 obs A.N.X 2020 NOTE=\u00e9"]));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.At.Line)), Is.EqualTo([(IssueCode.WrongEncoding, 3)]));
    }

    [Test]
    public void A_table_reads_the_same_however_its_bytes_arrive()
    {
        var bytes = Encoding.UTF8.GetBytes("\uFEFFDATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE,NOTE\r\nT:NATIONAL(1.5),A,N,X,2020,1,\"\u00e9\"\"\r\n\u20ac\"\r\nT:NATIONAL(1.5),A,N,X,2021,2,\U0001F600\r\n");
        var whole = SmallCube.Read("csv-1.0", bytes, SmallCube.Context());

        for (var size = 1; size < bytes.Length; size++)
        {
            using var reader = SmallCube.Open("csv-1.0", PiecesStream.Of(bytes, size), SmallCube.Context());
            Assert.That(SmallCube.Rows(reader), Is.EqualTo(whole), $"pieces of {size}");
        }

        Assert.That(whole, Is.EqualTo(["0 obs A.N.X 2020 OBS_VALUE=1 NOTE=\u00e9\"\r\n\u20ac", "0 obs A.N.X 2021 OBS_VALUE=2 NOTE=\U0001F600"]));
    }

    [TestCase(20_000, 100, "LimitExceeded")]
    [TestCase(10, 5000, "LimitExceeded")]
    public void Huge_cells_and_rows_are_refused(int cellLength, int cells, string code)
    {
        var context = SmallCube.Context(limits: new ReadLimits { MaxText = 10_000 });

        SmallCube.Read("csv-1.0", "DATAFLOW" + string.Concat(Enumerable.Repeat("," + new string('x', cellLength), cells)), context);

        Assert.That(SmallCube.Codes(context), Is.EqualTo([code]));
    }

    [Test]
    public void Large_tables_come_in_blocks_with_the_right_lines()
    {
        var text = new StringBuilder("DATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE\n");
        for (var i = 0; i < 20_000; i++)
            text.Append("T:NATIONAL(1.5),A,N,").Append(i % 3 == 0 ? 'X' : 'Y').Append(',').Append(1000 + i % 9000).Append(',').Append(i).Append('\n');
        using var reader = SmallCube.Open("csv-1.0", new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), SmallCube.Context());
        var block = new ObservationBlock();

        var rows = 0;
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
                Assert.That((block.Lines[row], block.Text(0, row)), Is.EqualTo((rows + 2, rows++.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }

        Assert.That(rows, Is.EqualTo(20_000));
    }
}

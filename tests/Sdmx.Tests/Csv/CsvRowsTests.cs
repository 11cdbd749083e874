using System.Text;
using Sdmx.Csv;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Csv;

public sealed class CsvRowsTests
{
    const string Odd = "\uFEFFDATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE,NOTE,STATUS\r\n" +
        "T:NATIONAL(1.5),A,N,X,2020,1,\"\u00e9\"\"\r\n\u20ac\",A\r\n\r\nT:NATIONAL(1.5),A,N,X,2021,2,\U0001F600,A\rT:NATIONAL(1.5),A,N,X,2022,,\"\",A\n" +
        "T:NATIONAL(1.5),A,N,X,2023,3,a\"b,A\nT:NATIONAL(1.5),A,N,X,2023,3,a\"b,M\n\"T:NATIONAL(1.5)\",\"A\",\"N\",\"Y\",\"2023\",\"3\",\"\"\"\",\"M\"\n" +
        "\"T:NATIONAL(1.5)\",\"A\",\"N\",\"Y\",\"2024\",\"3\",\"\"\"\",\"M\"\n\"T:NATIONAL(1.5)\",\"A\",\"N\",\"Y\",\"2024\",\"3\",\"\"\"a\"\"b\",\"M\"\n\n,,,,,,,\n,,,,,,,\n,,,,,,,x";

    [Test]
    public void Rows_are_those_of_a_plain_parser_however_the_bytes_arrive()
    {
        var bytes = Encoding.UTF8.GetBytes(Odd);
        var expected = PlainCsv.Read(bytes, ',');

        for (var size = 1; size <= bytes.Length; size++)
        {
            Assert.That(Rows(PiecesStream.Of(bytes, size), 1 << 12), Is.EqualTo(expected), $"pieces of {size}");
            Assert.That(Rows(PiecesStream.CutAt(bytes, size), 16), Is.EqualTo(expected), $"split at {size}");
        }

        Assert.That(expected, Has.Count.EqualTo(12));
    }

    [Test]
    public void Mutated_tables_give_the_rows_and_faults_of_a_plain_parser()
    {
        var random = new Random(4180);
        var seed = Encoding.UTF8.GetBytes(Odd);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = CsvDamage.Mutate(seed, random);

            Assert.That(Rows(PiecesStream.Of(bytes, random.Next(1, 100)), random.Next(2) == 0 ? 32 : 1 << 12), Is.EqualTo(PlainCsv.Read(bytes, ',')), $"mutation {i}: {Encoding.UTF8.GetString(bytes)}");
        }
    }

    [Test]
    public void Real_tables_give_the_rows_of_a_plain_parser()
    {
        foreach (var path in Directory.EnumerateFiles(Facts.Root, "*.csv", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Facts.At("fixtures"), "*.csv", SearchOption.AllDirectories)))
        {
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length < 1 << 22)
                Assert.That(Rows(new MemoryStream(bytes), CsvWindow.DefaultSize), Is.EqualTo(PlainCsv.Read(bytes, ',')), path);
        }
    }

    [Test]
    public void Cells_said_to_be_the_same_as_in_the_row_before_are()
    {
        var random = new Random(7);
        var seed = Encoding.UTF8.GetBytes(Odd);
        var same = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var rows = new CsvRows(new MemoryStream(CsvDamage.Mutate(seed, random)), new ReadLimits());
            string[] before = [];
            for (; rows.Read(); before = Cells(rows))
            {
                if (!rows.IsAlike)
                    continue;
                var cells = Cells(rows);
                Assert.That(cells, Has.Length.EqualTo(before.Length));
                Assert.That(Enumerable.Range(0, cells.Length).Where(i => cells[i] != before[i]), Is.SubsetOf(rows.Changes.ToArray()));
                same += cells.Length - rows.Changes.Length;
            }
        }

        Assert.That(same, Is.GreaterThan(1000));
    }

    [Test]
    public void A_line_that_starts_with_bytes_that_are_no_text_is_a_fault()
    {
        var context = SmallCube.Context();
        byte[] bytes = [.. "DATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD,NOTE\nT:NATIONAL(1.5),A,N,X,2020,a\n"u8, 0xE9, .. ",\n"u8];

        var rows = SmallCube.Read("csv-1.0", bytes, context);

        Assert.That(rows, Has.Count.EqualTo(1));
        Assert.That(context.Issues.All.Select(i => (i.Code, i.At.Line)), Is.EqualTo([(IssueCode.WrongEncoding, 3)]));
    }

    static List<string> Rows(Stream stream, int window)
    {
        var rows = new CsvRows(stream, new ReadLimits(), window);
        var all = new List<string>();
        while (rows.Read())
            all.Add($"{rows.Line} {string.Join('|', Cells(rows))}");
        if (rows.Fault is { } fault)
            all.Add($"{fault.At.Line} {fault.Code}");
        return all;
    }

    static string[] Cells(CsvRows rows) => [.. Enumerable.Range(0, rows.Count).Select(i => Encoding.UTF8.GetString(rows[i]))];
}

using System.Text;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Csv;

/// <summary>A table gives the same blocks and findings however its bytes arrive: rows that are compared with the one before, and rows that cannot be.</summary>
public sealed class CsvPiecesTests
{
    // most rows differ from the one before in a few cells, also from and to nothing; some change the key, the holders' values, the data set
    const string Table = """"
        STRUCTURE,STRUCTURE_ID,ACTION,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE,STATUS,NOTE,UNIT,TITLE,SOURCE,OTHER
        dataflow,T:NATIONAL(1.5),A,A,N,X,2018,1,A,é,PT,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,X,2019,10.5,A,é,PT,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,X,2020,10.5,,é,PT,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,X,2021,,A,,PT,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,X,2022,7,A,"a, ""b""",PT,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,X,2023,7,A,"a, ""b""",PT,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,X,2024,7,A,"a
        b",PT,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,X,2025,8,M,c,NUM,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,Y,2025,8,M,c,NUM,t,s,
        dataflow,T:NATIONAL(1.5),A,A,N,Y,2026,9,M,c,NUM,t2,s,o
        dataflow,T:NATIONAL(1.5),A,A,N,Y,2027,9,M,c,NUM,t2,s,o
        dataflow,T:NATIONAL(1.5),A,A,N,Y,,,,,NUM,t2,s,
        dataflow,T:NATIONAL(1.5),A,A,N,Y,,,,,PT,t2,s,
        dataflow,T:NATIONAL(1.5),A,A,N,Y,2028,1,Q,c,PT,t2,s2,
        dataflow,T:NATIONAL(1.5),A,A,N,,2028,1,Q,c,PT,t2,s2,
        dataflow,T:NATIONAL(1.5),A,A,N,Z,20x,1,Q,c,PT,t2,s2,
        dataflow,T:NATIONAL(1.5),A,A,N,Z,20x,2,Q,c,PT,t2,s2,
        dataflow,T:NATIONAL(1.5),A,~,N,Z,2029,2,Q,c,,t2,s2,
        dataflow,T:NATIONAL(1.5),A,M,N,Z,2029,2,A,c,,t2,s2,
        dataflow,T:NATIONAL(1.5),A,M,N,Z,2029-12,2E5,A,c,,t2,s2,
        dataflow,T:NATIONAL(1.5),R,M,N,Z,2029-12,2E5,A,c,,t2,s2,
        dataflow,T:NATIONAL(1.5),R,M,N,Z,2030-01,2E5,A,c,,t2,s2,
        datastructure,T:DSD(1.5),R,M,G,Z,2030-01,2,A,c,,t2,s2,
        datastructure,T:DSD(1.5),R,M,G,Z,2030-02,3,A,c,,t2,s2,
        """";

    const string Localised = "DATAFLOW;FREQ: F;TYPE: T;AREA: A;TIME_PERIOD: P;OBS_VALUE: V;STATUS: S;STATUS: S;UNIT: U\r\n" +
        "T:NATIONAL(1.5): n;A: a;N: n;X: x;2020;1,5;A: a;;PT: p\r\nT:NATIONAL(1.5): n;A: a;N: n;X: x;2021;1,75;A: a;;PT: p\r\n" +
        "T:NATIONAL(1.5): n;A: a;N: n;X: x;2022;1.000,75;A: a;M: m;PT: p\r\n\r\nT:NATIONAL(1.5): m;A: a;N: n;X: x;2023;2;A: a;;NUM: n\r\nT:NATIONAL(1.5): m;A: a;N: n;X: x;2024;2;;M: a;NUM: n";

    [TestCase(Table)]
    [TestCase(Localised)]
    public void A_table_cut_anywhere_gives_the_same(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var whole = Read(new MemoryStream(bytes));

        for (var cut = 1; cut < bytes.Length; cut++)
            Assert.That(Read(PiecesStream.CutAt(bytes, cut)), Is.EqualTo(whole), $"cut at {cut}");
        for (var size = 1; size < 300; size++)
            Assert.That(Read(PiecesStream.Of(bytes, size)), Is.EqualTo(whole), $"pieces of {size}");
        Assert.That(whole.Count(s => s.Contains(" obs ", StringComparison.Ordinal)), Is.GreaterThan(3));
    }

    [TestCase(Table)]
    [TestCase(Localised)]
    public void Each_row_says_what_it_says_alone(string text)
    {
        var lines = text.Replace("a\nb", "a b", StringComparison.Ordinal).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        var together = Observations(string.Join('\n', lines));

        Assert.That(together, Is.EqualTo(lines[1..].SelectMany(line => Observations($"{lines[0]}\n{line}"))));
        Assert.That(together, Has.Length.GreaterThan(3));
    }

    [TestCase(Table)]
    [TestCase(Localised)]
    public void Damage_is_met_alike_however_the_bytes_arrive(string text)
    {
        var random = new Random(2106);
        var seed = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < 1_500; i++)
        {
            var bytes = CsvDamage.Mutate(seed, random);

            Assert.That(Read(PiecesStream.Of(bytes, random.Next(1, 100))), Is.EqualTo(Read(new MemoryStream(bytes))), $"mutation {i}: {Encoding.UTF8.GetString(bytes)}");
        }
    }

    [Test]
    public void Every_small_file_gives_the_same_in_two_pieces_or_byte_by_byte()
    {
        foreach (var path in Directory.EnumerateFiles(Facts.At("fixtures"), "*.csv", SearchOption.AllDirectories).Where(p => new FileInfo(p).Length < 64 << 10))
        {
            var bytes = File.ReadAllBytes(path);
            var whole = Read(new MemoryStream(bytes));
            foreach (var cut in PiecesStream.Cuts(bytes.Length, bytes.Length))
                Assert.That(Read(PiecesStream.CutAt(bytes, cut)), Is.EqualTo(whole), $"{path} cut at {cut}");
            Assert.That(Read(PiecesStream.Of(bytes, 1)), Is.EqualTo(whole), $"{path}, byte by byte");
        }
    }

    static List<string> Read(Stream stream)
    {
        var context = SmallCube.Context();
        using var reader = SmallCube.Open("csv-2.0", stream, context);
        var said = Transcript.Of(reader, context);
        context.Issues.Dispose();
        return said;
    }

    static string[] Observations(string text) => [.. SmallCube.Read("csv-2.0", text, SmallCube.Context()).Select(row => row[2..]).Where(row => row.StartsWith("obs", StringComparison.Ordinal))];
}

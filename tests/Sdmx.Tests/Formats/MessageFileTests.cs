using System.IO.Compression;
using System.Text;
using Sdmx.Formats;
using Sdmx.Tests.Data;
using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Formats;

public sealed class MessageFileTests
{
    const string Series = """<m:DataSet action="Append"><Series FREQ="A" TYPE="N" AREA="X"><Obs TIME_PERIOD="2020"/></Series></m:DataSet>""";

    static readonly byte[] Message = Encoding.UTF8.GetBytes(XmlMessages.Specific(Series));

    [Test]
    public void A_message_is_known_by_its_content([Values("plain", "bom", "gzip", "gzips", "zip")] string how)
    {
        var context = SmallCube.Context();
        var bytes = how switch
        {
            "bom" => [.. "\uFEFF"u8, .. Message],
            "gzip" => Gzip(Message),
            "gzips" => [.. Gzip(Message[..100]), .. Gzip(Message[100..])],
            "zip" => Zip(("data.txt", Message)),
            _ => Message,
        };

        var file = MessageFile.Open(new MemoryStream(bytes), "f", context);

        Assert.That(file.Format?.Id, Is.EqualTo("structurespecific-2.1"));
        Assert.That(file.Size, Is.EqualTo(bytes.Length));
        for (var time = 0; time < 2; time++)
        {
            using var reader = file.OpenData(context)!;
            Assert.That(SmallCube.Rows(reader), Is.EqualTo(["0 obs A.N.X 2020"]));
        }

        Assert.That(SmallCube.Codes(context), Is.Empty);
    }

    [Test]
    public void A_file_on_the_disk_opens_twice()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllBytes(path, Gzip(Message));
        try
        {
            var context = SmallCube.Context();
            var file = MessageFile.Open(path, context);
            for (var time = 0; time < 2; time++)
            {
                using var reader = file.OpenData(context)!;
                Assert.That(SmallCube.Rows(reader), Has.Count.EqualTo(1));
            }

            Assert.That(file.Name, Is.EqualTo(context.FileName), "the name that the context gives it");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestCase("<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", "structure-xml-2.1", MessageKind.Structure)]
    [TestCase("<!-- c --><GenericTimeSeriesData xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", "generic-2.1", MessageKind.Data)]
    [TestCase("<m:GenericMetadata xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>", "metadata-xml-2.1", MessageKind.Metadata)]
    [TestCase("<GenericMetadata xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'/>", "metadata-xml-3.0", MessageKind.Metadata)]
    [TestCase("<GenericMetadata xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v3_1/message'/>", "metadata-xml-3.0", MessageKind.Metadata)]
    [TestCase("DATAFLOW,FREQ\n", "csv-1.0", MessageKind.Data)]
    [TestCase("STRUCTURE[;],STRUCTURE_ID\n", "csv-2.0", MessageKind.Data)]
    public void Each_format_is_told_apart(string text, string format, MessageKind kind)
    {
        var file = MessageFile.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "f", SmallCube.Context());

        Assert.That((file.Format?.Id, file.Format?.Kind), Is.EqualTo((format, kind)));
    }

    static IEnumerable<TestCaseData> Bad()
    {
        yield return new(Array.Empty<byte>(), "EmptyFile", "empty");
        yield return new(" \r\n "u8.ToArray(), "EmptyFile", "blanks");
        yield return new(Gzip([]), "EmptyFile", "empty");
        yield return new("<!DOCTYPE html><html><body>502</body></html>"u8.ToArray(), "UnknownFormat", "web page");
        yield return new("<feed xmlns='http://www.w3.org/2005/Atom'/>"u8.ToArray(), "UnknownFormat", "feed");
        yield return new("<GenericData xmlns='http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message'/>"u8.ToArray(), "UnsupportedFormat", "SDMX-ML 2.0 (GenericData)");
        yield return new("<RegistryInterface xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v3_0/message'/>"u8.ToArray(), "UnsupportedFormat", "SDMX-ML 3.0");
        yield return new("<GenericDataQuery xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>"u8.ToArray(), "UnsupportedFormat", "GenericDataQuery");
        yield return new("<Error xmlns='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>"u8.ToArray(), "UnsupportedFormat", "Error message");
        yield return new("{\"a\":1}"u8.ToArray(), "UnknownFormat", "JSON");
        yield return new("Series,Value\n1,2\n"u8.ToArray(), "UnknownFormat", "'Series'");
        yield return new("\u0000\u0001\u0002"u8.ToArray(), "UnknownFormat", "no text");
        yield return new("<a"u8.ToArray(), "IllFormed", "ill-formed");
        yield return new("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"u8.ToArray(), "DtdForbidden", "DOCTYPE");
        yield return new(Gzip(Gzip(Message)), "BrokenArchive", "gzip");
        yield return new(Zip(("a.xml", Message), ("b.xml", Message)), "BrokenArchive", "2 files");
        yield return new(Zip(("../a.xml", Message)), "BrokenArchive", "outside");
        yield return new(Zip(("C:\\a.xml", Message)), "BrokenArchive", "outside");
        yield return new(Zip(), "BrokenArchive", "empty");
        yield return new("PK\u0003\u0004nonsense"u8.ToArray(), "BrokenArchive", "damaged");
        yield return new(Zip([.. Enumerable.Range(0, 2000).Select(i => ($"{i}", Array.Empty<byte>()))]), "BrokenArchive", "more than 1000 files");
        yield return new((byte[])[0x1F, 0x8B, 8, 0, 1, 2, 3], "BrokenArchive", "damaged");
    }

    [TestCaseSource(nameof(Bad))]
    public void What_is_no_message_is_named_for_what_it_is(byte[] bytes, string code, string says)
    {
        var context = SmallCube.Context();

        var file = MessageFile.Open(new MemoryStream(bytes), "name.xml", context);

        Assert.That(file.Format, Is.Null);
        var issue = context.Issues.All.Single();
        Assert.That((issue.Code.ToString(), issue.Severity, issue.At.File), Is.EqualTo((code, Severity.Fatal, "name.xml")));
        Assert.That(issue.Message, Does.Contain(says).IgnoreCase);
        Assert.That(file.OpenData(context), Is.Null);
    }

    [Test]
    public void A_file_that_is_not_there_is_unreadable()
    {
        var context = SmallCube.Context();

        MessageFile.Open("/no/such/file.xml", context);

        Assert.That(SmallCube.Codes(context), Is.EqualTo(["UnreadableFile"]));
    }

    [Test]
    public void A_structure_message_is_not_taken_for_data_nor_data_for_structures()
    {
        var context = SmallCube.Context();

        MessageFile.Open(new MemoryStream("<m:Structure xmlns:m='http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message'/>"u8.ToArray()), "f", context).OpenData(context);
        MessageFile.Open(new MemoryStream(Message), "f", context).ReadStructures(context);

        Assert.That(SmallCube.Codes(context), Is.EqualTo(["UnsupportedFormat", "UnsupportedFormat"]));
        Assert.That(context.Issues.All.First().Message, Does.Contain("--structures"));
    }

    [TestCase("gzip")]
    [TestCase("zip")]
    public void A_bomb_is_stopped(string how)
    {
        var bomb = new byte[64 << 20];
        Array.Fill(bomb, (byte)' ');
        Message.CopyTo(bomb, 0);
        var packed = how == "zip" ? Zip(("a", bomb)) : Gzip(bomb);
        var context = SmallCube.Context(limits: new ReadLimits { MaxExpansion = 100 });

        using var reader = MessageFile.Open(new MemoryStream(packed), "f", context).OpenData(context)!;
        SmallCube.Rows(reader);

        Assert.That(SmallCube.Codes(context), Is.EqualTo(["LimitExceeded"]));
    }

    [Test]
    public void A_message_larger_than_the_limit_is_stopped([Values("xml", "csv")] string kind)
    {
        var context = SmallCube.Context(limits: new ReadLimits { MaxBytes = 200_000 });
        var bytes = kind == "xml" ? Encoding.UTF8.GetBytes(XmlMessages.Specific(string.Concat(Enumerable.Repeat(Series, 5000))))
            : Encoding.UTF8.GetBytes("DATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD\n" + string.Concat(Enumerable.Repeat("T:NATIONAL(1.5),A,N,X,2020\n", 20_000)));

        using var reader = MessageFile.Open(new MemoryStream(bytes), "f", context).OpenData(context)!;
        SmallCube.Rows(reader);

        Assert.That(SmallCube.Codes(context), Is.EqualTo(["LimitExceeded"]));
    }

    [Test]
    public void A_compressed_file_cut_short_is_never_taken_for_whole([Values("xml", "csv")] string kind, [Values(0.3, 0.9, 0.999)] double part)
    {
        var random = new Random(1);
        var table = new StringBuilder("DATAFLOW,FREQ,TYPE,AREA,TIME_PERIOD,OBS_VALUE\n");
        for (var i = 0; i < 5000; i++)
            table.Append("T:NATIONAL(1.5),A,N,X,2020,").Append(random.Next()).Append('\n');
        var whole = Gzip(kind == "csv" ? Encoding.UTF8.GetBytes(table.ToString()) : Encoding.UTF8.GetBytes(XmlMessages.Specific(string.Concat(Enumerable.Repeat(Series, 5000)))));
        var context = SmallCube.Context();

        using var reader = MessageFile.Open(new MemoryStream(whole[..(int)(whole.Length * part)]), "f", context).OpenData(context);
        if (reader is not null)
            SmallCube.Rows(reader);

        Assert.That(context.Issues.Count(Severity.Fatal), Is.EqualTo(1));
    }

    static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    static byte[] Zip(params (string Name, byte[] Bytes)[] files)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return packed.ToArray();
    }
}

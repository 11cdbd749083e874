using System.Buffers;
using System.IO.Compression;
using System.Text;
using Sdmx;
using Sdmx.Formats;
using Sdmx.Tests.Data;
using Sdmx.Tests.Metadata;
using Sdmx.Tests.Writers;
using Sdmx.Tests.Xml;
using SdmxHub.Tests.Storage;

namespace SdmxHub.Fuzz;

/// <summary>What mutation starts from: small messages of the hub's own writers, those of the tests, and the samples.</summary>
static class FuzzSeeds
{
    /// <summary>Messages of one format of data.</summary>
    public static IReadOnlyList<byte[]> Data(string format)
    {
        var seeds = new List<byte[]>();
        seeds.AddRange(Samples().Where(s => FormatOf(s) == format));
        seeds.AddRange(OddXml.Messages.Where(m => format == (m.IsGeneric ? "generic-2.1" : "structurespecific-2.1")).Select(m => Encoding.UTF8.GetBytes(m.Text)));
        foreach (var layout in (string[])["TIME_PERIOD", "AREA", "AllDimensions"])
        {
            seeds.Add(Write(format, layout, WriterSample.EveryLevel(DatasetAction.Append)));
            seeds.Add(Write(format, layout, Small(DatasetAction.Append)));
        }

        seeds.Add(Write(format, "TIME_PERIOD", Small(DatasetAction.Replace), Small(DatasetAction.Delete)));
        seeds.AddRange(OddXml.Messages.Select(m => Rewritten(m.IsGeneric, m.Text, format)));
        // One reader for every version of structure-specific messages.
        if (format == "structurespecific-2.1")
            seeds.AddRange(Data("structurespecific-3.1"));
        if (Format.Find(format)!.CannotCarry(WriterSample.TwoMeasures) is null)
            seeds.Add(Write(format, "TIME_PERIOD", WriterSample.Rows(WriterSample.Set(WriterSample.TwoMeasures), "- A.XX.a 2010 SECOND=x", "- A.XX.a 2011 OBS_VALUE=5|SECOND=1.0|COMMENT=c")));
        if (Format.Find(format)!.CannotCarry(WriterSample.Timeless) is null)
            seeds.Add(Write(format, "TIME_PERIOD", WriterSample.Rows(WriterSample.Set(WriterSample.Timeless), "* . SET_NOTE=n", "- XX.a OBS_VALUE=3|OBS_STATUS=NA", "- ZZ.c,d OBS_VALUE=4")));
        return seeds;
    }

    /// <summary>Messages of one format of structures or metadata: each artefact alone, and a few together.</summary>
    public static IReadOnlyList<byte[]> Structures(Format format)
    {
        if (format.Kind == MessageKind.Metadata)
            return [.. Reports().Select(m => Structures(format, m.Artefacts)), .. format.Id == "metadata-xml-2.1" ? Reports().Select(m => Structures(Format.Find("metadata-xml-3.0")!, m.Artefacts)) : []];
        var all = FuzzStructures.Catalog.All.ToList();
        return [.. all.Select(a => Structures(format, [a])), .. all.GroupBy(a => (a.Type, a.Agency)).Select(g => Structures(format, [.. g])), Structures(format, [.. WriterSample.Catalog.All])];
    }

    /// <summary>Metadata sets as both versions of SDMX-ML say them: texts, languages, markup, attributes within attributes, several targets.</summary>
    static IEnumerable<StructureMessage> Reports()
    {
        const string Texts = """
            <g:ReportedAttribute id="A"><c:Text xml:lang="en">one, two; "three"</c:Text><c:Text xml:lang="fr">un</c:Text></g:ReportedAttribute>
            <g:ReportedAttribute id="B"><g:AttributeSet><g:ReportedAttribute id="B1" value="1.50"/></g:AttributeSet></g:ReportedAttribute>
            <g:ReportedAttribute id="C"><c:StructuredText xml:lang="en"><div xmlns="http://www.w3.org/1999/xhtml"><p>a <b>b</b> &amp; c</p></div></c:StructuredText></g:ReportedAttribute>
            """;
        const string Attributes = """
            <g:AttributeSet><g:Attribute id="A"><c:Text xml:lang="en">t</c:Text></g:Attribute><g:Attribute id="B"><g:Value>1</g:Value>
            <g:Attribute id="B1"><c:StructuredText xml:lang="fr"><p xmlns="http://www.w3.org/1999/xhtml">p<br/></p></c:StructuredText></g:Attribute></g:Attribute></g:AttributeSet>
            """;
        const string Begin = "<m:MetadataSet structureRef=\"X\">";
        const string Value = "<g:ReportedAttribute id=\"A\" value=\"v\"/>";
        string[] messages =
        [
            MetadataMessages.V21($"{Begin}{MetadataMessages.Report(Texts)}</m:MetadataSet>"),
            MetadataMessages.V21($"{Begin}{MetadataMessages.Report(Value)}{MetadataMessages.Report(Texts, "B", "RPT2")}</m:MetadataSet>"),
            MetadataMessages.V3(Attributes),
        ];
        using var issues = new IssueLog();
        foreach (var message in messages)
            yield return Format.Find("metadata-xml-2.1")!.ReadStructures!(new MemoryStream(Encoding.UTF8.GetBytes(message)), FuzzStructures.Context(issues, new ReadLimits()));
        if (issues.HasErrors)
            throw new InvalidOperationException(issues.All.First().Message);
    }

    /// <summary>Files of every format, plain and compressed, and files that are none.</summary>
    public static IReadOnlyList<byte[]> Envelopes()
    {
        var messages = Format.All.Where(f => f is { Open: not null, Write: not null }).Select(f => Write(f.Id, "TIME_PERIOD", Small(DatasetAction.Append))).ToList();
        messages.Add(Structures(Format.Find("structure-xml-2.1")!, [.. WriterSample.Catalog.All.Take(1)]));
        string[] others = ["", " \n", "<!DOCTYPE html><html/>", "<feed xmlns='http://www.w3.org/2005/Atom'/>", "{\"a\":1}", "{\"meta\":{\"schema\":\"structure-schema\"}}", "Series,Value\n1,2\n"];
        return
        [
            .. messages, .. messages.Select(m => Gzip(m)), .. messages.Select(m => Zip(CompressionLevel.Optimal, m)), Zip(CompressionLevel.NoCompression, messages[0]),
            Zip(CompressionLevel.Optimal, messages[0], messages[1]), Zip(CompressionLevel.Optimal), (byte[])[.. Gzip(messages[3]), .. Gzip(messages[3])], Gzip(Gzip(messages[3])),
            Encoding.Unicode.GetBytes("\uFEFF" + Encoding.UTF8.GetString(messages[0]).Replace("UTF-8", "UTF-16", StringComparison.Ordinal)), (byte[])[.. "\uFEFF"u8, .. messages[3]],
            .. others.Select(Encoding.UTF8.GetBytes), .. Samples(),
        ];
    }

    /// <summary>Blocks of the store.</summary>
    public static IReadOnlyList<byte[]> Blocks()
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, 300).Select(_ => BlockTarget.Encode(RandomChunks.Next(random))).OrderBy(b => b.Length).Take(60)];
    }

    static IEnumerable<byte[]> Samples() =>
        Directory.GetFiles(FuzzStructures.Samples, "input.*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    static string? FormatOf(byte[] message)
    {
        using var issues = new IssueLog();
        return MessageFile.Open(new MemoryStream(message), "f", FuzzStructures.Context(issues, new ReadLimits())).Format?.Id;
    }

    static ObservationBlock Small(DatasetAction action) => WriterSample.Rows(WriterSample.Set(WriterSample.Schema, action: action),
        "* .XX.a SIB_TITLE=t", "* A.XX.a UNIT=NA", "- A.XX.a 2010 OBS_VALUE=100.0|OBS_STATUS=A", "- A.XX.a 2011 OBS_VALUE=1E5|COMMENT=c");

    static byte[] Rewritten(bool isGeneric, string message, string format)
    {
        var blocks = new List<ObservationBlock>();
        using var issues = new IssueLog();
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(message));
        using var reader = Format.Find(isGeneric ? "generic-2.1" : "structurespecific-2.1")!.Open!(stream, FuzzStructures.Context(issues, new ReadLimits()));
        for (var block = new ObservationBlock(); reader.Read(block); block = new ObservationBlock())
            blocks.Add(block);
        return Write(format, "TIME_PERIOD", [.. blocks]);
    }

    static byte[] Write(string format, string layout, params ObservationBlock[] blocks) =>
        Encoding.UTF8.GetBytes(WriterSample.Write(format, new WriterOptions { Header = RoundTrip.Header, DimensionAtObservation = layout }, blocks));

    static byte[] Structures(Format format, ValueArray<Artefact> artefacts)
    {
        var bytes = new ArrayBufferWriter<byte>();
        format.WriteStructures!(bytes, new StructureMessage(RoundTrip.Header, artefacts), new WriterOptions { Header = RoundTrip.Header });
        return bytes.WrittenSpan.ToArray();
    }

    static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    static byte[] Zip(CompressionLevel level, params byte[][] files)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            for (var i = 0; i < files.Length; i++)
            {
                using var entry = zip.CreateEntry($"{i}.xml", level).Open();
                entry.Write(files[i]);
            }
        }

        return packed.ToArray();
    }
}

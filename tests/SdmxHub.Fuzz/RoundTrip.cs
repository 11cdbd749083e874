using System.Text;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using Sdmx.Tests.Writers;

namespace SdmxHub.Fuzz;

/// <summary>What is read without a finding, sorted and written, is read again equal, in every format that can carry it.</summary>
static class RoundTrip
{
    /// <summary>A header that lacks nothing.</summary>
    public static MessageHeader Header { get; } = new() { Id = "I", Prepared = "2026-01-02T03:04:05Z", Sender = "S" };

    static readonly Format[] Formats = [.. Format.All.Where(f => f is { Kind: MessageKind.Data, Open: not null, Write: not null })];

    /// <summary>Reads, and does the round trip with every format.</summary>
    public static void Check(Func<Stream, ReadContext, DataReader> open, byte[] bytes)
    {
        var blocks = Read(open, bytes, out var faults);
        if (faults is not null || blocks.Count == 0)
            return;
        var said = Statements.Of(blocks);
        foreach (var format in Formats.Where(f => Carries(f, blocks, said)))
        {
            if (Written(open, bytes, format) is not { } message)
                continue;
            var again = Statements.Of(Read(format.Open!, message, out faults));
            if (faults is not null)
                throw new DifferenceException(format.Id, $"what was written is read with findings: {faults}\n{Encoding.UTF8.GetString(message)}");
            if (!said.SequenceEqual(again))
                throw new DifferenceException(format.Id, $"{string.Join('\n', said)}\nbecame\n{string.Join('\n', again)}\n{Encoding.UTF8.GetString(message)}");
        }
    }

    /// <summary>The blocks, and the findings that are not just good to know.</summary>
    static List<ObservationBlock> Read(Func<Stream, ReadContext, DataReader> open, byte[] bytes, out string? faults)
    {
        using var issues = new IssueLog();
        var blocks = new List<ObservationBlock>();
        using (var reader = open(new MemoryStream(bytes), FuzzStructures.Context(issues, new ReadLimits())))
        {
            for (var block = new ObservationBlock(); reader.Read(block); block = new ObservationBlock())
                blocks.Add(block);
        }

        var found = issues.All.Where(i => i.Severity > Severity.Information).Select(i => $"{i.Code}: {i.Message}").ToList();
        faults = found.Count == 0 ? null : string.Join("; ", found);
        return blocks;
    }

    /// <summary>The message in another format, as <c>sdmxhub convert</c> writes it; null when it refuses to.</summary>
    static byte[]? Written(Func<Stream, ReadContext, DataReader> open, byte[] bytes, Format format)
    {
        using var issues = new IssueLog();
        using var conversion = new Conversion();
        using (var reader = open(new MemoryStream(bytes), FuzzStructures.Context(issues, new ReadLimits())))
            conversion.Read(reader, repairs: null, static _ => { }, CancellationToken.None);
        if (conversion.CannotCarry(format) is not null)
            return null;
        using var output = new MemoryStream();
        conversion.WriteAsync(format, new WriterOptions { Header = Header }, leavesOut: null, output, CancellationToken.None).GetAwaiter().GetResult();
        return output.ToArray();
    }

    // what Format.Gaps says of each format
    static bool Carries(Format format, List<ObservationBlock> blocks, IEnumerable<string> said) =>
        (format.Id != "csv-1.0" || blocks.TrueForAll(HasOnlySeriesToAppend))
        && (format.Extension != "xml" || said.All(IsXml));

    static bool HasOnlySeriesToAppend(ObservationBlock block)
    {
        if (block.Dataset.Action != DatasetAction.Append)
            return false;
        foreach (var codes in block.Key)
        {
            if (codes.AsSpan(0, block.Count).Contains(-1))
                return false;
        }

        return true;
    }

    static bool IsXml(string text)
    {
        try
        {
            System.Xml.XmlConvert.VerifyXmlChars(text);
            return true;
        }
        catch (System.Xml.XmlException)
        {
            return false;
        }
    }
}

using System.Buffers;
using System.Text;
using Sdmx;
using Sdmx.Formats;
using Sdmx.Tests.Json;

namespace SdmxHub.Fuzz;

/// <summary>The reader of one format of structures or metadata: what it takes without a finding is written in every format of the kind, and read again
/// where the format can say it.</summary>
sealed class StructureTarget(string format) : Target
{
    static readonly WriterOptions Options = new() { Header = RoundTrip.Header };

    readonly Format _format = Format.Find(format)!;

    /// <inheritdoc/>
    public override string Name => format;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds => field ??= FuzzSeeds.Structures(_format);

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens => field ??= FuzzTokens.Of(format);

    /// <inheritdoc/>
    public override void Read(byte[] bytes, int length) => Read(_format, new MemoryStream(bytes, 0, length, writable: false), out _);

    /// <inheritdoc/>
    public override void Check(byte[] bytes)
    {
        var message = Read(_format, new MemoryStream(bytes), out var finding);
        foreach (var other in Format.All.Where(f => finding is null && f.Kind == _format.Kind && f is { WriteStructures: not null, ReadStructures: not null }))
        {
            var written = Write(other, message);
            if (message.Artefacts.All(a => other.StructureLosses(a).Count == 0))
                Compare(message, Read(other, new MemoryStream(written), out var fault), other, fault);
        }
    }

    static void Compare(StructureMessage message, StructureMessage again, Format other, string? finding)
    {
        if (finding is not null)
            throw new DifferenceException(other.Id, $"what was written is read with a finding: {finding}");
        foreach (var (was, became) in Sorted(message).Zip(Sorted(again)))
        {
            if (!Plain(was, other.Id).Equals(Plain(became, other.Id)))
                throw new DifferenceException(other.Id, $"written was {Text(was)}\nread was {Text(became)}");
        }

        if (message.Artefacts.Count != again.Artefacts.Count)
            throw new DifferenceException(other.Id, $"{message.Artefacts.Count} were written, {again.Artefacts.Count} read");
    }

    // Formats that know no Merge say Append, which means the same; for structures, what every form of SDMX-JSON says.
    static Artefact Plain(Artefact artefact, string format) => artefact is MetadataSet { Action: DatasetAction.Merge } set ? set with { Action = DatasetAction.Append } : JsonForm.Of(artefact, format);

    static IEnumerable<Artefact> Sorted(StructureMessage message) => message.Artefacts.OrderBy(a => a.Urn.ToString(), StringComparer.Ordinal);

    // As the message of the format that says most.
    static string Text(Artefact artefact) => Encoding.UTF8.GetString(Write(Format.Find(artefact is MetadataSet ? "metadata-json-2.0" : "structure-xml-2.1")!, new(RoundTrip.Header, [artefact])));

    static byte[] Write(Format format, StructureMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        format.WriteStructures!(bytes, message, Options);
        return bytes.WrittenSpan.ToArray();
    }

    static StructureMessage Read(Format format, Stream stream, out string? finding)
    {
        using var issues = new IssueLog();
        var message = format.ReadStructures!(stream, FuzzStructures.Context(issues));
        finding = issues.All.Where(i => i.Severity > Severity.Information).Select(i => i.Message).FirstOrDefault();
        return message;
    }
}

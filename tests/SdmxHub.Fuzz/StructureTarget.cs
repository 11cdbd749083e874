using System.Buffers;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Fuzz;

/// <summary>The reader of structures in SDMX-ML: what it takes without a finding is written and read again.</summary>
sealed class StructureTarget : Target
{
    static readonly Format Xml = Format.Find("structure-xml-2.1")!;
    static readonly Format Json = Format.Find("structure-json-2.0")!;
    static readonly WriterOptions Options = new() { Header = RoundTrip.Header };

    /// <inheritdoc/>
    public override string Name => "structures";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds => field ??= FuzzSeeds.Structures();

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens => field ??= FuzzTokens.Of(Xml.Id);

    /// <inheritdoc/>
    public override void Read(byte[] bytes, int length) => Read(new MemoryStream(bytes, 0, length, writable: false), out _);

    /// <inheritdoc/>
    public override void Check(byte[] bytes)
    {
        var message = Read(new MemoryStream(bytes), out var isClean);
        if (!isClean)
            return;
        Write(Json, message);
        if (message.Artefacts.Any(a => Xml.StructureLosses(a).Count > 0))
            return;
        var again = Read(new MemoryStream(Write(Xml, message)), out isClean);
        if (!isClean)
            throw new DifferenceException("structures", "what was written is read with a finding");
        foreach (var (was, became) in Sorted(message).Zip(Sorted(again)))
        {
            if (!was.Equals(became))
                throw new DifferenceException("structures", $"written was {was}\nread was {became}");
        }

        if (message.Artefacts.Count != again.Artefacts.Count)
            throw new DifferenceException("structures", $"{message.Artefacts.Count} were written, {again.Artefacts.Count} read");
    }

    static IEnumerable<Artefact> Sorted(StructureMessage message) => message.Artefacts.OrderBy(a => a.Urn.ToString(), StringComparer.Ordinal);

    static byte[] Write(Format format, StructureMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        format.WriteStructures!(bytes, message, Options);
        return bytes.WrittenSpan.ToArray();
    }

    static StructureMessage Read(Stream stream, out bool isClean)
    {
        using var issues = new IssueLog();
        var message = Xml.ReadStructures!(stream, FuzzStructures.Context(issues));
        isClean = issues.Count(Severity.Warning) == 0 && !issues.HasErrors;
        return message;
    }
}

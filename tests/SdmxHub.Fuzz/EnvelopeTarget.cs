using Sdmx;
using Sdmx.Formats;
using Sdmx.Tests.Data;

namespace SdmxHub.Fuzz;

/// <summary>What tells a file's format and unpacks it.</summary>
sealed class EnvelopeTarget : Target
{
    readonly ObservationBlock _block = new();

    /// <inheritdoc/>
    public override string Name => "envelope";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Seeds => field ??= FuzzSeeds.Envelopes();

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens => field ??= FuzzTokens.Of("envelope");

    /// <inheritdoc/>
    public override void Read(byte[] bytes, int length) => Read(new MemoryStream(bytes, 0, length, writable: false));

    /// <inheritdoc/>
    public override void Check(byte[] bytes)
    {
        var whole = Read(new MemoryStream(bytes));
        if (Read(PiecesStream.Of(bytes, 1 + Choose(bytes, 9))) is var pieces && pieces != whole)
            throw new DifferenceException("pieces", $"expected {whole} but got {pieces}");
    }

    string Read(Stream stream)
    {
        using var issues = new IssueLog();
        var context = FuzzStructures.Context(issues);
        var file = MessageFile.Open(stream, "f", context);
        var count = 0;
        if (file.Format?.Kind == MessageKind.Structure)
            count = file.ReadStructures(context)?.Artefacts.Count ?? -1;
        using (var reader = file.Format?.Kind == MessageKind.Data ? file.OpenData(context) : null)
        {
            while (reader is not null && reader.Read(_block))
                count += _block.Count;
        }

        if (file.Format is null && issues.Count(Severity.Fatal) == 0)
            throw new DifferenceException("silence", "neither a format nor a finding");
        return $"{file.Format?.Id} {count} {string.Join(' ', issues.All.Select(i => OfForm(i.Code)))}";
    }

    // where bytes are no text, and the text is ill-formed too, either may be met first
    static IssueCode OfForm(IssueCode code) => code == IssueCode.WrongEncoding ? IssueCode.IllFormed : code;
}

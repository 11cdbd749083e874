using Sdmx;
using Sdmx.Formats;
using Sdmx.Tests.Data;

namespace SdmxHub.Fuzz;

/// <summary>The reader of one format of data.</summary>
class DataTarget(string format) : Target
{
    readonly ObservationBlock _block = new();

    /// <inheritdoc/>
    public sealed override string Name => format;

    /// <inheritdoc/>
    public sealed override IReadOnlyList<byte[]> Seeds => field ??= FuzzSeeds.Data(format);

    /// <inheritdoc/>
    public sealed override IReadOnlyList<byte[]> Tokens => field ??= FuzzTokens.Of(format);

    /// <inheritdoc/>
    public sealed override void Read(byte[] bytes, int length)
    {
        using var issues = new IssueLog();
        var input = bytes.AsSpan(0, length);
        using var stream = Choose(input, 4) == 0 ? PiecesStream.Of(input.ToArray(), 1 + Choose(input, 100)) : new MemoryStream(bytes, 0, length, writable: false);
        using var reader = Open(stream, FuzzStructures.Context(issues), 64 + Choose(input, 700));
        while (reader.Read(_block))
        {
            for (var row = 0; row < _block.Count; row++)
            {
                _ = _block.KeyText(row);
                _ = _block.Periods[row].ToString();
                for (var value = 0; value < _block.Values.Length; value++)
                    _ = _block.Text(value, row);
            }
        }
    }

    /// <inheritdoc/>
    public override void Check(byte[] bytes)
    {
        var pieces = 1 + Choose(bytes, 9);
        var (expected, actual) = (Say(new MemoryStream(bytes)), Say(PiecesStream.Of(bytes, pieces)));
        if (IsAlikeInPieces(bytes) && Transcript.Difference(expected, actual) is { } difference && !Transcript.HasTwoFaults(bytes, expected, actual))
            throw new DifferenceException("pieces", $"read in pieces of {pieces}, {difference}");
        RoundTrip.Check((stream, context) => Open(stream, context, 1 << 12), bytes);
    }

    protected virtual bool IsAlikeInPieces(byte[] bytes) => true;

    protected virtual DataReader Open(Stream stream, ReadContext context, int window) => Format.Find(format)!.Open!(stream, context);

    List<string> Say(Stream stream)
    {
        using var issues = new IssueLog();
        var context = FuzzStructures.Context(issues);
        using var reader = Open(stream, context, 1 << 12);
        return Transcript.Of(reader, context);
    }
}

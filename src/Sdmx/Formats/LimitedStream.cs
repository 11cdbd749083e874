using System.Globalization;

namespace Sdmx.Formats;

/// <summary>The content of a file, decompressed where it is compressed, that stops at the limits on size and expansion.</summary>
/// <param name="content">The content.</param>
/// <param name="compressed">How many compressed bytes the content so far has taken; null where nothing is compressed.</param>
/// <param name="owned">What is disposed of with it.</param>
/// <param name="limits">The limits.</param>
sealed class LimitedStream(Stream content, Func<long>? compressed, IReadOnlyList<IDisposable> owned, ReadLimits limits) : PulledStream
{
    const long FreeBytes = 1 << 20;

    long _count;

    public override long Position { get => _count; set => throw new NotSupportedException(); }

    /// <exception cref="ContentLimitException">A limit is passed.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = content.Read(buffer);
        _count += read;
        if (_count > limits.MaxBytes)
            throw new ContentLimitException(Text($"The content is larger than {limits.MaxBytes:N0} bytes."));
        if (compressed is not null && _count > FreeBytes && _count / limits.MaxExpansion > compressed())
            throw new ContentLimitException(Text($"The compressed content grows to more than {limits.MaxExpansion} times its size."));
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var part in owned)
                part.Dispose();
        }

        base.Dispose(disposing);
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

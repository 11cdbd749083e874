using Microsoft.AspNetCore.ResponseCompression;
using ZstdSharp;

namespace SdmxHub.Web;

/// <summary>The content encoding <c>zstd</c> (RFC 8878): about as small as gzip at a fraction of its time.</summary>
sealed class ZstandardCompression : ICompressionProvider
{
    const int Level = 3;

    /// <inheritdoc/>
    public string EncodingName => "zstd";

    /// <inheritdoc/>
    public bool SupportsFlush => true;

    /// <inheritdoc/>
    public Stream CreateStream(Stream outputStream) => new CompressionStream(outputStream, Level, leaveOpen: true);
}

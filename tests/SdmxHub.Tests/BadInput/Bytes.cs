using System.IO.Compression;
using System.Text;

namespace SdmxHub.Tests.BadInput;

/// <summary>Makes bad bytes of good ones.</summary>
static class Bytes
{
    public static byte[] Of(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Puts bytes in the place of a text that the message must have.</summary>
    public static byte[] Replace(byte[] message, string found, ReadOnlySpan<byte> by)
    {
        var place = message.AsSpan().IndexOf(Of(found));
        Assert.That(place, Is.Not.Negative, $"the message has no '{found}'");
        return [.. message.AsSpan(0, place), .. by, .. message.AsSpan(place + Encoding.UTF8.GetByteCount(found))];
    }

    public static byte[] Replace(byte[] message, string found, string by) => Replace(message, found, Of(by));

    public static byte[] Gzip(ReadOnlySpan<byte> content)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return packed.ToArray();
    }

    /// <summary>A gigabyte of one byte behind <paramref name="head"/>, compressed.</summary>
    public static void WriteBomb(string path, string how, ReadOnlySpan<byte> head, byte filling)
    {
        using var file = File.Create(path);
        using var archive = how == "zip" ? new ZipArchive(file, ZipArchiveMode.Create) : null;
        using var content = archive?.CreateEntry("message", CompressionLevel.Optimal).Open() ?? new GZipStream(file, CompressionLevel.Optimal);
        content.Write(head);
        var chunk = new byte[1 << 20];
        chunk.AsSpan().Fill(filling);
        for (var i = 0; i < 1024; i++)
            content.Write(chunk);
    }
}

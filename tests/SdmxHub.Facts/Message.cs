using System.Buffers;
using System.IO.Compression;
using Sdmx;
using Sdmx.Formats;

namespace SdgShipment;

/// <summary>Writes messages with the hub's own writers, under a header that never changes.</summary>
static class Message
{
    // Not the clock: the same facts must give the same bytes.
    const string Prepared = "2026-01-01T00:00:00Z";

    public static MessageHeader Header(string id) => new() { Id = id, Prepared = Prepared, Sender = "SDMXHUB" };

    public static void Write(string path, IReadOnlyList<Artefact> artefacts)
    {
        var header = Header(Path.GetFileNameWithoutExtension(path).Replace('.', '_'));
        var bytes = new ArrayBufferWriter<byte>();
        Format.Find("structure-xml-2.1")!.WriteStructures!(bytes, new StructureMessage(header, artefacts.ToValueArray()), new WriterOptions { Header = header });
        Save(path, bytes.WrittenSpan);
    }

    /// <summary>Saves bytes, compressed where the name ends in <c>.gz</c>.</summary>
    public static void Save(string path, ReadOnlySpan<byte> bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
        {
            file.Write(bytes);
            return;
        }

        using var gzip = new GZipStream(file, CompressionLevel.SmallestSize);
        gzip.Write(bytes);
    }
}

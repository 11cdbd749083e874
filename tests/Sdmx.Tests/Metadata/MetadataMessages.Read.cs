using System.Buffers;
using System.Text;
using Sdmx.Formats;

namespace Sdmx.Tests.Metadata;

/// <content>Reads and writes them.</content>
static partial class MetadataMessages
{
    public static StructureMessage Read(string text, IssueLog? issues = null, IDictionary<object, Location>? places = null) =>
        Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), "m.xml", issues, places);

    public static StructureMessage Read(Stream stream, string name, IssueLog? issues = null, IDictionary<object, Location>? places = null)
    {
        using var own = new IssueLog();
        var context = new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues ?? own, Places = places };
        var message = MessageFile.Open(stream, name, context).ReadMetadata(context);
        if (issues is null)
            Assert.That(own.All.Select(i => i.Message), Is.Empty);
        return message ?? new(new(), []);
    }

    public static MetadataSet Set(string text) => (MetadataSet)Read(text).Artefacts.Single();

    public static byte[] Write(string format, StructureMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Format.Find(format)!.WriteStructures!(bytes, message, new WriterOptions());
        return bytes.WrittenSpan.ToArray();
    }
}

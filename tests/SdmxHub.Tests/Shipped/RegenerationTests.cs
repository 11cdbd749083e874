using System.IO.Compression;
using SdgShipment;

namespace SdmxHub.Tests.Shipped;

public class RegenerationTests
{
    [Test]
    public void The_facts_give_the_shipped_messages_again()
    {
        var facts = Facts.At("sdg");
        var output = Directory.CreateTempSubdirectory("sdmxhub-facts");
        try
        {
            Shipment.Write(facts, output.FullName, TextWriter.Null);

            foreach (var file in output.EnumerateFiles("*", SearchOption.AllDirectories))
            {
                var name = Path.GetRelativePath(output.FullName, file.FullName);
                Assert.That(Content(file.FullName).AsSpan().SequenceEqual(Content(Facts.InProject(name))), name);
            }
        }
        finally
        {
            output.Delete(recursive: true);
        }
    }

    // Another release of the runtime may compress better: what counts is what was compressed.
    static byte[] Content(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadAllBytes(path);
        using var unpacked = new MemoryStream();
        using var gzip = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}

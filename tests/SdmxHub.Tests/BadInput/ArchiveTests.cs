using System.IO.Compression;
using Sdmx;

namespace SdmxHub.Tests.BadInput;

/// <summary>Compressed files that grow without end, hide others or point elsewhere.</summary>
public class ArchiveTests
{
    Target _target = null!;

    [SetUp]
    public void MakeTarget() => _target = new Target();

    [TearDown]
    public void Close() => _target.Dispose();

    [Test]
    public void A_gigabyte_of_blanks_in_a_message_is_refused([Values("gzip", "zip")] string how, [Values("structurespecific-2.1", "generic-2.1", "json-2.0", "csv-2.0")] string format)
    {
        Bytes.WriteBomb(_target.At("bomb"), how, Target.Message(format), (byte)' ');
        Assert.That(new FileInfo(_target.At("bomb")).Length, Is.LessThan(2 << 20));

        var finding = _target.Refuses(_target.At("bomb"));

        Assert.That(finding.Code, Is.EqualTo(IssueCode.LimitExceeded));
    }

    [Test]
    public void A_gigabyte_of_zeros_is_refused([Values("gzip", "zip")] string how)
    {
        Bytes.WriteBomb(_target.At("bomb"), how, [], 0);

        var finding = _target.Refuses(_target.At("bomb"));

        Assert.That(finding.Code, Is.AnyOf(IssueCode.LimitExceeded, IssueCode.UnknownFormat));
    }

    static IEnumerable<TestCaseData> Archives()
    {
        var message = Target.Message("structurespecific-2.1");
        yield return Archive(Bytes.Zip(("a.zip", Bytes.Zip(("m.xml", message)))), "zip", "zip in zip");
        yield return Archive(Bytes.Gzip(Bytes.Gzip(message)), "gzip", "gzip in gzip");
        yield return Archive(Bytes.Zip(("m.xml.gz", Bytes.Gzip(message))), "gzip", "gzip in zip");
        yield return Archive(Bytes.Gzip(Bytes.Zip(("m.xml", message))), "zip", "zip in gzip");
        yield return Archive(Bytes.Zip(("../../etc/m.xml", message)), "outside", "path upwards");
        yield return Archive(Bytes.Zip(("/etc/m.xml", message)), "outside", "path from the root");
        yield return Archive(Bytes.Zip(("..\\m.xml", message)), "outside", "path with backslashes");
        yield return Archive(Bytes.Zip(("a.xml", message), ("b.xml", message)), "2 files", "two messages");
        yield return Archive(Bytes.Zip(), "empty", "no message");
        yield return Archive([.. Bytes.Zip(("m.xml", message)).AsSpan(0, 200), .. new byte[3000]], "damaged", "overwritten");
    }

    static TestCaseData Archive(byte[] content, string says, string name) => new TestCaseData(content, says).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Archives))]
    public void An_archive_that_is_not_one_message_is_refused(byte[] archive, string says)
    {
        var finding = _target.Refuses(archive);

        Assert.That(finding.Code, Is.EqualTo(IssueCode.BrokenArchive));
        Assert.That(finding.Message, Does.Contain(says));
    }

    [Test]
    public void A_flipped_byte_in_a_compressed_message_is_noticed([Values("gzip", "zip")] string how)
    {
        var message = Target.Message("csv-2.0");
        var whole = how == "gzip" ? Bytes.Gzip(message) : Bytes.Zip(("m.csv", message));
        for (var at = 40; at < whole.Length - 8; at += 7)
        {
            var flipped = (byte[])whole.Clone();
            flipped[at] ^= 0x10;
            if (!IsWhole(flipped, message))
                Assert.That(_target.Refuses(flipped).Severity, Is.EqualTo(Severity.Fatal), $"byte {at}");
        }
    }

    // Some bytes of an archive mean nothing to what is in it: a date, a name.
    static bool IsWhole(byte[] packed, byte[] message)
    {
        try
        {
            var content = new MemoryStream();
            if (packed[0] == 'P')
                new ZipArchive(new MemoryStream(packed)).Entries.Single().Open().CopyTo(content);
            else
                new GZipStream(new MemoryStream(packed), CompressionMode.Decompress).CopyTo(content);
            return content.ToArray().AsSpan().SequenceEqual(message);
        }
        catch (Exception fault) when (fault is InvalidDataException or InvalidOperationException)
        {
            return false;
        }
    }
}

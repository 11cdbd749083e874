using System.Text;
using Sdmx;
using SdmxHub.Tests.RoundTrip;

namespace SdmxHub.Tests.BadInput;

/// <summary>Messages that end too early.</summary>
public class TruncatedTests
{
    Target _target = null!;

    static IEnumerable<string> Formats => StoreCopy.Formats;

    static IEnumerable<string> Bracketed => Formats.Where(f => !f.StartsWith("csv", StringComparison.Ordinal));

    [SetUp]
    public void MakeTarget() => _target = new Target();

    [TearDown]
    public void Close() => _target.Dispose();

    [TestCaseSource(nameof(Formats))]
    public void The_whole_message_is_taken(string format) => Assert.That(Target.Takes(Target.Message(format)));

    [TestCaseSource(nameof(Bracketed))]
    public void XML_and_JSON_cut_anywhere_are_refused(string format)
    {
        var whole = Encoding.UTF8.GetString(Target.Message(format)).TrimEnd();
        foreach (var length in Places(whole.Length))
        {
            var finding = _target.Refuses(Bytes.Of(whole[..length]));

            Assert.That(finding.Code, Is.AnyOf(IssueCode.IllFormed, IssueCode.EmptyFile, IssueCode.UnknownFormat, IssueCode.NoStructureReference), $"cut at {length}");
        }
    }

    // Nothing in SDMX-CSV says where it ends: a cut between rows, or in a row's last cell, cannot be seen. See docs/formats.md.
    [TestCase("csv-1.0")]
    [TestCase("csv-2.0")]
    public void CSV_cut_inside_a_row_is_refused(string format)
    {
        var whole = Encoding.UTF8.GetString(Target.Message(format)).TrimEnd();
        var columns = whole[..whole.IndexOf('\n')].Count(c => c == ',');
        var lastRow = whole.LastIndexOf('\n') + 1;
        var cuts = Enumerable.Range(lastRow + 1, whole.Length - lastRow - 1).Where(length => whole[lastRow..length].Count(c => c == ',') < columns).ToList();
        Assert.That(cuts, Has.Count.GreaterThan(10));
        foreach (var length in cuts)
        {
            var finding = _target.Refuses(Bytes.Of(whole[..length]));

            Assert.That((finding.Code, finding.At.Line), Is.EqualTo((IssueCode.IllFormed, whole.Count(c => c == '\n') + 1)), $"cut at {length}");
        }
    }

    [Test]
    public void A_compressed_message_cut_anywhere_is_refused([ValueSource(nameof(Formats))] string format, [Values("gzip", "zip")] string how)
    {
        var message = Target.Message(format);
        var whole = how == "gzip" ? Bytes.Gzip(message) : Bytes.Zip(("message", message));
        foreach (var length in Places(whole.Length))
        {
            var finding = _target.Refuses(whole.AsSpan(0, length));

            Assert.That(finding.Code, Is.AnyOf(IssueCode.BrokenArchive, IssueCode.EmptyFile, IssueCode.UnknownFormat), $"cut at {length}");
        }
    }

    [Test]
    public void A_long_compressed_message_cut_far_behind_its_start_is_refused([ValueSource(nameof(Formats))] string format, [Values(0.5, 0.99)] double part)
    {
        var random = new Random(3);
        var blanks = new byte[1 << 20];
        for (var i = 0; i < blanks.Length; i++)
            blanks[i] = (byte)(random.Next(2) == 0 ? '\n' : '\r');
        var whole = Bytes.Gzip([.. Target.Message(format), .. blanks]);

        var finding = _target.Refuses(whole.AsSpan(0, (int)(whole.Length * part)));

        Assert.That(finding.Code, Is.EqualTo(IssueCode.BrokenArchive));
    }

    static IEnumerable<int> Places(int length) =>
        Enumerable.Range(0, 40).Select(i => (int)((long)i * length / 40)).Concat([1, 2, 3, 5, length - 10, length - 2, length - 1]).Distinct();
}

using System.Diagnostics;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;

namespace SdmxHub.Tests.BadInput;

/// <summary>Bad files through the command itself, in a process of its own.</summary>
public class CommandTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void MakeStore()
    {
        _folder = new TemporaryFolder();
        Assert.That(Command("load", Samples.Rwanda, "--store", _folder.Store).ExitCode, Is.Zero);
    }

    [OneTimeTearDown]
    public void Close() => _folder.Dispose();

    static IEnumerable<TestCaseData> Files()
    {
        var message = File.ReadAllBytes(Samples.Rwanda);
        yield return Case(message.AsSpan(0, message.Length / 2).ToArray(), "SDH1003", "cut short");
        yield return Case(Bytes.Of("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "SDH1005", "a document type");
        yield return Case(Bytes.Zip(("../m.xml", message)), "SDH1009", "an archive that points outside");
        yield return Case(Bytes.Of(Samples.OfUnknownFlow), "--structures", "an unknown flow");
        yield return Case([], "SDH1008", "empty");
        yield return Case(null, "bomb", "a bomb");
    }

    static TestCaseData Case(byte[]? content, string says, string name) => new TestCaseData(content, says).SetArgDisplayNames(name);

    [TestCaseSource(nameof(Files))]
    public void A_bad_file_ends_with_2_one_line_of_counts_and_no_trace(byte[]? content, string says)
    {
        var file = _folder.At("bad.file");
        if (content is null)
            (says, _) = ("SDH1006", Bomb(file));
        else
            File.WriteAllBytes(file, content);

        var (exit, output, error) = Command("validate", file);

        Assert.That(exit, Is.EqualTo(2));
        Assert.That(output, Does.Contain(says));
        Assert.That(output.TrimEnd().Split('\n')[^1], Does.Match(@"bad\.file: \d+ observations, \d+ series, 1 errors, \d+ warnings$"));
        Assert.That(error + output, Does.Not.Contain("   at ").And.Not.Contain("Exception"));
    }

    [TestCaseSource(nameof(Files))]
    public void A_bad_file_changes_no_store(byte[]? content, string says)
    {
        var file = _folder.At("bad.file");
        if (content is null)
            Bomb(file);
        else
            File.WriteAllBytes(file, content);
        var before = Log();

        var (exit, output, _) = Command("load", file, "--store", _folder.Store);

        Assert.That(exit, Is.EqualTo(2));
        Assert.That(output.TrimEnd().Split('\n')[^1], Does.Contain("refused").And.Contain("nothing stored").And.Contain("1 error"));
        Assert.That(Log(), Is.EqualTo(before));
    }

    static bool Bomb(string path)
    {
        Bytes.WriteBomb(path, "gzip", File.ReadAllBytes(Samples.Rwanda), (byte)' ');
        return true;
    }

    IReadOnlyList<Revision> Log()
    {
        using var store = Store.Open(_folder.Store, TimeProvider.System);
        return store.Log();
    }

    static (int ExitCode, string Output, string Error) Command(params string[] words)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "sdmxhub.dll"), .. words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        process.Start();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        return (process.ExitCode, output.Result, error.Result);
    }
}

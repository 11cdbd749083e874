using System.IO.Compression;
using System.Text.Json.Nodes;

namespace SdmxHub.Tests.Cli;

/// <summary><c>sdmxhub repair</c>, with the figures of Kyrgyzstan and the errors that a typist makes.</summary>
public class RepairCommandTests
{
    static readonly string Right = File.ReadAllText(Facts.InProject("samples", "valid", "kyrgyzstan", "kyrgyzstan.csv"));

    [Test]
    public void A_patch_is_suggested_confirmed_and_applied()
    {
        using var folder = new TemporaryFolder();
        var wrong = folder.Write("wrong.csv", Right.Replace(",NV_IND_MANF,KG,", ",NV_IND_MANFF,KGZ,", StringComparison.Ordinal).Replace(",PT,,C,2008,", ",PTT,,C,2008,", StringComparison.Ordinal));
        var patch = folder.At("patch.json");

        var suggested = Run.Of("repair", wrong, "--patch", patch);

        Assert.That(suggested.ExitCode, Is.EqualTo(1), suggested.Error);
        Assert.That(suggested.Output, Does.Contain("SERIES 'NV_IND_MANFF' to 'NV_IND_MANF'").And.Contain("REF_AREA 'KGZ' to 'KG'"));
        Assert.That(JsonNode.Parse(File.ReadAllText(patch))!["repairs"]!.AsArray(), Has.Count.GreaterThanOrEqualTo(2));
        Assert.That(File.ReadAllText(wrong), Does.Contain("NV_IND_MANFF"), "nothing is mended by itself");
        var applied = Run.Of("repair", wrong, "--patch", patch, "--apply", folder.At("mended.csv"));
        Assert.That(applied.ExitCode, Is.EqualTo(0), applied.Error);
        Assert.That(Run.Of("load", Facts.InProject("samples", "valid", "kyrgyzstan", "kyrgyzstan.csv"), "--store", folder.Store).ExitCode, Is.EqualTo(0));
        Assert.That(Run.Of("load", folder.At("mended.csv"), "--store", folder.Store).Lines[^1], Does.Contain("0 inserted, 0 updated, 0 deleted, 892 unchanged"), "what was mended is what was meant");
        Assert.That(Run.Of("repair", folder.At("mended.csv")).ExitCode, Is.EqualTo(0));
    }

    [TestCase("A,3,", "A,0,", "UNIT_MULT '3' to '0' in A.N.NV_IND_MANF.KG.", TestName = "A multiplier that contradicts the store")]
    [TestCase("A,0,", "A,3,", "UNIT_MULT '0' to '3' in A.N.NV_IND_MANF.KG.", TestName = "A multiplier that is forgotten")]
    public void A_wrong_multiplier_is_told_by_the_store(string sent, string held, string says)
    {
        using var folder = new TemporaryFolder();
        var rows = Right.Split('\n').Where((r, i) => i == 0 || r.Contains(",NV_IND_MANF,", StringComparison.Ordinal)).ToArray();
        string With(string multiplier) => string.Join('\n', rows).Replace(",A,0,", "," + multiplier, StringComparison.Ordinal) + "\n";
        Assert.That(Run.Of("load", folder.Write("held.csv", With(held)), "--store", folder.Store).ExitCode, Is.EqualTo(0));
        var wrong = folder.Write("wrong.csv", With(sent));

        var suggested = Run.Of("repair", wrong, "--store", folder.Store, "--patch", folder.At("patch.json"));

        Assert.That(suggested.Output, Does.Contain(says), suggested.Error);
        Assert.That(Run.Of("repair", wrong, "--store", folder.Store, "--patch", folder.At("patch.json"), "--apply", folder.At("mended.csv")).ExitCode, Is.EqualTo(0));
        Assert.That(Run.Of("load", folder.At("mended.csv"), "--store", folder.Store).Lines[^1], Does.Contain("0 inserted, 0 updated, 0 deleted"));
    }

    [Test]
    public void Figures_in_thousands_with_the_multiplier_of_units_get_their_multiplier()
    {
        using var folder = new TemporaryFolder();
        var head = Right.Split('\n')[0];
        string Rows(string first, string second, string third) => $"{head}\n{Row(2007, first)}\n{Row(2008, second)}\n{Row(2009, third)}\n";
        Assert.That(Run.Of("load", folder.Write("held.csv", Rows("12345", "13456", "14567")), "--store", folder.Store).ExitCode, Is.EqualTo(0));
        var wrong = folder.Write("wrong.csv", Rows("12.345", "13.456", "14.567"));

        var suggested = Run.Of("repair", wrong, "--store", folder.Store, "--patch", folder.At("patch.json"));

        Assert.That(suggested.Output, Does.Contain("UNIT_MULT by +3 in A.N.NV_IND_MANF.KG."), suggested.Error);
        Assert.That(Run.Of("repair", wrong, "--patch", folder.At("patch.json"), "--apply", folder.At("mended.csv")).ExitCode, Is.EqualTo(0));
        var mended = File.ReadAllLines(folder.At("mended.csv")).Select(l => l.Split(',')).ToArray();
        Assert.That(mended[1..].Select(r => (r[Array.IndexOf(mended[0], "OBS_VALUE")], r[Array.IndexOf(mended[0], "UNIT_MULT")])), Is.EqualTo(new[] { ("12.345", "3"), ("13.456", "3"), ("14.567", "3") }));
    }

    [Test]
    public void A_package_is_mended_message_by_message_and_stays_a_package()
    {
        using var folder = new TemporaryFolder();
        var package = folder.At("package.zip");
        using (var zip = ZipFile.Open(package, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in ((string, string)[])[("a.csv", Right.Replace(",KG,", ",KGZ,", StringComparison.Ordinal)), ("b.csv", Right), ("manifest.json", "{\"note\": \"n\"}")])
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        }

        var suggested = Run.Of("repair", package, "--report", "json");
        var patch = folder.Write("patch.json", suggested.Output);
        var applied = Run.Of("repair", package, "--patch", patch, "--apply", folder.At("mended.zip"));

        Assert.That((suggested.ExitCode, applied.ExitCode), Is.EqualTo((1, 0)), suggested.Error + applied.Error);
        Assert.That(JsonNode.Parse(suggested.Output)!["repairs"]!.AsArray().Select(r => $"{r!["file"]} {r["value"]} {r["replacement"]}"), Does.Contain("a.csv KGZ KG").And.None.StartsWith("b.csv"));
        using var mended = ZipFile.OpenRead(folder.At("mended.zip"));
        Assert.That(mended.Entries.Select(e => e.FullName), Is.EqualTo((string[])["a.csv", "b.csv", "manifest.json"]));
        Assert.That(Text(mended, "a.csv"), Does.Contain(",KG,").And.Not.Contain(",KGZ,"));
        Assert.That((Text(mended, "b.csv"), Text(mended, "manifest.json")), Is.EqualTo((Right, "{\"note\": \"n\"}")), "what no repair is for stays as it was");
    }

    [Test]
    public void Good_series_are_taken_alone()
    {
        using var folder = new TemporaryFolder();
        var wrong = folder.Write("wrong.csv", Right.Replace(",NV_IND_MANF,", ",XXXXXXXX,", StringComparison.Ordinal));

        var run = Run.Of("repair", wrong, "--apply", folder.At("good.csv"), "--good-only");

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Error);
        Assert.That(Run.Of("validate", folder.At("good.csv")).Lines[^1], Does.Match(@": \d+ observations, \d+ series, 0 errors"));
        Assert.That(File.ReadAllLines(folder.At("good.csv")), Has.Length.EqualTo(Right.Split('\n').Count(l => l.Length > 0 && !l.Contains(",NV_IND_MANF,", StringComparison.Ordinal))));
    }

    [TestCase("--apply needs the confirmed patch", "--apply", "out.csv")]
    [TestCase("--good-only goes with --apply", "--good-only")]
    [TestCase("cannot be read", "--apply", "out.csv", "--patch", "no-such-patch.json")]
    public void What_cannot_be_applied_is_told(string says, params string[] words)
    {
        var run = Run.Of(["repair", Facts.InProject("samples", "valid", "kyrgyzstan", "kyrgyzstan.csv"), .. words]);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(says));
        Assert.That(File.Exists("out.csv"), Is.False);
    }

    static string Row(int year, string value) =>
        $"dataflow,IAEG-SDGs:DF_SDG_GLC(1.16),A,A,N,NV_IND_MANF,KG,_T,_T,_T,_T,_T,_T,_T,_T,_T,_T,_T,{year},{value},A,0,USD,,C,{year},,,,,,,,,,";

    static string Text(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(archive.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }
}

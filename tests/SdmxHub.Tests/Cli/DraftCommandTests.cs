namespace SdmxHub.Tests.Cli;

public class DraftCommandTests
{
    [Test]
    public void A_draft_is_made_filled_looked_at_published_and_undone()
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.GlobalCountries, "--store", folder.Store);
        string[] store = ["--store", folder.Store];

        Assert.That(Run.Of(["draft", "make", "2026.Q1.G.01", .. store]).Output, Is.EqualTo("2026.Q1.G.01: made\n"));
        var add = Run.Of(["draft", "add", "2026.Q1.G.01", Samples.Rwanda, "--actor", "nisr", .. store]);
        Assert.That(add.ExitCode, Is.EqualTo(0), add.Error);
        Assert.That(Run.Of(["log", "--report", "csv", .. store]).Lines, Has.Length.EqualTo(3), "nothing in the store");
        Assert.That(Run.Of(["draft", "show", "2026.Q1.G.01", .. store]).Output, Does.Contain("rwanda.xml").And.Contain("nisr"));
        var diff = Run.Of(["diff", "--draft", "2026.Q1.G.01", .. store]);
        Assert.That((diff.ExitCode, diff.Output), Is.EqualTo((1, "IAEG-SDGs:DF_SDG_GLC: 1,487 inserted, 0 updated, 0 deleted, 0 unchanged; 269 series added, 0 revised, 0 withdrawn, 0 unchanged\n")));
        Assert.That(Run.Of(["draft", "publish", "2026.Q1.G.01", "--trial", .. store]).Output, Is.EqualTo("nothing forbids it\n"));
        Assert.That(Run.Of(["draft", "publish", "2026.Q1.G.01", .. store]).Output, Is.EqualTo("2026.Q1.G.01: published as 2026.Q1.G.01, revision 3\n"));
        Assert.That(Run.Of(["log", "--report", "csv", .. store]).Lines[^1], Does.EndWith(",publish,nisr,1487,0,0,2026.Q1.G.01,"));
        Assert.That(Run.Of(["get", "data/dataflow/IAEG-SDGs/DF_SDG_GLC?asOf=2026.Q1.G.01", "--format", "csv-1.0", .. store]).ExitCode, Is.EqualTo(0));

        Assert.That(Run.Of(["release", "undo", "2026.Q1.G.01", .. store]).Output, Is.EqualTo("2026.Q1.G.01: undone, revision 4\n"));
        Assert.That(Run.Of(["diff", "--from", "2", "--to", "4", .. store]).ExitCode, Is.EqualTo(0), "all as before");
    }

    [Test]
    public void A_delta_leads_from_one_revision_to_the_other()
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.Rwanda, "--store", folder.Store);

        var diff = Run.Of("diff", "--from", "2", "--to", "1", "--detail", "delta", "--output", folder.At("back.csv"), "--store", folder.Store);
        var load = Run.Of("load", folder.At("back.csv"), "--store", folder.Store);

        Assert.That((diff.ExitCode, load.ExitCode), Is.EqualTo((1, 0)), diff.Error + load.Output);
        Assert.That(load.Lines[^1], Does.Contain("1,487 deleted"));
    }

    [TestCase("diff", "which state?")]
    [TestCase("diff --from 99", "no revision or release '99'")]
    [TestCase("diff --from !", "is no state")]
    [TestCase("diff --draft none", "no open draft 'none'")]
    [TestCase("diff --draft none --to 2", "stands alone")]
    [TestCase("draft make 2026", "is no name")]
    [TestCase("draft show none", "no open draft 'none'")]
    [TestCase("draft publish none", "no open draft 'none'")]
    [TestCase("release undo none", "no release 'none'")]
    [TestCase("release name 1", "is no name")]
    [TestCase("diff --from 1 --detail delta --format csv-1.0", "expected one of")]
    public void What_cannot_be_done_says_why(string words, string why)
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.Rwanda, "--store", folder.Store);

        var run = Run.Of([.. words.Split(' '), "--store", folder.Store]);

        Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
        Assert.That(run.Error, Does.Contain(why));
    }
}

namespace SdmxHub.Tests.Cli;

public class DemoTests
{
    [Test]
    public void The_demo_tells_what_was_read_accepted_and_refused_and_names_three_addresses()
    {
        using var folder = new TemporaryFolder();

        var run = Run.Of("demo", "--exit", "--store", folder.Store, "--urls", "http://127.0.0.1:5099");

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Error);
        Assert.That(run.Lines.Count(l => l.Contains("samples/valid/", StringComparison.Ordinal) && l.Contains("accepted, revision", StringComparison.Ordinal)),
            Is.EqualTo(Directory.GetDirectories(Facts.InProject("samples", "valid")).Length));
        Assert.That(run.Lines.Count(l => l.Contains("samples/refused/", StringComparison.Ordinal) && l.Contains("refused  ", StringComparison.Ordinal) && l.Contains("SDH", StringComparison.Ordinal)),
            Is.EqualTo(Directory.GetDirectories(Facts.InProject("samples", "refused")).Length));
        Assert.That(run.Lines.Count(l => l.StartsWith("  http://127.0.0.1:5099/", StringComparison.Ordinal)), Is.EqualTo(3));
        Assert.That(run.Output, Does.Contain("/api/compare?area="));
    }

    [Test]
    public void Every_demo_begins_afresh()
    {
        using var folder = new TemporaryFolder();

        var first = Run.Of("demo", "--exit", "--store", folder.Store);
        var second = Run.Of("demo", "--exit", "--store", folder.Store);

        Assert.That(second.ExitCode, Is.EqualTo(0), second.Error);
        Assert.That(second.Output, Is.EqualTo(first.Output));
    }

    [Test]
    public void A_store_that_no_demo_made_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.Rwanda, "--store", folder.Store);
        var bytes = File.ReadAllBytes(folder.At("store.db"));

        var run = Run.Of("demo", "--exit", "--store", folder.Store);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("was not made by the demo"));
        Assert.That(File.ReadAllBytes(folder.At("store.db")), Is.EqualTo(bytes));
    }
}

using System.Text.Json;

namespace SdmxHub.Tests.Cli;

public class StoreCommandTests
{
    [Test]
    public void What_is_loaded_can_be_read_compared_and_looked_up()
    {
        using var folder = new TemporaryFolder();

        var load = Run.Of("load", Samples.Rwanda, Samples.GlobalCountries, "--store", folder.Store, "--actor", "tester");
        var get = Run.Of("get", "data/dataflow/IAEG-SDGs/DF_SDG_GLC", "--store", folder.Store, "--format", "csv-2.0");
        var compare = Run.Of("compare", "--area", "RW", "--store", folder.Store, "--report", "json");
        var log = Run.Of("log", "--store", folder.Store, "--report", "csv");

        Assert.That(load.ExitCode, Is.EqualTo(0), load.Output + load.Error);
        Assert.That(load.Lines[0..], Has.Some.Contains("rwanda.xml: accepted, revision 2, 1,487 observations in 269 series: 1,487 inserted"));
        Assert.That(Observations(get.Output), Is.EqualTo(1487), get.Error);
        using var json = JsonDocument.Parse(compare.Bytes);
        Assert.That(json.RootElement.GetProperty("areaName").GetString(), Is.EqualTo("Rwanda"));
        Assert.That(log.Lines, Has.Length.EqualTo(4));
        Assert.That(log.Lines[^1], Does.Contain(",tester,"));
    }

    [Test]
    public void A_refused_file_changes_nothing()
    {
        using var folder = new TemporaryFolder();

        var load = Run.Of("load", Samples.Refused, "--store", folder.Store);
        var stranger = Run.Of("load", Samples.Rwanda, "--store", folder.Store, "--agreement", "IAEG-SDGs:PA_NO");
        var log = Run.Of("log", "--store", folder.Store, "--report", "csv");

        Assert.That((stranger.ExitCode, stranger.Output.Contains("no provision agreement IAEG-SDGs:PA_NO is held")), Is.EqualTo((1, true)), stranger.Output);
        Assert.That(load.ExitCode, Is.EqualTo(1));
        Assert.That(load.Lines[^1], Does.Contain(": refused, ").And.Contain("nothing stored"));
        Assert.That(log.Lines, Has.Length.EqualTo(2), "the header and the shipped structures");
    }

    [Test]
    public void The_same_file_again_makes_no_revision()
    {
        using var folder = new TemporaryFolder();

        var load = Run.Of("load", Samples.Rwanda, Samples.Rwanda, "--store", folder.Store);

        Assert.That(load.ExitCode, Is.EqualTo(0));
        Assert.That(load.Lines[^1], Does.Contain("revision 2, ").And.Contain("0 inserted, 0 updated, 0 deleted, 1,487 unchanged"));
    }

    [Test]
    public void A_wrong_query_says_what_is_wrong()
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.Rwanda, "--store", folder.Store);

        foreach (var (query, why) in (ReadOnlySpan<(string, string)>)
            [
                ("nonsense/x", "'nonsense/x' is no query"),
                ("data/dataflow/IAEG-SDGs/DF_SDG_GL", "DF_SDG_GLC"),
                ("data/dataflow/IAEG-SDGs/DF_SDG_GLC?c[REF_ARE]=RW", "REF_AREA"),
                ("data/dataflow/IAEG-SDGs/DF_SDG_GLC?c[REF_AREA]=ZZ", "othing matches"),
                ("data/dataflow/IAEG-SDGs/DF_SDG_GLC?asOf=99", "no revision"),
                ("codelist/IAEG-SDGs/CL_ARE", "CL_A"),
            ])
        {
            var run = Run.Of("get", query, "--store", folder.Store);

            Assert.That(run.ExitCode, Is.EqualTo(2), query);
            Assert.That(run.Error, Does.Contain(why), query);
            Assert.That(run.Bytes, Is.Empty, query);
        }
    }

    [Test]
    public void Both_interfaces_and_whole_addresses_are_understood()
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.Rwanda, "--store", folder.Store);

        var answers = new[] { "data/dataflow/IAEG-SDGs/DF_SDG_GLC/*", "data/IAEG-SDGs,DF_SDG_GLC/all", "http://localhost/sdmx/v2/data/dataflow/IAEG-SDGs/DF_SDG_GLC", "v1/data/DF_SDG_GLC" }
            .Select(query => Run.Of("get", query, "--store", folder.Store, "--format", "csv-2.0").Output).Distinct();

        Assert.That(Observations(answers.Single()), Is.EqualTo(1487));
    }

    [Test]
    public void An_answer_goes_to_a_file()
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.Rwanda, "--store", folder.Store);

        var run = Run.Of("get", "structure/dataflow/IAEG-SDGs/*", "--store", folder.Store, "--format", "structure-xml-2.1", "--output", folder.At("flows.xml"));

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Error);
        Assert.That(run.Bytes, Is.Empty);
        Assert.That(File.ReadAllText(folder.At("flows.xml")), Does.Contain("DF_SDG_GLC"));
    }

    [TestCase("log")]
    [TestCase("compare --area 826")]
    [TestCase("get data/X")]
    public void A_store_that_is_not_there_is_not_made_by_reading(string words)
    {
        using var folder = new TemporaryFolder();

        var run = Run.Of([.. words.Split(' '), "--store", folder.Store]);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("there is no store"));
        Assert.That(File.Exists(folder.At("store.db")), Is.False);
    }

    [TestCase("postgres://x")]
    [TestCase("store.db")]
    public void A_store_of_no_known_kind_is_refused(string url)
    {
        var run = Run.Of("load", Samples.Rwanda, "--store", url);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("sqlite:PATH"));
    }

    [Test]
    public void A_file_that_is_no_store_is_refused_and_left_alone()
    {
        using var folder = new TemporaryFolder();
        folder.Write("store.db", new string('x', 5000));

        var run = Run.Of("log", "--store", folder.Store);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(File.ReadAllText(folder.At("store.db")), Is.EqualTo(new string('x', 5000)));
    }

    [Test]
    public void An_area_that_is_not_held_is_unusable()
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.Rwanda, "--store", folder.Store);

        var run = Run.Of("compare", "--area", "Rwanda", "--store", folder.Store);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("did you mean"));
    }

    [Test]
    public void Text_lists_totals_and_the_pairs_of_the_class_asked_for()
    {
        using var folder = new TemporaryFolder();
        Run.Of("load", Samples.UnitedKingdom, Samples.GlobalCountries, "--store", folder.Store);

        var all = Run.Of("compare", "--area", "GB", "--store", folder.Store);
        var equal = Run.Of("compare", "--area", "826", "--class", "equal", "--store", folder.Store);

        Assert.That(all.ExitCode, Is.EqualTo(0), all.Error);
        Assert.That(all.Output, Does.Contain("differs-unexplained").And.Contain("global-only"));
        Assert.That(equal.Lines.SkipWhile(l => !l.Contains("period", StringComparison.Ordinal)).Skip(2), Has.All.Contains(" equal"));
    }

    /// <summary>The rows of SDMX-CSV 2.0; texts in them may hold line ends.</summary>
    static int Observations(string csv) => csv.Split('\n').Count(l => l.StartsWith("dataflow,", StringComparison.Ordinal));
}

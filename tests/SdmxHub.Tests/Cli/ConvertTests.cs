namespace SdmxHub.Tests.Cli;

public class ConvertTests
{
    [Test]
    public void There_and_back_through_every_data_format_nothing_changes([Values("csv-1.0", "csv-2.0", "generic-2.1", "json-2.0")] string format)
    {
        using var folder = new TemporaryFolder();
        var (first, other, second) = (folder.At("first.xml"), folder.At("other"), folder.At("second.xml"));

        Assert.That(Run.Of("convert", Samples.Rwanda, first, "--to", "structurespecific-2.1").ExitCode, Is.EqualTo(0));
        Assert.That(Run.Of("convert", first, other, "--to", format).ExitCode, Is.EqualTo(0));
        Assert.That(Run.Of("convert", other, second, "--to", "structurespecific-2.1").ExitCode, Is.EqualTo(0));

        Assert.That(Body(second), Is.EqualTo(Body(first)));
    }

    [Test]
    public void Standard_output_gets_the_bytes_and_nothing_else()
    {
        var run = Run.Of("convert", Samples.Rwanda, "-", "--to", "csv-2.0");

        Assert.That(run.ExitCode, Is.EqualTo(0));
        Assert.That(run.Lines.Count(l => l.StartsWith("dataflow,IAEG-SDGs:DF_SDG_GLC(1.16),", StringComparison.Ordinal)), Is.EqualTo(1487));
        Assert.That(run.Lines[0], Does.StartWith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ"));
    }

    [Test]
    public void Structures_come_out_as_they_went_in()
    {
        using var folder = new TemporaryFolder();
        var shipped = Facts.InProject("dsd", "IAEG-SDGs_SDG_1.16.xml");

        var run = Run.Of("convert", shipped, folder.At("dsd.xml"), "--to", "structure-xml-2.1");

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Error);
        Assert.That(File.ReadAllText(folder.At("dsd.xml")), Is.EqualTo(File.ReadAllText(shipped)));
    }

    [Test]
    public void Data_are_converted_through_a_map()
    {
        using var folder = new TemporaryFolder();
        var map = Facts.InProject("samples", "invalid", "unmapped-component");
        string[] words = ["convert", Path.Combine(map, "input.xml"), "-", "--to", "csv-2.0", "--structures", Facts.InProject("samples", "invalid", "structures.xml")];

        var mapped = Run.Of([.. words, "--structures", Path.Combine(map, "map.xml"), "--map", "EX:TO_PLAIN"]);
        Assert.That(mapped.ExitCode, Is.EqualTo(0), mapped.Error);
        Assert.That(mapped.Lines[1..], Is.EqualTo((string[])["dataflow,EX:PLAIN(1.0),A,A,RW,2020,38.2", "dataflow,EX:PLAIN(1.0),A,A,RW,2021,38.0", "dataflow,EX:PLAIN(1.0),A,A,KE,2020,36.1"]));
        Assert.That(mapped.Error, Does.Contain("SDH2007"), "what is lost is told");
        var lacking = Run.Of([.. words, "--structures", Facts.InProject("samples", "invalid", "unmapped-code", "map.xml"), "--map", "TO_PLAIN"]);
        Assert.That((lacking.ExitCode, lacking.Output), Is.EqualTo((1, "")));
        Assert.That(lacking.Error, Does.Contain("SDH2106"));
    }

    [TestCase("csv-2.0", "holds structures")]
    [TestCase("csv-2", "did you mean csv-2.0?")]
    public void A_format_that_does_not_fit_is_unusable(string format, string why)
    {
        using var folder = new TemporaryFolder();

        var run = Run.Of("convert", Facts.InProject("dsd", "IAEG-SDGs_SDG_1.16.xml"), folder.At("out"), "--to", format);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain(why));
        Assert.That(File.Exists(folder.At("out")), Is.False);
    }

    [Test]
    public void A_deletion_does_not_become_data_in_a_format_without_actions()
    {
        using var folder = new TemporaryFolder();
        Run.Of("convert", Samples.Rwanda, folder.At("append.csv"), "--to", "csv-2.0");
        var delete = folder.Write("delete.csv", File.ReadAllText(folder.At("append.csv")).Replace("(1.16),A,", "(1.16),D,", StringComparison.Ordinal));

        var run = Run.Of("convert", delete, folder.At("out.csv"), "--to", "csv-1.0");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("cannot say that data are to be deleted"));
        Assert.That(File.Exists(folder.At("out.csv")), Is.False);
    }

    [Test]
    public void What_cannot_be_read_leaves_no_file_and_the_old_one_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var text = File.ReadAllText(Samples.Rwanda);
        var cut = folder.Write("cut.xml", text[..(text.Length / 2)]);
        var old = folder.Write("out.csv", "old");

        var run = Run.Of("convert", cut, old, "--to", "csv-2.0");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Error, Does.Contain("SDH1003"));
        Assert.That(Directory.GetFiles(Path.GetDirectoryName(old)!), Has.Length.EqualTo(2));
        Assert.That(File.ReadAllText(old), Is.EqualTo("old"));
    }

    /// <summary>A message from its data set on: headers name the moment.</summary>
    static string Body(string path) => File.ReadAllText(path) is var text ? text[text.IndexOf("DataSet", StringComparison.Ordinal)..] : "";
}

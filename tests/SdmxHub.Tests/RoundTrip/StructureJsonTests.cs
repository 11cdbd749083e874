using System.Buffers;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;
using SdmxHub.Tests.Shipped;
using SdmxHub.Tests.Submissions;
using Run = SdmxHub.Tests.Cli.Run;

namespace SdmxHub.Tests.RoundTrip;

/// <summary>Structures in SDMX-JSON by every way into the hub: convert, load, validate, POST.</summary>
public class StructureJsonTests
{
    static readonly string Dsd = Facts.InProject("dsd", "IAEG-SDGs_SDG_1.16.xml");

    [Test]
    public void A_structure_goes_through_SDMX_JSON_1_0_to_the_byte()
    {
        using var folder = new TemporaryFolder();

        var there = Run.Of("convert", Dsd, folder.At("dsd.json"), "--to", "structure-json-1.0");
        var back = Run.Of("convert", folder.At("dsd.json"), folder.At("dsd.xml"), "--to", "structure-xml-2.1");

        Assert.That((there.ExitCode, back.ExitCode), Is.EqualTo((0, 0)), there.Error + back.Error);
        Assert.That(File.ReadAllText(folder.At("dsd.xml")), Is.EqualTo(File.ReadAllText(Dsd)));
    }

    [Test]
    public void Structures_are_loaded_and_validate_figures([Values("structure-json-1.0", "structure-json-2.0", "structure-json-2.1")] string format)
    {
        using var folder = new TemporaryFolder();
        // In new versions: those that are shipped are held, and final, which 2.x has no word for.
        File.WriteAllBytes(folder.At("all.txt"), Message(format, ".7"));

        var loaded = Run.Of("load", folder.At("all.txt"), "--store", folder.Store);
        var validated = Run.Of("validate", Samples.Rwanda, "--structures", folder.At("all.txt"));

        Assert.That(loaded.ExitCode, Is.EqualTo(0), loaded.Error + loaded.Output);
        Assert.That(validated.ExitCode, Is.EqualTo(Run.Of("validate", Samples.Rwanda).ExitCode), validated.Error + validated.Output);
    }

    [Test]
    public async Task Structures_are_submitted_and_served()
    {
        await using var sending = await Sending.Start();

        var structures = await sending.Finish("?mode=publish&filename=structures.json", Sending.Body(Message("structure-json-2.0")));

        Assert.That(structures.State, Is.EqualTo(SubmissionState.Published), structures.Summary);
        Assert.That(await sending.Text("/sdmx/v2/structure/datastructure/IAEG-SDGs/SDG/1.16?format=structure-json-1.0"), Does.Contain("\"primaryMeasure\""));
        Assert.That(await sending.Text("/sdmx/v2/structure/datastructure/IAEG-SDGs/SDG/1.16?format=structure-json-2.1"), Does.StartWith("{\"$schema\":\"https://json.sdmx.org/2.1/"));
    }

    /// <summary>The shipped structures in one message, but for those of which the format would say only a part.</summary>
    static byte[] Message(string id, string version = "")
    {
        var format = Format.Find(id)!;
        var header = new MessageHeader { Id = "ALL", Sender = "TEST", Prepared = "2026-01-01T00:00:00Z" };
        var message = new ArrayBufferWriter<byte>();
        format.WriteStructures!(message, new(header, ShippedStructures.Catalog.All.Where(a => format.StructureLosses(a).Count == 0).Select(a => a with { Version = a.Version + version }).ToValueArray()), new WriterOptions { Header = header });
        return message.WrittenSpan.ToArray();
    }
}

using System.Buffers;
using System.Diagnostics;
using Sdmx.Formats;
using Sdmx.Tests.Maps;
using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Json;

/// <summary>What is written in SDMX-JSON, by the official schemas and a validator of draft 2019-09 that knows all of it: ajv of npm.</summary>
/// <remarks>Needs node and a folder where ajv is installed, which <c>SDMXHUB_NODE_MODULES</c> names; skipped without.</remarks>
public sealed class OfficialJsonSchemaTests
{
    static readonly MessageHeader Header = new() { Id = "M", Prepared = "2026-01-01T00:00:00Z", Sender = "S", Receivers = ["R"], Name = new("A message") };

    [TestCase("structure-json-1.0", "sdmx-json-1.0")]
    [TestCase("structure-json-2.0", "sdmx-json-2.0")]
    [TestCase("structure-json-2.1", "sdmx-json-2.1")]
    public void Every_structure_of_the_facts_is_accepted(string id, string schemas)
    {
        var modules = Environment.GetEnvironmentVariable("SDMXHUB_NODE_MODULES");
        if (string.IsNullOrEmpty(modules) || !Directory.Exists(Path.Combine(modules, "ajv")))
            Assert.Ignore("needs node and npm's ajv: install it, and name its node_modules in SDMXHUB_NODE_MODULES");
        var format = Format.Find(id)!;
        var folder = Directory.CreateTempSubdirectory("sdmx-json-").FullName;
        var schema = Facts.At("standards", "schemas", schemas, "sdmx-json-structure-schema.json");
        List<(string Name, IEnumerable<Artefact> Artefacts)> messages =
        [
            .. StructureFiles.SdgFiles.Concat(StructureFiles.Fixtures).Select(f => (f.Replace('/', '_'), (IEnumerable<Artefact>)StructureFiles.ReadFile(f).Message.Artefacts)),
            ("maps", [MapMessages.Full, MapMessages.Values]),
        ];
        var written = 0;
        foreach (var (name, artefacts) in messages)
        {
            var sayable = artefacts.Where(a => format.StructureLosses(a).Count == 0).ToValueArray();
            var output = new ArrayBufferWriter<byte>();
            format.WriteStructures!(output, new(Header, sayable), new WriterOptions { Header = Header });
            File.WriteAllBytes(Path.Combine(folder, name), output.WrittenSpan);
            written += sayable.Count;
        }

        var complaints = Complaints(modules!, messages.Select(m => $"{schema}\t{Path.Combine(folder, m.Name)}"))
            // Figures as codes with blanks in them are the file's own fault, which the reader reports.
            .Where(c => !(c.Contains("SDG_1.1", StringComparison.Ordinal) && c.Contains("/codes/", StringComparison.Ordinal))).ToList();

        Assert.That(written, Is.GreaterThan(300));
        Assert.That(complaints.Select(c => c[folder.Length..]).Take(8), Is.Empty);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void The_validator_finds_what_is_wrong()
    {
        var modules = Environment.GetEnvironmentVariable("SDMXHUB_NODE_MODULES");
        if (string.IsNullOrEmpty(modules) || !Directory.Exists(Path.Combine(modules, "ajv")))
            Assert.Ignore("needs node and npm's ajv: install it, and name its node_modules in SDMXHUB_NODE_MODULES");
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{"$schema": "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json", "meta": {"id": "M", "prepared": "2026-01-01T00:00:00Z", "sender": {"id": "S"}, "colour": 1}, "data": {}}""");

        var complaints = Complaints(modules!, [$"{Facts.At("standards", "schemas", "sdmx-json-2.1", "sdmx-json-structure-schema.json")}\t{path}"]);

        Assert.That(complaints, Has.Some.Contains("colour"), "a member that 2.1 has no word for");
        File.Delete(path);
    }

    static List<string> Complaints(string modules, IEnumerable<string> lines)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Facts.InProject("tests", "Sdmx.Tests", "Json", "ajv.cjs"));
        start.Environment["NODE_PATH"] = modules;
        using var node = Process.Start(start)!;
        foreach (var line in lines)
            node.StandardInput.WriteLine(line);
        node.StandardInput.Close();
        var complaints = node.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        node.WaitForExit();
        Assert.That(node.ExitCode, Is.Zero);
        return [.. complaints];
    }
}

using Sdmx.Formats;
using Sdmx.Tests.Data;
using Sdmx.Tests.Xml;

namespace Sdmx.Tests.Json;

/// <summary>SDMX-JSON 1.0 and its drafts: one structure, a header, references by address, texts without id.</summary>
public sealed class JsonV1Tests
{
    const string Head = """ "id":"M","prepared":"2026-01-01T00:00:00Z","sender":{"id":"S"} """;

    const string Dimensions = """
        "dimensions":{"dataset":[{"id":"FREQ","keyPosition":0,"values":[{"id":"A"}]}],"series":[{"id":"TYPE","keyPosition":1,"values":[{"id":"N"}]},{"id":"AREA","keyPosition":2,"values":[{"id":"X"}]}],
        "observation":[{"id":"TIME_PERIOD","values":[{"id":"2020"},{"id":"2021"}]}]},
        "attributes":{"series":[{"id":"UNIT","values":[{"id":"PT"}]}],"observation":[{"id":"STATUS","values":[{"id":"A"}]},{"id":"NOTE","values":[{"name":"a text"}]}]}
        """;

    const string Datasets = """ "dataSets":[{"action":"Append","series":{"0:0":{"attributes":[0],"observations":{"0":[1.50,0],"1":[2,null,0]}}}}] """;

    static readonly string[] Expected = ["0 att A.N.X UNIT=PT", "0 obs A.N.X 2020 OBS_VALUE=1.50 STATUS=A", "0 obs A.N.X 2021 OBS_VALUE=2 NOTE=a text"];

    [TestCase("urn", "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:NATIONAL(1.5)")]
    [TestCase("href", "https://ws/rest/dataflow/T/NATIONAL/1.5")]
    [TestCase("href", "https://ws/rest/dataflow/T/NATIONAL/1.5/?references=all")]
    public void The_one_structure_is_found_by_its_link(string property, string link)
    {
        var structure = $$"""
            "structure":{"links":[{"rel":"dataflow","{{property}}":"{{link}}"}],{{Dimensions}}}
            """;
        foreach (var message in (string[])[$"{{\"meta\":{{{Head}}},\"data\":{{{Datasets},{structure}}}}}", $"{{\"header\":{{{Head}}},{structure},{Datasets}}}"])
        {
            var context = SmallCube.Context();

            var rows = SmallCube.Read("json-1.0", message, context);

            Assert.That(SmallCube.Codes(context), Is.Empty);
            Assert.That(rows, Is.EqualTo(Expected));
        }
    }

    [TestCase("{\"header\":{\"id\":\"x\"},\"dataSets\":[]}", "json-1.0")]
    [TestCase("{\"meta\":{},\"data\":{\"dataSets\":[],\"structure\" : {}}}", "json-1.0")]
    [TestCase("{\"meta\":{},\"data\":{\"dataSets\":[{\"structure\":0}],\"structures\":[]}}", "json-2.0")]
    [TestCase("{\"meta\":{},\"data\":{\"dataSets\":[{\"structure\":0}]}}", "json-2.0")]
    public void It_is_told_from_2_0(string message, string format)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, message);
        try
        {
            Assert.That(MessageFile.Open(path, SmallCube.Context()).Format?.Id, Is.EqualTo(format));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Every_layout_of_the_official_samples_says_the_same()
    {
        var catalog = EcbCubeTests.CatalogOf(Facts.At("fixtures", "ECB_EXR", "1", "structure-full.xml"));
        var layouts = ((string[])["time-series", "flat", "cross-section"]).Select(name =>
        {
            var context = SmallCube.Context(catalog);
            using var reader = MessageFile.Open(Facts.At("fixtures", "sdmx-json-1.0", "data-message", "samples", "exr", $"exr-{name}.json"), context).OpenData(context)!;
            var rows = SmallCube.Rows(reader).Where(r => r.StartsWith("0 obs", StringComparison.Ordinal));
            var observations = new SortedSet<string>(rows, StringComparer.Ordinal);
            Assert.That(context.Issues.All.Where(i => i.Severity >= Severity.Error).Select(i => i.Message), Is.Empty, name);
            return observations;
        }).ToList();

        Assert.That(layouts[0], Has.Count.EqualTo(4));
        Assert.That(layouts[0].First(), Does.Contain("D.NZD.EUR.SP00.A 2013-01-18 OBS_VALUE=1.5931 OBS_STATUS=A"));
        Assert.That(layouts[1], Is.EqualTo(layouts[0]));
        Assert.That(layouts[2], Is.EqualTo(layouts[0]));
    }
}

using System.Text.Json;
using System.Xml.Linq;

namespace SdmxHub.Tests.Web;

/// <summary>Availability over HTTP: constraints of both interfaces, and what an explorer asks.</summary>
public class AvailabilityEndpointTests
{
    const string V1 = "/sdmx/v1/availableconstraint";
    const string V2 = "/sdmx/v2/availability/dataflow/AGY/DF_ONE";
    const string FreqA = "FREQ=A ";

    RunningHub _hub = null!;

    [OneTimeSetUp]
    public async Task Start()
    {
        _hub = await RunningHub.Start();
        RunningHub.Load(_hub.Store, "DF_ONE", [("A", "3", "I1", 2007, "8"), ("Q", "3", "I1", 2009, "9")], "AGY:PA_ONE");
    }

    [OneTimeTearDown]
    public async Task Stop() => await _hub.DisposeAsync();

    [TestCase(V1 + "/DF_ONE", "FREQ=A,Q REF_AREA=1,3,NA INDICATOR=I1,I2 2000..2009 6/22")]
    [TestCase(V1 + "/DF_ONE/A..I1", FreqA + "REF_AREA=1,3,NA INDICATOR=I1 2000..2007 3/11")]
    [TestCase(V1 + "/DF_ONE/A.3.I1?mode=available", "FREQ=A,Q REF_AREA=1,3,NA INDICATOR=I1 2007..2007 1/1")]
    [TestCase(V1 + "/DF_ONE/A.2.I1?mode=available", "REF_AREA=1,3,NA  0/0")]
    [TestCase(V1 + "/DF_ONE/all/P1", "FREQ=A,Q REF_AREA=3 INDICATOR=I1 2007..2009 2/2")]
    [TestCase(V1 + "/DF_ONE/all/all/REF_AREA", "REF_AREA=1,3,NA  6/22")]
    [TestCase(V1 + "/DF_ONE/all/all/TIME_PERIOD", "2000..2009 6/22")]
    [TestCase(V1 + "/DF_ONE?startPeriod=2003&endPeriod=2007", FreqA + "REF_AREA=1,3,NA INDICATOR=I1,I2 2003..2007 5/9")]
    [TestCase(V1 + "/DF_ONE?startPeriod=2009&mode=available", "FREQ=Q REF_AREA=3 INDICATOR=I1 2000..2009 1/1")]
    [TestCase(V1 + "/DF_ONE?asOf=2", FreqA + "REF_AREA=1,NA INDICATOR=I1,I2 2000..2004 4/20")]
    [TestCase(V2 + "?format=structure-xml-2.1", "FREQ=A,Q REF_AREA=1,3,NA INDICATOR=I1,I2 2000..2009 6/22")]
    [TestCase(V2 + "/*/A.3,Q?format=structure-xml-2.1", "FREQ=A,Q REF_AREA=3 INDICATOR=I1 2007..2009 2/2")]
    [TestCase(V2 + "/*/*/REF_AREA,FREQ?format=structure-xml-2.1", "FREQ=A,Q REF_AREA=1,3,NA  6/22")]
    [TestCase(V2 + "?c[REF_AREA]=3&c[OBS_VALUE]=gt:8&mode=available&format=structure-xml-2.1", "FREQ=Q REF_AREA=3 INDICATOR=I1 2009..2009 1/1")]
    [TestCase("/sdmx/v2/availability/provisionagreement/AGY/PA_ONE?format=structure-xml-2.1", "FREQ=A,Q REF_AREA=3 INDICATOR=I1 2007..2009 2/2")]
    public async Task What_there_is(string path, string expected)
    {
        var (status, body, _) = await _hub.Get(path);

        Assert.That(status, Is.EqualTo(200), body);
        Assert.That(Text(XDocument.Parse(body).Descendants().Single(e => e.Name.LocalName == "ContentConstraint")), Is.EqualTo(expected), body);
    }

    [Test]
    public async Task In_json_the_time_stands_in_the_region()
    {
        var (_, body, response) = await _hub.Get(V2 + "/1.0/A.3");

        var constraint = JsonDocument.Parse(body).RootElement.GetProperty("data").GetProperty("dataConstraints")[0];
        var region = constraint.GetProperty("cubeRegions")[0].GetProperty("keyValues").EnumerateArray().ToDictionary(k => k.GetProperty("id").GetString()!);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/vnd.sdmx.structure+json"));
        Assert.That(constraint.GetProperty("role").GetString(), Is.EqualTo("Actual"));
        Assert.That(constraint.GetProperty("constraintAttachment").GetProperty("dataflows")[0].GetString(), Does.EndWith("Dataflow=AGY:DF_ONE(1.0)"));
        Assert.That(region["TIME_PERIOD"].GetProperty("timeRange").GetProperty("startPeriod").GetProperty("period").GetString(), Is.EqualTo("2007"));
    }

    [TestCase("codelist", "CL_FREQ(A,Q) CL_AREA(1,2,3,NA) CL_IND(I1,I2)")]
    [TestCase("dataflow", "DF_ONE")]
    [TestCase("datastructure", "DSD")]
    [TestCase("conceptscheme", "CS")]
    [TestCase("dataproviderscheme", "DATA_PROVIDERS(P1)")]
    public async Task References_bring_what_is_used_and_its_parents(string type, string expected)
    {
        var (_, body, _) = await _hub.Get($"{V1}/DF_ONE?references={type}");

        var structures = XDocument.Parse(body).Root!.Elements().Single(e => e.Name.LocalName == "Structures").Elements().Where(e => e.Name.LocalName != "Constraints").Elements();
        Assert.That(string.Join(' ', structures.Select(s => (string?)s.Attribute("id") + Items(s)).Order(StringComparer.Ordinal)), Is.EqualTo(string.Join(' ', expected.Split(' ').Order(StringComparer.Ordinal))));
    }

    [Test]
    public async Task All_references_bring_whole_structures_that_can_be_read_back()
    {
        var (status, body, _) = await _hub.Get($"{V2}?references=all&format=structure-xml-2.1");

        var types = XDocument.Parse(body).Root!.Elements().Single(e => e.Name.LocalName == "Structures").Elements().SelectMany(e => e.Elements()).Select(e => e.Name.LocalName).ToHashSet();
        Assert.That((status, types.IsSupersetOf(["ContentConstraint", "Dataflow", "DataStructure", "Codelist", "ConceptScheme", "DataProviderScheme"])), Is.EqualTo((200, true)), body);
        Assert.That(body, Does.Contain("OBS_STATUS"));
    }

    [TestCase(V1 + "/DF_ONE/A.2.I1", 404, "Nothing matches")]
    [TestCase(V1 + "/DF_ONE/A.1", 403, "FREQ.REF_AREA.INDICATOR")]
    [TestCase(V1 + "/DF_ONE/all/all/AREA", 403, "no dimension 'AREA'")]
    [TestCase(V1 + "/DF_ONE/all/all/REF_AREA/x", 400, "at most 4 parts")]
    [TestCase(V1 + "/DF_ONE?mode=some", 400, "exact, available")]
    [TestCase(V1 + "/DF_ONE?references=codelists", 400, "Did you mean codelist?")]
    [TestCase(V1 + "/DF_ONE?detail=full", 400, "'detail'")]
    [TestCase(V2 + "?limit=1", 400, "limit")]
    [TestCase("/sdmx/v2/availability/codelist/AGY/DF_ONE", 400, "context")]
    [TestCase(V2 + "?format=csv", 406, "structure-json-2.0")]
    public async Task A_fault_says_what_is_wrong(string path, int status, string text)
    {
        var (actual, body, _) = await _hub.Get(path);

        Assert.That((actual, body.Contains(text)), Is.EqualTo((status, true)), body);
    }

    [Test]
    public async Task Nothing_found_is_204_in_v2() => Assert.That((await _hub.Get(V2 + "/*/A.2.I1")).Status, Is.EqualTo(204));

    [Test]
    public async Task The_same_question_is_304()
    {
        var (_, _, first) = await _hub.Get(V2);

        Assert.That((await _hub.Get(V2, ("If-None-Match", first.Headers.ETag!.ToString()))).Status, Is.EqualTo(304));
    }

    [Test]
    public async Task An_explorer_gets_every_choice_with_its_counts_and_the_tree_above_it()
    {
        var (status, body, _) = await _hub.Get("/api/explore/dataflow/AGY/DF_ONE/*/A?c[REF_AREA]=NA");

        Assert.That(status, Is.EqualTo(200), body);
        var flow = JsonDocument.Parse(body).RootElement.GetProperty("flows")[0];
        var codes = flow.GetProperty("dimensions").EnumerateArray().Select(d => d.GetProperty("id").GetString() + ": " + string.Join(' ', d.GetProperty("codes").EnumerateArray().Select(Text)));
        Assert.That((flow.GetProperty("series").GetInt32(), flow.GetProperty("observations").GetInt32(), flow.GetProperty("first").GetString(), flow.GetProperty("last").GetString()),
            Is.EqualTo((2, 10, "2000", "2004")));
        Assert.That(codes, Is.EqualTo(new[] { "FREQ: A=2/10", "REF_AREA: 1=2/10 2<1=0/0 3<1=1/1 NA<2=2/10", "INDICATOR: I1=1/5 I2=1/5" }));

        static string Text(JsonElement code) =>
            $"{code.GetProperty("id").GetString()}{(code.TryGetProperty("parent", out var parent) ? "<" + parent.GetString() : "")}={code.GetProperty("series").GetInt32()}/{code.GetProperty("observations").GetInt32()}";
    }

    [TestCase("/api/explore/dataflow/AGY/DF_NO", 404)]
    [TestCase("/api/explore/dataflow/AGY/DF_ONE?x=1", 400)]
    [TestCase("/api/explore/dataflow/AGY/DF_ONE?mode=exact", 400)]
    [TestCase("/api/explore/dataflow/AGY/DF_ONE/*/*/FREQ", 400)]
    [TestCase("/api/explore/dataflow/AGY/DF_ONE/1.0/A.B.C.D", 422)]
    public async Task What_an_explorer_asks_wrongly_is_a_problem(string path, int status)
    {
        var (actual, _, response) = await _hub.Get(path);

        Assert.That((actual, response.Content.Headers.ContentType!.MediaType), Is.EqualTo((status, "application/problem+json")));
    }

    static string Items(XElement structure)
    {
        var items = structure.Elements().Where(e => e.Name.LocalName is "Code" or "DataProvider").Select(e => (string?)e.Attribute("id")).ToList();
        return items.Count == 0 ? "" : $"({string.Join(',', items)})";
    }

    // The region, the time covered by its years, the counts.
    static string Text(XElement constraint)
    {
        var keys = constraint.Descendants().Where(e => e.Name.LocalName == "KeyValue").Select(k => $"{(string?)k.Attribute("id")}={string.Join(',', k.Elements().Select(v => v.Value))} ");
        var period = constraint.Elements().SingleOrDefault(e => e.Name.LocalName == "ReferencePeriod");
        var counts = constraint.Descendants().Where(e => e.Name.LocalName == "AnnotationTitle").Select(t => t.Value);
        return $"{string.Concat(keys)}{((string?)period?.Attribute("startTime"))?[..4]}{(period is null ? "" : "..")}{((string?)period?.Attribute("endTime"))?[..4]} {string.Join('/', counts)}";
    }
}

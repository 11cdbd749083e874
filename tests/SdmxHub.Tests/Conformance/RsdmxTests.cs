using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;
using SdmxHub.Tests.Shipped;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Conformance;

/// <summary>rsdmx, the SDMX client of R, reads structures and data of a running hub: every data frame holds what the hub's own tables and structures say.</summary>
/// <remarks>Needs Rscript and rsdmx (Debian: r-cran-rsdmx); skipped without. What is asked is in <c>rsdmx.R</c>.</remarks>
public partial class RsdmxTests
{
    RunningHub _hub = null!;
    string _frames = "";

    [OneTimeSetUp]
    public async Task Read_with_rsdmx()
    {
        if (!HasRsdmx())
            Assert.Ignore("needs Rscript with rsdmx: apt-get install --no-install-recommends r-base-core r-cran-rsdmx");
        _hub = await RunningHub.Start();
        using (var transaction = _hub.Store.Begin("structures", "test"))
        {
            transaction.Put(ShippedStructures.Catalog.All);
            transaction.Commit();
        }

        using (var report = Load.Run(Samples.UnitedKingdom, _hub.Store, new LoadOptions(), null, CancellationToken.None))
            Assert.That(report.Revision, Is.Not.Null);
        _frames = Directory.CreateTempSubdirectory("sdmxhub-rsdmx-").FullName;
        var (code, said) = Run("Rscript", Facts.InProject("tests", "SdmxHub.Tests", "Conformance", "rsdmx.R"), _hub.Client.BaseAddress!.OriginalString.TrimEnd('/'), _frames);
        Assert.That(code, Is.Zero, said);
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        if (_hub is not null)
            await _hub.DisposeAsync();
        if (_frames.Length > 0)
            Directory.Delete(_frames, recursive: true);
    }

    [Test]
    public void Dataflows_come_once_each_in_their_latest_version()
    {
        var flows = Frame("dataflows").Select(r => $"{r["agencyID"]}:{r["id"]}({r["version"]}) {r["dsdRef"]}");

        Assert.That(flows, Is.EquivalentTo(["AGY:DF_ONE(1.10) DSD", "AGY:DF_TWO(1.0) DSD", "IAEG-SDGs:DF_SDG_GLC(1.16) SDG", "IAEG-SDGs:DF_SDG_GLH(1.16) SDG"]));
    }

    [Test]
    public void A_data_structure_has_its_components_and_codelists()
    {
        var dsd = ShippedStructures.Catalog.OfType<DataStructure>().Last(d => d.Id == "SDG");
        string[] concepts = [.. dsd.Dimensions.Select(d => d.Id), dsd.Time!.Id, .. dsd.Measures.Select(m => m.Id), .. dsd.Attributes.Select(a => a.Id)];

        var components = Frame("components");

        Assert.That(components.Select(c => c["conceptRef"]), Is.EqualTo(concepts));
        Assert.That(components.Select(c => c["codelist"]).Where(c => c.Length > 0), Is.SubsetOf(Frame("lists-of-structure").Select(l => l["id"])));
        Assert.That(components.Single(c => c["conceptRef"] == "REF_AREA")["codelist"], Is.EqualTo("CL_AREA"));
    }

    [TestCase("areas-of-structure")]
    [TestCase("areas")]
    public void A_codelist_has_every_code_with_its_name(string frame)
    {
        var codes = ShippedStructures.Catalog.OfType<Codelist>().Last(c => c.Id == "CL_AREA").Codes.Select(c => $"{c.Id} {c.Name.Texts.First(t => t.Language == "en").Text}");

        Assert.That(Frame(frame).Select(r => $"{r["id"]} {r["name.en"]}"), Is.EqualTo(codes));
    }

    [Test]
    public void Concepts_have_their_names() =>
        Assert.That(Frame("concepts").Select(r => r["id"]), Is.EqualTo(SmallStructures.Catalog.OfType<ConceptScheme>().Single().Concepts.Select(c => c.Id)));

    [TestCase("flow-genericdata", "/data/IAEG-SDGs,DF_SDG_GLC")]
    [TestCase("flow-structurespecificdata", "/data/IAEG-SDGs,DF_SDG_GLC")]
    [TestCase("odd-genericdata", "/data/DF_ONE")]
    [TestCase("odd-structurespecificdata", "/data/DF_ONE")]
    [TestCase("cross", "/data/DF_ONE/A..")]
    [TestCase("series", "/data/DF_SDG_GLC/A.N.EG_ACS_ELEC.826...........?startPeriod=2005&endPeriod=2010")]
    public async Task A_data_frame_has_what_the_table_of_the_hub_has(string frame, string path)
    {
        var (status, table, _) = await _hub.Get("/sdmx/v1" + path, ("Accept", "application/vnd.sdmx.data+csv;version=1.0.0"));

        Assert.That(status, Is.EqualTo(200), table);
        Assert.That(Frame(frame).Select(Observation), Is.EquivalentTo(Rows(table).Select(Observation)).And.Not.Empty);
    }

    [Test]
    public void The_structure_that_a_message_names_gives_the_names_of_codes()
    {
        var named = Frame("series-named");

        Assert.That(named.Select(r => r["REF_AREA_label.en"]).Distinct(), Is.EqualTo(["United Kingdom of Great Britain and Northern Ireland"]));
        Assert.That(named.Select(Observation), Is.EquivalentTo(Frame("series").Select(Observation)));
    }

    [Test]
    public void Nothing_found_is_404() => Assert.That(Frame("nothing").Single()["said"], Does.Contain("404"));

    // rsdmx calls time and value of generic data by names of its own, reads its values as numbers, which R prints to 15 digits; the names of codes stand beside them.
    static string Observation(IReadOnlyDictionary<string, string> row)
    {
        var isCross = row.ContainsKey("TIME_PERIOD") && row.ContainsKey("obsTime");
        return string.Join('|', row
            .Where(c => c.Value.Length > 0 && c.Key != "DATAFLOW" && !c.Key.Contains("_label."))
            .Select(c => (Id: c.Key switch { "obsTime" => isCross ? "REF_AREA" : "TIME_PERIOD", "obsValue" => "OBS_VALUE", _ => c.Key }, c.Value))
            .Select(c => $"{c.Id}={(c.Id == "OBS_VALUE" ? double.Parse(c.Value, CultureInfo.InvariantCulture).ToString("G15", CultureInfo.InvariantCulture) : c.Value)}")
            .Order(StringComparer.Ordinal));
    }

    List<Dictionary<string, string>> Frame(string name) => Rows(File.ReadAllText(Path.Combine(_frames, name + ".csv")));

    static List<Dictionary<string, string>> Rows(string table)
    {
        List<List<string>> lines = [[]];
        foreach (Match cell in Cell().Matches(table.TrimEnd('\r', '\n')))
        {
            lines[^1].Add(cell.Groups["quoted"].Success ? cell.Groups["quoted"].Value.Replace("\"\"", "\"") : cell.Groups["plain"].Value);
            if (cell.Groups["end"].Length == 0)
                break;
            if (cell.Groups["end"].Value != ",")
                lines.Add([]);
        }

        return [.. lines.Skip(1).Select(l => lines[0].Zip(l).ToDictionary(p => p.First, p => p.Second))];
    }

    static bool HasRsdmx()
    {
        try
        {
            return Run("Rscript", "-e", "packageVersion('rsdmx')").Code == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    static (int Code, string Said) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var said = process.StandardError.ReadToEnd() + output.Result;
        process.WaitForExit();
        return (process.ExitCode, said);
    }

    [GeneratedRegex("(\"(?<quoted>([^\"]|\"\")*)\"|(?<plain>[^,\"\\r\\n]*))(?<end>,|\\r?\\n|$)")]
    private static partial Regex Cell();
}

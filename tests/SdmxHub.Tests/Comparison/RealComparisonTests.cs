using Sdmx;
using SdmxHub.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;
using SdmxHub.Tests.RealFiles;
using SdmxHub.Web.Comparison;

namespace SdmxHub.Tests.Comparison;

/// <summary>Real national files against half a million real global figures, by the hub and by plain loops.</summary>
[TestFixture]
public class RealComparisonTests
{
    static readonly Urn National = new(ArtefactType.Dataflow, "IAEG-SDGs", "DF_SDG_GLC", "1.16");

    string _folder = "";
    Store _store = null!;
    PlainComparison _plain = null!;

    [OneTimeSetUp]
    public void LoadEverything()
    {
        _plain = new PlainComparison(Facts.At("sdg", "global", "figures.csv"), Facts.At("sdg", "codelists", "IAEG-SDGs_CL_AREA_1.15.csv"));
        _folder = Directory.CreateTempSubdirectory("sdmxhub").FullName;
        _store = Store.Open($"sqlite:{Path.Combine(_folder, "hub.db")}", TimeProvider.System);
        PutStructures();
        LoadGlobalFigures();
    }

    [OneTimeTearDown]
    public void Close()
    {
        _store?.Dispose();
        if (_folder.Length > 0)
            Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Each case: area, the flow of its national figures, the files. What a rule refuses is named in <see cref="Refused"/> and counts on neither side.</summary>
    [TestCase("646", "NISR-SDGs:DF_NATIONAL", "RW_2026-05_ss21.xml", TestName = "Rwanda")]
    [TestCase("417", "KG_NSC:DF_SDG_KG", "KG", TestName = "Kyrgyzstan")]
    [TestCase("288", "GSS:DF_NATIONAL", "GH", TestName = "Ghana")]
    [TestCase("716", "ZW01:DF_NATIONAL", "ZW_2024-07_ss21.xml", TestName = "Zimbabwe")]
    [TestCase("762", "IAEG-SDGs:DF_SDG_GLC", "TJ_2021-06_ss21_a.xml", TestName = "Tajikistan")]
    [TestCase("826", "IAEG-SDGs:DF_SDG_GLC", "UK", TestName = "United Kingdom")]
    [TestCase("116", "IAEG-SDGs:DF_SDG_GLC", "fcdo/cambodia_all.xml", TestName = "Cambodia")]
    [TestCase("231", "IAEG-SDGs:DF_SDG_GLC", "fcdo/ethiopia_all.xml", TestName = "Ethiopia")]
    [TestCase("508", "IAEG-SDGs:DF_SDG_GLC", "fcdo/mozambique_all.xml", TestName = "Mozambique")]
    public void Totals_by_class_agree_with_plain_loops(string area, string flow, string files)
    {
        var accepted = LoadNational(flow, files);
        using var snapshot = _store.Head();

        var comparison = CountryComparison.Run(snapshot, new ComparisonQuery { Area = area, National = FlowOf(flow) }, out var fault);

        Assert.That(fault, Is.Null);
        var isOwnList = !flow.StartsWith("IAEG", StringComparison.Ordinal) && !flow.StartsWith("KG", StringComparison.Ordinal);
        var expected = _plain.Count(area, accepted, code => isOwnList && code.All(char.IsAsciiDigit));
        TestContext.Out.WriteLine(string.Join(", ", expected.Select(c => $"{c.Key} {c.Value}")));
        Assert.That(comparison!.Totals, Is.EquivalentTo(expected));
    }

    /// <summary>Pairs looked up by hand in the national file and in the global figures.</summary>
    [TestCase("646", "NISR-SDGs:DF_NATIONAL", "RW_2026-05_ss21.xml", "SH_STA_BRTC", "2005", "38.6", "38.6", PairClass.Equal, "0.0")]
    [TestCase("646", "NISR-SDGs:DF_NATIONAL", "RW_2026-05_ss21.xml", "GB_POP_SCIERD", "2008", "10.9", "10.89817", PairClass.EqualAfterRounding, "0.00183")]
    [TestCase("646", "NISR-SDGs:DF_NATIONAL", "RW_2026-05_ss21.xml", "SI_POV_DAY1", "2000", "82.3", "77", PairClass.DiffersExpected, "5.3")]
    [TestCase("646", "NISR-SDGs:DF_NATIONAL", "RW_2026-05_ss21.xml", "EG_ACS_ELEC", "2005", "5.0", "4.8", PairClass.DiffersUnexplained, "0.2")]
    [TestCase("646", "NISR-SDGs:DF_NATIONAL", "RW_2026-05_ss21.xml", "IT_MOB_2GNTWK", "2015", "99.9", "99.98", PairClass.DiffersUnexplained, "-0.08")]
    [TestCase("646", "NISR-SDGs:DF_NATIONAL", "RW_2026-05_ss21.xml", "BX_TRF_PWKR", "2016", "1.9", "2.0354475", PairClass.UnitMismatch, null)]
    [TestCase("417", "KG_NSC:DF_SDG_KG", "KG", "SI_POV_NAHC", "2007", "35", "35", PairClass.Equal, "0")]
    [TestCase("417", "KG_NSC:DF_SDG_KG", "KG", "SL_EMP_INJUR", "2007", "27.716013", "28", PairClass.UnitMismatch, null)]
    [TestCase("116", "IAEG-SDGs:DF_SDG_GLC", "fcdo/cambodia_all.xml", "DC_TRF_TOTL", "2015", "1425", "1143.775", PairClass.DiffersUnexplained, "281225000", Description = "both in millions")]
    [TestCase("716", "ZW01:DF_NATIONAL", "ZW_2024-07_ss21.xml", "SP_DYN_ADKL", "2017", "77.6", "77.6", PairClass.UnitMismatch, null, Description = "per cent against per thousand")]
    public void Pairs_checked_by_hand_are_classed_so(string area, string flow, string files, string series, string period, string national, string global, PairClass expected, string? difference)
    {
        LoadNational(flow, files);
        using var snapshot = _store.Head();

        var comparison = CountryComparison.Run(snapshot, new ComparisonQuery { Area = area, National = FlowOf(flow), Series = [series] }, out _)!;

        var pairs = comparison.Pairs.Where(p => p.Period.ToString() == period && p.National?.Value == national && p.Global?.Value == global);
        Assert.That(pairs.Select(p => (p.Class, p.Difference?.ToString())), Is.EqualTo(((PairClass, string?)[])[(expected, difference)]));
    }

    [Test]
    public void Kigali_never_meets_the_world()
    {
        LoadNational("NISR-SDGs:DF_NATIONAL", "RW_2026-05_ss21.xml");
        using var snapshot = _store.Head();

        var world = CountryComparison.Run(snapshot, new ComparisonQuery { Area = "1", National = FlowOf("NISR-SDGs:DF_NATIONAL") }, out _)!;

        Assert.That(world.Pairs.Where(p => p.National is not null), Is.Empty);
        Assert.That(world.Totals[PairClass.GlobalOnly], Is.GreaterThan(0));
    }

    [TestCase("999999", "not in IAEG-SDGs:CL_AREA")]
    [TestCase("gb", "did you mean 'GB'")]
    [TestCase("Rwanda", "did you mean '646'")]
    public void An_unknown_area_is_named_with_the_nearest(string area, string expected)
    {
        using var snapshot = _store.Head();

        CountryComparison.Run(snapshot, new ComparisonQuery { Area = area }, out var fault);

        Assert.That(fault, Does.Contain(expected));
    }

    [Test]
    public void An_unknown_series_is_named_with_the_nearest()
    {
        using var snapshot = _store.Head();

        CountryComparison.Run(snapshot, new ComparisonQuery { Area = "826", Series = ["SI_POV_DAY2"] }, out var fault);

        Assert.That(fault, Does.Contain("did you mean 'SI_POV_DAY1'"));
    }

    void PutStructures()
    {
        using var transaction = _store.Begin("structures", "test");
        transaction.Put(NationalFiles.Structures());
        transaction.Commit();
    }

    void LoadGlobalFigures()
    {
        var path = Path.Combine(_folder, "figures.csv");
        File.WriteAllLines(path, File.ReadLines(Facts.At("sdg", "global", "figures.csv"))
            .Select((line, i) => (i == 0 ? "DATAFLOW," : "IAEG-SDGs:DF_SDG_GLH(1.16),") + line));
        using var report = Load.Run(path, _store, new LoadOptions(), null, CancellationToken.None);
        Assert.That((report.Observations, report.Issues.HasErrors), Is.EqualTo((499_872L, false)), string.Join('\n', report.Issues.All.Take(5).Select(i => i.Message)));
    }

    List<string> LoadNational(string flow, string files)
    {
        var accepted = new List<string>();
        foreach (var file in NationalFiles.Under(files).Select(f => NationalFiles.Mended(f, _folder)))
        {
            using var report = Load.Run(file, _store, new LoadOptions { Dataflow = FlowOf(flow) }, null, CancellationToken.None);
            if (report.Revision is not null)
                accepted.Add(file);
            else
                TestContext.Out.WriteLine($"refused: {Path.GetFileName(file)}: {string.Join("; ", report.Issues.ByCode.Select(c => $"{c.Key} {c.Value}"))}");
        }

        Assert.That(accepted, Is.Not.Empty, $"nothing of {files} was accepted");
        return accepted;
    }

    Urn FlowOf(string name)
    {
        using var snapshot = _store.Head();
        Urn.TrySplit(name, out var agency, out var id, out _, out _);
        return snapshot.Catalog.Versions(ArtefactType.Dataflow, agency, id)[^1].Urn;
    }
}

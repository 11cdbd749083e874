using System.Xml;
using SharedFacts;

namespace Sdmx.Tests.Validation;

/// <summary>What real files of statistical offices come to; counted again by plain loops.</summary>
public sealed class RealFilesTests
{
    const string Rwanda = "RW_2026-05_ss21.xml";
    const string Global = "IAEG-SDGs_SDG_1.5_2021-07.xml";

    // SH_SAN_HNDWSH is not in NISR-SDGs:CL_SERIES(1.3), and SP_LGL_LNDDOC stands there twice with one key and two units: two slips of the file.
    // Totals are missing by level of education, where the level is what is measured (schools with water), and here and there by sex, age and place.
    // The percentages outside 0 to 100 are rates of growth, balances and ratios, and PA_NUS_ATLS, an exchange rate that is said to be one.
    [Test]
    public void Rwanda_has_two_slips_against_its_national_structure()
    {
        using var result = Run(Rwanda, "NISR-SDGs_SDG_1.3_2026-04.xml");

        var causes = result.Issues.Causes.Where(c => c.Severity > Severity.Information && c.Code != IssueCode.MissingTotal).ToList();
        Assert.That(causes.Select(c => c.Summary), Is.EqualTo(["SERIES: 1 unknown code in 4 observations", "UNIT_MEASURE: conflicting attribute in 1 place", "OBS_VALUE: outside percent range in 12 observations", "OBS_VALUE: outlying value in 3 observations"]));
        Assert.That(causes[..2].Select(c => c.Values.Single().Value), Is.EqualTo(["SH_SAN_HNDWSH", "PT"]));
        Assert.That(result.Issues.Count(IssueCode.MissingTotal), Is.EqualTo(22));
        Assert.That((result.Observations, result.Series), Is.EqualTo(Count(Rwanda)));
    }

    [TestCase("KZ/9-1-2.xml", 208)]
    [TestCase("UK/9-5-2.xml", 5)]
    public void Conflicting_repeats_are_found_one_by_one(string file, int conflicts)
    {
        using var result = Run(file, Global);

        Assert.That(result.Issues.Count(IssueCode.ConflictingObservation), Is.EqualTo(conflicts));
        Assert.That(result.Issues.Count(IssueCode.RepeatedObservation), Is.Zero);
        Assert.That((result.Observations, result.Series), Is.EqualTo(Count(file)));
    }

    [Test]
    public void Kazakhstans_observations_lack_two_mandatory_attributes_each()
    {
        using var result = Run("KZ/9-1-2.xml", Global);

        Assert.That(result.Issues.Count(IssueCode.MissingAttribute), Is.EqualTo(2 * result.Observations));
    }

    [Test]
    public void Spilling_changes_no_finding()
    {
        using var kept = Run("KZ/9-1-2.xml", Global);
        using var spilled = Run("KZ/9-1-2.xml", Global, memory: 1);

        Assert.That(spilled.Issues.All, Is.EqualTo(kept.Issues.All));
    }

    static Validated Run(string file, string structures, long memory = long.MaxValue)
    {
        var path = Facts.At("sdg", "data", file);
        using var message = File.OpenRead(path);
        return Validation.Run(Validation.Structures(Facts.At("sdg", "dsd", structures)), message, file, memory: memory);
    }

    // Not by the hub's reader: elements and their attributes as they stand.
    static (long Observations, long Series) Count(string file)
    {
        var keys = new HashSet<string>();
        long observations = 0;
        using var xml = XmlReader.Create(Facts.At("sdg", "data", file));
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Obs")
                observations++;
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "Series")
                keys.Add(string.Join('.', Dimensions.Select(d => xml.GetAttribute(d))));
        }

        return (observations, keys.Count);
    }

    static readonly string[] Dimensions =
    [
        "FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION",
        "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT",
    ];
}

using Sdmx;

namespace SdmxHub.Tests.Shipped;

public class ShippedStructuresTests
{
    static readonly string[] Versions = ["1.5", "1.16"];

    [Test]
    public void Every_message_is_read_without_a_finding()
    {
        Assert.That(ShippedStructures.Files, Is.GreaterThan(30));
        Assert.That(ShippedStructures.Issues.Where(i => i.Severity >= Severity.Warning), Is.Empty);
    }

    [Test]
    public void Every_reference_leads_to_something_shipped()
    {
        var open = ShippedStructures.Catalog.All.SelectMany(a => a.References, (a, to) => (a.Urn, To: to))
            .Where(r => ShippedStructures.Catalog.Find(r.To) is null);

        Assert.That(open, Is.Empty);
    }

    [Test]
    public void Every_concept_of_a_structure_is_shipped()
    {
        var concepts = ShippedStructures.Catalog.OfType<DataStructure>().SelectMany(d => d.Components)
            .Concat(ShippedStructures.Catalog.OfType<MetadataStructure>().SelectMany(m => m.AllAttributes)).Select(c => c.ConceptIdentity);

        Assert.That(concepts.Where(c => ShippedStructures.Catalog.Concept(c) is null), Is.Empty);
    }

    [Test]
    public void Both_flows_have_a_whole_schema([ValueSource(nameof(Versions))] string version, [Values("DF_SDG_GLC", "DF_SDG_GLH")] string id)
    {
        var flow = ShippedStructures.Flow(id, version);

        Assert.That(ShippedStructures.Catalog.Missing(flow), Is.Empty);
        Assert.That(ShippedStructures.Catalog.Schema(flow)!.Constraints, Has.Count.EqualTo(id == "DF_SDG_GLC" ? 1 : 2));
    }

    [Test]
    public void The_components_are_those_of_the_global_structure([ValueSource(nameof(Versions))] string version)
    {
        var schema = ShippedStructures.Catalog.Schema(ShippedStructures.Flow("DF_SDG_GLC", version))!;

        Assert.That(schema.Components.Select(c => c.Id), Is.EqualTo((string[])
        [
            "FREQ", "REPORTING_TYPE", "SERIES", "REF_AREA", "SEX", "AGE", "URBANISATION", "INCOME_WEALTH_QUANTILE", "EDUCATION_LEV", "OCCUPATION",
            "CUST_BREAKDOWN", "COMPOSITE_BREAKDOWN", "DISABILITY_STATUS", "ACTIVITY", "PRODUCT", "TIME_PERIOD", "OBS_VALUE",
            "OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE", "BASE_PER", "NATURE", "TIME_DETAIL", "COMMENT_OBS", "TIME_COVERAGE", "UPPER_BOUND",
            "LOWER_BOUND", "SOURCE_DETAIL", "COMMENT_TS", "GEO_INFO_URL", "GEO_INFO_TYPE", "CUST_BREAKDOWN_LB", "DATA_LAST_UPDATE",
        ]));
        Assert.That(schema.Values.Where(v => v.Level == AttachmentLevel.Series).Select(v => v.Id), Is.EqualTo((string[])
            ["UNIT_MEASURE", "COMMENT_TS", "GEO_INFO_URL", "GEO_INFO_TYPE", "CUST_BREAKDOWN_LB", "DATA_LAST_UPDATE"]));
        Assert.That(schema.Values.Where(v => v.IsMandatory).Select(v => v.Id), Is.EqualTo((string[])["OBS_STATUS", "UNIT_MULT", "UNIT_MEASURE"]));
    }

    [Test]
    public void Parents_of_codes_and_concepts_are_in_the_same_list()
    {
        var lists = ShippedStructures.Catalog.OfType<Codelist>().Select(l => (l.Urn, l.Codes.Select(c => (c.Id, c.Parent))))
            .Concat(ShippedStructures.Catalog.OfType<ConceptScheme>().Select(s => (s.Urn, s.Concepts.Select(c => (c.Id, c.Parent)))));

        foreach (var (urn, items) in lists)
        {
            var ids = items.Select(i => i.Id).ToList();
            Assert.That(ids, Is.Unique, urn.ToString());
            Assert.That(items.Select(i => i.Parent).OfType<string>().Distinct(), Is.SubsetOf(ids), urn.ToString());
        }
    }

    [Test]
    public void Areas_have_parents_and_series_their_indicators()
    {
        var areas = ShippedStructures.Codelist("IAEG-SDGs", "CL_AREA", "1.15").Codes;
        var poverty = ShippedStructures.Codelist("IAEG-SDGs", "CL_SERIES", "1.16").Codes.Single(c => c.Id == "SI_POV_DAY1");

        Assert.That(areas.Single(a => a.Id == "4").Parent, Is.EqualTo("34"));
        Assert.That(Note("Indicator").ToString(), Is.EqualTo("1.1.1"));
        Assert.That(Note("IndicatorCode").ToString(), Is.EqualTo("C010101"));
        Assert.That(Note("IndicatorTitle").Texts.Select(t => t.Language), Is.EqualTo((string[])["en", "fr", "es", "ru", "ar", "zh"]));

        InternationalString Note(string type) => poverty.Annotations.Single(a => a.Type == type).Text;
    }

    [Test]
    public void Names_come_in_the_languages_the_facts_have()
    {
        Assert.That(ShippedStructures.Codelist("IAEG-SDGs", "CL_SEX", "1.1").Codes.Single(c => c.Id == "F").Name.In("ru"), Is.EqualTo("Женщины"));
        Assert.That(ShippedStructures.Codelist("IAEG-SDGs", "CL_EDUCATION_LEV", "1.10").Codes.Single(c => c.Id == "ISCED11_0").Name.Texts.Select(t => t.Language),
            Is.EqualTo((string[])["en", "fr", "es", "ru"]).Or.EqualTo((string[])["en", "es", "fr", "ru"]));
        Assert.That(ShippedStructures.Catalog.OfType<Codelist>().SelectMany(l => l.Codes).Where(c => c.Name.In("en") is null), Is.Empty);
    }

    [Test]
    public void The_metadata_structures_have_their_attributes([Values("0.3", "1.0")] string version)
    {
        ShippedStructures.Catalog.TryFind<MetadataStructure>(new Urn(ArtefactType.MetadataStructure, "IAEG-SDGs", "SDG_MSD", version), out var msd);

        Assert.That(msd!.AllAttributes.ToList(), Has.Count.EqualTo(version == "0.3" ? 43 : 44));
        Assert.That(msd.AllAttributes.Where(a => a.MinOccurs != 0 || a.MaxOccurs != 1 || a.Attributes.Count > 0), Is.Empty);
        Assert.That(ShippedStructures.Catalog.Concept(msd.AllAttributes.Single(a => a.Id == "CONTACT_EMAIL").ConceptIdentity)!.Parent, Is.EqualTo("CONTACT"));
    }
}

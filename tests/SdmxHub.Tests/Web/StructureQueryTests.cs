using Sdmx;
using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

/// <summary>From URL to artefacts, for both interfaces; no server, no store.</summary>
public class StructureQueryTests
{
    const string Lists = "CL_AREA CL_FREQ CL_IND CL_STATUS";

    [TestCase("codelist", "CL_AREA CL_FREQ CL_IND CL_STATUS CL_UNUSED")]
    [TestCase("codelist/AGY", "CL_AREA CL_FREQ CL_IND CL_STATUS CL_UNUSED")]
    [TestCase("codelist/AGY/CL_FREQ", "CL_FREQ")]
    [TestCase("codelist/AGY/CL_FREQ/", "CL_FREQ")]
    [TestCase("codelist/all/all/", "CL_AREA CL_FREQ CL_IND CL_STATUS CL_UNUSED")]
    [TestCase("codelist/OTHER+AGY/CL_FREQ+CL_AREA/latest", "CL_AREA CL_FREQ")]
    [TestCase("codelist/AGY/CL_FREQ/7.0", "")]
    [TestCase("dataflow/AGY/DF_ONE", "DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/all", "DF_ONE(1.0) DF_ONE(1.9) DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/1.0+1.9", "DF_ONE(1.0) DF_ONE(1.9)")]
    [TestCase("dataflow/all/all/latest", "DF_ONE(1.10) DF_TWO")]
    [TestCase("organisationscheme", "AGENCIES DATA_PROVIDERS")]
    [TestCase("agencyscheme/all/all/all", "AGENCIES")]
    [TestCase("contentconstraint", "CN_ACTUAL CN_ONE")]
    [TestCase("actualconstraint", "CN_ACTUAL")]
    [TestCase("allowedconstraint", "CN_ONE")]
    [TestCase("attachmentconstraint", "")]
    [TestCase("hierarchicalcodelist", "")]
    [TestCase("structure/OTHER", "TOPICS CAT_ONE")]
    [TestCase("dataflow/HUB/all/latest", "")]
    public void V1_matches(string path, string artefacts) => Assert.That(Run(ApiVersion.V1, path), Is.EqualTo(artefacts));

    [TestCase("codelist/AGY/CL_FREQ/1.0", "CL_FREQ")]
    [TestCase("codelist/AGY/CL_FREQ,CL_AREA", "CL_AREA CL_FREQ")]
    [TestCase("dataflow/AGY/DF_ONE", "DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/*", "DF_ONE(1.0) DF_ONE(1.9) DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/~", "DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/+", "")]
    [TestCase("dataflow/AGY/DF_ONE/1.0,1.9", "DF_ONE(1.0) DF_ONE(1.9)")]
    [TestCase("dataconstraint/AGY", "CN_ACTUAL CN_ONE")]
    [TestCase("*/OTHER/*/*", "TOPICS CAT_ONE")]
    [TestCase("all/OTHER", "TOPICS CAT_ONE")]
    [TestCase("hierarchy", "")]
    [TestCase("valuelist/*/*/*", "")]
    public void V2_matches(string path, string artefacts) => Assert.That(Run(ApiVersion.V2, path), Is.EqualTo(artefacts));

    [TestCase("none", "DSD")]
    // FREQ takes its list from its concept, so CL_FREQ is a grandchild.
    [TestCase("children", "CL_AREA CL_IND CL_STATUS CS DSD")]
    [TestCase("descendants", $"{Lists} CS DSD")]
    [TestCase("parents", "DSD DF_ONE(1.0) DF_ONE(1.9) DF_ONE(1.10) DF_TWO")]
    [TestCase("parentsandsiblings", "DSD DF_ONE(1.0) DF_ONE(1.9) DF_ONE(1.10) DF_TWO")]
    [TestCase("all", $"{Lists} CS DSD DF_ONE(1.0) DF_ONE(1.9) DF_ONE(1.10) DF_TWO")]
    [TestCase("codelist", $"{Lists} DSD")]
    [TestCase("dataflow", "DSD DF_ONE(1.0) DF_ONE(1.9) DF_ONE(1.10) DF_TWO")]
    public void V1_references_of_a_structure(string references, string artefacts) =>
        Assert.That(Run(ApiVersion.V1, $"datastructure/AGY/DSD?references={references}"), Is.EqualTo(artefacts));

    [TestCase("children", "DSD DF_ONE(1.0)")]
    [TestCase("descendants", $"{Lists} CS DSD DF_ONE(1.0)")]
    [TestCase("parents", "DF_ONE(1.0) CN_ACTUAL CN_ONE PA_ONE CAT_ONE")]
    [TestCase("parentsandsiblings", "DATA_PROVIDERS DF_ONE(1.0) CN_ACTUAL CN_ONE PA_ONE TOPICS CAT_ONE")]
    [TestCase("all", $"DATA_PROVIDERS {Lists} CS DSD DF_ONE(1.0) CN_ACTUAL CN_ONE PA_ONE TOPICS CAT_ONE")]
    [TestCase("provisionagreement", "DF_ONE(1.0) PA_ONE")]
    public void V1_references_of_a_flow(string references, string artefacts) =>
        Assert.That(Run(ApiVersion.V1, $"dataflow/AGY/DF_ONE/1.0?references={references}"), Is.EqualTo(artefacts));

    // In v2 every artefact refers to the scheme of its agency.
    [TestCase("children", "AGENCIES DSD DF_ONE(1.0)")]
    [TestCase("descendants", $"AGENCIES {Lists} CS DSD DF_ONE(1.0)")]
    [TestCase("parents", "DF_ONE(1.0) CN_ACTUAL CN_ONE PA_ONE CAT_ONE")]
    [TestCase("ancestors", "DF_ONE(1.0) CN_ACTUAL CN_ONE PA_ONE CAT_ONE")]
    [TestCase("codelist,conceptscheme", $"{Lists} CS DF_ONE(1.0)")]
    [TestCase("dataconstraint,none", "DF_ONE(1.0) CN_ACTUAL CN_ONE")]
    public void V2_references_of_a_flow(string references, string artefacts) =>
        Assert.That(Run(ApiVersion.V2, $"dataflow/AGY/DF_ONE/1.0?references={references}"), Is.EqualTo(artefacts));

    [Test]
    public void Ancestors_are_transitive_and_parents_are_not()
    {
        var parents = Run(ApiVersion.V2, "codelist/AGY/CL_AREA?references=parents");
        var ancestors = Run(ApiVersion.V2, "codelist/AGY/CL_AREA?references=ancestors");

        Assert.That((parents, ancestors), Is.EqualTo(("CL_AREA DSD", "CL_AREA DSD DF_ONE(1.0) DF_ONE(1.9) DF_ONE(1.10) DF_TWO CN_ACTUAL CN_ONE PA_ONE CAT_ONE")));
    }

    [TestCase(ApiVersion.V1, "codelist/AGY/CL_FREQ/1.0/A+M", "A M")]
    [TestCase(ApiVersion.V2, "codelist/AGY/CL_FREQ/1.0/M,A", "A M")]
    [TestCase(ApiVersion.V2, "codelist/AGY/CL_AREA/1.0/2", "2")]
    public void An_item_query_cuts_the_list(ApiVersion api, string path, string codes)
    {
        var list = (Codelist)Artefacts(api, path).Single();

        Assert.That((string.Join(' ', list.Codes.Select(c => c.Id)), list.IsPartial), Is.EqualTo((codes, true)));
    }

    [Test]
    public void A_nested_item_brings_its_ancestors_and_not_its_children()
    {
        var scheme = (CategoryScheme)Artefacts(ApiVersion.V2, "categoryscheme/OTHER/TOPICS/1.0/ECO.TRADE").Single();

        var category = scheme.Categories.Single();
        Assert.That((category.Id, category.Categories.Single().Id, category.Categories[0].Categories.Count, scheme.IsPartial), Is.EqualTo(("ECO", "TRADE", 0, true)));
    }

    [Test]
    public void An_unknown_item_matches_nothing() => Assert.That(Run(ApiVersion.V1, "codelist/AGY/CL_FREQ/1.0/NO"), Is.Empty);

    [Test]
    public void Stubs_keep_names_and_nothing_else()
    {
        var list = (Codelist)Artefacts(ApiVersion.V1, "codelist/AGY/CL_IND?detail=allstubs").Single();

        Assert.That((list.Name.ToString(), list.Codes.Count, list.Description.IsEmpty, list.Annotations.Count, list.IsExternalReference), Is.EqualTo(("CL_IND", 0, true, 0, true)));
    }

    [Test]
    public void Complete_stubs_keep_descriptions_and_annotations()
    {
        var list = (Codelist)Artefacts(ApiVersion.V1, "codelist/AGY/CL_IND?detail=allcompletestubs").Single();

        Assert.That((list.Codes.Count, list.Description.IsEmpty, list.Annotations.Count), Is.EqualTo((0, false, 1)));
    }

    [Test]
    public void Reference_stubs_leave_the_match_whole()
    {
        var all = Artefacts(ApiVersion.V1, "datastructure/AGY/DSD?references=children&detail=referencestubs");

        Assert.That((all.OfType<DataStructure>().Single().Dimensions.Count, all.OfType<Codelist>().Sum(c => c.Codes.Count)), Is.EqualTo((3, 0)));
    }

    [Test]
    public void Partial_references_hold_only_what_the_answer_uses()
    {
        var all = Artefacts(ApiVersion.V1, "dataflow/AGY/DF_ONE/1.0?references=all&detail=referencepartial");

        var concepts = all.OfType<ConceptScheme>().Single();
        var areas = all.OfType<Codelist>().Single(c => c.Id == "CL_AREA");
        var providers = all.OfType<OrganisationScheme>().Single();
        Assert.That((concepts.Concepts.Any(c => c.Id == "NEVER_USED"), concepts.IsPartial), Is.EqualTo((false, true)));
        Assert.That((string.Join(' ', areas.Codes.Select(c => c.Id)), areas.IsPartial), Is.EqualTo(("1 2 NA", true)), "allowed codes and their parents");
        Assert.That((string.Join(' ', providers.Organisations.Select(o => o.Id)), providers.IsPartial), Is.EqualTo(("P1", true)));
        Assert.That(all.OfType<Codelist>().Single(c => c.Id == "CL_IND").IsPartial, Is.False, "unconstrained");
    }

    [TestCase(ApiVersion.V1, "codelist/AGY/CL_FREQ/~", "version")]
    [TestCase(ApiVersion.V1, "codelist/AGY/CL_FREQ?references=ancestors", "references=ancestors")]
    [TestCase(ApiVersion.V1, "codelist/AGY/CL_FREQ?references=children,parents", "references=")]
    [TestCase(ApiVersion.V1, "codelist/AGY/CL_FREQ?detail=raw", "detail=raw")]
    [TestCase(ApiVersion.V1, "dataflow/AGY/DF_ONE/1.0/X", "schemes of items")]
    [TestCase(ApiVersion.V2, "contentconstraint", "no type of artefact")]
    [TestCase(ApiVersion.V2, "codelists", "Did you mean codelist?")]
    [TestCase(ApiVersion.V2, "codelist/AGY/CL_FREQ/latest", "version 'latest'")]
    [TestCase(ApiVersion.V2, "codelist/AGY/CL_FREQ/~.0.*", "version")]
    [TestCase(ApiVersion.V2, "codelist/AGY/CL_FREQ/1.0/A/B", "at most five")]
    [TestCase(ApiVersion.V2, "codelist?reference=all", "Did you mean references?")]
    [TestCase(ApiVersion.V2, "codelist/AG Y", "no identifier")]
    public void A_malformed_query_is_400(ApiVersion api, string path, string message)
    {
        var isRead = StructureQuery.TryParse(RequestTarget.Parse("/" + path), api, out _, out var error);

        Assert.That((isRead, error?.Status(api)), Is.EqualTo((false, 400)));
        Assert.That(error!.Message, Does.Contain(message));
    }

    [Test]
    public void What_is_not_held_is_told_with_what_is_near()
    {
        StructureQuery.TryParse(RequestTarget.Parse("/codelist/AGY/CL_FREK"), ApiVersion.V1, out var query, out _);

        var error = query!.NotHeld(SmallStructures.Catalog);

        Assert.That((error.Status(ApiVersion.V1), error.Status(ApiVersion.V2), error.Message), Is.EqualTo((404, 204, "No codelist AGY:CL_FREK(~) is held. Did you mean CL_FREQ?")));
    }

    [TestCase("codelist/T/EXT", "OWN A B", "EXT")]
    [TestCase("codelist/T/EXT?detail=raw", "OWN", "EXT")]
    [TestCase("codelist/T/EXT?references=children", "OWN A B", "EXT")]
    [TestCase("codelist/T/EXT?references=children&detail=raw", "OWN", "BASE EXT")]
    [TestCase("codelist/T/EXT/1.0/B", "B", "EXT")]
    [TestCase("codelist/T/EXT?detail=allstubs", "", "EXT")]
    public void A_list_has_the_codes_that_it_inherits_but_where_it_is_asked_for_raw(string path, string codes, string artefacts)
    {
        var inherited = new Codelist { Agency = "T", Id = "BASE", Codes = [new() { Id = "A" }, new() { Id = "B" }] };
        var list = new Codelist { Agency = "T", Id = "EXT", Codes = [new() { Id = "OWN" }], Extensions = [new(inherited.Urn)] };

        var answer = Artefacts(ApiVersion.V2, path, StructureCatalog.Empty.With([inherited, list]));

        var shown = answer.OfType<Codelist>().Single(l => l.Id == "EXT");
        Assert.That(string.Join(' ', answer.Select(a => a.Id)), Is.EqualTo(artefacts));
        Assert.That(string.Join(' ', shown.Codes.Select(c => c.Id)), Is.EqualTo(codes));
        Assert.That(shown.Extensions.IsEmpty, Is.EqualTo(!path.Contains("raw", StringComparison.Ordinal)));
    }

    [TestCase("valuelist", ArtefactType.ValueList)]
    [TestCase("hierarchy", ArtefactType.Hierarchy)]
    [TestCase("hierarchyassociation", ArtefactType.HierarchyAssociation)]
    [TestCase("metadataproviderscheme", ArtefactType.MetadataProviderScheme)]
    [TestCase("metadataprovisionagreement", ArtefactType.MetadataProvisionAgreement)]
    public void Types_of_3_0_are_given_by_v2_alone(string resource, ArtefactType type)
    {
        var catalog = StructureCatalog.Empty.With(
        [
            new ValueList { Agency = "T", Id = "A" }, new Hierarchy { Agency = "T", Id = "A" }, new HierarchyAssociation { Agency = "T", Id = "A" },
            new OrganisationScheme(ArtefactType.MetadataProviderScheme) { Agency = "T", Id = "A" }, new MetadataProvisionAgreement { Agency = "T", Id = "A" },
        ]);

        Assert.That(Artefacts(ApiVersion.V2, resource, catalog).Select(a => a.Type), Is.EqualTo((ArtefactType[])[type]));
        Assert.That(Artefacts(ApiVersion.V1, resource, catalog), Is.Empty);
        Assert.That(Artefacts(ApiVersion.V2, resource + "?detail=allstubs", catalog).Single().IsExternalReference, Is.True);
    }

    static IReadOnlyList<Artefact> Artefacts(ApiVersion api, string path, StructureCatalog? catalog = null)
    {
        StructureQuery.TryParse(RequestTarget.Parse("/" + path), api, out var query, out var error);
        Assert.That(error, Is.Null);
        return query!.Run(catalog ?? SmallStructures.Catalog);
    }

    static string Run(ApiVersion api, string path) =>
        string.Join(' ', Artefacts(api, path).Select(a => a.Id == "DF_ONE" ? $"{a.Id}({a.Version})" : a.Id));
}

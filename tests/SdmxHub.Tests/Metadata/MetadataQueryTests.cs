using Sdmx;
using SdmxHub.Tests.Storage;
using SdmxHub.Web;
using static SdmxHub.Tests.Metadata.Reports;

namespace SdmxHub.Tests.Metadata;

/// <summary>Queries for metadata: what they select, what they tell of it, what is wrong with them.</summary>
public class MetadataQueryTests
{
    static readonly StructureCatalog Catalog = Held();

    [TestCase("metadataset", 4)]
    [TestCase("metadataset/T", 4)]
    [TestCase("metadataset/T/SET", 1)]
    [TestCase("metadataset/T/SET/*", 2)]
    [TestCase("metadataset/T/SET/1.0", 1)]
    [TestCase("metadataset/T/SET,OTHER", 2)]
    [TestCase("metadataset/X", 0)]
    [TestCase("metadataflow", 2)]
    [TestCase("metadataflow/T/MDF/1.0", 2)]
    [TestCase("metadataflow/T/MDF/~/T", 2)]
    [TestCase("metadataflow/T/MDF/~/U,V", 0)]
    [TestCase("metadataflow/T/MDF/2.0", 0)]
    [TestCase("structure/dataflow/T/FLOW", 4)]
    [TestCase("structure/dataflow/T/FLOW/1.0", 4)]
    [TestCase("structure/dataflow/T/ELSE", 1)]
    [TestCase("structure/*", 4)]
    [TestCase("structure/codelist", 0)]
    public void A_query_selects(string path, int count)
    {
        Assert.That(MetadataQuery.TryParse(RequestTarget.Parse("/" + path), ApiVersion.V2, out var query, out var error), Is.True, error?.Message);

        var sets = query!.Run(Catalog);

        Assert.That(sets, Has.Count.EqualTo(count));
        Assert.That(sets.Select(s => s.Urn), Is.Unique);
    }

    [TestCase("all", 4)]
    [TestCase("MSD", 2)]
    [TestCase("T,MDF", 2)]
    [TestCase("T,MDF,latest/all/T", 2)]
    [TestCase("T,MDF,1.0/all/V+U,T", 0)]
    [TestCase("T,MSD+MDF,all", 4)]
    public void A_query_of_v1_selects_by_flow_or_structure(string path, int count)
    {
        Assert.That(MetadataQuery.TryParse(RequestTarget.Parse("/" + path), ApiVersion.V1, out var query, out var error), Is.True, error?.Message);

        Assert.That(query!.Run(Catalog), Has.Count.EqualTo(count));
    }

    [TestCase("", "names no metadata flow")]
    [TestCase("T,MDF/A.B", "not chosen by key yet")]
    [TestCase("T,MDF,1,2", "expected all, ID")]
    [TestCase("T,MDF/all/all/x", "at most three parts")]
    [TestCase("T,MDF,x", "The version 'x' is none")]
    public void A_wrong_query_of_v1_says_what_is_wrong(string path, string why)
    {
        Assert.That(MetadataQuery.TryParse(RequestTarget.Parse("/" + path), ApiVersion.V1, out _, out var error), Is.False);
        Assert.That(error!.Message, Does.Contain(why));
    }

    [Test]
    public void Stubs_are_names_of_sets_of_either_generation_in_one_message()
    {
        MetadataQuery.TryParse(RequestTarget.Parse("/structure/dataflow/T/FLOW?detail=allstubs"), ApiVersion.V2, out var query, out _);

        var stubs = query!.Run(Catalog);
        var isCarried = MetadataQuery.TryChoose(stubs, ApiVersion.V2, RequestTarget.Parse("/"), null, null, out var chosen, out _);

        Assert.That((stubs.Count, stubs.All(s => s is { IsExternalReference: true, Name.IsEmpty: false, Structure: not null, Reports.IsEmpty: true })), Is.EqualTo((4, true)));
        Assert.That((isCarried, chosen?.Format.Id), Is.EqualTo((true, "metadata-xml-3.0")));
    }

    [TestCase("nothing/T", "metadataset")]
    [TestCase("metadatasets/T", "did you mean metadataset")]
    [TestCase("metadataset/T/SET/1.0/T", "ends with the version")]
    [TestCase("structure/metadataset", "no type of artefact")]
    [TestCase("structure/datafow/T", "did you mean dataflow")]
    [TestCase("metadataset/T/SET/1..0", "The version '1..0' is none")]
    [TestCase("metadataset/T?detail=referencestubs", "expected one of full, allstubs")]
    [TestCase("metadataset/T?updatedAfter=2020", "is unknown here")]
    public void A_wrong_query_says_what_is_wrong(string path, string why)
    {
        Assert.That(MetadataQuery.TryParse(RequestTarget.Parse("/" + path), ApiVersion.V2, out _, out var error), Is.False);
        Assert.That(error!.Message, Does.Contain(why).IgnoreCase);
    }

    [TestCase("metadataset/T/SETT", "did you mean SET?")]
    [TestCase("metadataset/T/SET/3.0", "versions: 1.0, 2.0")]
    [TestCase("metadataflow/T/MDF/9.0", "versions: 1.0")]
    public void Where_nothing_matches_it_says_what_is_near(string path, string near)
    {
        MetadataQuery.TryParse(RequestTarget.Parse("/" + path), ApiVersion.V2, out var query, out _);

        Assert.That(query!.Run(Catalog), Is.Empty);
        Assert.That(query.NotHeld(Catalog).Message, Does.Contain(near).IgnoreCase);
    }

    [Test]
    public void The_format_is_the_first_that_can_carry_the_answer()
    {
        Assert.That((Chosen("metadataset/T/SET/*", null), Chosen("structure/dataflow/T/FLOW?format=genericmetadata", null)), Is.EqualTo(("metadata-xml-3.0", (string?)null)), "sets of 3.x and of 2.1 together fit no format");
        Assert.That(Chosen("metadataset/T/RPT@A@*", null), Is.Null);
        Assert.That(Chosen(LegacyPath, "*/*"), Is.EqualTo("metadata-xml-2.1"));
        Assert.That(Chosen(LegacyPath, "application/vnd.sdmx.metadata+xml;version=3.0.0"), Is.Null);
    }

    static string LegacyPath => $"metadataset/T/{Catalog.OfType<MetadataSet>().First(s => s.IsLegacy).Id}";

    static string? Chosen(string path, string? accept)
    {
        var target = RequestTarget.Parse("/" + path);
        return MetadataQuery.TryParse(target, ApiVersion.V2, out var query, out _) && MetadataQuery.TryChoose(query.Run(Catalog), ApiVersion.V2, target, accept, null, out var chosen, out _)
            ? chosen.Format.Id : null;
    }

    static StructureCatalog Held()
    {
        using var store = Store();
        Load(store.Store, V21(Text("DEF", "en=one"), "", "A", "B"));
        Load(store.Store, V3("<g:Attribute id='DEF'><g:Value>a</g:Value></g:Attribute>"));
        Load(store.Store, V3("<g:Attribute id='DEF'><g:Value>a</g:Value></g:Attribute>", "2.0"));
        Load(store.Store, V3("<g:Attribute id='DEF'><g:Value>a</g:Value></g:Attribute>", id: "OTHER", target: "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=T:*(*)"));
        using var head = store.Store.Head();
        return head.Catalog;
    }
}

using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.Storage;
using SdmxHub.Web;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.Maps;

/// <summary>Maps in the store, and asked for over REST.</summary>
public class StoredMapTests
{
    static readonly RepresentationMap Table = new()
    {
        Agency = "ACY", Id = "AREAS", Name = new("Areas"),
        Sources = [new("urn:sdmx:org.sdmx.infomodel.codelist.Codelist=ACY:CL_AREA(1.0)", null)], Targets = [new(null, TextType.String)],
        Mappings = [new() { Sources = [new("a.*", IsRegex: true)], Targets = ["B"] }],
    };

    static readonly StructureMap Map = new()
    {
        Agency = "ACY", Id = "M", Version = "1.0.0", Name = new("Map"), Source = SmallFlow.Flow(), Target = SmallFlow.Flow(),
        ComponentMaps = [new() { Sources = ["AREA"], Targets = ["AREA"], RepresentationMap = Table.Urn }],
    };

    [Test]
    public void Maps_are_loaded_kept_and_given_as_they_were([Values("structure-xml-3.0", "structure-json-2.0", "structure-json-2.1")] string format)
    {
        using var store = new TemporaryStore();
        store.PutSmallFlow();

        using (var report = Load(store.Store, format, Map, Table))
            Assert.That(report.Revision, Is.Not.Null, string.Join('\n', report.Issues.All.Select(i => i.Message)));
        store.Reopen();

        using var head = store.Store.Head();
        Assert.That((head.Catalog.Find(Map.Urn), head.Catalog.Find(Table.Urn)), Is.EqualTo(((Artefact?)Map, (Artefact?)Table)));
        Assert.That(head.Catalog.Referrers(SmallFlow.Flow()), Does.Contain(Map));
        Assert.That(StoreTransaction.CanKeep(Map with { IsFinal = true }), Is.False, "3.0 cannot say it");
    }

    [TestCase(ApiVersion.V2, "structuremap/ACY/M/~?references=descendants", 6)]
    [TestCase(ApiVersion.V2, "representationmap", 1)]
    [TestCase(ApiVersion.V2, "dataflow/*/*/*?references=parents", 2)]
    [TestCase(ApiVersion.V1, "dataflow/all/all/all?references=parents", 1)]
    [TestCase(ApiVersion.V1, "structuremap", 0)]
    public void REST_v2_knows_them_and_v1_does_not(ApiVersion api, string path, int count)
    {
        var catalog = SmallFlow.Catalog().With([Map, Table]);
        Assert.That(StructureQuery.TryParse(RequestTarget.Parse("/" + path), api, out var query, out var error), Is.True, error?.Message);

        var answer = query!.Run(catalog);

        Assert.That(answer.Count(a => a.Type != ArtefactType.AgencyScheme), count < 6 ? Is.EqualTo(count) : Is.AtLeast(count));
        Assert.That(answer.Any(a => ArtefactTypes.Of(a.Type).IsSinceV3), Is.EqualTo(api == ApiVersion.V2));
    }

    [Test]
    public void A_stub_keeps_its_ends() =>
        Assert.That(Run("structuremap?detail=allstubs").Cast<StructureMap>().Single(), Is.EqualTo(Map with { ComponentMaps = [], IsExternalReference = true }));

    static IReadOnlyList<Artefact> Run(string path)
    {
        StructureQuery.TryParse(RequestTarget.Parse("/" + path), ApiVersion.V2, out var query, out _);
        return query!.Run(SmallFlow.Catalog().With([Map, Table]));
    }

    static LoadReport Load(Store store, string format, params Artefact[] artefacts)
    {
        var path = Path.GetTempFileName();
        try
        {
            var message = new System.Buffers.ArrayBufferWriter<byte>();
            Format.Find(format)!.WriteStructures!(message, new(new MessageHeader { Id = "M", Sender = "T" }, artefacts.ToValueArray()), new WriterOptions());
            File.WriteAllBytes(path, message.WrittenSpan);
            return SdmxHub.Storage.Load.Run(path, store, new LoadOptions(), null, CancellationToken.None);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

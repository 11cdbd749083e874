using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.Metadata;

/// <summary>A small metadata structure about the small flow, and messages of reports by it.</summary>
static class Reports
{
    const string Schemas = "http://www.sdmx.org/resources/sdmxml/schemas/";

    public static readonly Urn Flow = new(ArtefactType.Metadataflow, "T", "MDF", "1.0");

    static readonly MetadataAttribute[] Attributes =
        [Attribute("DEF"), Attribute("NOTE"), Attribute("CONTACT") with { Attributes = [Attribute("MAIL") with { MaxOccurs = 9 }] }];

    /// <summary>The structure, as 2.1 has it, and a flow of one as 3.x has it.</summary>
    public static Artefact[] Artefacts { get; } =
    [
        new MetadataStructure
        {
            Agency = "T", Id = "MSD", Name = new("MSD"),
            Targets = [new MetadataTarget { Id = "KEY", Objects = [new TargetObject { Id = "K", Kind = "KeyDescriptorValuesTarget" }, new TargetObject { Id = "F", Kind = "IdentifiableObjectTarget", ObjectType = "Dataflow" }] }],
            Reports = [new ReportStructure { Id = "RPT", Targets = ["KEY"], Attributes = [.. Attributes] }],
        },
        new Metadataflow { Agency = "T", Id = "MDF", Name = new("MDF"), Structure = new(ArtefactType.MetadataStructure, "T", "MSD", "1.0") },
    ];

    /// <summary>A store with the small flow and the metadata structure: two revisions.</summary>
    public static TemporaryStore Store()
    {
        var store = new TemporaryStore();
        store.PutSmallFlow();
        using var transaction = store.Store.Begin("structures", "test");
        transaction.Put(Artefacts);
        transaction.Commit();
        return store;
    }

    /// <summary>A message of SDMX-ML 2.1 with one report for each area; the attributes as XML.</summary>
    public static string V21(string attributes, string action = "", params string[] areas) => $"""
        <m:GenericMetadata xmlns:m="{Schemas}v2_1/message" xmlns:g="{Schemas}v2_1/metadata/generic" xmlns:c="{Schemas}v2_1/common">
        <m:Header><m:ID>M</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01</m:Prepared><m:Sender id="S"/>
        <m:Structure structureID="X"><c:Structure><Ref agencyID="T" id="MSD" version="1.0"/></c:Structure></m:Structure></m:Header>
        {string.Concat((areas.Length == 0 ? ["A"] : areas).Select(area => $"""
            <m:MetadataSet structureRef="X" {(action.Length > 0 ? $"action='{action}'" : "")}><g:Report id="RPT"><g:Target id="KEY">
            <g:ReferenceValue id="K"><g:DataKey><c:KeyValue id="AREA"><c:Value>{area}</c:Value></c:KeyValue></g:DataKey></g:ReferenceValue>
            <g:ReferenceValue id="F"><g:ObjectReference><URN>{SmallFlow.Flow()}</URN></g:ObjectReference></g:ReferenceValue>
            </g:Target><g:AttributeSet>{attributes}</g:AttributeSet></g:Report></m:MetadataSet>
            """))}
        </m:GenericMetadata>
        """;

    /// <summary>A message of SDMX-ML 3.0 with one set about the small flow.</summary>
    public static string V3(string attributes, string version = "1.0", string action = "Append", string id = "SET", string? target = null) => $"""
        <m:GenericMetadata xmlns:m="{Schemas}v3_0/message" xmlns:g="{Schemas}v3_0/metadata/generic" xmlns:c="{Schemas}v3_0/common">
        <m:Header><m:ID>M</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00Z</m:Prepared><m:Sender id="S"/></m:Header>
        <m:MetadataSet agencyID="T" id="{id}" version="{version}" action="{action}"><c:Name xml:lang="en">Set</c:Name>
        <g:Metadataflow>{Flow}</g:Metadataflow><g:Target>{target ?? SmallFlow.Flow().ToString()}</g:Target>{attributes}</m:MetadataSet></m:GenericMetadata>
        """;

    /// <summary>An attribute of 2.1 with a text in each language, <c>en=one</c>.</summary>
    public static string Text(string id, params string[] texts) =>
        $"<g:ReportedAttribute id='{id}'>{string.Concat(texts.Select(t => $"<c:Text xml:lang='{t.Split('=')[0]}'>{t.Split('=')[1]}</c:Text>"))}</g:ReportedAttribute>";

    /// <summary>Loads a message, which must be taken.</summary>
    public static Revision Load(Store store, string message)
    {
        using var report = Try(store, message);
        Assert.That(report.Revision, Is.Not.Null, string.Join('\n', report.Issues.All.Select(i => i.Message)));
        return report.Revision!;
    }

    /// <summary>Loads a message.</summary>
    public static LoadReport Try(Store store, string message, LoadOptions? options = null)
    {
        using var folder = new Cli.TemporaryFolder();
        return SdmxHub.Storage.Load.Run(folder.Write("m.xml", message), store, options ?? new LoadOptions(), null, CancellationToken.None);
    }

    /// <summary>The sets of a state, each attribute as <c>ID en=one fr=un</c>.</summary>
    public static IEnumerable<string> Texts(Snapshot snapshot) => snapshot.Catalog.OfType<MetadataSet>().SelectMany(s => s.AllAttributes)
        .Select(a => string.Join(' ', a.Text.Texts.Select(t => $"{t.Language}={t.Text}").Prepend(a.Value is null ? a.Id : $"{a.Id}:{a.Value}")));

    static MetadataAttribute Attribute(string id) => new() { Id = id, ConceptIdentity = new("Concept", "T", "CS", "1.0", id), MinOccurs = 0 };
}

namespace Sdmx.Tests.Metadata;

/// <summary>Metadata messages as text.</summary>
static partial class MetadataMessages
{
    const string Root = "http://www.sdmx.org/resources/sdmxml/schemas/";

    /// <summary>A message of SDMX-ML 2.1 about MSD EX:MSD(1.0) with what is in it.</summary>
    public static string V21(string sets) => $"""
        <m:GenericMetadata xmlns:m="{Root}v2_1/message" xmlns:g="{Root}v2_1/metadata/generic" xmlns:c="{Root}v2_1/common">
        <m:Header><m:ID>M</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01</m:Prepared><m:Sender id="S"/>
        <m:Structure structureID="X"><c:Structure><Ref agencyID="EX" id="MSD" version="1.0"/></c:Structure></m:Structure></m:Header>
        {sets}
        </m:GenericMetadata>
        """;

    /// <summary>A report about the key of one series.</summary>
    public static string Report(string attributes, string key = "A", string id = "RPT") => $"""
        <g:Report id="{id}"><g:Target id="T"><g:ReferenceValue id="K"><g:DataKey>
        <c:KeyValue id="SERIES"><c:Value>{key}</c:Value></c:KeyValue></g:DataKey></g:ReferenceValue></g:Target>
        <g:AttributeSet>{attributes}</g:AttributeSet></g:Report>
        """;

    /// <summary>A message of SDMX-ML 3.x with one set and what is in it.</summary>
    public static string V3(string content, string version = "v3_0", string attributes = "") => $"""
        <m:GenericMetadata xmlns:m="{Root}{version}/message" xmlns:g="{Root}{version}/metadata/generic" xmlns:c="{Root}{version}/common">
        <m:Header><m:ID>M</m:ID><m:Test>false</m:Test><m:Prepared>2026-01-01T00:00:00Z</m:Prepared><m:Sender id="S"/>
        <m:Structure structureID="X"><c:Structure>urn:sdmx:org.sdmx.infomodel.metadatastructure.MetadataStructure=EX:MSD(1.0)</c:Structure></m:Structure></m:Header>
        <m:MetadataSet agencyID="EX" id="SET" version="1.0" {attributes}><c:Name xml:lang="en">Set</c:Name>
        <g:Metadataflow>urn:sdmx:org.sdmx.infomodel.metadatastructure.Metadataflow=EX:MDF(1.0)</g:Metadataflow>
        <g:Target>urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=EX:DF(1.0)</g:Target>
        {content}
        </m:MetadataSet></m:GenericMetadata>
        """;
}

namespace Sdmx.Tests.Xml;

/// <summary>Small SDMX-ML messages around a body.</summary>
static class XmlMessages
{
    public const string Message = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";

    const string Namespaces = $"""
        xmlns:m="{Message}" xmlns:c="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific" xmlns:g="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:n="urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=T:DSD(1.5):ObsLevelDim:TIME_PERIOD"
        """;

    public const string Fields = """<m:ID>I</m:ID><m:Test>false</m:Test><m:Prepared>2024-01-01</m:Prepared><m:Sender id="S"/>""";

    public const string ByFlow = """<c:StructureUsage><Ref agencyID="T" id="NATIONAL" version="1.5"/></c:StructureUsage>""";

    public static string ByStructure(string version) => $"""<c:Structure><Ref agencyID="T" id="DSD" version="{version}"/></c:Structure>""";

    public static string Specific(string body, string reference = ByFlow, string at = "TIME_PERIOD", string fields = Fields) =>
        Around("StructureSpecificData", fields + Structure("S1", reference, at), body);

    public static string Generic(string body, string reference = ByFlow, string at = "TIME_PERIOD", string fields = Fields) =>
        Around("GenericData", fields + Structure("S1", reference, at), body);

    public static string Structure(string id, string reference, string at = "TIME_PERIOD") =>
        $"""<m:Structure structureID="{id}" dimensionAtObservation="{at}">{reference}</m:Structure>""";

    public static string Around(string root, string header, string body) =>
        $"""<?xml version="1.0" encoding="UTF-8"?><m:{root} {Namespaces}><m:Header>{header}</m:Header>{body}</m:{root}>""";
}

using System.Xml.Linq;

namespace Sdmx.Xml;

/// <summary>The XML namespaces of SDMX-ML 2.1, of metadata in 3.0, and of XML itself that the readers and writers name.</summary>
static class SdmxNamespaces
{
    const string Root = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/";

    /// <summary>The root element, its header and what wraps the payload.</summary>
    public const string Message = Root + "message";

    /// <summary>The footer.</summary>
    public const string Footer = Root + "message/footer";

    /// <summary>Artefacts.</summary>
    public const string Structure = Root + "structure";

    /// <summary>Names, annotations and whatever several kinds of message share.</summary>
    public const string Common = Root + "common";

    /// <summary>Generic data.</summary>
    public const string Generic = Root + "data/generic";

    /// <summary>What structure-specific data have in common; their own elements are in a namespace of the structure.</summary>
    public const string StructureSpecific = Root + "data/structurespecific";

    /// <summary>Generic reference metadata.</summary>
    public const string Metadata = Root + "metadata/generic";

    /// <summary>The registry's requests and answers.</summary>
    public const string Registry = Root + "registry";

    /// <summary><c>xsi:type</c>.</summary>
    public const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>The root element of SDMX-ML 3.0.</summary>
    public const string MessageV3 = RootV3 + "message";

    /// <summary>What several kinds of message share in SDMX-ML 3.0.</summary>
    public const string CommonV3 = RootV3 + "common";

    /// <summary>Generic reference metadata in SDMX-ML 3.0.</summary>
    public const string MetadataV3 = RootV3 + "metadata/generic";

    const string RootV3 = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/";

    /// <summary>The attribute that gives the language of a text.</summary>
    public static readonly XName Language = XNamespace.Xml + "lang";
}

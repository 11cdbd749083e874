namespace Sdmx.Xml;

/// <summary>A version of SDMX-ML, as far as messages differ by it (checklist 2.1, 2.4, 2.7, 3.4).</summary>
/// <param name="Root">What its namespaces begin with.</param>
/// <param name="HasAtts">Whether it has an element for attributes of any holder, in any order with series and groups; and names structures by their URN alone.</param>
/// <param name="HasMerge">Whether Merge is an action; else Append means the same.</param>
sealed record SdmxMlVersion(string Root, bool HasAtts, bool HasMerge)
{
    /// <summary>2.1.</summary>
    public static readonly SdmxMlVersion V21 = new("http://www.sdmx.org/resources/sdmxml/schemas/v2_1/", HasAtts: false, HasMerge: false);

    /// <summary>3.0.</summary>
    public static readonly SdmxMlVersion V30 = new("http://www.sdmx.org/resources/sdmxml/schemas/v3_0/", HasAtts: true, HasMerge: false);

    /// <summary>3.1.</summary>
    public static readonly SdmxMlVersion V31 = new("http://www.sdmx.org/resources/sdmxml/schemas/v3_1/", HasAtts: true, HasMerge: true);

    /// <summary>Whether it is 3.0 or later.</summary>
    public bool IsV3 => HasAtts;

    /// <summary>The namespace of the root element, its header and data sets.</summary>
    public string Message { get; } = Root + "message";

    /// <summary>The namespace of what several kinds of message share.</summary>
    public string Common { get; } = Root + "common";

    /// <summary>The namespace of artefacts.</summary>
    public string Structure { get; } = Root + "structure";

    /// <summary>The namespace of what structure-specific data have in common.</summary>
    public string StructureSpecific { get; } = Root + "data/structurespecific";

    /// <summary>The version whose root elements are in <paramref name="space"/>, or null.</summary>
    public static SdmxMlVersion? OfMessage(string space) => space == V21.Message ? V21 : space == V30.Message ? V30 : space == V31.Message ? V31 : null;

    /// <summary>Whether a namespace is that of structure-specific data in any version.</summary>
    public static bool IsStructureSpecific(string space) => space == V21.StructureSpecific || space == V30.StructureSpecific || space == V31.StructureSpecific;

    /// <summary>The action's name.</summary>
    public string Action(DatasetAction action) => action switch
    {
        DatasetAction.Merge when HasMerge => "Merge",
        DatasetAction.Information => "Information",
        DatasetAction.Append or DatasetAction.Merge => "Append",
        DatasetAction.Replace => "Replace",
        DatasetAction.Delete => "Delete",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };
}

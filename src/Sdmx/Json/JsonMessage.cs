namespace Sdmx.Json;

/// <summary>A component as a message lists it.</summary>
/// <param name="Id">The id.</param>
/// <param name="KeyPosition">Of a dimension, its position in the key; -1 where it is not said.</param>
/// <param name="Values">The values that indexes mean, null where a value stands as it is; an element is null where the value has neither id nor value.</param>
sealed record JsonComponent(string Id, int KeyPosition, IReadOnlyList<string?>? Values);

/// <summary>An entry of <c>structures</c>: what the indexes of its data sets mean.</summary>
sealed class JsonMessageStructure
{
    /// <summary>The URNs of its links.</summary>
    public List<string> Links { get; } = [];

    /// <summary>Code and text of what is said about its data: see <see cref="JsonEnvelope.NoticeType"/>.</summary>
    public List<(string? Code, string? Text)> Notices { get; } = [];

    /// <summary>Dimensions by level: dataSet, series, observation.</summary>
    public Dictionary<string, List<JsonComponent>> Dimensions { get; } = [];

    /// <summary>Measures; they stand at observation.</summary>
    public Dictionary<string, List<JsonComponent>> Measures { get; } = [];

    /// <summary>Attributes by level: dataSet, dimensionGroup, series, observation.</summary>
    public Dictionary<string, List<JsonComponent>> Attributes { get; } = [];
}

/// <summary>The head of a data set, and where its parts stand.</summary>
sealed class JsonMessageDataset
{
    /// <summary>Where it stands.</summary>
    public JsonPlace Place { get; set; }

    /// <summary>The number of its structure.</summary>
    public int Structure { get; set; }

    /// <summary>The action as sent, or null.</summary>
    public string? Action { get; set; }

    /// <summary>When it became valid, or null.</summary>
    public string? ValidFrom { get; set; }

    /// <summary>When it ceased to be valid, or null.</summary>
    public string? ValidTo { get; set; }

    /// <summary>The array <c>attributes</c>, or null.</summary>
    public JsonPlace? Attributes { get; set; }

    /// <summary>The object <c>dimensionGroupAttributes</c>, or null.</summary>
    public JsonPlace? Groups { get; set; }

    /// <summary>The object <c>series</c>, or null.</summary>
    public JsonPlace? Series { get; set; }

    /// <summary>The object <c>observations</c>, or null.</summary>
    public JsonPlace? Observations { get; set; }
}

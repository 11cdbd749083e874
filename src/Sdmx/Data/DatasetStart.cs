namespace Sdmx;

/// <summary>What a message says at the start of a data set.</summary>
sealed record DatasetStart
{
    /// <summary>What it is structured by.</summary>
    public required StructureReference Reference { get; init; }

    /// <summary>The action.</summary>
    public DatasetAction Action { get; init; }

    /// <summary>The set id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>When the content became valid, as sent, or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>When the content ceased to be valid, as sent, or null.</summary>
    public string? ValidTo { get; init; }

    /// <summary>The dimension at the observation, <c>AllDimensions</c>, or null where the format has none (a table).</summary>
    public string? DimensionAtObservation { get; init; }

    /// <summary>The line it starts at.</summary>
    public int Line { get; init; }

    /// <summary>The position in the line.</summary>
    public int Position { get; init; }

    /// <summary>The action called <paramref name="text"/> (checklist 2.7), or null.</summary>
    public static DatasetAction? ActionOf(string? text) => text switch
    {
        "Information" => DatasetAction.Information,
        "Append" => DatasetAction.Append,
        "Merge" => DatasetAction.Merge,
        "Replace" => DatasetAction.Replace,
        "Delete" => DatasetAction.Delete,
        _ => null,
    };
}

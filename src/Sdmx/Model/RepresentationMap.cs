namespace Sdmx;

/// <summary>What becomes of values: a table from one or several lists or types to others (SDMX 3.0 information model, RepresentationMap).</summary>
public sealed record RepresentationMap : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.RepresentationMap;

    /// <summary>What the values are of that are mapped, one for each value of a row.</summary>
    public ValueArray<MappedRepresentation> Sources { get; init; }

    /// <summary>What the values are of that they become, likewise.</summary>
    public ValueArray<MappedRepresentation> Targets { get; init; }

    /// <summary>The rows, in message order.</summary>
    public ValueArray<ValueMapping> Mappings { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References =>
        Sources.Concat(Targets).Select(r => Urn.TryParse(r.Codelist, out var urn) ? urn.Maintainable : (Urn?)null).OfType<Urn>().Distinct();
}

/// <summary>A list of values, or a type of them: one of the two.</summary>
/// <param name="Codelist">The URN of the codelist or value list, as sent; or null.</param>
/// <param name="DataType">The type of uncoded values, or null.</param>
public sealed record MappedRepresentation(string? Codelist, TextType? DataType);

/// <summary>One row: values, and what they become.</summary>
public sealed record ValueMapping
{
    /// <summary>The values, in the order of <see cref="RepresentationMap.Sources"/>.</summary>
    public ValueArray<MappedValue> Sources { get; init; }

    /// <summary>What they become, in the order of <see cref="RepresentationMap.Targets"/>; none where the target has nothing for them.</summary>
    public ValueArray<string> Targets { get; init; }

    /// <summary>The first day that the row is for (xs:date), as sent, or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>The last day that the row is for (xs:date), as sent, or null.</summary>
    public string? ValidTo { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

/// <summary>A value that is mapped.</summary>
/// <param name="Value">The value, or the regular expression.</param>
/// <param name="IsRegex">Whether it is a regular expression, whose groups <c>\1</c>, <c>\2</c> ... stand for in what it becomes.</param>
/// <param name="StartIndex">The first letter of the value that is compared, from 1; null: from its beginning.</param>
/// <param name="EndIndex">The last letter that is compared; null: to its end.</param>
public sealed record MappedValue(string Value, bool IsRegex = false, int? StartIndex = null, int? EndIndex = null);

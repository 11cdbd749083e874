namespace Sdmx.Json;

/// <summary>One entry of a message's <c>structures</c> while the data sets before it are written: which components stand at which level,
/// and which codes and periods have been used.</summary>
sealed class JsonStructure
{
    /// <summary>The structure of data sets that share <paramref name="codes"/>.</summary>
    public JsonStructure(DataSchema schema, CodeTables codes, ObservationLayout layout)
    {
        (Schema, Codes, Layout) = (schema, codes, layout);
        Cells = new JsonCells(schema, codes);
        Measures = [.. Enumerable.Range(0, schema.MeasureCount)];
        DatasetAttributes = Attributes(AttachmentLevel.Dataset);
        ObservationAttributes = Attributes(AttachmentLevel.Observation);
        // Only in time series is a series of the message a series of the structure: else its attributes go to a group that names every dimension.
        SeriesAttributes = layout.IsTimeSeries ? Attributes(AttachmentLevel.Series) : [];
        GroupAttributes = layout.IsTimeSeries ? Attributes(AttachmentLevel.Group)
            : [.. schema.Values.Where(v => v.Level is AttachmentLevel.Group or AttachmentLevel.Series).Select(v => v.Index)];
    }

    /// <summary>The schema.</summary>
    public DataSchema Schema { get; }

    /// <summary>The codes.</summary>
    public CodeTables Codes { get; }

    /// <summary>What stands at the observation.</summary>
    public ObservationLayout Layout { get; }

    /// <summary>The values as they are written.</summary>
    public JsonCells Cells { get; }

    /// <summary>The data sets' numbers in the message.</summary>
    public List<int> Datasets { get; } = [];

    /// <summary>The columns of the measures.</summary>
    public int[] Measures { get; }

    /// <summary>The columns of the data set's attributes.</summary>
    public int[] DatasetAttributes { get; }

    /// <summary>The columns of the attributes of dimension groups.</summary>
    public int[] GroupAttributes { get; }

    /// <summary>The columns of the series' attributes.</summary>
    public int[] SeriesAttributes { get; }

    /// <summary>The columns of the observations' attributes.</summary>
    public int[] ObservationAttributes { get; }

    int[] Attributes(AttachmentLevel level) =>
        [.. Schema.Values.Where(v => v.Role == ComponentRole.Attribute && v.Level == level).Select(v => v.Index)];
}

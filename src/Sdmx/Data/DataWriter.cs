using System.Buffers;

namespace Sdmx;

/// <summary>How a message is laid out; each writer takes of it what its format knows.</summary>
public sealed record WriterOptions
{
    /// <summary>The header to write.</summary>
    public MessageHeader Header { get; init; } = new();

    /// <summary>The dimension at the observation: <c>TIME_PERIOD</c>, another dimension's id, or <c>AllDimensions</c> (flat).</summary>
    public string DimensionAtObservation { get; init; } = "TIME_PERIOD";

    /// <summary>SDMX-CSV: <c>labels</c>.</summary>
    public CsvLabels Labels { get; init; }

    /// <summary>SDMX-CSV 2.x: whether SERIES_KEY and OBS_KEY columns are written.</summary>
    public CsvKeys Keys { get; init; }

    /// <summary>What is said behind the data, such as that they are cut short; null for nothing. SDMX-ML has a footer for it, SDMX-JSON an annotation of the last
    /// data set, SDMX-CSV no place.</summary>
    public MessageNotice? Notice { get; init; }

    /// <summary>The languages asked for, best first; for names.</summary>
    public ValueArray<string> Languages { get; init; } = ["en"];
}

/// <summary>A warning about a message, in its footer (checklist 2.2).</summary>
/// <param name="Code">The SDMX code: 510 for an answer that exceeds what the service gives.</param>
/// <param name="Text">A sentence in English.</param>
public sealed record MessageNotice(int Code, string Text);

/// <summary>SDMX-CSV's <c>labels</c> parameter.</summary>
public enum CsvLabels
{
    /// <summary>Ids only.</summary>
    Id,

    /// <summary>2.x: a column of names right after each column of ids.</summary>
    Name,

    /// <summary><c>ID: Name</c> in one cell.</summary>
    Both,
}

/// <summary>SDMX-CSV 2.x's <c>keys</c> parameter.</summary>
public enum CsvKeys
{
    /// <summary>No key column.</summary>
    None,

    /// <summary>OBS_KEY.</summary>
    Obs,

    /// <summary>SERIES_KEY.</summary>
    Series,

    /// <summary>Both.</summary>
    Both,
}

/// <summary>Writes data sets as one message of one format into a buffer.</summary>
/// <remarks>Synchronous; the caller flushes the buffer between blocks. Rows must come in this order within a data set: attribute rows from the
/// widest holder to the narrowest before any series they apply to (data set, groups), then per series its attribute row, if any, and its observations.
/// With a dimension other than time at the observation, observations come grouped by the rest of the key and the period.
/// The same blocks give the same bytes. Not thread-safe.</remarks>
public abstract class DataWriter
{
    private protected DataWriter(IBufferWriter<byte> output, WriterOptions options) => (Output, Options) = (output, options);

    /// <summary>Where the bytes go.</summary>
    protected IBufferWriter<byte> Output { get; }

    /// <summary>The layout.</summary>
    protected WriterOptions Options { get; }

    /// <summary>Starts the message. <paramref name="schemas"/> are those of its data sets, in order, known beforehand because headers name them.</summary>
    public abstract void Begin(IReadOnlyList<DataSchema> schemas);

    /// <summary>Starts the next data set.</summary>
    public abstract void BeginDataset(Dataset dataset);

    /// <summary>Writes the rows of <paramref name="block"/>, which belong to the data set begun last.</summary>
    public abstract void Write(ObservationBlock block);

    /// <summary>Ends the message (and its last data set).</summary>
    public abstract void End();
}

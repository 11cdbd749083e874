namespace Sdmx;

/// <summary>Reads the data sets of one message, block by block, in constant memory.</summary>
/// <remarks>One for all formats; made by <c>Formats.Open</c>. Not thread-safe. Faults in the data go to the issue log it was opened with;
/// exceptions are I/O only. A fault that ends the reading (ill-formed text, a limit) is logged with severity Fatal, and <see cref="Read"/> then returns false.</remarks>
public abstract class DataReader : IDisposable
{
    private protected DataReader()
    {
    }

    /// <summary>The header; complete for what precedes the data before the first <see cref="Read"/>.</summary>
    public abstract MessageHeader Header { get; }

    /// <summary>Fills <paramref name="block"/> with the next rows of one data set, in message order.</summary>
    /// <remarks>Attributes above the observation arrive as <see cref="RowKind.Attributes"/> rows of their holder, whatever the format wrote
    /// them on: the holder's row precedes the observations that gave it, and is left out when it repeats what the same holder last said.
    /// An observation row carries only measures and observation attributes.
    /// A data set without any row still gives one empty block, so that its dataset is seen.</remarks>
    /// <returns><c>false</c> at the end of the message; the block is then empty.</returns>
    public abstract bool Read(ObservationBlock block);

    /// <summary>How many bytes of the input have been read so far, for progress; not exact.</summary>
    public abstract long Position { get; }

    /// <inheritdoc/>
    public abstract void Dispose();
}

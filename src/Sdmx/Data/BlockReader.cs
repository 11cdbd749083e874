namespace Sdmx;

/// <summary>Reads blocks that come of something else than a message, as a <see cref="DataReader"/>.</summary>
/// <param name="header">The header.</param>
/// <param name="read">Fills a block; false at the end.</param>
public sealed class BlockReader(MessageHeader header, Func<ObservationBlock, bool> read) : DataReader
{
    /// <inheritdoc/>
    public override MessageHeader Header => header;

    /// <inheritdoc/>
    public override long Position => 0;

    /// <inheritdoc/>
    public override bool Read(ObservationBlock block) => read(block);

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}

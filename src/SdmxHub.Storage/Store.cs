using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The versioned store: structures and data, every revision of them.</summary>
/// <remarks>Thread-safe: many readers, one writer at a time. Nothing is ever overwritten; a snapshot keeps answering by its revision
/// while commits go on. Design section 4.</remarks>
public sealed class Store : IDisposable
{
    /// <summary>Opens a store, making it when the file is absent.</summary>
    /// <param name="url"><c>sqlite:PATH</c>.</param>
    /// <param name="clock">Where commits take their instant from.</param>
    /// <exception cref="StoreException">The URL is of no kind the hub knows, the file is no store, or a newer hub wrote it.</exception>
    public static Store Open(string url, TimeProvider clock) => throw new NotImplementedException();

    /// <summary>The newest revision, pinned; number 0 with nothing in it before the first commit.</summary>
    public Snapshot Head() => throw new NotImplementedException();

    /// <summary>The revision that was the newest at <paramref name="instant"/>, pinned; null before the first.</summary>
    public Snapshot? AsOf(DateTimeOffset instant) => throw new NotImplementedException();

    /// <summary>The revision of that number, pinned; null when there is none.</summary>
    public Snapshot? At(long revision) => throw new NotImplementedException();

    /// <summary>Every revision, oldest first.</summary>
    public IReadOnlyList<Revision> Log() => throw new NotImplementedException();

    /// <summary>Begins a change; waits while another is under way, in this process or another.</summary>
    /// <param name="kind">What makes the revision, for the log: <c>load</c>, <c>structures</c>.</param>
    /// <param name="actor">Who makes it, for the log.</param>
    public StoreTransaction Begin(string kind, string actor) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

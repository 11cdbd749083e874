namespace SdmxHub.Storage;

/// <summary>The store cannot be opened or used: a bad URL, a file that is no store, a newer schema, a damaged block, a full disk.</summary>
/// <remarks>The message is for people and says what to do. Never about the data that somebody sends: those are issues.</remarks>
public sealed class StoreException : Exception
{
    /// <summary>Whether the same may go well a moment later: somebody else kept the store busy, or changed what this built on.</summary>
    public bool IsTransient { get; init; }

    /// <summary>A fault with a message for people.</summary>
    public StoreException(string message) : base(message)
    {
    }

    /// <summary>A fault with a message for people and what caused it.</summary>
    public StoreException(string message, Exception inner) : base(message, inner)
    {
    }
}

namespace SdmxHub.Storage;

/// <summary>A draft as it would be: a store of its own, which begins as a copy of the head and takes the draft's submissions by the same load.</summary>
/// <remarks>Closed, and its file removed where it is no longer wanted, when the last who reads it has done. Thread-safe but for <see cref="Store"/>'s writer.</remarks>
sealed class DraftPreview : IDisposable
{
    readonly Lock _turn = new();
    readonly string _path;
    int _readers = 1;
    bool _isOutdated;

    DraftPreview(string path, Store store) => (_path, Store) = (path, store);

    /// <summary>The name of the file.</summary>
    public string File => System.IO.Path.GetFileName(_path);

    /// <summary>The store; for whoever holds the draft's lock.</summary>
    public Store Store { get; }

    /// <summary>Makes the preview of a draft without submissions.</summary>
    /// <param name="store">The store to copy.</param>
    /// <param name="path">The new file.</param>
    /// <param name="clock">Where instants come from.</param>
    /// <param name="ct">Stops it; there is no file.</param>
    public static DraftPreview Make(Store store, string path, TimeProvider clock, CancellationToken ct)
    {
        StoreBackup.Copy(store, path, ct);
        return new(path, Store.Open(Store.Scheme + path, clock));
    }

    /// <summary>Opens the preview that an earlier process left; null when there is none that holds <paramref name="revision"/>, or it is damaged.</summary>
    public static DraftPreview? Reopen(string path, long revision, TimeProvider clock)
    {
        if (!System.IO.File.Exists(path))
            return null;
        try
        {
            var preview = new DraftPreview(path, Store.Open(Store.Scheme + path, clock));
            using (var head = preview.Store.Head())
            {
                if (head.Revision == revision)
                    return preview;
            }

            preview.Dispose();
            return null;
        }
        catch (StoreException)
        {
            // It can be made again, from the files that were sent.
            return null;
        }
    }

    /// <summary>Removes a preview's file.</summary>
    public static void Remove(string path)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm"])
            System.IO.File.Delete(path + suffix);
    }

    /// <summary>A state of the draft, pinned: the preview stays open until it is disposed.</summary>
    /// <param name="revision">The preview's revision; null for the newest.</param>
    public Snapshot Pin(long? revision)
    {
        lock (_turn)
            _readers++;
        using var head = Store.Head();
        return Store.Pinned(revision ?? head.Revision, Release);
    }

    /// <summary>Lets it go: no longer wanted, its file is removed with its last reader.</summary>
    public void Retire()
    {
        _isOutdated = true;
        Release();
    }

    /// <summary>Lets it go; the file stays.</summary>
    public void Dispose() => Release();

    void Release()
    {
        lock (_turn)
        {
            if (--_readers > 0)
                return;
        }

        Store.Dispose();
        if (_isOutdated)
            Remove(_path);
    }
}

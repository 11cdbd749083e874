using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>Copies of stores: backup while it is in use, and restore.</summary>
/// <remarks>A copy is one revision, whole. It grows in a file beside its place (<c>.part</c>) and appears there when it is complete and on disk;
/// stopped at any instant it leaves nothing but that file, which the next try replaces. Nothing is ever overwritten.</remarks>
public static class StoreBackup
{
    const int PagesPerStep = 2048;
    const string Part = ".part";
    const string SelectHead = "SELECT tx FROM store_head WHERE id = 1";

    /// <summary>Copies a store to a file, while others read and write it: the copy is the revision that was the newest when it began.</summary>
    /// <param name="store">The store.</param>
    /// <param name="path">The new file.</param>
    /// <param name="progress">Told the pages done, or null.</param>
    /// <param name="ct">Stops it; no file appears.</param>
    /// <returns>The revision.</returns>
    /// <exception cref="StoreException">The file is there already, or cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static long Write(Store store, string path, IProgress<StoreProgress>? progress, CancellationToken ct)
    {
        var target = Vacant(path);
        var revision = store.Reading(session => Copy(session, target + Part, progress, ct));
        Publish(target);
        return revision;
    }

    /// <summary>Makes a store of a backup: copies it, checks all of the copy (<see cref="StoreCheck"/>), and puts it in its place.</summary>
    /// <param name="path">The backup, or any store that nobody writes meanwhile; it stays as it is.</param>
    /// <param name="url">The new store, <c>sqlite:PATH</c>; must not be there yet.</param>
    /// <param name="progress">Told the pages copied and the blocks checked, or null.</param>
    /// <param name="ct">Stops it; no store appears.</param>
    /// <returns>What the check found. With a fault there is no new store.</returns>
    /// <exception cref="StoreException">There is no backup, or a store where the new one should be.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static StoreCheckReport Restore(string path, string url, IProgress<StoreProgress>? progress, CancellationToken ct)
    {
        if (!File.Exists(path))
            throw new StoreException($"There is no backup '{path}'.");
        var target = Vacant(Store.PathOf(url));
        using (var source = DatabaseFile.Open(Path.GetFullPath(path), raw.SQLITE_OPEN_READWRITE, ""))
            Copy(source, target + Part, progress, ct);
        try
        {
            var report = Check(target + Part, progress, ct);
            if (report.IsClean)
                Publish(target);
            return report;
        }
        finally
        {
            Remove(target + Part);
        }
    }

    /// <summary>Copies a store to a file that nobody needs after a power cut.</summary>
    /// <exception cref="StoreException">It cannot be written.</exception>
    internal static void Copy(Store store, string path, CancellationToken ct) => store.Reading(session => Copy(session, path, null, ct));

    static StoreCheckReport Check(string part, IProgress<StoreProgress>? progress, CancellationToken ct)
    {
        using var copy = Store.Open(Store.Scheme + part, TimeProvider.System);
        return StoreCheck.Run(copy, progress, ct);
    }

    static string Vacant(string path)
    {
        var target = Path.GetFullPath(path);
        foreach (var file in (ReadOnlySpan<string>)[target, target + "-wal", target + "-shm"])
        {
            if (Path.Exists(file))
                throw new StoreException($"'{file}' is there already; name a file that is not, or move it away.");
        }

        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
            throw new StoreException($"There is no folder '{folder}'.");
        return target;
    }

    static long Copy(Session source, string part, IProgress<StoreProgress>? progress, CancellationToken ct)
    {
        Remove(part);
        // A read transaction holds the state still, so that a commit meanwhile does not start the copy again.
        source.Execute("BEGIN");
        try
        {
            var revision = source.Scalar(SelectHead);
            using var target = DatabaseFile.Open(part, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, "");
            CopyPages(source.Handle, target.Handle, progress, ct);
            return revision;
        }
        catch
        {
            Remove(part);
            throw;
        }
        finally
        {
            source.Execute("COMMIT");
        }
    }

    static void CopyPages(sqlite3 source, sqlite3 target, IProgress<StoreProgress>? progress, CancellationToken ct)
    {
        using var backup = raw.sqlite3_backup_init(target, "main", source, "main");
        int code;
        do
        {
            ct.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(backup, PagesPerStep);
            long total = raw.sqlite3_backup_pagecount(backup);
            progress?.Report(new("pages", total - raw.sqlite3_backup_remaining(backup), total));
        }
        while (code == raw.SQLITE_OK);

        if (code != raw.SQLITE_DONE)
            throw DatabaseFault.Of(code, DatabaseFault.Name(target), raw.sqlite3_errstr(code).utf8_to_string());
    }

    static void Publish(string target)
    {
        // Whoever used the copy has closed it; a log that is left holds what could not be written to it.
        if (DatabaseFile.HasLog(target + Part))
            throw new StoreException($"The copy '{target + Part}' could not be completed. Make room on its disk and try again.");
        using (var file = new FileStream(target + Part, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        File.Move(target + Part, target);
    }

    static void Remove(string part)
    {
        foreach (var file in (ReadOnlySpan<string>)[part, part + "-wal", part + "-shm", part + "-journal"])
            File.Delete(file);
    }
}

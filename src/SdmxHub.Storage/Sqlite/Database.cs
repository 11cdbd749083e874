using System.Collections.Concurrent;
using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>The SQLite file of a store: its one writing session and a pool of reading ones.</summary>
/// <remarks>Write-ahead log, so readers and the writer never wait for each other; <c>synchronous=FULL</c>, so a commit that returned survives a power cut.</remarks>
sealed class Database : IDisposable
{
    /// <summary>The schema that this hub writes: the number of its last migration.</summary>
    public const int SchemaVersion = 4;

    const int ApplicationId = 0x53444D58; // "SDMX": tells a store from other SQLite files
    // A log of up to 64 MB: a merge touches a page for each of its series, and the next one often the same pages, which are then copied from the log once for both.
    const string WriterPragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA wal_autocheckpoint=8192;";
    const string ReaderPragmas = "PRAGMA query_only=1; PRAGMA cache_size=-16384; PRAGMA mmap_size=1073741824;";
    const string CountTables = "SELECT count(*) FROM sqlite_master";
    const string ReadApplicationId = "PRAGMA application_id";
    const string ReadSchemaVersion = "SELECT schema_version FROM store_head WHERE id = 1";

    readonly ConcurrentBag<Session> _readers = [];
    readonly DateTime _frozenAt;

    public Database(string path)
    {
        Path = path;
        _frozenAt = File.GetLastWriteTimeUtc(path);
        Writer = OpenWriter(out var isNew);
        try
        {
            Migrate(isNew);
            Writer.Execute(WriterPragmas);
        }
        catch
        {
            Writer.Dispose();
            throw;
        }
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The writing session; used only under the store's write lock.</summary>
    public Session Writer { get; }

    /// <summary>A session for reading; give it back with <see cref="Return"/>.</summary>
    public Session Rent()
    {
        if (Writer.IsFrozen && (DatabaseFile.HasLog(Path) || File.GetLastWriteTimeUtc(Path) != _frozenAt))
            throw new StoreException($"The store '{Path}' was opened while it could only be read, and something has changed it since. Open it again.");
        return _readers.TryTake(out var session) ? session : DatabaseFile.Open(Path, raw.SQLITE_OPEN_READWRITE, ReaderPragmas);
    }

    public void Return(Session session) => _readers.Add(session);

    /// <summary>Rewrites the file. Only under the store's write lock.</summary>
    public (long Before, long After) Compact(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        // First what is in the log: the sizes are to be those of the store, not of what happens to be in the log.
        Writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var before = new FileInfo(Path).Length;
        try
        {
            using (ct.Register(Writer.Interrupt))
                Writer.Execute("VACUUM");
        }
        catch (StoreException) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        finally
        {
            // Also when it failed for want of room: the log gives back what it took.
            Writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }

        return (before, new FileInfo(Path).Length);
    }

    public void Dispose()
    {
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        Writer.Dispose();
    }

    Session OpenWriter(out bool isNew)
    {
        try
        {
            var session = DatabaseFile.Open(Path, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, "");
            isNew = session.Scalar(CountTables) == 0;
            return session;
        }
        catch (StoreException fault)
        {
            throw new StoreException($"The store '{Path}' cannot be opened. {fault.Message}", fault);
        }
    }

    void Migrate(bool isNew)
    {
        if (isNew)
        {
            // Before the first table: neither can change afterwards.
            UseLog();
            Alone(() => Writer.Scalar(CountTables) == 0, $"{Migration(1)} PRAGMA application_id={ApplicationId};");
        }

        if (Writer.Scalar(ReadApplicationId) != ApplicationId)
            throw new StoreException($"'{Path}' is an SQLite file, but no store of SdmxHub.");
        var version = Writer.Scalar(ReadSchemaVersion);
        if (version > SchemaVersion)
            throw new StoreException($"The store '{Path}' has schema {version}; this hub knows up to {SchemaVersion}. Use a newer hub.");
        for (var next = version + 1; next <= SchemaVersion; next++)
            Alone(() => Writer.Scalar(ReadSchemaVersion) < next, Migration(next));
    }

    /// <summary>Turns a new file to the write-ahead log. SQLite does not wait for others that do the same just now, so it is tried again for some seconds.</summary>
    void UseLog()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                Writer.Execute("PRAGMA page_size=8192; PRAGMA journal_mode=WAL;");
                return;
            }
            catch (StoreException) when (attempt < 100 && raw.sqlite3_errcode(Writer.Handle) is raw.SQLITE_BUSY)
            {
                Thread.Sleep(20);
            }
        }
    }

    /// <summary>Runs statements that only one process may run, if it is still needed: another one may have come first.</summary>
    void Alone(Func<bool> isNeeded, string statements)
    {
        Writer.Execute("BEGIN IMMEDIATE");
        if (isNeeded())
            Writer.Execute(statements);
        Writer.Execute("COMMIT");
    }

    static string Migration(long number) => Script($"{number:0000}.sql");

    /// <summary>The text of an embedded file of statements.</summary>
    public static string Script(string name)
    {
        using var stream = typeof(Database).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the script {name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

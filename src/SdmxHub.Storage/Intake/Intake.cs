using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>What comes to a store before it is in it, submissions and drafts, and what is kept of those who use it: keys, saved queries. A folder beside the store.</summary>
/// <remarks>A database of its own, so that a new submission or a sign of progress never waits for a load, which holds the store's write lock.
/// Nothing in it is needed to read the store. Thread-safe: each use is short and takes turns. One process at a time owns a folder's work;
/// others may read and write it.</remarks>
public sealed class Intake : IDisposable
{
    const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";

    static readonly string[] Scripts = ["draft.sql", "submission.sql", "api-key.sql", "saved-query.sql"];

    readonly Lock _turn = new();
    readonly Session _session;

    Intake(Store store, string folder, TimeProvider clock, Session session) => (Store, Folder, Clock, _session) = (store, folder, clock, session);

    /// <summary>The store that it leads to.</summary>
    public Store Store { get; }

    /// <summary>The folder: the database <c>intake.db</c>, the files that were sent, the previews of drafts.</summary>
    public string Folder { get; }

    /// <summary>Where instants come from.</summary>
    public TimeProvider Clock { get; }

    /// <summary>Opens what lies beside a store, making it when it is absent.</summary>
    /// <param name="store">The store; stays the caller's.</param>
    /// <param name="folder">The folder; when null, that of the store's file with <c>.intake</c> behind its name.</param>
    /// <param name="clock">Where instants come from.</param>
    /// <exception cref="StoreException">The folder cannot be made, or its database cannot be opened.</exception>
    public static Intake Open(Store store, string? folder, TimeProvider clock)
    {
        folder = Path.GetFullPath(folder ?? store.Database.Path + ".intake");
        try
        {
            // Files that were sent may be confidential until they are published: only the owner may read them.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(folder);
            else
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The folder '{folder}' for what is sent cannot be made. {fault.Message}", fault);
        }

        var session = DatabaseFile.Open(Path.Combine(folder, "intake.db"), raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, Pragmas);
        try
        {
            session.Execute("BEGIN IMMEDIATE");
            foreach (var script in Scripts)
                session.Execute(Database.Script(script));
            session.Execute("COMMIT");
        }
        catch
        {
            session.Dispose();
            throw;
        }

        return new Intake(store, folder, clock, session);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_turn)
            _session.Dispose();
    }

    /// <summary>Runs statements as one change: all of them or none.</summary>
    internal T Change<T>(Func<Session, T> change)
    {
        lock (_turn)
        {
            _session.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = change(_session);
                _session.Execute("COMMIT");
                return result;
            }
            catch
            {
                _session.Rollback();
                throw;
            }
        }
    }

    /// <summary>Reads.</summary>
    internal T Read<T>(Func<Session, T> read)
    {
        lock (_turn)
            return read(_session);
    }

    /// <summary>The instant now, in microseconds since 1970.</summary>
    internal long Now() => Store.Microseconds(Clock.GetUtcNow());
}

using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>Opens connections to SQLite files.</summary>
/// <remarks>A file that may only be read, on a read-only disk or by its rights, is opened all the same. SQLite then wants the log and its index beside it,
/// which an open store has and a closed one has not: a closed one is opened as a file that does not change.</remarks>
static class DatabaseFile
{
    const string Touch = "SELECT count(*) FROM sqlite_master";

    /// <summary>Opens a file and reads from it, so that what is no database is refused here.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="flags">How: SQLITE_OPEN_READWRITE, SQLITE_OPEN_CREATE.</param>
    /// <param name="pragmas">Statements to begin with, or nothing.</param>
    /// <exception cref="StoreException">It cannot be opened, or is no database.</exception>
    public static Session Open(string path, int flags, string pragmas)
    {
        var session = Session.Open(path, flags, isFrozen: false);
        try
        {
            return Prepare(session, pragmas);
        }
        catch (StoreException) when (IsClosedAndReadOnly(session, path))
        {
            session.Dispose();
            session = Session.Open(new Uri(path).AbsoluteUri + "?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI, isFrozen: true);
            return Prepare(session, pragmas);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Whether there is a log beside a file: what it holds may not be in the file yet.</summary>
    public static bool HasLog(string path) => File.Exists(path + "-wal");

    static bool IsClosedAndReadOnly(Session session, string path) =>
        raw.sqlite3_errcode(session.Handle) is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY && raw.sqlite3_db_readonly(session.Handle, "main") == 1 && !HasLog(path);

    static Session Prepare(Session session, string pragmas)
    {
        session.Execute("PRAGMA busy_timeout=30000;");
        session.Scalar(Touch);
        session.Execute(pragmas);
        return session;
    }
}

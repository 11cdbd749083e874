using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>What SQLite refuses, in words that name the file and say what to do.</summary>
static class DatabaseFault
{
    /// <summary>What went wrong last on <paramref name="database"/>.</summary>
    public static StoreException Of(sqlite3 database) =>
        Of(raw.sqlite3_extended_errcode(database), Name(database), raw.sqlite3_errmsg(database).utf8_to_string());

    /// <summary>What a result code means for a file.</summary>
    /// <param name="code">The code; an extended one tells more.</param>
    /// <param name="file">The database's file.</param>
    /// <param name="message">SQLite's own words.</param>
    public static StoreException Of(int code, string file, string message)
    {
        var (what, advice) = Explain(code);
        return new($"{what}: '{file}'. {advice} ({message}).") { IsTransient = (code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED };
    }

    /// <summary>The file of a connection.</summary>
    public static string Name(sqlite3 database) => raw.sqlite3_db_filename(database, "main").utf8_to_string();

    static (string What, string Advice) Explain(int code) => code switch
    {
        // No room for the index of the log: the first that a full disk refuses.
        raw.SQLITE_IOERR_SHMSIZE => Explain(raw.SQLITE_FULL),
        raw.SQLITE_IOERR_WRITE => ("The disk cannot be written, or a quota or limit keeps the file from growing", "Nothing of the change is kept; make room and try again"),
        _ => (code & 0xFF) switch
        {
            raw.SQLITE_FULL => ("The disk is full, or the store's file may not grow", "Nothing of the change is kept; make room and try again"),
            raw.SQLITE_READONLY => ("The store's file may only be read", "Nothing is changed; allow writing to the file and its folder"),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => ("Another process keeps the store busy", "Nothing is changed; try again"),
            raw.SQLITE_CANTOPEN => ("The store's file, or its log beside it, cannot be opened", "See that the file is there and that it and its folder may be read and written"),
            raw.SQLITE_IOERR => ("The disk that the store is on fails", "Nothing of the change is kept"),
            raw.SQLITE_CORRUPT => ("The store's file is damaged", "Restore it from a backup"),
            raw.SQLITE_NOTADB => ("This file is no store", "Name a new file, or one that SdmxHub made"),
            _ => ("The store's database refused a statement", "Nothing of the change is kept"),
        },
    };
}

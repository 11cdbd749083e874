using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>What SQLite refuses, in words that say what to do.</summary>
static class DatabaseFault
{
    /// <summary>The fault for a result code; extended codes are understood.</summary>
    public static StoreException Of(int code, string message)
    {
        var text = (code & 0xFF) switch
        {
            raw.SQLITE_FULL => "The disk is full, or the store's file may not grow. Nothing of the change is kept; make room and try again",
            raw.SQLITE_READONLY => "The store's file may only be read. Nothing is changed; allow writing to the file and its folder",
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "Another process keeps the store busy. Nothing is changed; try again",
            raw.SQLITE_IOERR => "The disk that the store is on fails. Nothing of the change is kept",
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => "The store's file is damaged. Restore it from a backup",
            _ => "The store's database refused a statement",
        };
        return new($"{text} ({message}).");
    }
}

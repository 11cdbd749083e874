using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>One connection and the statements prepared on it. Not thread-safe: SQLite is told so, and takes no lock for each call.</summary>
sealed class Session : IDisposable
{
    readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);
    ReadingTogether? _readingTogether;

    static Session() => Batteries_V2.Init();

    Session(sqlite3 handle, bool isFrozen) => (Handle, IsFrozen) = (handle, isFrozen);

    /// <summary>The connection, for what statements cannot do.</summary>
    public sqlite3 Handle { get; }

    /// <summary>Whether the file is taken for one that nobody changes: there is no lock on it.</summary>
    public bool IsFrozen { get; }

    /// <summary>Opens a file; <see cref="DatabaseFile"/> knows more of how.</summary>
    /// <param name="path">The file, or an SQLite URI for one that is frozen.</param>
    /// <param name="flags">How: SQLITE_OPEN_READONLY, SQLITE_OPEN_READWRITE, SQLITE_OPEN_CREATE.</param>
    /// <param name="isFrozen">Whether nobody changes it.</param>
    /// <exception cref="StoreException">SQLite refuses.</exception>
    public static Session Open(string path, int flags, bool isFrozen)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code == raw.SQLITE_OK)
            return new Session(handle, isFrozen);
        var message = raw.sqlite3_errstr(code).utf8_to_string();
        handle?.Dispose();
        throw DatabaseFault.Of(code, path, message);
    }

    /// <summary>Stops what runs on the connection; from any thread.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(Handle);

    /// <summary>The statement of this text, prepared once. Dispose it after use, before the same text is asked for again.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
            return known;
        if (raw.sqlite3_prepare_v2(Handle, sql, out var handle) != raw.SQLITE_OK)
            throw DatabaseFault.Of(Handle);
        var statement = new Statement(Handle, handle);
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs statements without parameters or rows.</summary>
    public void Execute(string sql)
    {
        if (raw.sqlite3_exec(Handle, sql) != raw.SQLITE_OK)
            throw DatabaseFault.Of(Handle);
    }

    /// <summary>Ends the transaction without keeping anything; SQLite itself has done so after some faults, such as a full disk.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Handle) == 0)
            Execute("ROLLBACK");
    }

    /// <summary>Reads what comes next in one transaction, so that not every statement locks and unlocks the file; nothing is done where there is one already.</summary>
    /// <returns>Ends it.</returns>
    public IDisposable? ReadTogether()
    {
        if (raw.sqlite3_get_autocommit(Handle) == 0)
            return null;
        Execute("BEGIN");
        return _readingTogether ??= new ReadingTogether(this);
    }

    /// <summary>The one number that <paramref name="sql"/> gives; 0 when it gives no row.</summary>
    public long Scalar(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Long(0) : 0;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Close();
        _statements.Clear();
        Handle.Dispose();
    }

    sealed class ReadingTogether(Session session) : IDisposable
    {
        public void Dispose() => session.Rollback();
    }
}

using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>One connection and the statements prepared on it. Not thread-safe.</summary>
sealed class Session(SqliteConnection connection) : IDisposable
{
    readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    /// <summary>The connection, for what statements cannot do.</summary>
    public sqlite3 Handle => connection.Handle!;

    /// <summary>Stops what runs on the connection; from any thread.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(Handle);

    /// <summary>The statement of this text, prepared once. Dispose it after use, before the same text is asked for again.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var known))
            return known;
        var database = connection.Handle!;
        if (raw.sqlite3_prepare_v2(database, sql, out var handle) != raw.SQLITE_OK)
            throw DatabaseFault.Of(raw.sqlite3_errcode(database), raw.sqlite3_errmsg(database).utf8_to_string(), null);
        var statement = new Statement(database, handle);
        _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs statements without parameters or rows.</summary>
    public void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            command.ExecuteNonQuery();
        }
        catch (SqliteException fault)
        {
            throw DatabaseFault.Of(fault.SqliteErrorCode, fault.Message, fault);
        }
    }

    /// <summary>Ends the transaction without keeping anything; SQLite itself has done so after some faults, such as a full disk.</summary>
    public void Rollback()
    {
        if (raw.sqlite3_get_autocommit(Handle) == 0)
            Execute("ROLLBACK");
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
        connection.Dispose();
    }
}

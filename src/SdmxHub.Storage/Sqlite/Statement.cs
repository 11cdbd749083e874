using Sdmx;
using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>One prepared statement on the raw <c>sqlite3</c> interface: no boxing, no copy of a block that is read.</summary>
/// <remarks>Owned and kept by its <see cref="Session"/>; <see cref="Dispose"/> only makes it ready for the next use. Parameters count from 1, columns from 0.</remarks>
sealed class Statement(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        Check(value is null ? raw.sqlite3_bind_null(statement, parameter) : raw.sqlite3_bind_text(statement, parameter, value));
        return this;
    }

    /// <summary>Binds a period as spelt; <see cref="TimePeriod.None"/> is null.</summary>
    public Statement Bind(int parameter, TimePeriod period)
    {
        if (period == TimePeriod.None)
        {
            Check(raw.sqlite3_bind_null(statement, parameter));
            return this;
        }

        Span<byte> text = stackalloc byte[256];
        period.TryFormat(text, out var length);
        Check(raw.sqlite3_bind_text(statement, parameter, text[..length]));
        return this;
    }

    /// <summary>Goes to the next row; false behind the last.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(statement);
        if (code is raw.SQLITE_ROW or raw.SQLITE_DONE)
            return code == raw.SQLITE_ROW;
        var fault = DatabaseFault.Of(database);
        Dispose();
        throw fault;
    }

    /// <summary>Runs a statement that gives no row, and makes it ready for the next use.</summary>
    public void Run()
    {
        Step();
        Dispose();
    }

    public long Long(int column) => raw.sqlite3_column_int64(statement, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>The bytes of a column; valid until the next <see cref="Step"/> or <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    // The code repeats the error that Step has already thrown. What was bound stays: each use binds every parameter.
    public void Dispose() => _ = raw.sqlite3_reset(statement);

    public void Close() => statement.Dispose();

    void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw DatabaseFault.Of(database);
    }
}

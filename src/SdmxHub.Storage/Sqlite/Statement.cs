using Sdmx;
using SQLitePCL;

namespace SdmxHub.Storage;

/// <summary>One prepared statement on the raw <c>sqlite3</c> interface: no boxing, no copy of a block that is read.</summary>
/// <remarks>Owned and kept by its <see cref="Session"/>; <see cref="Dispose"/> only makes it ready for the next use. Parameters count from 1, columns from 0.</remarks>
sealed unsafe class Statement(sqlite3 database, sqlite3_stmt statement) : IDisposable
{
    readonly nint _handle = statement.DangerousGetHandle();

    public Statement Bind(int parameter, long value)
    {
        Check(NativeSqlite.Bind(_handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, long? value)
    {
        Check(value is { } number ? NativeSqlite.Bind(_handle, parameter, number) : NativeSqlite.BindNull(_handle, parameter));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        // No pointer would bind null.
        fixed (byte* bytes = value.IsEmpty ? [0] : value)
            Check(NativeSqlite.BindBlob(_handle, parameter, bytes, value.Length, NativeSqlite.Transient));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        Check(value is null ? NativeSqlite.BindNull(_handle, parameter) : raw.sqlite3_bind_text(statement, parameter, value));
        return this;
    }

    /// <summary>Binds a period as spelt; <see cref="TimePeriod.None"/> is null.</summary>
    public Statement Bind(int parameter, TimePeriod period)
    {
        if (period == TimePeriod.None)
        {
            Check(NativeSqlite.BindNull(_handle, parameter));
            return this;
        }

        Span<byte> text = stackalloc byte[256];
        period.TryFormat(text, out var length);
        fixed (byte* bytes = text)
            Check(NativeSqlite.BindText(_handle, parameter, bytes, length, NativeSqlite.Transient));
        return this;
    }

    /// <summary>Goes to the next row; false behind the last.</summary>
    public bool Step()
    {
        var code = NativeSqlite.Step(_handle);
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

    public long Long(int column) => NativeSqlite.Long(_handle, column);

    public bool IsNull(int column) => NativeSqlite.Type(_handle, column) == raw.SQLITE_NULL;

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    /// <summary>The bytes of a column, of a text in UTF-8; valid until the next <see cref="Step"/> or <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Blob(int column) => new(NativeSqlite.Blob(_handle, column), NativeSqlite.Bytes(_handle, column));

    // The code repeats the error that Step has already thrown. What was bound stays: each use binds every parameter.
    public void Dispose() => _ = NativeSqlite.Reset(_handle);

    public void Close() => statement.Dispose();

    void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw DatabaseFault.Of(database);
    }
}

using Microsoft.Data.Sqlite;
using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>The plain way to keep observations: a table of SQLite with a row for each, codes as numbers, unique by key and period. Nothing is validated.</summary>
/// <remarks>There are two: one that forgets, where a row takes the place of the one before; and one that keeps history as the hub does, where an equal row
/// changes nothing and a changed one goes to a second table with the revisions it stood from and to. That is done by a trigger and a conditional update;
/// looking up, comparing and updating by statements of their own took 1.7 times as long.</remarks>
sealed class RowTable : IDisposable
{
    readonly string _path;
    readonly SdgCube _cube;
    readonly SqliteConnection _connection;
    readonly string _columns;
    readonly string _insert;
    int _revision;

    public RowTable(string path, SdgCube cube, bool keepsHistory)
    {
        (_path, _cube) = (path, cube);
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        string[] keys = [.. cube.Schema.Dimensions.Select(d => d.Id), "TIME_PERIOD"], values = [.. cube.Schema.Values.Select(v => v.Id)];
        string[] all = [.. keys, .. values, .. keepsHistory ? ["REVISION"] : Array.Empty<string>()];
        _columns = string.Join(", ", all);
        Execute("PRAGMA journal_mode = WAL");
        Execute($"CREATE TABLE observation ({_columns}, PRIMARY KEY ({string.Join(", ", keys)})) WITHOUT ROWID");
        _insert = $"INTO observation ({_columns}) VALUES ({string.Join(", ", all.Select((_, i) => $"?{i + 1}"))})";
        if (!keepsHistory)
        {
            _insert = $"INSERT OR REPLACE {_insert}";
            return;
        }

        Execute($"CREATE TABLE history ({_columns}, SUPERSEDED_BY)");
        Execute($"CREATE TRIGGER keep AFTER UPDATE ON observation BEGIN INSERT INTO history VALUES (OLD.{string.Join(", OLD.", all)}, NEW.REVISION); END");
        _insert = $"INSERT {_insert} ON CONFLICT DO UPDATE SET {string.Join(", ", all[keys.Length..].Select(c => $"{c} = excluded.{c}"))} "
            + $"WHERE {string.Join(" OR ", values.Select(v => $"{v} IS NOT excluded.{v}"))}";
    }

    /// <summary>The size of the file and its log.</summary>
    public long Bytes
    {
        get
        {
            Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return new FileInfo(_path).Length;
        }
    }

    /// <summary>Puts every observation of a message into the table, in one transaction.</summary>
    public void Load(string path) => Load(_cube.Read(path));

    /// <summary>Puts every observation of blocks into the table, in one transaction.</summary>
    public void Load(IEnumerable<ObservationBlock> blocks)
    {
        using var transaction = _connection.BeginTransaction();
        using var insert = _connection.CreateCommand();
        insert.CommandText = _insert;
        _revision++;
        for (var i = 1; i <= _columns.Split(", ").Length; i++)
            insert.Parameters.Add(new SqliteParameter($"?{i}", _revision));
        insert.Prepare();
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Kinds[row] == RowKind.Observation)
                    Insert(insert, block, row);
            }
        }

        transaction.Commit();
    }

    /// <summary>Reads every column of every row.</summary>
    public void Scan()
    {
        using var select = _connection.CreateCommand();
        select.CommandText = $"SELECT {_columns} FROM observation";
        using var reader = select.ExecuteReader();
        var sum = 0L;
        var dimensions = _cube.Schema.Dimensions.Count;
        while (reader.Read())
        {
            for (var i = 0; i < dimensions; i++)
                sum += reader.GetInt32(i);
            for (var i = dimensions; i < reader.FieldCount; i++)
                sum += reader.IsDBNull(i) ? 0 : 1;
            sum += reader.GetString(dimensions).Length;
        }

        GC.KeepAlive(sum);
    }

    public void Dispose() => _connection.Dispose();

    // the last parameter, of the revision where there is one, stays
    static void Insert(SqliteCommand insert, ObservationBlock block, int row)
    {
        var at = 0;
        foreach (var column in block.Key)
            insert.Parameters[at++].Value = column[row];
        insert.Parameters[at++].Value = block.Periods[row].ToString();
        for (var column = 0; column < block.Values.Length; column++)
        {
            var values = block.Values[column];
            insert.Parameters[at++].Value = values.Forms[row] == ValueForm.Absent ? DBNull.Value
                : values.Forms[row] == ValueForm.Code ? values.Bits[row] : block.Text(column, row);
        }

        insert.ExecuteNonQuery();
    }

    void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

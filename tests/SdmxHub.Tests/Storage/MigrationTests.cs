using Microsoft.Data.Sqlite;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

public class MigrationTests
{
    static readonly string[] Tables = ["tx", "tx_cube", "cube", "component", "code", "text", "series", "block", "block_hist", "artefact"];

    [Test]
    public void A_store_of_an_older_hub_keeps_every_revision_and_grows_on([Range(1, Database.SchemaVersion - 1)] int schema)
    {
        using var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "..||SOURCE=census", "A.A.x||UNIT=KG", "A.A.x|2000|OBS_VALUE=1", "A.A.x|2001|OBS_VALUE=2.50|NOTE=see", "M.B.x|2001-01|OBS_VALUE=3");
        temporary.Load(DatasetAction.Merge, "A.A.x||UNIT=PT", "A.A.x|2001|OBS_VALUE=7", "A.A.x|2049|OBS_VALUE=NaN");
        temporary.Load(DatasetAction.Delete, "A.A.x|2000|", "M.B.x||");
        temporary.Load(DatasetAction.Merge, "M.B.x|2001-01|OBS_VALUE=4");
        var expected = Answers(temporary.Store);
        var older = temporary.File + ".old";
        temporary.Store.Dispose();
        WriteOlder(temporary.File, older, schema);

        using var store = Store.Open("sqlite:" + older, TimeProvider.System);

        Assert.That(Answers(store), Is.EqualTo(expected));
        Assert.That(StoreCheck.Run(store, null, CancellationToken.None).Faults, Is.Empty);
        using (var transaction = store.Begin("load", "test"))
        {
            TemporaryStore.Append(transaction, DatasetAction.Merge, "A.A.x|2001|OBS_VALUE=8", "A.B.x|2001|OBS_VALUE=9");
            transaction.Commit();
        }

        Assert.That(Answers(store).SkipLast(1), Is.EqualTo(expected));
        Assert.That(StoreCheck.Run(store, null, CancellationToken.None).Faults, Is.Empty);
    }

    static List<List<string>> Answers(Store store)
    {
        var answers = new List<List<string>>();
        foreach (var revision in store.Log())
        {
            using var snapshot = store.At(revision.Number)!;
            answers.Add(TemporaryStore.Read(snapshot));
        }

        return answers;
    }

    /// <summary>Makes the file that a hub of an older schema would have, by the scripts up to that schema and the rows of today's tables.</summary>
    static void WriteOlder(string file, string older, int schema)
    {
        using var connection = new SqliteConnection($"Data Source={older};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"{string.Concat(Enumerable.Range(1, schema).Select(n => Database.Script($"{n:0000}.sql")))} PRAGMA application_id={0x53444D58}; ATTACH '{file}' AS now;"
            + "UPDATE store_head SET tx = (SELECT tx FROM now.store_head);";
        command.ExecuteNonQuery();
        foreach (var table in Tables)
        {
            // Without the columns that came later.
            command.CommandText = $"SELECT group_concat(name) FROM pragma_table_info('{table}', 'main')";
            var columns = (string)command.ExecuteScalar()!;
            command.CommandText = $"INSERT INTO {table} ({columns}) SELECT {columns} FROM now.{table}";
            command.ExecuteNonQuery();
        }
    }
}

using Microsoft.Data.Sqlite;
using Sdmx;
using SdmxHub.Storage;
using Run = SdmxHub.Tests.Cli.Run;

namespace SdmxHub.Tests.Storage;

/// <summary>Every kind of damage, done by SQL behind the store's back, is found by name: while the store is open, and by the command afterwards.</summary>
public class DamageTests
{
    const string CannotBeOpened = "cannot be opened";

    [TestCase("UPDATE block SET data = substr(data, 1, length(data) - 1) || x'00' WHERE series_id = 3 AND chunk > 0", "checksum")]
    [TestCase("UPDATE block_hist SET data = x'02' WHERE chunk > 0", "version")]
    [TestCase("UPDATE block SET n_obs = n_obs + 1 WHERE chunk > 0", "rows and has")]
    [TestCase("UPDATE block SET first = '1999' WHERE chunk > 0", "first or last")]
    [TestCase("UPDATE block SET first = 'no period' WHERE chunk > 0", "first or last", CannotBeOpened)]
    [TestCase("UPDATE block SET chunk = chunk + 16 WHERE series_id = 4", "belongs to another chunk")]
    [TestCase("UPDATE block SET tx_from = 3 WHERE series_id = 4", "its last change is of revision 2")]
    [TestCase("UPDATE block SET data = (SELECT data FROM block WHERE series_id = 4), n_obs = 1, first = '2001-01', last = '2001-01' WHERE series_id = 3 AND chunk > 0", "belongs to another chunk")]
    [TestCase("UPDATE block_hist SET tx_to = tx_to + 2", "ends with revision 5, the next begins with 3", TestName = "history overlaps")]
    [TestCase("DELETE FROM block_hist WHERE tx_from = 3", "ends with revision 3, the next begins with 4", TestName = "history has a gap")]
    [TestCase("UPDATE block_hist SET tx_to = tx_from", "a version stands from revision 2 to 2", TestName = "history is out of order")]
    [TestCase("UPDATE block_hist SET tx_to = 9 WHERE tx_from = 3", "a version stands from revision 3 to 9")]
    [TestCase("DELETE FROM block WHERE series_id = 3", "nothing follows")]
    [TestCase("DELETE FROM block WHERE series_id = 1", "in 3 series")]
    [TestCase("DELETE FROM block_hist", "says")]
    [TestCase("UPDATE tx_cube SET n_ins = n_ins + 1 WHERE tx = 2", "2 says")]
    [TestCase("UPDATE tx_cube SET touched = x'01' WHERE tx = 2", "2 says")]
    [TestCase("UPDATE series SET agreement_id = 9 WHERE series_id = 1", "1 rows of the table series name an agreement that is not there")]
    [TestCase("UPDATE tx_cube SET agreement_id = 9 WHERE tx = 2", "1 rows of the table tx_cube name an agreement that is not there")]
    [TestCase("DELETE FROM tx_cube WHERE tx = 3", "no record")]
    [TestCase("INSERT INTO tx_cube (tx, cube_id, n_ins, n_upd, n_del, touched) SELECT 9, cube_id, n_ins, n_upd, n_del, touched FROM tx_cube WHERE tx = 2", "belong to no revision")]
    [TestCase("DELETE FROM tx WHERE tx = 2", "follows")]
    [TestCase("UPDATE tx SET commit_ts_us = 1 WHERE tx = 3", "not later")]
    [TestCase("UPDATE store_head SET tx = 3", "the head is revision 3, but the last one is 4")]
    [TestCase("DELETE FROM tx WHERE tx = 4", "the head is revision 4, but the last one is 3")]
    [TestCase("UPDATE series SET key = (SELECT key FROM series WHERE series_id = 2) WHERE series_id = 1", "is that of series")]
    [TestCase("UPDATE series SET key = x'FF' WHERE series_id = 4", "key of series 4 cannot be read", CannotBeOpened)]
    [TestCase("UPDATE series SET key = x'636363' WHERE series_id = 4", "key of series 4 cannot be read")]
    [TestCase("UPDATE series SET created_tx = 9 WHERE series_id = 4", "series 4 is out of order or of revision 9")]
    [TestCase("UPDATE series SET created_tx = 4 WHERE series_id = 2", "series 3 is out of order or of revision 2")]
    [TestCase("DELETE FROM series WHERE series_id = 4", "3 series in the table, 4 in memory", "series 4, which is not there")]
    [TestCase("UPDATE series SET series_id = 9 WHERE series_id = 4", "series 9 is out of order")]
    [TestCase("DELETE FROM code WHERE code_id = 1", "out of order, twice there, or another in memory")]
    [TestCase("DELETE FROM component WHERE comp = 2", "component 3 'KIND' is out of order")]
    [TestCase("DELETE FROM text WHERE text_id = 1", "text 2 follows 0")]
    [TestCase("UPDATE text SET value = 'other' WHERE text_id = 2", "text 2 is not the one")]
    [TestCase("DELETE FROM text WHERE text_id = (SELECT max(text_id) FROM text)", "has a value of form")]
    [TestCase("INSERT INTO block SELECT cube_id, 77, chunk, tx_from, n_obs, first, last, data FROM block WHERE series_id = 4", "series 77, which is not there")]
    [TestCase("INSERT INTO block SELECT 9, series_id, chunk, tx_from, n_obs, first, last, data FROM block", "5 rows of the table block belong to no cube")]
    [TestCase("INSERT INTO block_hist SELECT 9, series_id, chunk, tx_from, tx_to, n_obs, first, last, data FROM block_hist", "table block_hist belong to no cube")]
    [TestCase("INSERT INTO series SELECT 9, series_id, key, agreement_id, created_tx FROM series", "table series belong to no cube")]
    [TestCase("INSERT INTO code SELECT 9, comp, code_id, code FROM code", "table code belong to no cube")]
    [TestCase("INSERT INTO component SELECT 9, comp, id, type FROM component", "table component belong to no cube")]
    [TestCase("INSERT INTO tx_cube (tx, cube_id, n_ins, n_upd, n_del, touched) SELECT tx, 9, n_ins, n_upd, n_del, touched FROM tx_cube", "table tx_cube belong to no cube")]
    [TestCase("DELETE FROM cube", "belong to no cube")]
    [TestCase("INSERT INTO artefact SELECT urn, tx_from + 1, NULL, body FROM artefact LIMIT 1", "two versions")]
    [TestCase("UPDATE artefact SET tx_to = 9", "is in force from revision 1 to 9")]
    [TestCase("UPDATE artefact SET body = (SELECT body FROM artefact ORDER BY urn LIMIT 1)", "cannot be read: it is")]
    [TestCase("UPDATE artefact SET body = x'00'", "cannot be read", CannotBeOpened)]
    public void What_is_damaged_is_found(string damage, string fault, string? afterwards = null)
    {
        using var temporary = Filled();
        Damage(temporary.File, damage);

        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Has.Some.Contains(fault));

        temporary.Store.Dispose();
        var run = Run.Of("store", "verify", "--store", "sqlite:" + temporary.File);
        Assert.That(run.ExitCode, Is.EqualTo(afterwards == CannotBeOpened ? 2 : 1), run.Output + run.Error);
        Assert.That(run.Output + run.Error, Does.Contain(afterwards ?? fault).And.Not.Contain("a fault of sdmxhub"));
    }

    [Test]
    public void An_index_in_memory_that_is_not_that_of_the_blocks_is_found()
    {
        using var temporary = Filled();
        Damage(temporary.File, "UPDATE block SET last = '2001' WHERE series_id = 3 AND chunk > 0");

        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Has.Some.Contains("the index has other counts, revision or range of series 3"));
    }

    [Test]
    public void An_index_of_the_database_that_is_not_that_of_its_table_is_found()
    {
        using var temporary = Filled();
        temporary.Store.Dispose();
        // The entries stay those of the hashes.
        Damage(temporary.File, "PRAGMA writable_schema=1; UPDATE sqlite_master SET sql = 'CREATE INDEX text_hash ON text (text_id)' WHERE name = 'text_hash'");

        temporary.Reopen();

        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Has.Some.Contains("text_hash"));
    }

    [Test]
    public void Every_page_overwritten_is_noticed_whether_the_store_opens_or_not()
    {
        using var temporary = Filled();
        temporary.Store.Compact(CancellationToken.None);
        temporary.Store.Dispose();
        var whole = File.ReadAllBytes(temporary.File);
        const int Page = 8192;
        for (var page = 0; page < whole.Length / Page; page++)
        {
            var damaged = whole.ToArray();
            new Random(page).NextBytes(damaged.AsSpan(page * Page, Page));
            File.WriteAllBytes(temporary.File, damaged);

            var run = Run.Of("store", "verify", "--store", "sqlite:" + temporary.File);

            Assert.That(run.ExitCode, Is.Not.Zero, $"page {page}: {run.Output}");
            Assert.That(run.Error, Does.Not.Contain("a fault of sdmxhub"), $"page {page}");
        }

        File.WriteAllBytes(temporary.File, whole);
        temporary.Reopen();
        Assert.That(StoreCheck.Run(temporary.Store, null, CancellationToken.None).Faults, Is.Empty);
    }

    static void Damage(string file, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.That(command.ExecuteNonQuery(), Is.Positive);
    }

    static TemporaryStore Filled()
    {
        var temporary = new TemporaryStore();
        temporary.PutSmallFlow();
        temporary.Load(DatasetAction.Merge, "..||SOURCE=census", ".A.||AREA_NOTE=none", "A.A.x||UNIT=KG", "A.A.x|2000|OBS_VALUE=1", "A.A.x|2001|OBS_VALUE=2.50|NOTE=see", "M.B.x|2001-01|OBS_VALUE=3");
        temporary.Load(DatasetAction.Merge, "A.A.x|2001|OBS_VALUE=7", "A.A.x|2002|OBS_VALUE=NaN");
        temporary.Load(DatasetAction.Delete, "A.A.x|2000|");
        temporary.Store.Head().Dispose();
        return temporary;
    }
}

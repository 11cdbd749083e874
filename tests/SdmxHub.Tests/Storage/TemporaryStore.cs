using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>A store in a folder of its own that goes with it.</summary>
sealed class TemporaryStore : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("sdmxhub-store-").FullName;

    public TemporaryStore() => Store = Open();

    public Store Store { get; private set; }

    public string File => Path.Combine(_folder, "store.db");

    public void Reopen()
    {
        Store.Dispose();
        Store = Open();
    }

    /// <summary>Commits the small flow's structures.</summary>
    public Revision PutSmallFlow()
    {
        using var transaction = Store.Begin("structures", "test");
        transaction.Put(SmallFlow.Artefacts());
        return transaction.Commit();
    }

    /// <summary>Commits rows: <c>key|period|COMP=value|COMP=value</c>, the period empty for attribute rows.</summary>
    public Revision Load(DatasetAction action, params string[] rows)
    {
        using var transaction = Store.Begin("load", "test");
        Append(transaction, action, rows);
        return transaction.Commit();
    }

    public static void Append(StoreTransaction transaction, DatasetAction action, params string[] rows)
    {
        var block = new ObservationBlock();
        var dataset = SmallFlow.Dataset(transaction.Catalog.Schema(SmallFlow.Flow())!, action);
        foreach (var some in rows.Chunk(ObservationBlock.Capacity))
        {
            block.Begin(dataset);
            foreach (var row in some)
            {
                var parts = row.Split('|');
                SmallFlow.Add(block, parts[0], parts[1].Length == 0 ? null : parts[1], [.. parts[2..].Where(p => p.Length > 0).Select(p => (p.Split('=')[0], p[(p.IndexOf('=') + 1)..]))]);
            }

            transaction.Append(block);
        }
    }

    /// <summary>A query's answer as rows like those of <see cref="Load"/>, in the order given.</summary>
    public static List<string> Read(Snapshot snapshot, DataQuery? query = null)
    {
        using var reader = snapshot.Read(query ?? new DataQuery { Dataflow = SmallFlow.Flow() });
        var rows = new List<string>();
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
            {
                var values = block.Dataset.Schema.Values.Select(v => (v.Id, Text: block.Text(v.Index, row))).Where(v => v.Text is not null);
                var period = block.Kinds[row] == RowKind.Attributes ? "" : block.Periods[row].ToString();
                rows.Add($"{block.KeyText(row)}|{period}|{string.Join('|', values.Select(v => $"{v.Id}={v.Text}"))}");
            }
        }

        return rows;
    }

    public List<string> ReadHead(DataQuery? query = null)
    {
        using var head = Store.Head();
        return Read(head, query);
    }

    public void Dispose()
    {
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    Store Open() => Store.Open("sqlite:" + File, TimeProvider.System);
}

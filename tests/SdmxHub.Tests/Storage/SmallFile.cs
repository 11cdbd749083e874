using System.IO.Pipelines;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Tests.Storage;

/// <summary>Writes rows of the small flow, as <see cref="TemporaryStore.Load"/> takes them, as a message.</summary>
static class SmallFile
{
    public static string Write(string path, DatasetAction action, params string[] rows) => Write(path, SmallFlow.Catalog(), action, rows);

    public static string Write(string path, StructureCatalog catalog, DatasetAction action, params string[] rows)
    {
        var schema = catalog.Schema(SmallFlow.Flow())!;
        var block = new ObservationBlock();
        block.Begin(SmallFlow.Dataset(schema, action));
        foreach (var row in rows)
        {
            var parts = row.Split('|');
            SmallFlow.Add(block, parts[0], parts[1].Length == 0 ? null : parts[1], [.. parts[2..].Where(p => p.Length > 0).Select(p => (p.Split('=')[0], p[(p.IndexOf('=') + 1)..]))]);
        }

        using var stream = File.Create(path);
        var output = PipeWriter.Create(stream);
        var writer = Format.Find("csv-2.0")!.Write!(output, new WriterOptions { DimensionAtObservation = "AllDimensions" });
        writer.Begin([schema]);
        writer.BeginDataset(block.Dataset);
        writer.Write(block);
        writer.End();
        output.Complete();
        return path;
    }
}

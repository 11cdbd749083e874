using Sdmx;
using Sdmx.Formats;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>The one way in: read, validate, sort by series, check the series, and if nothing is wrong append and commit. CLI and web call the same.</summary>
/// <remarks>Memory is bounded by the number of series, not by the size of the file. Cancelling leaves the store as it was.</remarks>
public static class Load
{
    /// <summary>Checks a file, data or structures, against <paramref name="catalog"/>; nothing is kept.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static LoadReport Check(string path, StructureCatalog catalog, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct) =>
        Run(new LoadStep(path, catalog, null, options, progress, ct));

    /// <summary>Checks a file against the structures of <paramref name="store"/>'s head and, when no finding is an error, loads it: all or nothing.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static LoadReport Run(string path, Store store, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        using var head = store.Head();
        return Run(new LoadStep(path, head.Catalog, head, options, progress, ct));
    }

    static LoadReport Run(LoadStep step)
    {
        try
        {
            return step.File.Format?.Kind == MessageKind.Structure ? LoadStructures(step) : LoadData(step);
        }
        catch
        {
            step.Issues.Dispose();
            throw;
        }
    }

    static LoadReport LoadData(LoadStep step)
    {
        using var sorter = new SeriesSorter();
        var validator = new Validator(step.Issues, step.Validation);
        // One thread reads and checks rows, and so logs in message order; this one sorts.
        using (var reader = step.File.OpenData(step.Context))
        using (var blocks = new BlocksAhead(step.Blocks, block => ReadAndCheck(step, reader, validator, block)))
        {
            while (blocks.Next() is { } block)
                sorter.Add(block);
        }

        using (var blocks = new BlocksAhead(step.Blocks, sorter.Read))
        {
            while (blocks.Next() is { } block)
                validator.CheckSeries(block);
        }

        validator.Complete();
        var report = step.Finish() with { Observations = sorter.Observations, Series = sorter.Series };
        return step.Head is null || step.Issues.HasErrors ? report : Append(step, sorter, report);
    }

    static bool ReadAndCheck(LoadStep step, DataReader? reader, Validator validator, ObservationBlock block)
    {
        if (reader is null || !reader.Read(block))
            return false;
        validator.Check(block);
        step.Report(reader.Position, block);
        return true;
    }

    static LoadReport Append(LoadStep step, SeriesSorter sorter, LoadReport report)
    {
        using var transaction = step.Head!.Store.Begin("load", step.Options.Actor);
        if (transaction.IsAfter(step.Head))
            throw new StoreException("The structures changed while the file was checked. Load it again.");
        var dataset = -1;
        long written = 0;
        sorter.Rewind();
        using var blocks = new BlocksAhead(step.Blocks, sorter.Read);
        while (blocks.Next() is { } block)
        {
            step.Cancellation.ThrowIfCancellationRequested();
            if (block.Dataset.Number != dataset && transaction.Check(block.Dataset.Schema, new(step.File.Name, 0, 0, block.Dataset.Number)) is { } refusal)
            {
                step.Issues.Add(refusal);
                return report;
            }

            dataset = block.Dataset.Number;
            transaction.Append(block);
            written += block.Dataset.Action == DatasetAction.Delete ? 0 : block.Kinds.AsSpan(0, block.Count).Count(RowKind.Observation);
        }

        var revision = transaction.Commit();
        if (revision.Number <= step.Head.Revision)
            return report with { Revision = revision, Unchanged = written };
        return report with
        {
            Revision = revision,
            Inserted = revision.Inserted,
            Updated = revision.Updated,
            Deleted = revision.Deleted,
            Unchanged = Math.Max(0, written - revision.Inserted - revision.Updated),
        };
    }

    static LoadReport LoadStructures(LoadStep step)
    {
        var message = step.File.ReadStructures(step.Context);
        if (message is not null)
            StructureCheck.Check(message.Artefacts, step.Catalog, step.File.Name, step.Issues);
        var report = step.Finish() with { Artefacts = message?.Artefacts.Count ?? 0 };
        if (message is null || step.Head is null || step.Issues.HasErrors)
            return report;
        using var transaction = step.Head.Store.Begin("structures", step.Options.Actor);
        if (transaction.IsAfter(step.Head))
            throw new StoreException("The structures changed while the file was checked. Load it again.");
        transaction.Put(message.Artefacts.Where(StoreTransaction.CanKeep));
        return report with { Revision = transaction.Commit() };
    }
}

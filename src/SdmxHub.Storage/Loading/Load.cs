using Sdmx;
using Sdmx.Formats;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>The one way in: read, validate, sort by series, check the series, and if nothing is wrong append and commit. CLI and web call the same.</summary>
/// <remarks>Memory is bounded by the number of series, not by the size of the file. Cancelling leaves the store as it was.</remarks>
public static class Load
{
    /// <summary>Checks a file, data, structures or metadata, against <paramref name="catalog"/>; nothing is kept.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static LoadReport Check(string path, StructureCatalog catalog, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct) =>
        Check([new LoadFile(path) { Name = options.FileName }], catalog, options, progress, ct)[0];

    /// <summary>Checks messages as <see cref="Run(IReadOnlyList{LoadFile}, Store, LoadOptions, IProgress{LoadProgress}?, CancellationToken)"/>
    /// does, but by the structures alone; nothing is kept.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static IReadOnlyList<LoadReport> Check(
        IReadOnlyList<LoadFile> files, StructureCatalog catalog, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        using var run = new LoadRun(files, catalog, null, options, progress, ct);
        return Check(run);
    }

    /// <summary>Checks messages against what <paramref name="head"/> holds, as loading them would; nothing is kept.</summary>
    /// <returns>A report for each message, in the order given; the caller disposes them.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public static IReadOnlyList<LoadReport> Check(
        IReadOnlyList<LoadFile> files, Snapshot head, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        using var run = new LoadRun(files, head.Catalog, head, options, progress, ct);
        return Check(run);
    }

    /// <summary>Checks a file against the structures of <paramref name="store"/>'s head and, when no finding is an error, loads it: all or nothing.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static LoadReport Run(string path, Store store, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct) =>
        Run([new LoadFile(path) { Name = options.FileName }], store, options, progress, ct)[0];

    /// <summary>Checks messages against the head of <paramref name="store"/> and, when no finding about any is an error, loads them as one revision.</summary>
    /// <remarks>A trial (<see cref="LoadOptions.IsTrial"/>) does the same and takes it back: it waits for its turn to write, and others wait for it. Structures go first and count for metadata and data; each data message is checked by itself beside what the store holds.</remarks>
    /// <returns>A report for each message, in the order given; the caller disposes them.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    /// <exception cref="StoreException">The store cannot be written.</exception>
    public static IReadOnlyList<LoadReport> Run(
        IReadOnlyList<LoadFile> files, Store store, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        using var head = store.Head();
        using var run = new LoadRun(files, head.Catalog, head, options, progress, ct);
        var reports = Check(run);
        return run.HasErrors ? reports : Append(run, store);
    }

    static IReadOnlyList<LoadReport> Check(LoadRun run)
    {
        foreach (var step in run.StructuresFirst)
        {
            if (step.IsStructure)
                CheckStructures(run, step);
            else if (step.IsMetadata)
                CheckMetadata(run, step);
            else
                CheckData(run, step);
        }

        // What is missing in one message may be in another.
        foreach (var step in run.StructuresFirst)
            step.Complete();
        return run.Reports();
    }

    static void CheckData(LoadRun run, LoadStep step)
    {
        var sorter = step.Sorter = new SeriesSorter(run.SorterMemory);
        var validator = step.Validator = new Validator(step.Issues, step.Validation);
        // One thread reads and checks rows, and so logs in message order; this one sorts.
        using (var reader = step.OpenData(run.Catalog))
        using (var blocks = new BlocksAhead(run.Blocks, block => ReadAndCheck(run, step, reader, validator, block)))
        {
            while (blocks.Next() is { } block)
                sorter.Add(block);
            step.CheckEmbargo(reader?.Header);
        }

        using (var blocks = new BlocksAhead(run.Blocks, sorter.Read))
        {
            while (blocks.Next() is { } block)
                validator.CheckSeries(block);
        }

        validator.EndSeries();
        step.Report = step.Report with { Observations = sorter.Observations, Series = sorter.Series, Without = validator.Without };
    }

    static bool ReadAndCheck(LoadRun run, LoadStep step, DataReader? reader, Validator validator, ObservationBlock block)
    {
        if (reader is null || !reader.Read(block))
            return false;
        validator.Check(block);
        run.HasRead(step, reader.Position, block.Kinds.AsSpan(0, block.Count).Count(RowKind.Observation));
        return true;
    }

    static void CheckStructures(LoadRun run, LoadStep step)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        if (step.ReadStructures(run.Catalog) is not { } message)
            return;
        StructureCheck.Check(message.Artefacts, run.Catalog, step.File.Name, step.Issues);
        step.Sender?.Check(message.Artefacts, step.File.Name, step.Issues);
        step.CheckEmbargo(message.Header);
        step.Kept = [.. message.Artefacts.Where(StoreTransaction.CanKeep)];
        step.Report = step.Report with { Artefacts = message.Artefacts.Count };
        run.Catalog = run.Catalog.With(step.Kept);
        run.HasRead(step, step.File.Size, 0);
    }

    static void CheckMetadata(LoadRun run, LoadStep step)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        var places = new Dictionary<object, Location>(ReferenceEqualityComparer.Instance);
        if (step.ReadMetadata(run.Catalog, places) is not { } message)
            return;
        List<MetadataSet> sets = [.. message.Artefacts.OfType<MetadataSet>()];
        var validator = new MetadataValidator(run.Catalog, step.Issues, step.File.Name, places);
        foreach (var set in sets)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            validator.Check(set);
        }

        MetadataCheck.Check(sets, run.Catalog, places, step.Issues);
        step.Sender?.Check(sets, places, step.Issues);
        step.CheckEmbargo(message.Header);
        step.Kept = [.. sets.Where(StoreTransaction.CanKeep)];
        step.Report = step.Report with { MetadataSets = sets.Count };
        run.HasRead(step, step.File.Size, 0);
    }

    static IReadOnlyList<LoadReport> Append(LoadRun run, Store store)
    {
        using var transaction = store.Begin(new RevisionOrigin(run.Kind, run.Options.Actor) { Submission = run.Options.Submission }, run.Cancellation);
        if (transaction.IsAfter(run.Head!))
            throw new StoreException("The structures changed while the file was checked. Load it again.") { IsTransient = true };
        foreach (var step in run.StructuresFirst)
        {
            if (step.IsStructure)
                transaction.Put(step.Kept);
            else if (step.IsMetadata)
                transaction.Apply(step.Kept.OfType<MetadataSet>());
            else if (!Append(run, step, transaction))
                return run.Reports();
        }

        if (run.Options.IsTrial)
        {
            // Ends the revision, which tells what it changes; it is never committed.
            transaction.Next(new RevisionOrigin("", ""));
            return run.Reports(null, transaction.Revisions);
        }

        return run.Reports(transaction.Commit(), transaction.Revisions);
    }

    static bool Append(LoadRun run, LoadStep step, StoreTransaction transaction)
    {
        var dataset = -1;
        step.Sorter!.Rewind();
        using var blocks = new BlocksAhead(run.Blocks, step.Sorter.Read);
        while (blocks.Next() is { } block)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            if (block.Dataset.Number != dataset && transaction.Check(block.Dataset.Schema, new(step.File.Name, 0, 0, block.Dataset.Number)) is { } refusal)
            {
                step.Issues.Add(refusal);
                return false;
            }

            dataset = block.Dataset.Number;
            transaction.Agreement = step.Sender?.AgreementOf(block.Dataset.Schema);
            transaction.OwnerOf = step.Owner is { } owner ? (_, _) => owner : null;
            transaction.Append(block);
            run.HasWritten(step, block);
        }

        return step.Sender is null || !HasForeign(step, transaction);
    }

    static bool HasForeign(LoadStep step, StoreTransaction transaction)
    {
        // The last series is known to be another's when it is written.
        transaction.Flush();
        return step.HasForeign(transaction);
    }
}

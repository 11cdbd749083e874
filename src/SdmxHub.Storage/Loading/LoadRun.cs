using Sdmx;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>Messages that are checked, and then loaded, together: what they share, and how far they are.</summary>
sealed class LoadRun : IDisposable
{
    const long LeastSorterMemory = 8L << 20;

    readonly List<LoadStep> _steps = [];
    readonly IProgress<LoadProgress>? _progress;
    readonly long _size;
    bool _isTold;
    long _rows;

    public LoadRun(IReadOnlyList<LoadFile> files, StructureCatalog catalog, Snapshot? head, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        (Catalog, Head, Options, _progress, Cancellation) = (catalog, head, options, progress, ct);
        foreach (var file in files)
        {
            ct.ThrowIfCancellationRequested();
            _steps.Add(new LoadStep(file, catalog, head, options, _steps));
            _size += _steps[^1].File.Size;
        }

        StructuresFirst = [.. _steps.OrderBy(s => s.IsStructure ? 0 : s.IsMetadata ? 1 : 2)];
    }

    /// <summary>What every part of the load works with, one part after the other.</summary>
    /// <remarks>Made when first asked for: structures need none.</remarks>
    public ObservationBlock[] Blocks => field ??= [new(), new(), new()];

    /// <summary>The structures that the next message is checked against: the head's and those of the messages before it.</summary>
    public StructureCatalog Catalog { get; set; }

    /// <summary>The store's head that the messages are checked against, or null for a check by structures alone.</summary>
    public Snapshot? Head { get; }

    public LoadOptions Options { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>The messages: structures, then metadata, then data, each in the order given.</summary>
    public IReadOnlyList<LoadStep> StructuresFirst { get; }

    /// <summary>What the load is called in the log: by the data, else by the structures, else by the metadata in it.</summary>
    public string Kind => _steps.Exists(s => s.IsData) ? "load" : _steps.Exists(s => s.IsStructure) ? "structures" : "metadata";

    public bool HasErrors => _steps.Exists(s => s.Issues.HasErrors);

    /// <summary>The memory for the rows of one message: they lie there until all messages are checked.</summary>
    public long SorterMemory => Math.Max(LeastSorterMemory, SeriesSorter.DefaultMemory / Math.Max(1, _steps.Count(s => s.IsData)));

    /// <summary>Tells how far reading has come; stops it when cancelled.</summary>
    public void HasRead(LoadStep step, long position, int observations)
    {
        Cancellation.ThrowIfCancellationRequested();
        _rows += observations;
        step.Done = step.Done with { Read = position };
        Tell();
    }

    /// <summary>Tells how far writing has come.</summary>
    public void HasWritten(LoadStep step, ObservationBlock written)
    {
        if (written.Dataset.Action != DatasetAction.Delete)
            step.Done = step.Done with { Written = step.Done.Written + written.Kinds.AsSpan(0, written.Count).Count(RowKind.Observation) };
        Tell();
    }

    /// <summary>The reports, in the order of the messages.</summary>
    public IReadOnlyList<LoadReport> Reports()
    {
        _isTold = true;
        return [.. _steps.Select(s => s.Report with { IsPart = _steps.Count > 1 })];
    }

    /// <summary>The reports when all is loaded.</summary>
    /// <param name="revision">The revision that holds it; null for a trial.</param>
    /// <param name="made">What was made for it: nothing, when all was there already.</param>
    public IReadOnlyList<LoadReport> Reports(Revision? revision, IReadOnlyList<Revision> made)
    {
        var (inserted, updated, deleted) = made is [var first, ..] ? (first.Inserted, first.Updated, first.Deleted) : default;
        var unchanged = Math.Max(0, _steps.Sum(s => s.Done.Written) - inserted - updated);
        foreach (var step in _steps)
            step.Report = step.Report with { Revision = revision, Inserted = inserted, Updated = updated, Deleted = deleted, Unchanged = unchanged };
        return Reports();
    }

    /// <summary>Removes what lies on disk; the findings too when nobody got them.</summary>
    public void Dispose()
    {
        foreach (var step in _steps)
        {
            step.Dispose();
            if (!_isTold)
                step.Issues.Dispose();
        }
    }

    void Tell() => _progress?.Report(new(_steps.Sum(s => s.Done.Read), _size, _rows) { Written = _steps.Sum(s => s.Done.Written) });
}

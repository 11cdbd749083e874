using Sdmx;
using Sdmx.Formats;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>One file on its way in: the file, what it is read by, where its findings go, how far it is.</summary>
sealed class LoadStep
{
    readonly IProgress<LoadProgress>? _progress;
    long _rows;

    public LoadStep(string path, StructureCatalog catalog, Snapshot? head, LoadOptions options, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        (Catalog, Head, Options, _progress, Cancellation) = (catalog, head, options, progress, ct);
        Context = new ReadContext { Catalog = catalog, Issues = Issues, Dataflow = options.Dataflow, Limits = options.Limits, FileName = options.FileName };
        File = MessageFile.Open(path, Context);
        Validation = new ValidationOptions { FileName = File.Name, Clock = options.Clock };
        if (head is not null)
            Validation = Validation with { IsStored = new StoredValues(head).IsStored };
    }

    public IssueLog Issues { get; } = new();

    /// <summary>What every part of the load works with, one part after the other.</summary>
    public ObservationBlock[] Blocks { get; } = [new(), new(), new()];

    public StructureCatalog Catalog { get; }

    /// <summary>The store's head that the file is checked against, or null for a check only.</summary>
    public Snapshot? Head { get; }

    public LoadOptions Options { get; }

    public CancellationToken Cancellation { get; }

    public ReadContext Context { get; }

    public MessageFile File { get; }

    public ValidationOptions Validation { get; }

    /// <summary>Tells how far reading has come; stops it when cancelled.</summary>
    public void Report(long position, ObservationBlock read)
    {
        Cancellation.ThrowIfCancellationRequested();
        _rows += read.Kinds.AsSpan(0, read.Count).Count(RowKind.Observation);
        _progress?.Report(new(position, File.Size, _rows));
    }

    /// <summary>The report as it stands when everything is read and checked.</summary>
    public LoadReport Finish() => new() { File = File.Name, Format = File.Format?.Id, Issues = Issues };
}

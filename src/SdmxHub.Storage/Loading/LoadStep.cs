using System.Globalization;
using Sdmx;
using Sdmx.Formats;
using Sdmx.Mapping;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>One message on its way in: what it is read by, where its findings go, what of it is kept between checking and writing.</summary>
sealed class LoadStep : IDisposable
{
    readonly ReadContext _context;
    readonly LoadOptions _options;
    readonly LoadFile _file;

    /// <param name="file">The message.</param>
    /// <param name="catalog">The structures.</param>
    /// <param name="head">The store's head, or null.</param>
    /// <param name="options">How it is loaded.</param>
    /// <param name="others">The messages that were sent with it.</param>
    public LoadStep(LoadFile file, StructureCatalog catalog, Snapshot? head, LoadOptions options, IReadOnlyList<LoadStep> others)
    {
        (_file, _options) = (file, options);
        _context = new ReadContext { Catalog = catalog, Issues = Issues, Limits = options.Limits, FileName = file.Name };
        File = MessageFile.Open(file.Path, file.Entry, _context);
        Validation = new ValidationOptions { FileName = File.Name, Clock = options.Clock, Without = options.Without };
        var stored = head is null ? null : new StoredValues(head);
        Sender = SenderRules.Of(options, catalog, stored);
        if (stored is not null)
            Validation = Validation with { IsStored = stored.IsStored, History = stored.SeriesOf };
        Validation = Validation with
        {
            Elsewhere = (dataset, key) => stored?.HasSeries(dataset, key) == true || HasSeries(others, dataset, key),
        };
        if (Sender is not null)
            Validation = Validation with { Sender = Sender.LimitsOf };
        Report = new LoadReport { File = File.Name, Format = File.Format?.Id, Issues = Issues };
        if (file.Kind is { } kind && File.Format is { } format && format.Kind != kind)
            Issues.Add(new(IssueCode.UnsupportedFormat, new(File.Name, 0, 0), $"The manifest says {Words(kind)}; the file holds {Words(format.Kind)} ({format.Id})."));
    }

    public IssueLog Issues { get; } = new();

    public MessageFile File { get; }

    public ValidationOptions Validation { get; }

    /// <summary>What the sender may send, or null where it has no limits.</summary>
    public SenderRules? Sender { get; }

    public bool IsStructure => File.Format?.Kind == MessageKind.Structure;

    public bool IsMetadata => File.Format?.Kind == MessageKind.Metadata;

    /// <summary>Whether it is read as data: also where it cannot be told what it is.</summary>
    public bool IsData => !IsStructure && !IsMetadata;

    /// <summary>What came of it so far.</summary>
    public LoadReport Report { get; set; }

    /// <summary>The rules of a data message, once its rows were held against them.</summary>
    public Validator? Validator { get; set; }

    /// <summary>The rows of a data message, once read.</summary>
    public SeriesSorter? Sorter { get; set; }

    /// <summary>The structures or metadata sets of a message that the store can keep, once read.</summary>
    public IReadOnlyList<Artefact> Kept { get; set; } = [];

    /// <summary>How many bytes of it are read, how many observations are written.</summary>
    public (long Read, long Written) Done { get; set; }

    /// <summary>The agreement that its series belong to whoever sends them, or null.</summary>
    public string? Owner => _file.Owner;

    /// <summary>Opens the data; null when they cannot be read, which is then a finding.</summary>
    public DataReader? OpenData(StructureCatalog catalog)
    {
        if (Dataflows.TryResolve(_file.Dataflow ?? _options.Dataflow, catalog, out var dataflow, out var fault))
        {
            var context = _context with { Catalog = catalog, Dataflow = dataflow, FileName = File.Name };
            return (_file.Map ?? _options.Map) is { } map ? MappedReader.Open(map, context, File.OpenData) : File.OpenData(context);
        }

        Issues.Add(new(IssueCode.UnknownStructure, new(File.Name, 0, 0), $"The given {fault}."));
        return null;
    }

    /// <summary>Reads the structures; null when they cannot be read, which is then a finding.</summary>
    public StructureMessage? ReadStructures(StructureCatalog catalog) => File.ReadStructures(_context with { Catalog = catalog });

    /// <summary>Reads the metadata sets; null when they cannot be read, which is then a finding.</summary>
    /// <param name="catalog">The structures.</param>
    /// <param name="places">Where their parts stand is noted.</param>
    public StructureMessage? ReadMetadata(StructureCatalog catalog, IDictionary<object, Location> places) => File.ReadMetadata(_context with { Catalog = catalog, Places = places });

    /// <summary>Tells what was sent under an agreement though it is another's: by a deletion, or since another load came between.</summary>
    /// <returns>Whether there is any.</returns>
    public bool HasForeign(StoreTransaction transaction)
    {
        foreach (var series in transaction.Foreign)
            Issues.Add(new(IssueCode.SeriesOfOther, new(File.Name, 0, 0), $"The series {series.Key} of {series.Flow} belongs to the agreement {series.Owner}, which sent it first.") { Key = series.Key, Value = series.Owner });
        return transaction.Foreign.Count > 0;
    }

    /// <summary>Ends the check, when those of the messages sent with it are at their end too.</summary>
    public void Complete() => Validator?.Complete();

    bool HasSeries(IReadOnlyList<LoadStep> others, Dataset dataset, ReadOnlySpan<int> key)
    {
        foreach (var other in others)
        {
            if (other != this && other.Validator?.HasSeries(dataset, key) == true)
                return true;
        }

        return false;
    }

    /// <summary>Looks at the embargo of a message, as far as the load is to.</summary>
    public void CheckEmbargo(MessageHeader? header)
    {
        if (_options.Embargo == EmbargoRule.Ignore || header?.EmbargoDate is not { } text)
            return;
        var isRead = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var embargo);
        if (isRead)
            Report = Report with { Embargo = embargo };
        if (isRead && (_options.Embargo == EmbargoRule.Tell || embargo <= _options.Clock.GetUtcNow()))
            return;
        var why = isRead ? "has not come yet. Send the message into a draft, which can be published then" : "is no date that can be read, so nobody knows when it ends";
        Issues.Add(new(IssueCode.UnderEmbargo, new(File.Name, 0, 0), $"The header's EmbargoDate '{text}' {why}.") { Value = text });
    }

    /// <summary>Removes the rows; the report and its findings stay the caller's.</summary>
    public void Dispose() => Sorter?.Dispose();

    static string Words(MessageKind kind) => kind switch { MessageKind.Data => "data", MessageKind.Structure => "structures", _ => "metadata" };
}

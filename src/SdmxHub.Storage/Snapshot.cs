using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The store as of one revision: structures and data. It never changes, whatever is committed meanwhile.</summary>
/// <remarks>Thread-safe. Holds no lock and no database transaction, so it may be kept as long as needed; of a draft it holds the preview open.</remarks>
public sealed class Snapshot : IDisposable
{
    readonly Lazy<Generation> _generation;
    Action? _released;
    long _catalogRevision = -1;
    long _structureRevision = -1;

    internal Snapshot(Store store, Generation generation, Action? released = null) =>
        (Store, Revision, _generation, _released) = (store, generation.Revision, new(generation), released);

    // The index of an old revision is made when it is first needed: what changed since then is found without.
    internal Snapshot(Store store, long revision, Func<Generation> generation, Action? released) =>
        (Store, Revision, _generation, _released) = (store, revision, new(generation), released);

    internal Store Store { get; }

    internal Generation Generation => _generation.Value;

    /// <summary>The revision's number; 0 for the store that holds nothing yet.</summary>
    public long Revision { get; }

    /// <summary>The revision's instant; the Unix epoch for revision 0.</summary>
    public DateTimeOffset At => _generation.IsValueCreated ? Store.Instant(Generation.AtMicroseconds) : InstantOf(Revision);

    /// <summary>The instant of a revision up to this one; the Unix epoch for one that does not exist.</summary>
    public DateTimeOffset InstantOf(long revision) => Store.InstantOf(revision);

    /// <summary>The instant since when a structure is held, the first time; the Unix epoch for one that is not.</summary>
    public DateTimeOffset SinceOf(Urn urn) => InstantOf(Store.Reading(session => ArtefactTable.FirstChange(session, urn)));

    /// <summary>The structures.</summary>
    public StructureCatalog Catalog => (_generation.IsValueCreated ? null : Store.CatalogOf(CatalogRevision)) ?? Generation.Catalog;

    /// <summary>The last revision, up to this one, that changed a structure; for entity tags of what metadata sets do not touch.</summary>
    public long StructureRevision
    {
        get
        {
            if (_structureRevision < 0)
                _structureRevision = _generation.IsValueCreated ? Generation.StructureRevision : Store.Reading(session => ArtefactTable.LastChange(session, Revision, butMetadata: true));
            return _structureRevision;
        }
    }

    /// <summary>The last revision, up to this one, that changed a structure or a metadata set; for entity tags.</summary>
    public long CatalogRevision
    {
        get
        {
            if (_catalogRevision < 0)
                _catalogRevision = _generation.IsValueCreated ? Generation.CatalogRevision : Store.Reading(session => ArtefactTable.LastChange(session, Revision));
            return _catalogRevision;
        }
    }

    /// <summary>What the flow holds, whatever version <paramref name="dataflow"/> names: data of all its versions meet in one cube.</summary>
    /// <returns>Null when no data were ever loaded to it.</returns>
    public CubeSummary? Cube(Urn dataflow) => Generation.Find(dataflow)?.Summary;

    /// <summary>Counts what <paramref name="query"/> finds, by the codes of each dimension.</summary>
    /// <remarks>From the index, unless the query has conditions on time, attributes or measures, or on when something changed.</remarks>
    /// <param name="query">The query.</param>
    /// <param name="withChoices">Whether each dimension, and time, is counted as if the query had no condition on it: what else could be chosen there.</param>
    /// <returns>Null when no data were ever loaded to the flow, or its structure is another than theirs.</returns>
    /// <exception cref="InvalidOperationException">The flow's schema is not in the <see cref="Catalog"/>: look first.</exception>
    public Availability? Available(DataQuery query, bool withChoices = false)
    {
        var schema = Catalog.Schema(query.Dataflow) ?? throw new InvalidOperationException($"the catalog has no schema for {query.Dataflow.ShortName}");
        if (Generation.Find(query.Dataflow) is not { } generation || CubeTable.Refusal(generation.Cube, schema) is not null)
            return null;
        var count = new AvailabilityCount(this, generation, new SchemaMap(generation.Cube, schema, new CodeTables(schema), Store.Texts));
        return withChoices ? count.WithChoices(query) : count.Exact(query);
    }

    /// <summary>Per row of an index whether it belongs to the agreement that a query names; null where it names none.</summary>
    internal bool[]? OwnedRows(CubeGeneration generation, DataQuery query) => query.Agreement is { } agreement
        ? Store.Reading(session => AgreementTable.RowsOf(session, generation.Cube.Id, $"{agreement.Agency}:{agreement.Id}", generation.Rows)) : null;

    /// <summary>Starts to answer <paramref name="query"/> by what there is, without what was removed and without history.</summary>
    /// <exception cref="InvalidOperationException">The flow's schema is not in the <see cref="Catalog"/>: look first.</exception>
    public SnapshotReader Read(DataQuery query) =>
        new(this, query, AnswerParts.Dataset(this, query), query.UpdatedAfter is { } instant ? Store.RevisionAt(instant) : 0, ownsCodes: true);

    /// <summary>Starts to answer <paramref name="query"/>: a reader for each data set of the answer, in order, some of which may turn out to be empty.</summary>
    /// <exception cref="InvalidOperationException">The flow's schema is not in the <see cref="Catalog"/>: look first.</exception>
    public IReadOnlyList<AnswerReader> Answer(DataQuery query) => AnswerParts.Of(this, query);

    /// <summary>How many states of the flow an answer with history has.</summary>
    public int Disseminations(DataQuery query) => AnswerParts.Disseminations(this, query, query.UpdatedAfter is { } instant ? Store.RevisionAt(instant) : 0).Count;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _released, null)?.Invoke();
}

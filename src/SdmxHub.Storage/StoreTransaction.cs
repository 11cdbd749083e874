using Sdmx;

namespace SdmxHub.Storage;

/// <summary>A change under way: structures and data that become one revision together, or several at one instant (<see cref="Next"/>), or nothing.</summary>
/// <remarks>Disposing without <see cref="Commit"/> leaves the store as it was. It sees its own changes: data sets apply in the order they are
/// appended. Not thread-safe. One SQLite transaction: a crash at any instant leaves the old head or the new one.</remarks>
public sealed class StoreTransaction : IDisposable
{
    const string MoveHead = "UPDATE store_head SET tx = ?1 WHERE id = 1";
    const string InsertRevision = "INSERT INTO tx (tx, commit_ts_us, kind, actor, submission_id) VALUES (?1, ?2, ?3, ?4, ?5)";

    readonly Store _store;
    readonly Session _session;
    readonly TextIds _texts;
    readonly ConflictLog _conflicts;
    readonly Dictionary<string, CubeWriter> _cubes = new(StringComparer.Ordinal);
    readonly List<CubeWriter> _writers = [];
    readonly Dictionary<Urn, Artefact?> _artefacts = [];
    readonly List<Revision> _revisions = [];
    RevisionOrigin _origin;
    Generation _base;       // what the revision under way builds on
    long _tx;               // its number
    bool _isOpen = true;

    internal StoreTransaction(Store store, RevisionOrigin origin)
    {
        (_store, _session, _origin) = (store, store.Database.Writer, origin);
        _session.Execute("BEGIN IMMEDIATE");
        try
        {
            _base = store.CatchUp();
        }
        catch
        {
            _session.Rollback();
            throw;
        }

        _tx = _base.Revision + 1;
        _texts = new TextIds(_session);
        _conflicts = new ConflictLog(_tx) { Base = origin.Base };
        Catalog = _base.Catalog;
    }

    /// <summary>How many conflicts there are so far: see <see cref="RevisionOrigin.Base"/>. Whether they forbid the commit is for the caller to decide.</summary>
    public long ConflictCount => _conflicts.Count;

    /// <summary>The conflicts, at most the first 10,000. Those of a series are known when the next one begins, all with <see cref="Next"/> or <see cref="Commit"/>.</summary>
    public IReadOnlyList<Conflict> Conflicts => _conflicts.Kept;

    /// <summary>The provision agreement, <c>AGENCY:ID</c>, under which what is appended next was sent; null for none. Series that belong to no other become its.</summary>
    public string? Agreement { get; set; }

    /// <summary>The agreement that a row's series belongs to from now on, whose ever it was: for series that move. In the place of <see cref="Agreement"/>, where it is not null.</summary>
    internal Func<ObservationBlock, int, string?>? OwnerOf { get; set; }

    /// <summary>Series that were changed but belong to another agreement, at most the first 10,000. Any forbids the commit,
    /// which is for the caller to heed. Those of the last series are known after <see cref="Flush"/>.</summary>
    public IReadOnlyList<ForeignSeries> Foreign => _conflicts.Foreign;

    /// <summary>The revisions made so far, by <see cref="Next"/> and <see cref="Commit"/>.</summary>
    public IReadOnlyList<Revision> Revisions => _revisions;

    /// <summary>The structures as this transaction leaves them so far.</summary>
    public StructureCatalog Catalog { get; private set; }

    /// <summary>Keeps artefacts, each in the place of one with the same URN; an equal one changes nothing.</summary>
    /// <remarks>They are kept as SDMX-ML says them, and <see cref="Catalog"/> holds them so. Whether a final artefact may change is for the
    /// caller to decide, by <see cref="Catalog"/>.</remarks>
    /// <exception cref="InvalidOperationException">SDMX-ML cannot carry an artefact: <see cref="CanKeep"/> says so beforehand.</exception>
    public void Put(IEnumerable<Artefact> artefacts)
    {
        var kept = new List<Artefact>();
        foreach (var artefact in artefacts)
        {
            var held = _base.Catalog.Find(artefact.Urn);
            var canonical = ArtefactBody.Decode(ArtefactBody.Encode(ArtefactBody.Beside(artefact, held)));
            if (canonical.Equals(held))
                _artefacts.Remove(canonical.Urn);
            else
                Change(canonical.Urn, canonical);
            kept.Add(canonical);
        }

        Catalog = Catalog.With(kept);
    }

    /// <summary>Whether the store can keep an artefact without losing anything of it.</summary>
    public static bool CanKeep(Artefact artefact) => ArtefactBody.Losses(artefact).Count == 0;

    /// <summary>Keeps metadata sets by their actions: each replaces the one of its URN, or what it says in its languages (decision 0016), or is removed.</summary>
    /// <exception cref="InvalidOperationException">SDMX-ML cannot carry a set: <see cref="CanKeep"/> says so beforehand.</exception>
    public void Apply(IEnumerable<MetadataSet> sets)
    {
        var applied = new Dictionary<Urn, MetadataSet?>();
        foreach (var set in sets)
            applied[set.Urn] = set.AppliedTo(applied.TryGetValue(set.Urn, out var earlier) ? earlier : Catalog.Find(set.Urn) as MetadataSet);
        Put(applied.Values.OfType<MetadataSet>());
        foreach (var (urn, _) in applied.Where(a => a.Value is null))
            Remove(urn);
    }

    /// <summary>Removes an artefact from here on; earlier revisions keep it. One that is not held changes nothing.</summary>
    public void Remove(Urn urn)
    {
        if (_base.Catalog.Find(urn) is null)
            _artefacts.Remove(urn);
        else
            Change(urn, null);
        Catalog = Catalog.Without([urn]);
    }

    /// <summary>Whether data of <paramref name="schema"/> can go to its flow: the dimensions must be those its stored data have, with the same codelists.</summary>
    /// <returns>Null when they can, else the finding <see cref="IssueCode.StructureChanged"/>.</returns>
    public Issue? Check(DataSchema schema, Location at)
    {
        if (schema.Dataflow is not { } flow || CubeOf(flow.Urn) is not { } cube || CubeTable.Refusal(cube, schema) is not { } difference)
            return null;
        return new Issue(IssueCode.StructureChanged, at,
            $"{schema.Structure.Urn.ShortName} does not fit the data that {cube.Flow} holds: {difference}. Load it to another dataflow.");
    }

    /// <summary>Applies the action of the block's data set to its rows (checklist 2.7).</summary>
    /// <remarks>Fast when rows come sorted by series and period; right in any order. The schema must name a flow and have passed <see cref="Check"/>.
    /// Attribute rows must be those of the holder that the structure says. A Delete set's block without rows deletes everything in the flow.
    /// A series that is only named, without value or observation, is not kept. The block may be reused at once.</remarks>
    /// <exception cref="InvalidOperationException">The schema names no flow, or <see cref="Check"/> refuses it.</exception>
    public void Append(ObservationBlock sortedBlock)
    {
        var schema = sortedBlock.Dataset.Schema;
        if (schema.Dataflow is not { } flow)
            throw new InvalidOperationException("the data set names no dataflow");
        if (!_cubes.TryGetValue(Cube.FlowOf(flow.Urn), out var writer))
        {
            var known = _base.Find(flow.Urn);
            if (known is null && (sortedBlock.Count == 0 || sortedBlock.Dataset.Action == DatasetAction.Delete))
                return;
            var cube = known?.Cube ?? CubeTable.Create(_session, Cube.FlowOf(flow.Urn), schema, _tx);
            writer = new CubeWriter(_session, cube, known, _tx, _texts, _conflicts);
            _cubes.Add(cube.Flow, writer);
            _writers.Add(writer);
        }

        writer.Append(sortedBlock, OwnerOf is null ? Agreement : null, OwnerOf);
    }

    /// <summary>Writes what was appended so far.</summary>
    internal void Flush()
    {
        foreach (var writer in _cubes.Values)
            writer.Flush();
    }

    /// <summary>Ends the revision under way and begins another one, which becomes visible together with it. Where nothing differs there is no revision.</summary>
    public void Next(RevisionOrigin origin)
    {
        ObjectDisposedException.ThrowIf(!_isOpen, this);
        End();
        (_origin, _conflicts.Base) = (origin, origin.Base);
    }

    /// <summary>Makes everything durable and visible.</summary>
    /// <param name="release">What the revisions are called together from now on, or null: no release is of that name yet.</param>
    /// <returns>The last revision; the head as it was, when nothing differs from it.</returns>
    public Revision Commit(string? release = null)
    {
        ObjectDisposedException.ThrowIf(!_isOpen, this);
        End();
        if (release is not null)
            ReleaseTable.Add(_session, release, _base.Revision, _store.Now(), _revisions);
        else if (_revisions.Count == 0)
        {
            Dispose();
            return _store.Log() is { Count: > 0 } log ? log[^1] : Revision.None;
        }

        _session.Prepare(MoveHead).Bind(1, _base.Revision).Run();
        _session.Execute("COMMIT");
        _isOpen = false;
        _store.Publish(_base);
        _store.EndWriting();
        return _revisions.Count > 0 ? _revisions[^1] : _store.Log()[^1];
    }

    /// <summary>Writes what makes the revision under way one; the next builds on it.</summary>
    void End()
    {
        var cubes = new Dictionary<string, CubeGeneration>(_base.Cubes, StringComparer.Ordinal);
        var (changes, isChanged) = (default(ChangeCount), _artefacts.Count > 0);
        foreach (var (flow, writer) in _cubes)
        {
            var isTouched = writer.Finish();
            cubes[flow] = writer.Publish(isTouched);
            changes += writer.Changes;
            isChanged |= isTouched;
        }

        _cubes.Clear();
        if (!isChanged)
        {
            _base = _base with { Cubes = cubes };
            return;
        }

        ArtefactTable.Write(_session, _tx, _artefacts);
        var at = Math.Max(_store.Now(), _base.AtMicroseconds + 1);
        _session.Prepare(InsertRevision).Bind(1, _tx).Bind(2, at).Bind(3, _origin.Kind).Bind(4, _origin.Actor).Bind(5, _origin.Submission).Run();
        _revisions.Add(new Revision(_tx, Store.Instant(at), _origin.Kind, _origin.Actor, changes.Inserted, changes.Updated, changes.Deleted) { Submission = _origin.Submission });
        var isStructureChanged = _artefacts.Keys.Any(urn => urn.Type != ArtefactType.MetadataSet);
        _base = new(_tx, at, _artefacts.Count > 0 ? _tx : _base.CatalogRevision, isStructureChanged ? _tx : _base.StructureRevision,
            _artefacts.Count > 0 ? Catalog : _base.Catalog, cubes);
        _artefacts.Clear();
        _tx++;
    }

    void Change(Urn urn, Artefact? artefact)
    {
        _artefacts[urn] = artefact;
        if (_conflicts.Base is not null && ArtefactTable.LastChange(_session, urn) is var revision && _conflicts.IsBetween(revision))
            _conflicts.Add(new(urn.ShortName, "", "", revision));
    }

    /// <summary>Whether structures changed between <paramref name="snapshot"/> and the head this transaction builds on.</summary>
    internal bool IsAfter(Snapshot snapshot) => _base.CatalogRevision != snapshot.CatalogRevision;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isOpen)
            return;
        _isOpen = false;
        try
        {
            // The last first: each goes back to what was there when it began.
            for (var i = _writers.Count - 1; i >= 0; i--)
                _writers[i].GiveUp();
            _session.Rollback();
        }
        finally
        {
            _store.EndWriting();
        }
    }

    Cube? CubeOf(Urn dataflow) =>
        _cubes.TryGetValue(Cube.FlowOf(dataflow), out var writer) ? writer.Cube : _base.Find(dataflow)?.Cube;
}

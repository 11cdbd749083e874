using Sdmx;

namespace SdmxHub.Storage;

/// <summary>A change under way: structures and data that become one revision together, or nothing.</summary>
/// <remarks>Disposing without <see cref="Commit"/> leaves the store as it was. It sees its own changes: data sets apply in the order they are
/// appended. Not thread-safe. One SQLite transaction: a crash at any instant leaves the old revision or the new one.</remarks>
public sealed class StoreTransaction : IDisposable
{
    const string NextRevision = "UPDATE store_head SET tx = tx + 1 WHERE id = 1 RETURNING tx";
    const string InsertRevision = "INSERT INTO tx (tx, commit_ts_us, kind, actor) VALUES (?1, ?2, ?3, ?4)";

    readonly Store _store;
    readonly Session _session;
    readonly Generation _base;
    readonly string _kind;
    readonly string _actor;
    readonly long _tx;
    readonly TextIds _texts;
    readonly Dictionary<string, CubeWriter> _cubes = new(StringComparer.Ordinal);
    readonly Dictionary<Urn, Artefact?> _artefacts = [];
    bool _isOpen = true;

    internal StoreTransaction(Store store, string kind, string actor)
    {
        (_store, _session, _kind, _actor) = (store, store.Database.Writer, kind, actor);
        _session.Execute("BEGIN IMMEDIATE");
        try
        {
            _base = store.CatchUp();
            using var rows = _session.Prepare(NextRevision);
            rows.Step();
            _tx = rows.Long(0);
            rows.Step();
        }
        catch
        {
            _session.Rollback();
            throw;
        }

        _texts = new TextIds(_session);
        Catalog = _base.Catalog;
    }

    /// <summary>The structures as this transaction leaves them so far.</summary>
    public StructureCatalog Catalog { get; private set; }

    /// <summary>Keeps artefacts, each in the place of one with the same URN; an equal one changes nothing.</summary>
    /// <remarks>They are kept as SDMX-ML 2.1 says them, and <see cref="Catalog"/> holds them so. Whether a final artefact may change is for the
    /// caller to decide, by <see cref="Catalog"/>.</remarks>
    /// <exception cref="InvalidOperationException">SDMX-ML 2.1 cannot carry an artefact: <see cref="CanKeep"/> says so beforehand.</exception>
    public void Put(IEnumerable<Artefact> artefacts)
    {
        var kept = new List<Artefact>();
        foreach (var artefact in artefacts)
        {
            var canonical = ArtefactBody.Decode(ArtefactBody.Encode(artefact));
            if (canonical.Equals(_base.Catalog.Find(canonical.Urn)))
                _artefacts.Remove(canonical.Urn);
            else
                _artefacts[canonical.Urn] = canonical;
            kept.Add(canonical);
        }

        Catalog = Catalog.With(kept);
    }

    /// <summary>Whether the store can keep an artefact without losing anything of it.</summary>
    public static bool CanKeep(Artefact artefact) => ArtefactBody.Losses(artefact).Count == 0;

    /// <summary>Removes an artefact from here on; earlier revisions keep it. One that is not held changes nothing.</summary>
    public void Remove(Urn urn)
    {
        if (_base.Catalog.Find(urn) is null)
            _artefacts.Remove(urn);
        else
            _artefacts[urn] = null;
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
            writer = new CubeWriter(_session, cube, known, _tx, _texts);
            _cubes.Add(cube.Flow, writer);
        }

        writer.Append(sortedBlock);
    }

    /// <summary>Makes everything durable and visible as the next revision.</summary>
    /// <returns>The revision; the head as it was, when nothing differs from it.</returns>
    public Revision Commit()
    {
        ObjectDisposedException.ThrowIf(!_isOpen, this);
        var cubes = new Dictionary<string, CubeGeneration>(_base.Cubes, StringComparer.Ordinal);
        var (changes, isChanged) = (default(ChangeCount), _artefacts.Count > 0);
        foreach (var (flow, writer) in _cubes)
        {
            var isTouched = writer.Finish();
            cubes[flow] = writer.Publish(isTouched);
            changes += writer.Changes;
            isChanged |= isTouched;
        }

        if (!isChanged)
        {
            Dispose();
            return _store.Log() is { Count: > 0 } log ? log[^1] : new Revision(0, DateTimeOffset.UnixEpoch, "", "", 0, 0, 0);
        }

        ArtefactTable.Write(_session, _tx, _artefacts);
        var at = Math.Max(_store.Now(), _base.AtMicroseconds + 1);
        _session.Prepare(InsertRevision).Bind(1, _tx).Bind(2, at).Bind(3, _kind).Bind(4, _actor).Run();
        _session.Execute("COMMIT");
        _isOpen = false;
        _store.Publish(new(_tx, at, _artefacts.Count > 0 ? _tx : _base.CatalogRevision, _artefacts.Count > 0 ? Catalog : _base.Catalog, cubes));
        _store.EndWriting();
        return new Revision(_tx, Store.Instant(at), _kind, _actor, changes.Inserted, changes.Updated, changes.Deleted);
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
            foreach (var writer in _cubes.Values)
                writer.GiveUp();
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

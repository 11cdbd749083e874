using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Which data sets the answer to a query has: one; with updatedAfter what was removed and what was written; with includeHistory both of every
/// dissemination (checklist 2.7, response data sets).</summary>
static class AnswerParts
{
    // A dissemination is a state that was ever the newest: of a release's revisions only the last.
    const string SelectDisseminations = """
        SELECT DISTINCT coalesce(release.tx, tx.tx) FROM tx_cube JOIN tx ON tx.tx = tx_cube.tx LEFT JOIN release ON release.release_id = tx.release_id
        WHERE cube_id = ?1 AND coalesce(release.tx, tx.tx) > ?2 AND coalesce(release.tx, tx.tx) <= ?3 ORDER BY 1
        """;

    /// <summary>The data sets, none of which is read yet.</summary>
    public static IReadOnlyList<AnswerReader> Of(Snapshot snapshot, DataQuery query)
    {
        var after = query.UpdatedAfter is { } instant ? snapshot.Store.RevisionAt(instant) : 0;
        var plain = Dataset(snapshot, query);
        if (query.WithHistory)
            return [.. Disseminations(snapshot, query, after).SelectMany(r => Dissemination(snapshot.Store, r.Before, r.Revision, query, plain))];
        if (query.UpdatedAfter is null)
            return [new SnapshotReader(snapshot, query, plain, 0, ownsCodes: true)];
        var written = new SnapshotReader(snapshot, query, plain with { Action = ActionOf(query) }, after);
        return after == 0 || after >= snapshot.Revision ? [written]
            : [new RemovedReader(snapshot.Store.Pinned(after), snapshot, query, plain with { Action = DatasetAction.Delete }), written];
    }

    /// <summary>The data set of a plain answer.</summary>
    public static Dataset Dataset(Snapshot snapshot, DataQuery query)
    {
        var schema = snapshot.Catalog.Schema(query.Dataflow) ?? throw new InvalidOperationException($"the catalog has no schema for {query.Dataflow.ShortName}");
        schema = schema.Under(query.Agreement);
        return new() { Number = 0, Schema = schema, Codes = CodeTables.Lend(schema), Action = DatasetAction.Information };
    }

    /// <summary>The revisions that changed the flow after <paramref name="after"/>, each with the one before.</summary>
    public static IReadOnlyList<(long Before, long Revision)> Disseminations(Snapshot snapshot, DataQuery query, long after)
    {
        if (snapshot.Generation.Find(query.Dataflow) is not { } generation)
            return [];
        var revisions = snapshot.Store.Reading(session =>
        {
            var found = new List<long>();
            using var rows = session.Prepare(SelectDisseminations).Bind(1, generation.Cube.Id).Bind(2, after).Bind(3, snapshot.Revision);
            while (rows.Step())
                found.Add(rows.Long(0));
            return found;
        });
        return [.. revisions.Select((r, i) => (i == 0 ? after : revisions[i - 1], r))];
    }

    static IEnumerable<AnswerReader> Dissemination(Store store, long before, long revision, DataQuery query, Dataset plain)
    {
        var state = store.Pinned(revision);
        var at = state.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        if (before > 0)
            yield return new RemovedReader(store.Pinned(before), state, query, plain with { Action = DatasetAction.Delete, ValidTo = at });
        yield return new SnapshotReader(state, query, plain with { Action = ActionOf(query), ValidFrom = at }, before, state);
    }

    // Replace says an observation whole; where parts were not asked for, what is said is merged.
    static DatasetAction ActionOf(DataQuery query) =>
        query.WithObservations && query.Attributes is null && query.Measures is null ? DatasetAction.Replace : DatasetAction.Merge;
}

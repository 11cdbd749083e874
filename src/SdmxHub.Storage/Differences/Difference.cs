using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What became of a store between two of its revisions, in either direction: structures, series, observations.</summary>
/// <remarks>Found from the series that the revisions between touched, so it costs what changed, not what there is. Thread-safe. Owns the two states.</remarks>
public sealed class Difference : IDisposable
{
    const string SelectTouched = "SELECT cube_id, touched FROM tx_cube WHERE tx > ?1 AND tx <= ?2";

    readonly SortedDictionary<string, FlowDifference> _flows = new(StringComparer.Ordinal);

    Difference(Snapshot from, Snapshot to)
    {
        (From, To) = (from, to);
        Artefacts = [.. Changes(from, to)];
        // The head has every row and code there ever was.
        using var head = to.Store.Head();
        foreach (var (cube, rows) in Touched(from, to))
        {
            var generation = head.Generation.Cubes.Values.First(g => g.Cube.Id == cube);
            _flows.Add(generation.Cube.Flow, new(from, to, generation, [.. rows]));
        }
    }

    /// <summary>What there was.</summary>
    public Snapshot From { get; }

    /// <summary>What there is.</summary>
    public Snapshot To { get; }

    /// <summary>The structures that differ, in order of type, agency, id, version.</summary>
    public IReadOnlyList<ArtefactChange> Artefacts { get; }

    /// <summary>The flows (<c>AGENCY:ID</c>) whose data were touched, in order; what was done and undone between leaves no difference in them.</summary>
    public IReadOnlyCollection<string> Flows => _flows.Keys;

    /// <summary>Compares two states of one store.</summary>
    /// <exception cref="ArgumentException">They are of two stores.</exception>
    public static Difference Between(Snapshot from, Snapshot to) =>
        ReferenceEquals(from.Store, to.Store) ? new(from, to) : throw new ArgumentException("two states of one store are compared", nameof(to));

    /// <summary>The difference in the data of one of <see cref="Flows"/>.</summary>
    public FlowDifference Flow(string flow) => _flows[flow];

    /// <summary>What the structures that differ mean for data: for each flow whose newest structure differs.</summary>
    public IReadOnlyList<FlowImpact> Impacts() => From.CatalogRevision == To.CatalogRevision ? [] : [.. FlowImpact.Of(From, To)];

    /// <inheritdoc/>
    public void Dispose()
    {
        From.Dispose();
        To.Dispose();
    }

    static IEnumerable<ArtefactChange> Changes(Snapshot from, Snapshot to)
    {
        if (from.CatalogRevision == to.CatalogRevision)
            yield break;
        foreach (var artefact in from.Catalog.All)
        {
            if (to.Catalog.Find(artefact.Urn) is not { } now)
                yield return new(artefact.Urn, artefact, null);
            else if (!now.Equals(artefact))
                yield return new(artefact.Urn, artefact, now);
        }

        foreach (var artefact in to.Catalog.All)
        {
            if (from.Catalog.Find(artefact.Urn) is null)
                yield return new(artefact.Urn, null, artefact);
        }
    }

    static Dictionary<long, SortedSet<int>> Touched(Snapshot from, Snapshot to) => to.Store.Reading(session =>
    {
        var (low, high) = (Math.Min(from.Revision, to.Revision), Math.Max(from.Revision, to.Revision));
        var touched = new Dictionary<long, SortedSet<int>>();
        using var rows = session.Prepare(SelectTouched).Bind(1, low).Bind(2, high);
        while (rows.Step())
        {
            if (!touched.TryGetValue(rows.Long(0), out var known))
                touched.Add(rows.Long(0), known = []);
            var packed = new PackedReader(rows.Blob(1));
            for (var id = 0; !packed.IsAtEnd;)
                known.Add((id += packed.Count()) - 1);
        }

        return touched;
    });
}

/// <summary>A structure that differs.</summary>
/// <param name="Urn">Its name.</param>
/// <param name="Before">What it was, or null where it was not there.</param>
/// <param name="After">What it is, or null where it is no more.</param>
public sealed record ArtefactChange(Urn Urn, Artefact? Before, Artefact? After);

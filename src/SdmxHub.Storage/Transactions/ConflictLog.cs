namespace SdmxHub.Storage;

/// <summary>The conflicts that a transaction meets: all are counted, the first ones kept.</summary>
/// <remarks>A row that two data sets of a revision touch is met twice: it is one conflict, as long as it is among those kept.</remarks>
/// <param name="first">The first revision that the transaction makes: what its own revisions changed is no conflict.</param>
sealed class ConflictLog(long first)
{
    const int MaxKept = 10_000;

    readonly HashSet<Conflict> _kept = [];

    /// <summary>The revision that content was checked against; null where conflicts are not looked for.</summary>
    public long? Base { get; set; }

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The series that the transaction changes under an agreement, but that belong to another: the first 10,000.</summary>
    public List<ForeignSeries> Foreign { get; } = [];

    /// <summary>Notes a series of another agreement.</summary>
    public void AddForeign(ForeignSeries series)
    {
        if (Foreign.Count < MaxKept)
            Foreign.Add(series);
    }

    /// <summary>The first of them.</summary>
    public IReadOnlyList<Conflict> Kept => [.. _kept];

    /// <summary>Whether a change made by <paramref name="revision"/> came between.</summary>
    public bool IsBetween(long revision) => revision > Base && revision < first;

    public void Add(Conflict conflict)
    {
        if (_kept.Count < MaxKept ? _kept.Add(conflict) : !_kept.Contains(conflict))
            Count++;
    }
}

using System.Collections.Concurrent;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The versioned store: structures and data, every revision of them.</summary>
/// <remarks>Thread-safe: many readers, one writer at a time. Nothing is ever overwritten; a snapshot keeps answering by its revision
/// while commits go on. Design section 4.</remarks>
public sealed class Store : IDisposable
{
    internal const string Scheme = "sqlite:";
    const int CachedGenerations = 8;
    const int MaxInstants = 10_000;
    const string SelectHead = "SELECT tx FROM store_head WHERE id = 1";
    // Of a release's revisions only the last was ever the newest.
    const string SelectAsOf = """
        SELECT tx.tx FROM tx LEFT JOIN release ON release.release_id = tx.release_id
        WHERE commit_ts_us <= ?1 AND (release.tx IS NULL OR release.tx = tx.tx) ORDER BY commit_ts_us DESC LIMIT 1
        """;
    const string SelectSubmission = "SELECT 1 FROM tx WHERE submission_id = ?1 AND commit_ts_us >= ?2";
    const string SelectInstant = "SELECT commit_ts_us FROM tx WHERE tx = ?1";
    const string SelectLog = """
        SELECT tx.tx, commit_ts_us, kind, actor, coalesce(sum(n_ins), 0), coalesce(sum(n_upd), 0), coalesce(sum(n_del), 0), submission_id, release.name
        FROM tx LEFT JOIN tx_cube ON tx_cube.tx = tx.tx LEFT JOIN release ON release.release_id = tx.release_id GROUP BY tx.tx ORDER BY tx.tx
        """;

    static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    readonly TimeProvider _clock;
    readonly SemaphoreSlim _writing = new(1, 1);
    readonly Lock _polling = new();
    readonly Lock _publishing = new();
    readonly Lock _old = new();
    readonly LinkedList<Generation> _oldGenerations = new();
    readonly ConcurrentDictionary<long, DateTimeOffset> _instants = new();
    volatile Generation _head;
    long _lastPoll;

    Store(Database database, TimeProvider clock)
    {
        (Database, _clock) = (database, clock);
        _head = Reading(GenerationReader.ReadHead);
        _lastPoll = clock.GetTimestamp();
    }

    internal Database Database { get; }

    internal TextCache Texts { get; } = new();

    /// <summary>Whether the file could only be read when it was opened: then nothing is ever committed.</summary>
    public bool IsReadOnly => Database.Writer.IsFrozen;

    /// <summary>Opens a store, making it when the file is absent.</summary>
    /// <param name="url"><c>sqlite:PATH</c>.</param>
    /// <param name="clock">Where commits take their instant from.</param>
    /// <exception cref="StoreException">The URL is of no kind the hub knows, the file is no store, or a newer hub wrote it.</exception>
    public static Store Open(string url, TimeProvider clock)
    {
        var path = PathOf(url);
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
            throw new StoreException($"The store '{url}' cannot be made: there is no folder '{folder}'.");
        var database = new Database(path);
        try
        {
            return new Store(database, clock);
        }
        catch (Exception fault) when (fault is StoreException or IndexOutOfRangeException or OverflowException or ArgumentException or InvalidDataException)
        {
            database.Dispose();
            var why = fault is StoreException ? fault.Message : $"It is damaged ({fault.Message}); restore it from a backup.";
            throw new StoreException($"The store '{path}' cannot be opened. {why}", fault);
        }
    }

    /// <summary>The newest revision, pinned; number 0 with nothing in it before the first commit.</summary>
    /// <remarks>What another process commits is seen within half a second.</remarks>
    public Snapshot Head()
    {
        if (_clock.GetElapsedTime(Volatile.Read(ref _lastPoll)) > PollInterval && _polling.TryEnter())
        {
            try
            {
                CatchUp();
            }
            finally
            {
                _polling.Exit();
            }
        }

        return new Snapshot(this, _head);
    }

    /// <summary>The revision that was the newest at <paramref name="instant"/>, pinned; null before the first.</summary>
    public Snapshot? AsOf(DateTimeOffset instant)
    {
        using var head = Head();
        return At(RevisionAt(instant));
    }

    /// <summary>The revision of that number, pinned; null when there is none, or when it was never the newest (one of a release before its last).</summary>
    public Snapshot? At(long revision)
    {
        using var head = Head();
        if (revision < 1 || revision > head.Revision || !Reading(session => ReleaseTable.WasHead(session, revision)))
            return null;
        return Pinned(revision);
    }

    /// <summary>A revision, pinned, whether it ever was the newest or not; 0 for the store that held nothing yet.</summary>
    internal Snapshot Pinned(long revision, Action? released = null)
    {
        using var head = Head();
        var generation = head.Generation;
        return revision == head.Revision ? new(this, generation, released) : new(this, revision, () => Old(revision, generation), released);
    }

    /// <summary>The structures as of the revision that changed them last, when they are those of the head; else null.</summary>
    internal StructureCatalog? CatalogOf(long catalogRevision) => _head is var head && head.CatalogRevision == catalogRevision ? head.Catalog : null;

    /// <summary>The instant of a revision; the Unix epoch for one that does not exist.</summary>
    public DateTimeOffset InstantOf(long revision)
    {
        // Every answer names one, nearly always of the last revisions; an instant never changes.
        if (_instants.TryGetValue(revision, out var known))
            return known;
        var found = Reading(session =>
        {
            using var rows = session.Prepare(SelectInstant).Bind(1, revision);
            return rows.Step() ? rows.Long(0) : 0;
        });
        if (found > 0 && _instants.Count < MaxInstants)
            _instants[revision] = Instant(found);
        return Instant(found);
    }

    /// <summary>Names the newest revision.</summary>
    /// <returns>Null when a release has the name already, or nothing is held yet.</returns>
    public Release? Name(string release)
    {
        using var transaction = Begin(new RevisionOrigin("release", ""));
        using var head = Head();
        if (head.Revision == 0 || Release(release) is not null)
            return null;
        transaction.Commit(release);
        return Release(release);
    }

    /// <summary>What a release changed; dispose it.</summary>
    public Difference Changes(Release release) => Difference.Between(Pinned(release.Base), Pinned(release.Revision));

    /// <summary>Every release, oldest first.</summary>
    public IReadOnlyList<Release> Releases() => Reading(ReleaseTable.Read);

    /// <summary>The release of that name; null when there is none.</summary>
    public Release? Release(string name) => Reading(session => ReleaseTable.Find(session, name));

    /// <summary>The provision agreement, <c>AGENCY:ID</c>, under which a revision changed a flow; null for none.</summary>
    /// <param name="revision">The revision.</param>
    /// <param name="flow">The flow, <c>AGENCY:ID</c>.</param>
    public string? AgreementOf(long revision, string flow) => Reading(session => AgreementTable.OfRevision(session, revision, flow));

    /// <summary>Every revision, oldest first.</summary>
    public IReadOnlyList<Revision> Log() => Reading(session =>
    {
        var revisions = new List<Revision>();
        using var rows = session.Prepare(SelectLog);
        while (rows.Step())
        {
            revisions.Add(new(rows.Long(0), Instant(rows.Long(1)), rows.Text(2), rows.Text(3), rows.Long(4), rows.Long(5), rows.Long(6))
            {
                Submission = rows.IsNull(7) ? null : rows.Long(7), Release = rows.IsNull(8) ? null : rows.Text(8),
            });
        }

        return revisions;
    });

    /// <summary>The revision that a submission became; null when it became none.</summary>
    /// <param name="submission">The submission's number.</param>
    /// <param name="since">The instant it came: an earlier revision with its number is of an intake that is no more.</param>
    public Revision? RevisionOf(long submission, DateTimeOffset since) => Reading(session =>
    {
        using var rows = session.Prepare(SelectSubmission).Bind(1, submission).Bind(2, Microseconds(since));
        return rows.Step();
    }) ? Log().Last(r => r.Submission == submission) : null;

    /// <summary>Begins a change; waits while another is under way, in this process or another.</summary>
    /// <param name="kind">What makes the revision, for the log: <c>load</c>, <c>structures</c>.</param>
    /// <param name="actor">Who makes it, for the log.</param>
    /// <exception cref="StoreException">Another process kept the store busy for more than half a minute.</exception>
    public StoreTransaction Begin(string kind, string actor) => Begin(new RevisionOrigin(kind, actor));

    /// <summary>Begins a change; waits while another is under way, in this process or another.</summary>
    /// <param name="origin">Where its first revision comes from.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <exception cref="StoreException">Another process kept the store busy for more than half a minute.</exception>
    public StoreTransaction Begin(RevisionOrigin origin, CancellationToken ct = default)
    {
        _writing.Wait(ct);
        try
        {
            return new StoreTransaction(this, origin);
        }
        catch
        {
            _writing.Release();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Database.Dispose();
        _writing.Dispose();
    }

    /// <summary>Rewrites the file without the room that is no longer used, its tables in order. Nothing of any revision goes.</summary>
    /// <remarks>Readers go on; writers wait. Needs as much free disk as the store takes, twice over for a moment. One database transaction: stopped at any
    /// instant it leaves the store as it was.</remarks>
    /// <returns>The file's size before and after, in bytes.</returns>
    /// <exception cref="StoreException">The disk is full, or another process keeps the store busy.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled.</exception>
    public (long Before, long After) Compact(CancellationToken ct)
    {
        _writing.Wait(ct);
        try
        {
            return Database.Compact(ct);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The full path of the file that a URL names.</summary>
    /// <exception cref="StoreException">The URL is of no kind the hub knows.</exception>
    internal static string PathOf(string url) =>
        url.StartsWith(Scheme, StringComparison.Ordinal) && url.Length > Scheme.Length
            ? Path.GetFullPath(url[Scheme.Length..])
            : throw new StoreException($"'{url}' names no store. A store is named as sqlite:PATH, for example sqlite:hub.db.");

    internal static DateTimeOffset Instant(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The microsecond that <paramref name="instant"/> falls in.</summary>
    internal static long Microseconds(DateTimeOffset instant) =>
        (long)Math.Floor((decimal)(instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond);

    /// <summary>The number of the revision that was the newest at <paramref name="instant"/>; 0 before the first.</summary>
    internal long RevisionAt(DateTimeOffset instant) => Reading(session =>
    {
        using var rows = session.Prepare(SelectAsOf).Bind(1, Microseconds(instant));
        return rows.Step() ? rows.Long(0) : 0;
    });

    internal long Now() => Microseconds(_clock.GetUtcNow());

    internal T Reading<T>(Func<Session, T> read)
    {
        var session = Database.Rent();
        try
        {
            return read(session);
        }
        finally
        {
            Database.Return(session);
        }
    }

    /// <summary>The newest generation, after taking in what another process committed.</summary>
    internal Generation CatchUp()
    {
        Volatile.Write(ref _lastPoll, _clock.GetTimestamp());
        if (Reading(session => session.Scalar(SelectHead)) != _head.Revision)
            Publish(Reading(GenerationReader.ReadHead));
        return _head;
    }

    /// <summary>Makes a generation the head, unless a newer one is: who reads the tables may be overtaken by who commits.</summary>
    internal void Publish(Generation generation)
    {
        lock (_publishing)
        {
            if (generation.Revision > _head.Revision)
                _head = generation;
        }
    }

    internal void EndWriting() => _writing.Release();

    Generation Old(long revision, Generation head)
    {
        lock (_old)
        {
            foreach (var known in _oldGenerations)
            {
                if (known.Revision == revision)
                    return known;
            }

            var generation = Reading(session => GenerationReader.ReadAt(session, revision, [head, .. _oldGenerations]));
            _oldGenerations.AddFirst(generation);
            if (_oldGenerations.Count > CachedGenerations)
                _oldGenerations.RemoveLast();
            return generation;
        }
    }
}

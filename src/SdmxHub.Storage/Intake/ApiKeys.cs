using System.Globalization;
using System.Security.Cryptography;

namespace SdmxHub.Storage;

/// <summary>The keys of those who may send to a store, or read one that is not open to everybody.</summary>
/// <remarks>The keys themselves are never kept, only hashes. Thread-safe; another process's changes count at once.</remarks>
/// <param name="intake">Where they are kept.</param>
public sealed class ApiKeys(Intake intake)
{
    const string Columns = "key_id, name, role, scopes, created_us, created_by, expires_us, revoked_us, last_used_us";
    const string SelectAll = $"SELECT {Columns} FROM api_key ORDER BY created_us, key_id";
    const string SelectOne = $"SELECT {Columns}, hash FROM api_key WHERE key_id = ?1";
    const string Insert = "INSERT INTO api_key (key_id, hash, name, role, scopes, created_us, created_by, expires_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    const string Use = "UPDATE api_key SET last_used_us = ?2 WHERE key_id = ?1";
    const string SetRevoked = "UPDATE api_key SET revoked_us = coalesce(revoked_us, ?2) WHERE key_id = ?1 RETURNING 1";
    const string CountAdministrators = "SELECT count(*) FROM api_key WHERE role = ?1 AND revoked_us IS NULL AND (expires_us IS NULL OR expires_us > ?2)";
    const string PutToken = "INSERT INTO first_token (id, hash, expires_us) VALUES (1, ?1, ?2) ON CONFLICT (id) DO UPDATE SET hash = ?1, expires_us = ?2";
    const string SelectToken = "SELECT hash, expires_us FROM first_token WHERE id = 1";
    const string DropToken = "DELETE FROM first_token";

    static readonly TimeSpan BetweenUses = TimeSpan.FromMinutes(1);
    static readonly TimeSpan LifeOfToken = TimeSpan.FromHours(1);

    // What an unknown id is compared with, so that it takes as long as a known one with a wrong secret.
    static readonly byte[] NoHash = new byte[SHA256.HashSizeInBytes];

    /// <summary>Makes a key.</summary>
    /// <param name="name">Whose it is.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="scopes">What it may do it with.</param>
    /// <param name="expires">From when on it no longer holds; null for never.</param>
    /// <param name="by">The name of who makes it.</param>
    /// <param name="secret">The whole key: the only time that anybody sees it.</param>
    public ApiKey Make(string name, Role role, Scopes scopes, DateTimeOffset? expires, string by, out string secret)
    {
        var made = KeySecret.Make();
        secret = made.ToString();
        return intake.Change(session => Add(session, made, new(made.Id, name, role, scopes) { Created = Now, CreatedBy = by, Expires = expires }));
    }

    /// <summary>Whether a text is meant to be a key; others may be tokens of another kind.</summary>
    public static bool IsKey(string text) => text.StartsWith(KeySecret.Prefix, StringComparison.Ordinal);

    /// <summary>All keys, oldest first, those that no longer hold too.</summary>
    public IReadOnlyList<ApiKey> List() => intake.Read(session =>
    {
        var keys = new List<ApiKey>();
        using var rows = session.Prepare(SelectAll);
        while (rows.Step())
            keys.Add(Read(rows));
        return keys;
    });

    /// <summary>Ends a key at once.</summary>
    /// <returns>False when there is no such key. One that is revoked stays so.</returns>
    public bool Revoke(string id) => intake.Change(session =>
    {
        using var rows = session.Prepare(SetRevoked).Bind(1, id).Bind(2, intake.Now());
        return rows.Step();
    });

    /// <summary>The key that a caller sent, if it is one and holds now; notes that it was used.</summary>
    /// <remarks>Whether the id is unknown or the secret wrong, the same work is done and the same answer given.</remarks>
    public ApiKey? Verify(string text)
    {
        if (!KeySecret.TryParse(text, out var sent))
            return null;
        var (key, hash) = intake.Read(session =>
        {
            using var rows = session.Prepare(SelectOne).Bind(1, sent.Id);
            return rows.Step() ? (Read(rows), rows.Blob(9).ToArray()) : ((ApiKey?)null, NoHash);
        });
        if (!CryptographicOperations.FixedTimeEquals(sent.Hash(), hash) || key is null || !key.IsValidAt(Now))
            return null;
        if (key.LastUsed is not { } last || Now - last >= BetweenUses)
            Note(key);
        return key;
    }

    /// <summary>Whether somebody may make keys: an administrator's key holds.</summary>
    public bool HasAdministrator() => intake.Read(HasAdministrator);

    /// <summary>Makes the token by which, once and within an hour, somebody becomes the first administrator; an earlier token no longer holds.</summary>
    /// <returns>The token, of which only a hash is kept; null when there is an administrator.</returns>
    public string? MakeFirstToken() => intake.Change(session =>
    {
        if (HasAdministrator(session))
            return null;
        var token = KeySecret.Make();
        session.Prepare(PutToken).Bind(1, token.Hash()).Bind(2, intake.Now() + (long)LifeOfToken.TotalMicroseconds).Run();
        return token.Secret;
    });

    /// <summary>Makes the first administrator's key out of the token.</summary>
    /// <param name="token">What <see cref="MakeFirstToken"/> gave; null for who has the store itself in hand, and needs none.</param>
    /// <param name="name">Whose key it is.</param>
    /// <param name="secret">The whole key.</param>
    /// <returns>Null when there is an administrator, or the token is not the one, or no longer holds.</returns>
    public ApiKey? MakeFirst(string? token, string name, out string? secret)
    {
        var made = KeySecret.Make();
        var key = intake.Change(session =>
        {
            var isRight = token is null || IsToken(session, token);
            if (!isRight || HasAdministrator(session))
                return null;
            session.Execute(DropToken);
            return Add(session, made, new(made.Id, name, Role.Administrator, Scopes.All) { Created = Now, CreatedBy = token is null ? "this machine" : "first token" });
        });
        secret = key is null ? null : made.ToString();
        return key;
    }

    DateTimeOffset Now => Store.Instant(intake.Now());

    bool HasAdministrator(Session session)
    {
        using var rows = session.Prepare(CountAdministrators).Bind(1, (long)Role.Administrator).Bind(2, intake.Now());
        return rows.Step() && rows.Long(0) > 0;
    }

    bool IsToken(Session session, string token)
    {
        using var rows = session.Prepare(SelectToken);
        var hash = rows.Step() && rows.Long(1) > intake.Now() ? rows.Blob(0).ToArray() : NoHash;
        return CryptographicOperations.FixedTimeEquals(new KeySecret("", token).Hash(), hash);
    }

    void Note(ApiKey key) => intake.Change(session =>
    {
        session.Prepare(Use).Bind(1, key.Id).Bind(2, intake.Now()).Run();
        return true;
    });

    static ApiKey Add(Session session, KeySecret secret, ApiKey key)
    {
        session.Prepare(Insert).Bind(1, key.Id).Bind(2, secret.Hash()).Bind(3, key.Name).Bind(4, (long)key.Role).Bind(5, key.Scopes.ToString())
            .Bind(6, Store.Microseconds(key.Created)).Bind(7, key.CreatedBy)
            .Bind(8, key.Expires is { } e ? Store.Microseconds(e).ToString(CultureInfo.InvariantCulture) : null).Run();
        return key;
    }

    static ApiKey Read(Statement rows) =>
        new(rows.Text(0), rows.Text(1), (Role)rows.Long(2), Scopes.Read(rows.Text(3)))
        {
            Created = Store.Instant(rows.Long(4)),
            CreatedBy = rows.Text(5),
            Expires = At(rows, 6),
            Revoked = At(rows, 7),
            LastUsed = At(rows, 8),
        };

    static DateTimeOffset? At(Statement rows, int column) => rows.IsNull(column) ? null : Store.Instant(rows.Long(column));
}

namespace SdmxHub.Storage;

/// <summary>A key by which a program or person is known to the hub, without its secret part, which nobody keeps.</summary>
/// <param name="Id">Its public part: twelve letters and digits.</param>
/// <param name="Name">Whose it is, for people and logs.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Scopes">What it may do it with.</param>
public sealed record ApiKey(string Id, string Name, Role Role, Scopes Scopes)
{
    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The name of the caller who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>From when on it no longer holds; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Since when it no longer holds; null while it does.</summary>
    public DateTimeOffset? Revoked { get; init; }

    /// <summary>When it was last used, up to a minute early; null for never.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Whether it holds at an instant.</summary>
    public bool IsValidAt(DateTimeOffset instant) => Revoked is null && (Expires is not { } expires || instant < expires);
}

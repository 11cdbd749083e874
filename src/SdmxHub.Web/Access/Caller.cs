using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Who asks: the owner of a key, somebody that an identity provider vouches for, or anybody.</summary>
/// <param name="Name">For people and logs.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Scopes">What it may do it with.</param>
public sealed record Caller(string Name, Role Role, Scopes Scopes)
{
    /// <summary>Who says nothing about itself: a reader, where everybody may read.</summary>
    public static Caller Anonymous { get; } = new("anonymous", Role.Reader, Scopes.All) { IsAnonymous = true };

    /// <summary>Whether nothing is known of it.</summary>
    public bool IsAnonymous { get; private init; }

    /// <summary>What tells it from every other one: the key's id, or issuer and subject; empty when it is anonymous.</summary>
    public string Id { get; init; } = "";

    /// <summary>The caller of a request; every endpoint gets it here.</summary>
    public static Caller Of(HttpContext context) => context.Features.Get<Caller>() ?? Anonymous;

    /// <summary>The caller that has this key.</summary>
    public static Caller Of(ApiKey key) => new(key.Name, key.Role, key.Scopes) { Id = key.Id };
}

namespace SdmxHub.Storage;

/// <summary>What a caller is to the hub; each may do what those before it may.</summary>
public enum Role
{
    /// <summary>Reads what is published.</summary>
    Reader,

    /// <summary>Sends data and structures within its scopes, and sees what it sent.</summary>
    Provider,

    /// <summary>Sees what others sent, publishes it and takes it back.</summary>
    Reviewer,

    /// <summary>Makes and revokes keys.</summary>
    Administrator,
}

/// <summary>Roles as people write them.</summary>
public static class Roles
{
    /// <summary>The names, lowest first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<Role>().Select(r => r.ToName())];

    /// <summary>The name in lower case.</summary>
    public static string ToName(this Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Reads a name, in any case.</summary>
    public static bool TryParse(string name, out Role role)
    {
        var index = Names.ToList().IndexOf(name.ToLowerInvariant());
        role = (Role)Math.Max(index, 0);
        return index >= 0;
    }
}

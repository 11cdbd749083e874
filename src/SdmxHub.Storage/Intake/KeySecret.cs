using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace SdmxHub.Storage;

/// <summary>A key as its owner has it: <c>sdmxhub_ID_SECRET</c>. The secret is 256 random bits, so a plain hash keeps it as well as a slow one.</summary>
/// <param name="Id">The public part.</param>
/// <param name="Secret">The secret part.</param>
sealed record KeySecret(string Id, string Secret)
{
    /// <summary>What every key begins with, so that tools that look for leaked secrets find it.</summary>
    public const string Prefix = "sdmxhub_";

    const int IdBytes = 6;
    const int SecretBytes = 32;

    /// <summary>A new one.</summary>
    public static KeySecret Make() => new(Random(IdBytes), Random(SecretBytes));

    /// <summary>Takes a key apart; false when it has not the form of one.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out KeySecret? key)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('_') : [];
        key = parts is [{ Length: IdBytes * 2 } id, { Length: SecretBytes * 2 } secret] ? new(id, secret) : null;
        return key is not null;
    }

    /// <summary>What is kept of it.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    /// <summary>The whole key.</summary>
    public override string ToString() => $"{Prefix}{Id}_{Secret}";

    static string Random(int bytes) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(bytes));
}

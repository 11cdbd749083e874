using System.Text.Json;
using System.Text.Json.Serialization;
using FluentValidation;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What is sent to <c>POST /api/keys</c>.</summary>
/// <param name="Name">Whose key it is to be.</param>
/// <param name="Role">The role's name.</param>
/// <param name="Scopes">The scopes as <see cref="Storage.Scopes"/> writes them; null or empty for everything.</param>
/// <param name="Expires">From when on it no longer holds; null for never.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record KeyRequest(string? Name, string? Role, string? Scopes, DateTimeOffset? Expires);

/// <summary>What is sent to <c>POST /api/keys/first</c>.</summary>
/// <param name="Token">The one-time token.</param>
/// <param name="Name">Whose key it is to be.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record FirstKeyRequest(string? Token, string? Name);

/// <summary>A key that was just made: the only time that its secret is shown.</summary>
/// <param name="Key">What is kept of it.</param>
/// <param name="Secret">The whole key.</param>
public sealed record MadeKey(ApiKey Key, string Secret);

/// <summary>What a new key must satisfy, also on the command line.</summary>
public sealed class KeyRequestRules : AbstractValidator<KeyRequest>
{
    /// <summary>The rules.</summary>
    /// <param name="clock">The time, which the key must outlive.</param>
    public KeyRequestRules(TimeProvider clock)
    {
        RuleFor(k => k.Name).Must(KeyName.IsName).WithMessage(KeyName.Expected);
        RuleFor(k => k.Role).Must(r => r is not null && Roles.TryParse(r, out _)).WithMessage(k => $"role is '{k.Role}': expected one of {string.Join(", ", Roles.Names)}.");
        RuleFor(k => k.Scopes).Custom((scopes, context) =>
        {
            if (!Scopes.TryParse(scopes ?? "", out _, out var fault))
                context.AddFailure($"scopes: {fault}");
        });
        RuleFor(k => k.Expires).Must(e => e is null || e > clock.GetUtcNow()).WithMessage(k => $"expires is {k.Expires:O}: expected an instant to come.");
    }
}

/// <summary>What the request for the first key must satisfy.</summary>
public sealed class FirstKeyRequestRules : AbstractValidator<FirstKeyRequest>
{
    /// <summary>The rules.</summary>
    public FirstKeyRequestRules()
    {
        RuleFor(k => k.Token).NotEmpty().WithMessage("token is missing: expected the one-time token that 'sdmxhub serve' printed.");
        RuleFor(k => k.Name).Must(KeyName.IsName).WithMessage(KeyName.Expected);
    }
}

/// <summary>The names that keys may have: they go into logs and tables.</summary>
static class KeyName
{
    public const string Expected = "name: expected 1 to 100 characters without control characters.";

    public static bool IsName(string? name) => name is { Length: >= 1 and <= 100 } && !string.IsNullOrWhiteSpace(name) && !name.Any(char.IsControl);
}

/// <summary>How keys are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters = [typeof(ScopesJson), typeof(RoleJson)])]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(FirstKeyRequest))]
[JsonSerializable(typeof(MadeKey))]
[JsonSerializable(typeof(IReadOnlyList<ApiKey>))]
public sealed partial class KeyJson : JsonSerializerContext;

/// <summary>Scopes in their written form.</summary>
sealed class ScopesJson : JsonConverter<Scopes>
{
    public override Scopes Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Scopes.TryParse(reader.GetString() ?? "", out var scopes, out var fault) ? scopes : throw new JsonException(fault);

    public override void Write(Utf8JsonWriter writer, Scopes value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Roles by their names.</summary>
sealed class RoleJson : JsonConverter<Role>
{
    public override Role Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Roles.TryParse(reader.GetString() ?? "", out var role) ? role : throw new JsonException($"expected one of {string.Join(", ", Roles.Names)}");

    public override void Write(Utf8JsonWriter writer, Role value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToName());
}

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sdmx.Tests.Json;

/// <summary>Validates JSON by one of the official SDMX-JSON schemas: the part of JSON Schema that they use.</summary>
/// <remarks><c>format</c> and <c>default</c> are annotations there and are not checked; a keyword not known here fails the test.</remarks>
sealed class JsonSchema
{
    static readonly ConcurrentDictionary<string, Regex> Patterns = new();
    readonly JsonElement _root;

    JsonSchema(JsonElement root) => _root = root;

    public static JsonSchema Load(params string[] path) => new(JsonDocument.Parse(File.ReadAllBytes(Facts.At(path))).RootElement);

    /// <summary>What the schema says against <paramref name="value"/>, with the place; empty when it is valid.</summary>
    public IReadOnlyList<string> Complaints(JsonElement value)
    {
        var complaints = new List<string>();
        Check(_root, value, "", complaints);
        return complaints;
    }

    void Check(JsonElement schema, JsonElement value, string at, List<string> complaints)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return;
        foreach (var rule in schema.EnumerateObject())
        {
            if (Fault(rule.Name, rule.Value, schema, value, at, complaints) is { } fault)
                complaints.Add($"{at}: {fault}");
        }
    }

    string? Fault(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string at, List<string> complaints)
    {
        switch (keyword)
        {
            case "$ref": Check(_root.GetProperty("definitions").GetProperty(rule.GetString()!["#/definitions/".Length..]), value, at, complaints); return null;
            case "type": return rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(t => IsType(t, value)) ? null : "wrong type"
                : IsType(rule, value) ? null : $"is not of type {rule}";
            case "enum": return rule.EnumerateArray().Any(v => JsonElement.DeepEquals(v, value)) ? null : $"{value} is not in the enumeration";
            case "const": return JsonElement.DeepEquals(rule, value) ? null : $"{value} is not {rule}";
            case "pattern": return value.ValueKind != JsonValueKind.String || Pattern(rule.GetString()!).IsMatch(value.GetString()!) ? null : $"'{value}' breaks the pattern";
            case "minimum": return value.ValueKind != JsonValueKind.Number || value.GetDecimal() >= rule.GetDecimal() ? null : $"{value} is below {rule}";
            case "maximum": return value.ValueKind != JsonValueKind.Number || value.GetDecimal() <= rule.GetDecimal() ? null : $"{value} is above {rule}";
            case "allOf":
                foreach (var part in rule.EnumerateArray())
                    Check(part, value, at, complaints);
                return null;
            case "anyOf": return rule.EnumerateArray().Any(s => Matches(s, value)) ? null : $"matches none of anyOf: {value.GetRawText()[..Math.Min(200, value.GetRawText().Length)]}";
            case "oneOf": return rule.EnumerateArray().Count(s => Matches(s, value)) == 1 ? null : $"does not match exactly one of oneOf: {value.GetRawText()[..Math.Min(200, value.GetRawText().Length)]}";
            case "not": return Matches(rule, value) ? "matches what it must not" : null;
            case "$id" or "id" or "$schema" or "description" or "title" or "examples" or "default" or "format" or "definitions" or "$comment": return null;
            default: return value.ValueKind switch
            {
                JsonValueKind.Object => ObjectFault(keyword, rule, schema, value, at, complaints),
                JsonValueKind.Array => ArrayFault(keyword, rule, value, at, complaints),
                _ => null,
            };
        }
    }

    string? ObjectFault(string keyword, JsonElement rule, JsonElement schema, JsonElement value, string at, List<string> complaints)
    {
        switch (keyword)
        {
            case "required": return string.Join(", ", rule.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _))) is { Length: > 0 } missing ? $"lacks {missing}" : null;
            case "maxProperties": return value.EnumerateObject().Count() <= rule.GetInt32() ? null : "has too many properties";
            case "properties":
                foreach (var property in rule.EnumerateObject())
                {
                    if (value.TryGetProperty(property.Name, out var member))
                        Check(property.Value, member, $"{at}/{property.Name}", complaints);
                }

                return null;
            case "patternProperties":
                foreach (var pattern in rule.EnumerateObject())
                {
                    foreach (var member in value.EnumerateObject().Where(m => Pattern(pattern.Name).IsMatch(m.Name)))
                        Check(pattern.Value, member.Value, $"{at}/{member.Name}", complaints);
                }

                return null;
            case "additionalProperties":
                return rule.ValueKind == JsonValueKind.False && value.EnumerateObject().FirstOrDefault(m => !IsDeclared(schema, m.Name)) is { Value.ValueKind: not JsonValueKind.Undefined } extra
                    ? $"has '{extra.Name}', which is not allowed" : null;
            default: throw new InvalidOperationException($"the keyword {keyword} is not known here");
        }
    }

    static bool IsDeclared(JsonElement schema, string name) =>
        (schema.TryGetProperty("properties", out var named) && named.TryGetProperty(name, out _))
        || (schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().Any(p => Pattern(p.Name).IsMatch(name)));

    string? ArrayFault(string keyword, JsonElement rule, JsonElement value, string at, List<string> complaints)
    {
        switch (keyword)
        {
            case "minItems": return value.GetArrayLength() >= rule.GetInt32() ? null : "has too few items";
            case "maxItems": return value.GetArrayLength() <= rule.GetInt32() ? null : "has too many items";
            case "uniqueItems": return value.EnumerateArray().Select(v => v.GetRawText()).Distinct().Count() == value.GetArrayLength() ? null : "has an item twice";
            case "items":
                var index = 0;
                foreach (var item in value.EnumerateArray())
                    Check(rule, item, $"{at}/{index++}", complaints);
                return null;
            case "required" or "maxProperties" or "properties" or "patternProperties" or "additionalProperties": return null;
            default: throw new InvalidOperationException($"the keyword {keyword} is not known here");
        }
    }

    bool Matches(JsonElement schema, JsonElement value)
    {
        var complaints = new List<string>();
        Check(schema, value, "", complaints);
        return complaints.Count == 0;
    }

    static Regex Pattern(string pattern) => Patterns.GetOrAdd(pattern, p => new Regex(p, RegexOptions.ECMAScript));

    static bool IsType(JsonElement type, JsonElement value) => type.GetString() switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "null" => value.ValueKind == JsonValueKind.Null,
        var other => throw new InvalidOperationException($"the type {other} is not known here"),
    };
}

using System.Text.Json;

namespace Sdmx.Json;

/// <summary>A value of a message, and the path to it by which findings name its place: <c>data.codelists[0].codes[3]</c>.</summary>
/// <param name="Element">The value.</param>
/// <param name="Path">The path; empty for the message itself.</param>
readonly record struct JsonPart(JsonElement Element, string Path)
{
    /// <summary>The path of the member called <paramref name="name"/>.</summary>
    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary>The member called <paramref name="name"/>; null where there is none, or where it is null, which SDMX-JSON means the same by.</summary>
    public JsonElement? Member(string name) =>
        Element.ValueKind == JsonValueKind.Object && Element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Whether it has a member called <paramref name="name"/> that says something.</summary>
    public bool Has(string name) => Member(name) is not null;
}

using System.Text.Json;

namespace Sdmx.Json;

// What members of an object hold, and what is found where they hold something else.
sealed partial class StructureJsonReader
{
    static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    string? Text(JsonElement element, string name, string path)
    {
        if (Member(element, name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Mistyped(value, $"{path}.{name}", "a text");
        return null;
    }

    bool? Flag(JsonElement element, string name, string path)
    {
        if (Member(element, name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Mistyped(value, $"{path}.{name}", "true or false");
        return null;
    }

    int? Number(JsonElement element, string name, string path)
    {
        if (Member(element, name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        Mistyped(value, $"{path}.{name}", "a whole number");
        return null;
    }

    string Required(JsonElement element, string name, string path)
    {
        if (Text(element, name, path) is { } text)
            return text;
        if (Member(element, name) is null)
            Report(IssueCode.IllFormed, path, $"'{name}' is missing.", null);
        return "";
    }

    /// <summary>The objects of an array.</summary>
    IEnumerable<(JsonElement Element, string Path)> Items(JsonElement element, string name, string path)
    {
        if (Member(element, name) is not { } array)
            yield break;
        if (array.ValueKind != JsonValueKind.Array)
        {
            Mistyped(array, $"{path}.{name}", "an array");
            yield break;
        }

        var at = 0;
        foreach (var item in array.EnumerateArray())
        {
            var place = $"{path}.{name}[{at++}]";
            if (item.ValueKind == JsonValueKind.Object)
                yield return (item, place);
            else
                Mistyped(item, place, "an object");
        }
    }

    /// <summary>The texts of an array.</summary>
    ValueArray<string> Strings(JsonElement element, string name, string path)
    {
        if (Member(element, name) is not { } array)
            return [];
        var texts = new List<string>();
        if (array.ValueKind != JsonValueKind.Array)
            Mistyped(array, $"{path}.{name}", "an array of texts");
        else
            foreach (var item in array.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String)
                    texts.Add(item.GetString()!);
                else
                    Mistyped(item, $"{path}.{name}[{texts.Count}]", "a text");
            }

        return texts.ToValueArray();
    }

    /// <summary>A text in its languages: the member of the plural name; else the one of the singular, taken for English.</summary>
    InternationalString Texts(JsonElement element, string name, string path)
    {
        if (Member(element, name + "s") is { ValueKind: JsonValueKind.Object } all)
            return new(all.EnumerateObject().Where(t => t.Value.ValueKind == JsonValueKind.String).Select(t => new LocalisedString(t.Name, t.Value.GetString()!)).ToValueArray());
        // The writer puts an empty name where the schema demands one and there is none.
        return Text(element, name, path) is { Length: > 0 } text ? new(text) : default;
    }

    string? Link(JsonElement element, string relation, string member, string path) => Items(element, "links", path)
        .Where(l => Text(l.Element, "rel", l.Path) == relation).Select(l => Text(l.Element, member, l.Path)).FirstOrDefault();

    Urn? UrnOf(JsonElement element, string name, string path)
    {
        if (Text(element, name, path) is not { } text)
            return null;
        if (Urn.TryParse(text, out var urn))
            return urn;
        Report(IssueCode.UnresolvedReference, $"{path}.{name}", $"'{text}' is malformed, or names a class that is not kept.", text);
        return null;
    }

    /// <summary>Counts the members that nothing is read from.</summary>
    void Pass(JsonElement element, string path, params ReadOnlySpan<string> known)
    {
        foreach (var member in element.EnumerateObject())
        {
            if (known.Contains(member.Name))
                continue;
            var (first, count) = _unknown.GetValueOrDefault(member.Name, ($"{path}.{member.Name}", 0));
            _unknown[member.Name] = (first, count + 1);
        }
    }

    void Mistyped(JsonElement value, string path, string expected)
    {
        var text = value.GetRawText() is { Length: > 40 } raw ? raw[..40] + "..." : value.GetRawText();
        _context.Issues.Add(new(IssueCode.InvalidType, new(_context.FileName, 0, 0), $"{path} is {text}; {expected} was expected.") { Value = text, Expected = expected });
    }

    void Report(IssueCode code, string path, string message, string? value = null) =>
        _context.Issues.Add(new(code, new(_context.FileName, 0, 0), path.Length > 0 ? $"{path}: {message}" : message) { Value = value });
}

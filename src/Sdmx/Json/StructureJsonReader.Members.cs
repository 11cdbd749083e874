using System.Runtime.InteropServices;
using System.Text.Json;

namespace Sdmx.Json;

// What members of an object hold, and what is found where they hold something else.
sealed partial class StructureJsonReader
{
    string? Text(JsonPart at, string name)
    {
        if (at.Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Mistyped(new(value, at.PathOf(name)), "a text");
        return null;
    }

    bool? Flag(JsonPart at, string name)
    {
        if (at.Member(name) is not { } value)
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Mistyped(new(value, at.PathOf(name)), "true or false");
        return null;
    }

    int? Number(JsonPart at, string name)
    {
        if (at.Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number))
            return number;
        Mistyped(new(value, at.PathOf(name)), "a whole number");
        return null;
    }

    /// <summary>A number of occurrences; <see cref="int.MaxValue"/> for <c>unbounded</c>.</summary>
    int? Occurrences(JsonPart at, string name) =>
        at.Member(name) is { ValueKind: JsonValueKind.String } text && text.ValueEquals("unbounded"u8) ? int.MaxValue : Number(at, name);

    string Required(JsonPart at, string name)
    {
        if (Text(at, name) is { } text)
            return text;
        if (!at.Has(name))
            Report(IssueCode.IllFormed, at, $"'{name}' is missing.");
        return "";
    }

    /// <summary>One of a few words, in any case, as real files spell them; null, with a finding, where it is another.</summary>
    string? Word(JsonPart at, string name, params ReadOnlySpan<string> words)
    {
        var text = Text(at, name);
        foreach (var word in words)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
                return word;
        }

        if (text is null)
            return null;
        var all = words.ToArray();
        Report(IssueCode.InvalidType, new(at.Member(name)!.Value, at.PathOf(name)), $"'{text}' is none of {string.Join(", ", all)}.{Nearest.Hint(text, all)}", text);
        return null;
    }

    /// <summary>The object that a member is, or null.</summary>
    JsonPart? Part(JsonPart at, string name)
    {
        if (at.Member(name) is not { } value)
            return null;
        var part = new JsonPart(value, at.PathOf(name));
        if (value.ValueKind == JsonValueKind.Object)
            return part;
        Mistyped(part, "an object");
        return null;
    }

    /// <summary>The objects of an array.</summary>
    IEnumerable<JsonPart> Items(JsonPart at, string name)
    {
        foreach (var item in Elements(at, name, "an array"))
        {
            if (item.Element.ValueKind == JsonValueKind.Object)
                yield return item;
            else
                Mistyped(item, "an object");
        }
    }

    /// <summary>The texts of an array.</summary>
    ValueArray<string> Strings(JsonPart at, string name)
    {
        if (!at.Has(name))
            return [];
        var texts = new List<string>();
        foreach (var item in Elements(at, name, "an array of texts"))
        {
            if (item.Element.ValueKind == JsonValueKind.String)
                texts.Add(item.Element.GetString()!);
            else
                Mistyped(item, "a text");
        }

        return texts.ToValueArray();
    }

    IEnumerable<JsonPart> Elements(JsonPart at, string name, string expected)
    {
        if (at.Member(name) is not { } array)
            yield break;
        var path = at.PathOf(name);
        if (array.ValueKind != JsonValueKind.Array)
        {
            Mistyped(new(array, path), expected);
            yield break;
        }

        var place = 0;
        foreach (var item in array.EnumerateArray())
            yield return new(item, $"{path}[{place++}]");
    }

    /// <summary>A text in its languages: the member of the plural name; else the one of the singular, in the language of the message.</summary>
    InternationalString Texts(JsonPart at, string name)
    {
        if (!at.Has(name + "s"))
            // The writer puts an empty name where the schema demands one and there is none.
            return Text(at, name) is { Length: > 0 } text ? new(text, _language) : default;
        return Part(at, name + "s") is { } all ? Languages(all) : default;
    }

    /// <summary>The texts of an object whose members are languages.</summary>
    InternationalString Languages(JsonPart all)
    {
        var texts = new List<LocalisedString>();
        foreach (var text in all.Element.EnumerateObject())
        {
            if (text.Value.ValueKind == JsonValueKind.String)
                texts.Add(new(text.Name, text.Value.GetString()!));
            else if (text.Value.ValueKind != JsonValueKind.Null)
                Mistyped(new(text.Value, all.PathOf(text.Name)), "a text");
        }

        return new(texts.ToValueArray());
    }

    /// <summary>What the first link of a relation says in <paramref name="member"/>. But for those to the thing itself, one with a URN points to an artefact.</summary>
    string? Link(JsonPart at, string relation, string member) => Items(at, "links")
        .Where(l => Text(l, "rel") == relation && (relation == "self" || !l.Has("urn"))).Select(l => Text(l, member)).OfType<string>().FirstOrDefault();

    /// <summary>The URN that a member is; null, with a finding, where it cannot be read or is of no class that is expected.</summary>
    /// <param name="at">The object.</param>
    /// <param name="name">The member.</param>
    /// <param name="classes">The classes expected; none: any. One of an item wants an item.</param>
    Urn? UrnOf(JsonPart at, string name, params ReadOnlySpan<string> classes) =>
        at.Member(name) is { } value ? ToUrn(new(value, at.PathOf(name)), classes) : null;

    ValueArray<Urn> Urns(JsonPart at, string name, string kind) =>
        Elements(at, name, "an array of URNs").Select(e => ToUrn(e, kind)).OfType<Urn>().ToValueArray();

    Urn? ToUrn(JsonPart at, params ReadOnlySpan<string> classes)
    {
        if (at.Element.ValueKind != JsonValueKind.String)
        {
            Mistyped(at, "a URN");
            return null;
        }

        var text = at.Element.GetString()!;
        if (!Urn.TryParse(text, out var urn))
        {
            Report(IssueCode.UnresolvedReference, at, $"'{text}' is malformed, or names a class that is not kept.", text);
            return null;
        }

        if ((classes.IsEmpty || classes.Contains(urn.Class)) && urn.Item is null == (ArtefactTypes.Of(urn.Type).Class == urn.Class))
            return urn;
        var expected = classes.IsEmpty ? urn.Class : string.Join(" or ", classes.ToArray());
        Report(IssueCode.InvalidType, at, $"'{text}' was given, where the URN of a {expected} is expected.", text);
        return null;
    }

    /// <summary>The id of what is local to the artefact, by its id or (as in 1.0) by a whole URN.</summary>
    static string LocalId(string text) => Urn.TryParse(text, out var urn) && urn.Item is { } item ? item : text;

    /// <summary>Counts the members that nothing is read from.</summary>
    void Pass(JsonPart at, params ReadOnlySpan<string> known)
    {
        foreach (var member in at.Element.EnumerateObject())
        {
            if (!known.Contains(member.Name) && member.Value.ValueKind != JsonValueKind.Null)
                PassOver(member.Name, new(member.Value, at.PathOf(member.Name)), known);
        }
    }

    /// <summary>Counts the links that nothing is read from: all but those to the thing itself, to artefacts, which the references name too, and of <paramref name="known"/>.</summary>
    void PassLinks(JsonPart at, params ReadOnlySpan<string> known)
    {
        foreach (var link in Items(at, "links"))
        {
            var relation = Text(link, "rel");
            if (relation is not (null or "self") && !link.Has("urn") && !known.Contains(relation))
                PassOver($"links to {relation}", link, []);
        }
    }

    void PassOver(string name, JsonPart at, ReadOnlySpan<string> known)
    {
        var (first, hint, count) = _unknown.TryGetValue(name, out var earlier) ? earlier : (at, Nearest.Hint(name, known.ToArray()), 0);
        _unknown[name] = (first, hint, count + 1);
    }

    void TellUnknown()
    {
        foreach (var (name, (first, hint, count)) in _unknown)
            Report(IssueCode.UnexpectedElement, first, $"'{name}' is not known here and is passed over ({count} in all).{hint}", name);
    }

    void Mistyped(JsonPart at, string expected)
    {
        var text = at.Element.GetRawText() is { Length: > 40 } raw ? raw[..40] + "..." : at.Element.GetRawText();
        _context.Issues.Add(new(IssueCode.InvalidType, PlaceOf(at), $"{at.Path} is {text}; {expected} was expected.") { Value = text, Expected = expected });
    }

    void Report(IssueCode code, JsonPart at, string message, string? value = null) =>
        _context.Issues.Add(new(code, PlaceOf(at), at.Path.Length > 0 ? $"{at.Path}: {message}" : message) { Value = value });

    /// <summary>The line and column where a value begins. A line of the message holds them for the first finding, so a message in one line is cheap too.</summary>
    Location PlaceOf(JsonPart at)
    {
        if (at.Element.ValueKind == JsonValueKind.Undefined || !_bytes.Span.Overlaps(JsonMarshal.GetRawUtf8Value(at.Element), out var offset))
            return new(_context.FileName, 0, 0);
        if (_lines is null)
        {
            _lines = [0];
            for (var i = 0; i < _bytes.Length && _bytes.Span[i..].IndexOf((byte)'\n') is >= 0 and var next; i += next + 1)
                _lines.Add(i + next + 1);
        }

        var line = _lines.BinarySearch(offset) is >= 0 and var exact ? exact : ~_lines.BinarySearch(offset) - 1;
        return new(_context.FileName, line + 1, offset - _lines[line] + 1);
    }
}

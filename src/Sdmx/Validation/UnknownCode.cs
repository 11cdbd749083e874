namespace Sdmx.Validation;

/// <summary>Words an <see cref="IssueCode.UnknownCode"/>, and remembers the nearest code of each value.</summary>
sealed class UnknownCode(SchemaComponent component)
{
    // The search costs a walk over the codelist; a file of nothing but rubbish must not make it a million times.
    const int MaxSearches = 1_000;

    readonly Dictionary<string, string?> _nearest = new(StringComparer.Ordinal);
    readonly string _codelist = component.Codes!.Codelist.Urn.ShortName;

    internal Issue Issue(string value)
    {
        if (!_nearest.TryGetValue(value, out var nearest) && _nearest.Count < MaxSearches)
            _nearest.Add(value, nearest = Nearest.Code(component.Codes!, value));
        return new Issue(IssueCode.UnknownCode, default, $"{component.Id} '{value}' is not in {_codelist}")
        {
            Component = component.Id,
            Value = value,
            Expected = _codelist,
            Nearest = nearest,
        };
    }
}

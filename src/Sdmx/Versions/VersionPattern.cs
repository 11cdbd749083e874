using System.Collections.Immutable;

namespace Sdmx;

/// <summary>The version part of a query: exact versions, wildcards and minimums, or a list of them.</summary>
/// <remarks>SDMX-REST 2.1 and 2.2, "version" syntax; for REST 1 see <see cref="TryParseV1"/>. Selection works on the versions of one artefact (same
/// type, agency and id), for "latest" is per artefact.</remarks>
public sealed class VersionPattern
{
    readonly ImmutableArray<VersionTerm> _terms;

    VersionPattern(string text, ImmutableArray<VersionTerm> terms) => (Text, _terms) = (text, terms);

    /// <summary>Every version, <c>*</c>: the default of data, availability and registration queries.</summary>
    public static VersionPattern All { get; } = new("*", [VersionTerm.All]);

    /// <summary>The latest version whatever its status, <c>~</c>: the default of structure, schema and metadata queries.</summary>
    public static VersionPattern Latest { get; } = new("~", [VersionTerm.Latest]);

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether the pattern can select one version at most: a single exact version, or the latest of some.</summary>
    public bool IsSingle => _terms.Length == 1 && !_terms[0].TakesAll;

    /// <summary>Reads the syntax of REST 2: <c>1.0</c>, <c>+</c>, <c>~</c>, <c>*</c>, <c>1.2+.0</c>, <c>1.~</c>, and lists with commas.</summary>
    /// <returns><c>false</c> for what the syntax excludes: a number above 0 after a bare wildcard, <c>+</c> with two parts, two wildcards in one version.</returns>
    public static bool TryParse(string? text, out VersionPattern pattern) => TryParse(text, ',', VersionTerm.TryParse, out pattern);

    /// <summary>Reads the syntax of REST 1: <c>all</c>, <c>latest</c>, numbers joined by dots, and lists with <c>+</c>.</summary>
    /// <returns><c>false</c> for any other text.</returns>
    /// <remarks><c>latest</c> selects as <c>~</c> does.</remarks>
    public static bool TryParseV1(string? text, out VersionPattern pattern) => TryParse(text, '+', VersionTerm.TryParseV1, out pattern);

    /// <summary>Selects from the versions an artefact has.</summary>
    /// <param name="available">The versions of one artefact, in any order.</param>
    /// <returns>The positions in <paramref name="available"/> that the pattern selects, ascending, each once.</returns>
    public ImmutableArray<int> Select(IReadOnlyList<SdmxVersion> available)
    {
        var selected = new bool[available.Count];
        foreach (var term in _terms)
        {
            int latest = -1;
            for (int i = 0; i < available.Count; i++)
            {
                if (!term.Matches(available[i]))
                    continue;
                if (term.TakesAll)
                    selected[i] = true;
                else if (latest < 0 || available[i].CompareTo(available[latest]) > 0)
                    latest = i;
            }
            if (latest >= 0)
                selected[latest] = true;
        }
        return [.. Enumerable.Range(0, selected.Length).Where(i => selected[i])];
    }

    /// <summary>The pattern as written.</summary>
    public override string ToString() => Text;

    static bool TryParse(string? text, char separator, TermParser parse, out VersionPattern pattern)
    {
        pattern = All;
        string[] texts = (text ?? "").Split(separator);
        var terms = new VersionTerm[texts.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            if (!parse(texts[i], out terms[i]))
                return false;
        }
        pattern = new VersionPattern(text!, [.. terms]);
        return true;
    }

    delegate bool TermParser(string text, out VersionTerm term);
}

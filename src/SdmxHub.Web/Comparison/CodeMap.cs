using System.Text;
using Sdmx;

namespace SdmxHub.Web.Comparison;

/// <summary>Turns the codes of a national dimension into those of the global one, by their codelists, never by bare text.</summary>
/// <remarks>Decision 0010. The same list (agency and id, any version): a code is itself. Another list: a code is the global code of the same id,
/// since national lists are derived from the global ones; but an area only when the two names agree, because national lists reuse M49 numbers
/// for their provinces (<c>1</c> is the World, and Kigali). Areas then become one code per country: <c>RW</c> is <c>646</c>.</remarks>
public sealed class CodeMap
{
    readonly CodeIndex? _national;
    readonly CodeIndex? _global;
    readonly AreaAliases? _areas;
    readonly bool _isSameList;

    /// <summary>A map from the codes of <paramref name="national"/> to those of <paramref name="global"/>.</summary>
    /// <param name="national">The national dimension.</param>
    /// <param name="global">The global one.</param>
    /// <param name="areas">The aliases, when this is the dimension of areas; else null.</param>
    public CodeMap(SchemaComponent national, SchemaComponent global, AreaAliases? areas)
    {
        (_national, _global, _areas) = (national.Codes, global.Codes, areas);
        _isSameList = _national is null || _global is null
            || (_national.Codelist.Agency == _global.Codelist.Agency && _national.Codelist.Id == _global.Codelist.Id);
    }

    /// <summary>The global code, or null where there is none: a local code.</summary>
    public string? ToGlobal(string code)
    {
        if (_isSameList)
            return _areas?.Canonical(code) ?? code;
        var number = _global!.Find(code);
        if (number < 0 || (_areas is not null && !NamesAgree(code, number)))
            return null;
        return _areas?.Canonical(code) ?? code;
    }

    /// <summary>Every national code that <see cref="ToGlobal"/> turns into <paramref name="code"/>, in the list's order;
    /// the code itself where the national dimension has no list.</summary>
    public IEnumerable<string> FromGlobal(string code) =>
        _national is null ? [code] : _national.Codelist.Codes.Select(c => c.Id).Where(id => ToGlobal(id) == code);

    bool NamesAgree(string code, int global)
    {
        var national = _national!.Find(code);
        return national >= 0 && _national.Codelist.Codes[national].Name.Texts
            .Any(a => _global!.Codelist.Codes[global].Name.Texts.Any(b => AreaAliases.Normal(a.Text) == AreaAliases.Normal(b.Text)));
    }
}

/// <summary>One code per country where a codelist of areas holds several: M49 number and ISO alpha-2 letters with the same name.</summary>
public sealed class AreaAliases
{
    readonly Dictionary<string, string> _canonical = new(StringComparer.Ordinal);

    /// <summary>The aliases in <paramref name="areas"/>: codes with equal English names; the numeric one is the canonical one.</summary>
    public AreaAliases(Codelist areas)
    {
        foreach (var same in areas.Codes.GroupBy(c => Normal(c.Name.ToString())).Where(g => g.Key.Length > 0))
        {
            if (same.FirstOrDefault(c => c.Id.All(char.IsAsciiDigit)) is not { } numeric)
                continue;
            foreach (var code in same.Where(c => c.Id.Length == 2 && c.Id.All(char.IsAsciiLetterUpper)))
                _canonical[code.Id] = numeric.Id;
        }
    }

    /// <summary>How many codes are aliases of another.</summary>
    public int Count => _canonical.Count;

    /// <summary>The code that stands for the country; <paramref name="code"/> itself where it is no alias.</summary>
    public string Canonical(string code) => _canonical.GetValueOrDefault(code, code);

    /// <summary>A name reduced to its letters and digits, lower case.</summary>
    public static string Normal(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            if (char.IsLetterOrDigit(c))
                text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}

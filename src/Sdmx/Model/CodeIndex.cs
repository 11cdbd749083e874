using System.Collections.Frozen;
using System.Text;

namespace Sdmx;

/// <summary>Finds the number of a code: its position in the codelist.</summary>
/// <remarks>Immutable and thread-safe. Ids are compared by ordinal: SDMX ids are case-sensitive.</remarks>
public sealed class CodeIndex
{
    readonly FrozenDictionary<string, int> _numbers;
    readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _byChars;
    readonly string[] _ids;
    readonly byte[]?[]?[] _cells = new byte[]?[]?[Enum.GetValues<Escaping>().Length];
    Utf8CodeTable? _utf8;

    /// <summary>An index of <paramref name="codelist"/>; of two codes with one id the first counts.</summary>
    public CodeIndex(Codelist codelist)
    {
        Codelist = codelist;
        _ids = [.. codelist.Codes.Select(c => c.Id)];
        var numbers = new Dictionary<string, int>(_ids.Length, StringComparer.Ordinal);
        for (var i = 0; i < _ids.Length; i++)
            numbers.TryAdd(_ids[i], i);
        _numbers = numbers.ToFrozenDictionary(StringComparer.Ordinal);
        _byChars = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The codelist.</summary>
    public Codelist Codelist { get; }

    /// <summary>The number of codes.</summary>
    public int Count => _ids.Length;

    /// <summary>The id of code <paramref name="number"/>, from 0.</summary>
    public string this[int number] => _ids[number];

    /// <summary>The number of the code, or -1.</summary>
    public int Find(ReadOnlySpan<char> id) => _byChars.TryGetValue(id, out var number) ? number : -1;

    /// <summary>The number of the code given in UTF-8, or -1.</summary>
    /// <remarks>The table for it is made when it is first asked for.</remarks>
    public int Find(ReadOnlySpan<byte> utf8) => (_utf8 ??= NewTable()).Find(utf8);

    /// <summary>Per code the bytes of its id, escaped for one format; null where nobody has written it yet.</summary>
    /// <remarks>Whoever writes one first fills it in. Two that do so at once write the same.</remarks>
    internal byte[]?[] Cells(Escaping escaping) => _cells[(int)escaping] ??= new byte[]?[_ids.Length];

    Utf8CodeTable NewTable()
    {
        var table = new Utf8CodeTable(_ids.Length);
        for (var i = 0; i < _ids.Length; i++)
        {
            var id = Encoding.UTF8.GetBytes(_ids[i]);
            if (table.Find(id) < 0)
                table.Add(id, i);
        }

        return table;
    }
}

/// <summary>The codes met for one component while one message is read or written: the codelist's, and any others behind them.</summary>
/// <remarks>Numbers below <see cref="Known"/>'s count are the codelist's own; others were not in the list (or the component has no list) and
/// are numbered in the order they were met. So a block can carry a code that is wrong, or of an uncoded dimension, and lose nothing.
/// Not thread-safe.</remarks>
public sealed class CodeTable(CodeIndex? known)
{
    /// <summary>The most codes outside the codelist that one message may bring before <see cref="Resolve(ReadOnlySpan{char})"/> gives up (returns -2).</summary>
    public const int MaxOthers = 1_000_000;

    // Made when they are needed: most messages have none of most components, and an answer of one series makes a table for each.
    List<string>? _others;
    Dictionary<string, int>? _otherNumbers;
    Utf8CodeTable? _otherBytes;

    /// <summary>The codelist's codes, or null where the component is uncoded.</summary>
    public CodeIndex? Known { get; } = known;

    /// <summary>How many codes have a number so far.</summary>
    public int Count => (Known?.Count ?? 0) + (_others?.Count ?? 0);

    /// <summary>Whether a code outside the codelist has a number.</summary>
    public bool HasOthers => _others is not null;

    /// <summary>Whether <paramref name="number"/> is one of the codelist's.</summary>
    public bool IsKnown(int number) => Known is not null && (uint)number < (uint)Known.Count;

    /// <summary>The id of code <paramref name="number"/>.</summary>
    public string this[int number] => IsKnown(number) ? Known![number] : _others![number - (Known?.Count ?? 0)];

    /// <summary>The number of <paramref name="id"/>; a code not met before gets the next one.</summary>
    /// <returns>The number, or -2 when <see cref="MaxOthers"/> is reached.</returns>
    public int Resolve(ReadOnlySpan<char> id)
    {
        if (Known is not null && Known.Find(id) is >= 0 and var number)
            return number;
        if (_otherNumbers is not null && _otherNumbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out number))
            return number;
        if (_others is { Count: MaxOthers })
            return -2;
        number = Count;
        var text = id.ToString();
        (_others ??= []).Add(text);
        (_otherNumbers ??= new(StringComparer.Ordinal)).Add(text, number);
        return number;
    }

    /// <summary>The number of an id given in UTF-8, as <see cref="Resolve(ReadOnlySpan{char})"/> gives it.</summary>
    /// <param name="utf8">The id; well-formed.</param>
    /// <returns>The number, or -2 when <see cref="MaxOthers"/> is reached.</returns>
    public int Resolve(ReadOnlySpan<byte> utf8)
    {
        if (Known is not null && Known.Find(utf8) is >= 0 and var number)
            return number;
        _otherBytes ??= new Utf8CodeTable(0);
        number = _otherBytes.Find(utf8);
        if (number >= 0)
            return number;
        number = Resolve(Encoding.UTF8.GetString(utf8).AsSpan());
        if (number >= 0)
            _otherBytes.Add(utf8, number);
        return number;
    }
}

namespace Sdmx.Validation;

/// <summary>Numbers for texts, so that rows kept for later need not hold them: sources and notes come again and again.</summary>
/// <remarks>Bounded: a text that finds no room has no number. Not thread-safe.</remarks>
sealed class TextTable
{
    const int MaxLength = 1 << 10;
    const int MaxCharacters = 1 << 22;
    const int Overhead = 32; // characters' worth of memory that each text takes beside its own

    readonly Dictionary<string, int> _numbers = [];
    readonly List<string> _texts = [];
    int _characters;

    /// <summary>How many texts there are.</summary>
    internal int Count => _texts.Count;

    /// <summary>The text numbered <paramref name="number"/>.</summary>
    internal string this[int number] => _texts[number];

    /// <summary>The number of a text, which gets the next one when it is new; -1 when there is no room for it.</summary>
    internal int Find(string text)
    {
        if (text.Length > MaxLength)
            return -1;
        if (_numbers.TryGetValue(text, out var number))
            return number;
        if (_characters > MaxCharacters)
            return -1;
        _characters += text.Length + Overhead;
        _numbers.Add(text, number = _texts.Count);
        _texts.Add(text);
        return number;
    }
}

using System.Collections.Concurrent;

namespace SdmxHub.Storage;

/// <summary>The codes that one component of a cube ever had, numbered from 1 in the order they came; 0 is "open". Append only.</summary>
/// <remarks>One writer, many readers. A reader may meet the number of a code that is not committed yet; no series of its generation has it.</remarks>
sealed class CubeCodes
{
    readonly GrowingArray<string> _ids = new();
    readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>The highest number; for the writer.</summary>
    public int Count => _ids.Count;

    /// <summary>The id of code <paramref name="number"/>, from 1.</summary>
    public string this[int number] => _ids[number - 1];

    /// <summary>The number of a code, or 0.</summary>
    public int Find(string id) => _numbers.GetValueOrDefault(id);

    public int Add(string id)
    {
        _ids.Add(id);
        _numbers[id] = _ids.Count;
        return _ids.Count;
    }

    public void Truncate(int count)
    {
        for (var number = count + 1; number <= _ids.Count; number++)
            _numbers.TryRemove(this[number], out _);
        _ids.Truncate(count);
    }

    /// <summary>Per number up to <paramref name="count"/>, its place in the ordinal order of ids: what answers are sorted by, whatever order the
    /// codes came in. Open comes first.</summary>
    public int[] Ranks(int count)
    {
        var ids = _ids.Items.AsSpan(0, count).ToArray();
        var numbers = new int[count];
        for (var i = 0; i < count; i++)
            numbers[i] = i + 1;
        Array.Sort(ids, numbers, StringComparer.Ordinal);
        var ranks = new int[count + 1];
        for (var i = 0; i < count; i++)
            ranks[numbers[i]] = i + 1;
        return ranks;
    }
}

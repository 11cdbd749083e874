using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace SdmxHub.Web;

/// <summary>Remembers what was worked out for so many keys. When it is full it forgets everything: whatever clients make up, it stays small, and what is in use
/// comes back at once.</summary>
/// <param name="most">About how many keys.</param>
sealed class Memo<TKey, TValue>(int most) where TKey : notnull
{
    readonly ConcurrentDictionary<TKey, TValue> _known = new();
    int _count;

    /// <summary>What is known of a key, or else what <paramref name="make"/> makes of it and <paramref name="source"/>.</summary>
    public TValue Of<TSource>(TKey key, TSource source, Func<TKey, TSource, TValue> make)
    {
        if (!TryGet(key, out var known))
            Keep(key, known = make(key, source));
        return known;
    }

    /// <summary>What is known of a key.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue known) => _known.TryGetValue(key, out known);

    /// <summary>Remembers something of a key.</summary>
    public void Keep(TKey key, TValue value)
    {
        if (Interlocked.Increment(ref _count) > most)
        {
            _known.Clear();
            _count = 1;
        }

        _known[key] = value;
    }
}

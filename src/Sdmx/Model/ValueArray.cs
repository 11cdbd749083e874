using System.Collections;
using System.Runtime.CompilerServices;

namespace Sdmx;

/// <summary>An immutable list with value equality: equal when its elements are equal, in order.</summary>
/// <remarks>What makes a record of the information model a value. The default instance is the empty list. Thread-safe.</remarks>
[CollectionBuilder(typeof(ValueArray), nameof(ValueArray.Create))]
public readonly struct ValueArray<T> : IReadOnlyList<T>, IEquatable<ValueArray<T>>
{
    readonly T[]? _items;

    internal ValueArray(T[] items) => _items = items;

    /// <summary>The number of elements.</summary>
    public int Count => _items is null ? 0 : _items.Length;

    /// <summary>Whether there is no element.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>The element at <paramref name="index"/>, from 0.</summary>
    /// <exception cref="IndexOutOfRangeException"><paramref name="index"/> is not in the list.</exception>
    public T this[int index] => (_items ?? [])[index];

    /// <summary>The elements as a span over the list's own memory.</summary>
    public ReadOnlySpan<T> AsSpan() => _items;

    /// <summary>Enumerates without allocating.</summary>
    public Enumerator GetEnumerator() => new(_items ?? []);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)(_items ?? [])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    /// <summary>Walks the elements in order.</summary>
    public struct Enumerator
    {
        readonly T[] _items;
        int _index = -1;

        internal Enumerator(T[] items) => _items = items;

        /// <summary>The element it stands on.</summary>
        public readonly T Current => _items[_index];

        /// <summary>Goes to the next element; false behind the last.</summary>
        public bool MoveNext() => ++_index < _items.Length;
    }

    /// <summary>A new list with <paramref name="item"/> at the end.</summary>
    public ValueArray<T> Add(T item) => new([.. AsSpan(), item]);

    /// <inheritdoc/>
    public bool Equals(ValueArray<T> other) => AsSpan().SequenceEqual(other.AsSpan(), null);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ValueArray<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in AsSpan())
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>Value equality, see <see cref="Equals(ValueArray{T})"/>.</summary>
    public static bool operator ==(ValueArray<T> left, ValueArray<T> right) => left.Equals(right);

    /// <summary>Value inequality.</summary>
    public static bool operator !=(ValueArray<T> left, ValueArray<T> right) => !left.Equals(right);
}

/// <summary>Makes <see cref="ValueArray{T}"/>s, from collection expressions and sequences.</summary>
public static class ValueArray
{
    /// <summary>A list of a copy of <paramref name="items"/>.</summary>
    public static ValueArray<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list of what <paramref name="items"/> yields, in order.</summary>
    public static ValueArray<T> ToValueArray<T>(this IEnumerable<T> items) => new(items.ToArray());
}

namespace SdmxHub.Storage;

/// <summary>An array that one writer appends to while readers read what was there when their generation was published.</summary>
/// <remarks>Readers keep below the count they were given; publishing a generation makes the elements below it visible.</remarks>
sealed class GrowingArray<T>
{
    volatile T[] _items = new T[16];
    volatile int _count;

    /// <summary>How many elements there are; for the writer.</summary>
    public int Count => _count;

    public T this[int index] => _items[index];

    /// <summary>The elements; of what lies behind the reader's count nothing is known.</summary>
    public T[] Items => _items;

    public void Add(T item)
    {
        if (_count == _items.Length)
        {
            var larger = new T[_count + _count / 2];
            _items.CopyTo(larger, 0);
            _items = larger;
        }

        _items[_count] = item;
        _count++;
    }

    /// <summary>Takes back what was added and never published.</summary>
    public void Truncate(int count) => _count = count;
}

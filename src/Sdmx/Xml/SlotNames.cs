using System.Text;

namespace Sdmx.Xml;

/// <summary>Finds slots by ids that stand in values, as generic data have them: mostly the id that followed the last one before follows it again.</summary>
sealed class SlotNames
{
    readonly List<Entry> _entries = [];
    SchemaLayout? _layout;
    Entry? _last;

    sealed class Entry(byte[] id, int slot)
    {
        public byte[] Id { get; } = id;

        public int Slot { get; } = slot;

        public Entry? Next { get; set; }
    }

    /// <summary>The slot of the component, or -1.</summary>
    public int Find(SchemaLayout layout, ReadOnlySpan<byte> id)
    {
        if (layout != _layout)
        {
            _entries.Clear();
            (_layout, _last) = (layout, null);
        }

        if (_last?.Next is { } next && id.SequenceEqual(next.Id))
        {
            _last = next;
            return next.Slot;
        }

        if (Search(id) is not { } found)
            return -1;
        _last?.Next = found;
        _last = found;
        return found.Slot;
    }

    Entry? Search(ReadOnlySpan<byte> id)
    {
        foreach (var entry in _entries)
        {
            if (id.SequenceEqual(entry.Id))
                return entry;
        }

        var slot = _layout!.Find(Encoding.UTF8.GetString(id));
        if (slot < 0)
            return null;
        var added = new Entry(id.ToArray(), slot);
        _entries.Add(added);
        return added;
    }
}

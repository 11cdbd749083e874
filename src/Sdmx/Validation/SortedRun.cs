namespace Sdmx.Validation;

/// <summary>Sorted strips of one data set, walked from the first to the last, any number of times.</summary>
abstract class SortedRun : IDisposable
{
    ObservationBlock? _opened;
    StripHead? _head;
    int _row;

    /// <summary>The series of the strip it stands on.</summary>
    internal int Series { get; private protected set; }

    /// <summary>What is left of the strip it stands on.</summary>
    internal StripHead Head => _head ??= RowPacker.Head(Packed);

    /// <summary>The strip it stands on, and what follows it.</summary>
    private protected abstract ReadOnlySpan<byte> Packed { get; }

    /// <summary>Goes to the next strip; false behind the last.</summary>
    internal bool Next()
    {
        (_head, _row) = (null, 0);
        if (_opened is not null)
            _opened.Count = 0;
        return Advance();
    }

    /// <summary>Adds the next rows of the strip to a block, which must have room.</summary>
    /// <returns>Whether that was all of them.</returns>
    internal bool Take(int count, ReadOnlySpan<int> key, ObservationBlock block, RowPacker packer)
    {
        if (_row == 0 && count == Head.Count)
        {
            packer.Unpack(Packed, key, block);
            return true;
        }

        var opened = Open(key, block.Dataset, packer);
        block.Append(opened, _row, count);
        _row += count;
        if (_row == opened.Count)
            return true;
        _head = Head with { Count = opened.Count - _row, First = opened.Periods[_row] };
        return false;
    }

    /// <summary>How many of the strip's rows come before the strip of another run of the same series.</summary>
    internal int CountBefore(SortedRun other, bool isEarlier, ReadOnlySpan<int> key, Dataset dataset, RowPacker packer)
    {
        var (own, next) = (Head, other.Head);
        if (own.Kind != next.Kind || own.Count == 1 || own.Last.CompareTo(next.First) < (isEarlier ? 1 : 0))
            return own.Count;
        var periods = Open(key, dataset, packer).Periods;
        var count = 1;
        while (count < own.Count && periods[_row + count].CompareTo(next.First) < (isEarlier ? 1 : 0))
            count++;
        return count;
    }

    /// <summary>Goes before the first strip.</summary>
    internal abstract void Rewind();

    /// <inheritdoc/>
    public abstract void Dispose();

    private protected abstract bool Advance();

    ObservationBlock Open(ReadOnlySpan<int> key, Dataset dataset, RowPacker packer)
    {
        _opened ??= new ObservationBlock();
        if (_opened.Count == 0)
        {
            packer.Begin(_opened, dataset);
            packer.Unpack(Packed, key, _opened);
        }

        return _opened;
    }
}

/// <summary>A run in memory.</summary>
sealed class MemoryRun(RowStore store, List<long> order) : SortedRun
{
    int _at;

    private protected override ReadOnlySpan<byte> Packed => Strip.Read(store[order[_at - 1]]).Packed;

    private protected override bool Advance()
    {
        if (_at == order.Count)
            return false;
        Series = Strip.Read(store[order[_at++]]).Series;
        return true;
    }

    /// <inheritdoc/>
    internal override void Rewind() => _at = 0;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <summary>Writes the strips to a temporary file.</summary>
    internal FileRun Spill()
    {
        var file = TemporaryFile.Create();
        try
        {
            foreach (var place in order)
            {
                var bytes = store[place];
                file.Write(bytes[..Strip.Read(bytes).Size]);
            }

            file.Flush();
            return new FileRun(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}

/// <summary>A run in a temporary file, which goes when the run is disposed of.</summary>
sealed class FileRun(FileStream file) : SortedRun
{
    const int BufferSize = 1 << 18;

    // the numbers before a strip, and what PackedInput wants behind it
    const int Margin = 32;

    byte[] _buffer = [];
    int _from; // the strip it stands on
    int _next; // the strip behind it
    int _end;

    private protected override ReadOnlySpan<byte> Packed => Strip.Read(_buffer.AsSpan(_from)).Packed;

    private protected override bool Advance()
    {
        _from = _next;
        if (_end - _from < Margin)
            Fill(Margin);
        if (_end == _from)
            return false;
        var strip = Strip.Read(_buffer.AsSpan(_from));
        if (_end - _from < strip.Size + Margin)
        {
            Fill(strip.Size + Margin);
            strip = Strip.Read(_buffer.AsSpan(_from));
        }

        (Series, _next) = (strip.Series, _from + strip.Size);
        return true;
    }

    /// <inheritdoc/>
    internal override void Rewind() => (file.Position, _from, _next, _end) = (0, 0, 0, 0);

    /// <inheritdoc/>
    public override void Dispose() => file.Dispose();

    // Brings the strip to the buffer's start, and behind it as much of the file as there is room for.
    void Fill(int bytes)
    {
        var left = _buffer.AsSpan(_from, _end - _from);
        if (_buffer.Length < bytes + Margin)
        {
            var larger = new byte[Math.Max(BufferSize, bytes + Margin)];
            left.CopyTo(larger);
            _buffer = larger;
        }
        else
        {
            left.CopyTo(_buffer);
        }

        (_from, _end) = (0, left.Length);
        _end += file.ReadAtLeast(_buffer.AsSpan(_end, _buffer.Length - Margin - _end), bytes - _end, throwOnEndOfStream: false);
    }
}

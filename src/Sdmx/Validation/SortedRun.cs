using System.Text;

namespace Sdmx.Validation;

/// <summary>Sorted rows of one data set, walked from the first to the last, any number of times.</summary>
abstract class SortedRun : IDisposable
{
    /// <summary>The row it stands on. Its place means nothing to others.</summary>
    internal RowHead Head { get; private protected set; }

    /// <summary>The packed values of the row it stands on, and perhaps what follows them.</summary>
    internal abstract ReadOnlySpan<byte> Packed { get; }

    /// <summary>Goes to the next row; false behind the last.</summary>
    internal abstract bool Next();

    /// <summary>Goes before the first row.</summary>
    internal abstract void Rewind();

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A run in memory.</summary>
sealed class MemoryRun(RowStore rows, int[] ranks) : SortedRun
{
    readonly int[] _order = rows.Order(ranks);
    int _at;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Packed => rows.Packed(Head.Place);

    /// <inheritdoc/>
    internal override bool Next()
    {
        if (_at == _order.Length)
            return false;
        Head = rows[_order[_at++]];
        return true;
    }

    /// <inheritdoc/>
    internal override void Rewind() => _at = 0;

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    /// <summary>Writes the rows to a temporary file.</summary>
    internal FileRun Spill()
    {
        var file = TemporaryFile.Create();
        try
        {
            Write(file);
            return new FileRun(file, _order.Length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    void Write(FileStream file)
    {
        using var writer = new BinaryWriter(file, Encoding.UTF8, leaveOpen: true);
        for (Rewind(); Next();)
        {
            writer.Write7BitEncodedInt(Head.Series);
            writer.Write((byte)Head.Kind);
            WritePeriod(writer, Head.Period);
            var packed = Packed[..RowPacker.Length(Packed)];
            writer.Write7BitEncodedInt(packed.Length);
            writer.Write(packed);
        }

        writer.Flush();
    }

    static void WritePeriod(BinaryWriter writer, TimePeriod period)
    {
        writer.Write((byte)period.Kind);
        writer.Write7BitEncodedInt64(period.Ordinal);
        writer.Write7BitEncodedInt(period.Zone);
        writer.Write(period.Text is not null);
        if (period.Text is not null)
            writer.Write(period.Text);
    }
}

/// <summary>A run in a temporary file, which goes when the run is disposed of.</summary>
sealed class FileRun(FileStream file, int count) : SortedRun
{
    readonly BinaryReader _reader = new(file, Encoding.UTF8, leaveOpen: true);
    byte[] _packed = new byte[256];
    int _at;

    /// <inheritdoc/>
    internal override ReadOnlySpan<byte> Packed => _packed;

    /// <inheritdoc/>
    internal override bool Next()
    {
        if (_at == count)
            return false;
        _at++;
        var series = _reader.Read7BitEncodedInt();
        var kind = (RowKind)_reader.ReadByte();
        Head = new RowHead(series, kind, 0, ReadPeriod());
        var length = _reader.Read7BitEncodedInt();
        if (length > _packed.Length)
            _packed = new byte[length * 2];
        file.ReadExactly(_packed.AsSpan(0, length));
        return true;
    }

    /// <inheritdoc/>
    internal override void Rewind()
    {
        file.Position = 0;
        _at = 0;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _reader.Dispose();
        file.Dispose();
    }

    TimePeriod ReadPeriod()
    {
        var kind = (PeriodKind)_reader.ReadByte();
        var ordinal = _reader.Read7BitEncodedInt64();
        var zone = _reader.Read7BitEncodedInt();
        return new TimePeriod(kind, ordinal, zone, _reader.ReadBoolean() ? _reader.ReadString() : null);
    }
}

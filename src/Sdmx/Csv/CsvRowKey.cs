using System.Buffers;

namespace Sdmx.Csv;

/// <summary>The front of every row of one series, up to the last dimension, made once per series.</summary>
sealed class CsvRowKey
{
    readonly byte[] _structure;
    readonly CsvKeys _keys;
    readonly ValueCells _cells;
    readonly int[] _dimensions;
    readonly byte[] _noName;
    readonly int[] _key;
    readonly Utf8Output _front = new(null);
    readonly ArrayBufferWriter<char> _keyText = new();
    readonly Utf8Output _keyCell = new(null);
    readonly Utf8Output _back = new(null);
    bool _isSet;

    /// <summary>Rows of one data set that begin with the cells <paramref name="structure"/>.</summary>
    public CsvRowKey(byte[] structure, CsvKeys keys, ValueCells cells, ReadOnlySpan<SchemaComponent?> dimensions, byte[] noName)
    {
        (_structure, _keys, _cells, _noName) = (structure, keys, cells, noName);
        _key = new int[cells.Dimensions.Length];
        _dimensions = new int[dimensions.Length];
        for (var i = 0; i < dimensions.Length; i++)
            _dimensions[i] = dimensions[i] is { Role: ComponentRole.Dimension } d ? d.Index : -1;
    }

    /// <summary>Whether this is the key set last.</summary>
    public bool Is(ReadOnlySpan<int> key) => _isSet && key.SequenceEqual(_key);

    /// <summary>Makes <see cref="Is"/> false for any key, because something that applies to it changed.</summary>
    public void Forget() => _isSet = false;

    /// <summary>Turns to another key.</summary>
    public void Set(ReadOnlySpan<int> key)
    {
        key.CopyTo(_key);
        _isSet = true;
        _keyCell.Clear();
        if (_keys != CsvKeys.None)
            WriteKeyCell(key);
        _front.Clear();
        _front.Raw(_structure);
        if (_keys is CsvKeys.Series or CsvKeys.Both)
        {
            _front.Byte((byte)',');
            _front.Raw(_keyCell.Written);
        }

        _back.Clear();
        foreach (var d in _dimensions)
        {
            _back.Byte((byte)',');
            _back.Raw(d < 0 || key[d] < 0 ? _noName : _cells.Dimensions[d][key[d]]);
        }
    }

    // A.N.SI_POV_DAY1, quoted as a whole
    void WriteKeyCell(ReadOnlySpan<int> key)
    {
        _keyText.ResetWrittenCount();
        for (var d = 0; d < key.Length; d++)
        {
            if (d > 0)
                _keyText.Write(".");
            if (key[d] >= 0)
                _keyText.Write(_cells.Codes.Dimensions[d][key[d]]);
        }

        _keyCell.Text(_keyText.WrittenSpan, Escaping.Csv);
    }

    /// <summary>Lays out the front of rows that are observations.</summary>
    public void LayOut(RowPattern pattern)
    {
        pattern.Fixed.Raw(_front.Written);
        if (_keys is CsvKeys.Obs or CsvKeys.Both)
        {
            pattern.Fixed.Byte((byte)',');
            LayOutObservationKey(pattern);
        }

        pattern.Fixed.Raw(_back.Written);
    }

    /// <summary>Writes the front of a row that is no observation: OBS_KEY, which would be the key and the period, is empty.</summary>
    public void WriteHolder(Utf8Output output)
    {
        output.Raw(_front.Written);
        if (_keys is CsvKeys.Obs or CsvKeys.Both)
            output.Byte((byte)',');
        output.Raw(_back.Written);
    }

    void LayOutObservationKey(RowPattern pattern)
    {
        var cell = _keyCell.Written;
        var quoted = cell is [(byte)'"', ..];
        pattern.Fixed.Raw(quoted ? cell[..^1] : cell);
        if (pattern.HasPeriod)
        {
            pattern.Fixed.Byte((byte)'.');
            pattern.Period();
        }

        if (quoted)
            pattern.Fixed.Byte((byte)'"');
    }
}

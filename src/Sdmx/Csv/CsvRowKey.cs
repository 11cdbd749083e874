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
    readonly Utf8Output _scratch = new(null);
    byte[] _front = [];
    byte[] _keyCell = [];
    byte[] _back = [];
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
    public void Set(ReadOnlySpan<int> key, string text)
    {
        key.CopyTo(_key);
        _isSet = true;
        if (_keys != CsvKeys.None)
        {
            _scratch.Text(text, Escaping.Csv);
            _keyCell = _scratch.Take();
        }

        _scratch.Raw(_structure);
        if (_keys is CsvKeys.Series or CsvKeys.Both)
        {
            _scratch.Byte((byte)',');
            _scratch.Raw(_keyCell);
        }

        _front = _scratch.Take();
        foreach (var d in _dimensions)
        {
            _scratch.Byte((byte)',');
            _scratch.Raw(d < 0 || key[d] < 0 ? _noName : _cells.Dimensions[d][key[d]]);
        }

        _back = _scratch.Take();
    }

    /// <summary>Writes the front of one row; OBS_KEY is the key and the period, and empty where the row is no observation.</summary>
    public void Write(Utf8Output output, TimePeriod period, bool isObservation)
    {
        output.Raw(_front);
        if (_keys is CsvKeys.Obs or CsvKeys.Both)
        {
            output.Byte((byte)',');
            if (isObservation)
                WriteObservationKey(output, period);
        }

        output.Raw(_back);
    }

    void WriteObservationKey(Utf8Output output, TimePeriod period)
    {
        var quoted = _keyCell is [(byte)'"', ..];
        output.Raw(quoted ? _keyCell.AsSpan(..^1) : _keyCell);
        if (period != TimePeriod.None)
        {
            output.Byte((byte)'.');
            output.Period(period);
        }

        if (quoted)
            output.Byte((byte)'"');
    }
}

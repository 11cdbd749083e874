using System.Buffers;
using System.Buffers.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>SDMX-JSON 2.0 by Utf8JsonWriter: codes and periods as indexes in order of first use, their lists behind the data.</summary>
sealed class JsonBaseline(SdgCube cube, WindowSink output) : IDisposable
{
    readonly Utf8JsonWriter _writer = new((IBufferWriter<byte>)output, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    readonly UsedCodes[] _dimensions = [.. cube.Dataset.Codes.Dimensions.Select(t => new UsedCodes(t))];
    readonly UsedCodes?[] _values = [.. cube.Dataset.Codes.Values.Select(t => t is null ? null : new UsedCodes(t))];
    readonly int[] _onSeries = [.. cube.Schema.Values.Where(v => v.Level == AttachmentLevel.Series).Select(v => v.Index)];
    readonly int[] _onObservations = [.. cube.Schema.Values.Where(v => v.Level == AttachmentLevel.Observation).Select(v => v.Index)];
    readonly Dictionary<TimePeriod, int> _periods = [];

    /// <summary>The indexes of the codes of one component that were used.</summary>
    sealed class UsedCodes(CodeTable table)
    {
        readonly int[] _indexes = new int[table.Count]; // 0: not used yet

        public List<int> Codes { get; } = [];

        public CodeTable Table => table;

        public int IndexOf(int code)
        {
            if (_indexes[code] == 0)
            {
                Codes.Add(code);
                _indexes[code] = Codes.Count;
            }

            return _indexes[code] - 1;
        }
    }

    public void Write(IReadOnlyList<ObservationBlock> blocks)
    {
        var isOpen = false;
        _writer.WriteStartObject();
        _writer.WriteStartObject("series");
        foreach (var block in blocks)
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Kinds[row] == RowKind.Observation)
                {
                    WriteObservation(block, row);
                    continue;
                }

                if (isOpen)
                    EndSeries();
                isOpen = true;
                StartSeries(block, row);
            }

            _writer.Flush();
        }

        EndSeries();
        _writer.WriteEndObject();
        WriteCodes();
        _writer.WriteEndObject();
    }

    public void Dispose() => _writer.Dispose();

    void StartSeries(ObservationBlock block, int row)
    {
        Span<byte> name = stackalloc byte[400];
        var length = 0;
        for (var d = 0; d < _dimensions.Length; d++)
        {
            Utf8Formatter.TryFormat(_dimensions[d].IndexOf(block.Key[d][row]), name[length..], out var digits);
            length += digits;
            name[length++] = (byte)':';
        }

        _writer.WriteStartObject(name[..(length - 1)]);
        _writer.WriteStartArray("attributes"u8);
        WriteValues(block, row, _onSeries);
        _writer.WriteEndArray();
        _writer.WriteStartObject("observations"u8);
    }

    void EndSeries()
    {
        _writer.WriteEndObject();
        _writer.WriteEndObject();
    }

    void WriteObservation(ObservationBlock block, int row)
    {
        Span<byte> name = stackalloc byte[20];
        if (!_periods.TryGetValue(block.Periods[row], out var index))
            _periods.Add(block.Periods[row], index = _periods.Count);
        Utf8Formatter.TryFormat(index, name, out var length);
        _writer.WriteStartArray(name[..length]);
        WriteValues(block, row, _onObservations);
        _writer.WriteEndArray();
    }

    void WriteValues(ObservationBlock block, int row, int[] columns)
    {
        var last = columns.Length - 1;
        while (last >= 0 && block.Values[columns[last]].Forms[row] == ValueForm.Absent)
            last--;
        for (var i = 0; i <= last; i++)
        {
            var values = block.Values[columns[i]];
            var form = values.Forms[row];
            if (form == ValueForm.Absent)
                _writer.WriteNullValue();
            else if (form == ValueForm.Code)
                _writer.WriteNumberValue(_values[columns[i]]!.IndexOf((int)values.Bits[row]));
            else if (form == ValueForm.Text)
                _writer.WriteStringValue(block.Texts[(int)values.Bits[row]]);
            else
                _writer.WriteNumberValue(DecimalText.ToDecimal(values.Bits[row], form - ValueForm.Decimal));
        }
    }

    void WriteCodes()
    {
        _writer.WriteStartArray("structures");
        foreach (var used in _dimensions.Concat(_values.OfType<UsedCodes>()))
        {
            _writer.WriteStartArray();
            foreach (var code in used.Codes)
            {
                var name = used.Table.Known!.Codelist.Codes[code].Name.Best(["en"]).Text;
                _writer.WriteStartObject();
                _writer.WriteString("id", used.Table[code]);
                _writer.WriteString("name", name);
                _writer.WriteStartObject("names");
                _writer.WriteString("en", name);
                _writer.WriteEndObject();
                _writer.WriteEndObject();
            }

            _writer.WriteEndArray();
        }

        _writer.WriteEndArray();
    }
}

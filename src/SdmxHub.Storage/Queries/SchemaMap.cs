using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>How a cube's components and codes appear in the structure that an answer is written by.</summary>
/// <remarks>Codes are looked up once each, when first met. Not thread-safe.</remarks>
sealed class SchemaMap
{
    const int Unknown = -2;

    readonly Cube _cube;
    readonly CodeTables _codes;
    readonly TextCache _texts;
    readonly CubeComponent?[] _values;
    readonly int[][] _keyCodes;     // per dimension of the schema: cube code -> schema code
    readonly int[][] _valueCodes;

    public SchemaMap(Cube cube, DataSchema schema, CodeTables codes, TextCache texts)
    {
        (_cube, Schema, _codes, _texts) = (cube, schema, codes, texts);
        Columns = [.. schema.Dimensions.Select(d => Array.FindIndex(cube.Dimensions, c => c.Id == d.Id))];
        _values = [.. schema.Values.Select(v => cube.Find(v.Id))];
        _keyCodes = [.. schema.Dimensions.Select(_ => Array.Empty<int>())];
        _valueCodes = [.. schema.Values.Select(_ => Array.Empty<int>())];
    }

    public DataSchema Schema { get; }

    /// <summary>Per dimension of the schema, the cube's column.</summary>
    public int[] Columns { get; }

    /// <summary>The cube's component of a value column, or null where it never had a value.</summary>
    public CubeComponent? Component(int column) => _values[column];

    /// <summary>The code of a row in the schema's numbers; -1 where it is open.</summary>
    public int KeyCode(int dimension, int row)
    {
        var code = _cube.Columns[Columns[dimension]][row];
        return code == 0 ? -1 : Map(ref _keyCodes[dimension], code, _cube.Dimensions[Columns[dimension]].Codes, _codes.Dimensions[dimension]);
    }

    /// <summary>Writes one stored value into a block.</summary>
    public void Write(Session session, ObservationBlock block, int column, int row, ChunkColumn source, int at)
    {
        var (form, bits) = (source.Forms[at], source.Bits[at]);
        var table = _codes.Values[column];
        if (form == ValueForm.Code && table is not null)
            block.Values[column].Set(row, form, Map(ref _valueCodes[column], (int)bits, _values[column]!.Codes, table));
        else if (form >= ValueForm.Decimal && table is null)
            block.Values[column].Set(row, form, bits);
        else if (table is not null)
            block.Values[column].Set(row, ValueForm.Code, table.Resolve(Text(session, column, form, bits)));
        else
            block.SetText(column, row, Text(session, column, form, bits));
    }

    /// <summary>A stored value as text.</summary>
    public string Text(Session session, int column, byte form, long bits) => form switch
    {
        ValueForm.Code => _values[column]!.Codes[(int)bits],
        ValueForm.Text => _texts.Get(session, bits),
        StoredForm.Double => BitConverter.Int64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture),
        >= ValueForm.Decimal => DecimalText.Format(bits, form - ValueForm.Decimal),
        _ => throw new StoreException($"The store is damaged: a value has the form {form}."),
    };

    static int Map(ref int[] map, int code, CubeCodes codes, CodeTable table)
    {
        if (code >= map.Length)
        {
            var known = map.Length;
            Array.Resize(ref map, Math.Max(code + 1, known * 2));
            map.AsSpan(known).Fill(Unknown);
        }

        ref var number = ref map[code];
        if (number == Unknown)
            number = table.Resolve(codes[code]);
        return number;
    }
}

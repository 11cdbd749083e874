using System.Globalization;
using System.Runtime.InteropServices;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>How a cube's components and codes appear in the structure that an answer is written by.</summary>
/// <remarks>Codes outside their list are numbered as the answer meets them. Not thread-safe.</remarks>
sealed class SchemaMap
{
    readonly Cube _cube;
    readonly CodeTables _codes;
    readonly TextCache _texts;
    readonly SchemaLayout _layout;
    readonly int[]?[] _otherKeys;       // per dimension of the schema, of codes outside its list: cube code -> number in this answer, and 1
    readonly int[]?[] _otherValues;
    readonly Dictionary<long, int> _blockTexts = [];    // of the block being filled: id of a text -> its index

    public SchemaMap(Cube cube, DataSchema schema, CodeTables codes, TextCache texts)
    {
        (_cube, Schema, _codes, _texts, _layout) = (cube, schema, codes, texts, cube.LayoutOf(schema));
        (_otherKeys, _otherValues) = (new int[]?[schema.Dimensions.Count], new int[]?[schema.Values.Count]);
    }

    public DataSchema Schema { get; }

    /// <summary>Per dimension of the schema, the cube's column.</summary>
    public int[] Columns => _layout.Columns;

    /// <summary>The cube's component of a value column, or null where it never had a value.</summary>
    public CubeComponent? Component(int column) => _layout.Values[column];

    /// <summary>The columns of what a query asks for that the cube has a component for, each with the component's number.</summary>
    public (int Column, int Component)[] Asked(DataQuery query) => query is { Attributes: null, Measures: null } ? _layout.Held
        : Array.FindAll(_layout.Held, c => query.Asks(Schema.Values[c.Column]));

    /// <summary>The code of a row in the schema's numbers; -1 where it is open.</summary>
    public int KeyCode(int dimension, int row)
    {
        var code = _cube.Columns[Columns[dimension]][row];
        if (code == 0)
            return -1;
        return _layout.KeyCodes[dimension][code] is >= 0 and var number ? number
            : Other(ref _otherKeys[dimension], code, _cube.Dimensions[Columns[dimension]].Codes, _codes.Dimensions[dimension]);
    }

    /// <summary>Turns to the next block: its texts are others.</summary>
    public void Begin() => _blockTexts.Clear();

    /// <summary>Opens rows behind those of a block for a run, or as much of it as there is room for: their kind, periods and key.</summary>
    /// <param name="block">The block.</param>
    /// <param name="run">The run; becomes what is left of it.</param>
    /// <returns>The first row, and the part of the run that stands from there on.</returns>
    public (int Row, Run Taken) Open(ObservationBlock block, ref Run run)
    {
        var (row, taken) = (block.Count, run with { Count = Math.Min(run.Count, ObservationBlock.Capacity - block.Count) });
        run = run with { Start = run.Start + taken.Count, Count = run.Count - taken.Count };
        block.Count += taken.Count;
        block.Kinds.AsSpan(row, taken.Count).Fill(taken.Kind);
        if (taken.Kind == RowKind.Observation)
            taken.Chunk!.Periods.AsSpan(taken.Start, taken.Count).CopyTo(block.Periods.AsSpan(row));
        else
            block.Periods.AsSpan(row, taken.Count).Clear();
        for (var d = 0; d < block.Key.Length; d++)
            block.Key[d].AsSpan(row, taken.Count).Fill(KeyCode(d, taken.Series));
        return (row, taken);
    }

    /// <summary>Writes a column's stored values into the rows of a block from <paramref name="row"/> on.</summary>
    public void Write(Session session, ObservationBlock block, int column, int row, ChunkColumn source, int start, int count)
    {
        var forms = source.Forms.AsSpan(start, count);
        var (form, isOneForm) = (forms[0], !forms.ContainsAnyExcept(forms[0]));
        if (isOneForm && form == ValueForm.Absent)
            return;
        var values = block.Values[column];
        var bits = source.Bits.AsSpan(start, count);
        if (isOneForm && (form >= ValueForm.Decimal ? _codes.Values[column] is null : !bits.ContainsAnyExcept(bits[0])))
        {
            // A whole run at once: numbers are copied, a value that does not change is looked up once.
            if (form >= ValueForm.Decimal)
                bits.CopyTo(values.Bits.AsSpan(row));
            else
                (form, values.Bits.AsSpan(row, count)[0]) = Value(session, block, column, form, bits[0]);
            if (form < ValueForm.Decimal)
                values.Bits.AsSpan(row, count).Fill(values.Bits[row]);
            values.Forms.AsSpan(row, count).Fill(form);
            values.IsUsed = true;
            return;
        }

        for (var i = 0; i < count; i++)
        {
            if (forms[i] == ValueForm.Absent)
                continue;
            var (written, number) = Value(session, block, column, forms[i], bits[i]);
            values.Set(row + i, written, number);
        }
    }

    /// <summary>One stored value as the block holds it.</summary>
    (byte Form, long Bits) Value(Session session, ObservationBlock block, int column, byte form, long bits)
    {
        var table = _codes.Values[column];
        if (form == ValueForm.Code && table is not null)
        {
            var listed = _layout.ValueCodes[column]![(int)bits];
            return (form, listed >= 0 ? listed : Other(ref _otherValues[column], (int)bits, Component(column)!.Codes, table));
        }

        if (form >= ValueForm.Decimal && table is null)
            return (form, bits);
        if (table is not null)
            return (ValueForm.Code, table.Resolve(Text(session, column, form, bits)));
        if (form != ValueForm.Text)
            return (ValueForm.Text, Append(block, Text(session, column, form, bits)));
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_blockTexts, bits, out var isKnown);
        if (!isKnown)
            index = Append(block, _texts.Get(session, bits));
        return (form, index);
    }

    static int Append(ObservationBlock block, string text)
    {
        block.Texts.Add(text);
        return block.Texts.Count - 1;
    }

    /// <summary>A stored value as text.</summary>
    public string Text(Session session, int column, byte form, long bits) => form switch
    {
        ValueForm.Code => Component(column)!.Codes[(int)bits],
        ValueForm.Text => _texts.Get(session, bits),
        StoredForm.Double => BitConverter.Int64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture),
        >= ValueForm.Decimal => DecimalText.Format(bits, form - ValueForm.Decimal),
        _ => throw new StoreException($"The store is damaged: a value has the form {form}."),
    };

    static int Other(ref int[]? others, int code, CubeCodes codes, CodeTable table)
    {
        if (others is null || code >= others.Length)
            Array.Resize(ref others, Math.Max(code + 1, (others?.Length ?? 0) * 2));
        if (others[code] == 0)
            others[code] = table.Resolve(codes[code]) + 1;
        return others[code] - 1;
    }
}

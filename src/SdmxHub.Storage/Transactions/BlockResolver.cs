using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Turns the numbers of one data set's code tables into a cube's own: one look-up array per component.</summary>
/// <remarks>Codes and texts that the cube has not met are added to it, except by the <c>TryFind</c> methods. Values are turned a column at a time,
/// so that what follows only copies arrays.</remarks>
sealed class BlockResolver
{
    readonly Session _session;
    readonly Cube _cube;
    readonly TextIds _texts;
    readonly int[] _dimensions;         // per dimension of the cube, the schema's position
    readonly int[][] _keyCodes;         // per dimension of the cube: block code -> cube code; 0 not resolved yet
    readonly int[][] _valueCodes;
    readonly List<ResolvedColumn> _used = [];
    readonly ResolvedColumn?[] _columns;
    (byte Form, long Bits)[] _blockTexts = [];

    public BlockResolver(Session session, Cube cube, Dataset dataset, TextIds texts, Func<SchemaComponent, CubeComponent> componentOf)
    {
        (_session, _cube, _texts, Codes) = (session, cube, texts, dataset.Codes);
        var schema = dataset.Schema;
        _dimensions = [.. cube.Dimensions.Select(d => schema.Find(d.Id)!.Index)];
        _keyCodes = new int[_dimensions.Length][];
        _keyCodes.AsSpan().Fill([]);
        Components = [.. schema.Values.Select(componentOf)];
        _valueCodes = new int[Components.Length][];
        _valueCodes.AsSpan().Fill([]);
        _columns = new ResolvedColumn?[Components.Length];
    }

    /// <summary>The tables it is for.</summary>
    public CodeTables Codes { get; }

    /// <summary>Per value column of the schema, the cube's component.</summary>
    public CubeComponent[] Components { get; }

    /// <summary>Per dimension of the cube, its position in the schema's key.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>A schema's key in the cube's codes; 0 where it is open.</summary>
    /// <returns>False when <paramref name="add"/> is not set and a code is new: then there is no such row.</returns>
    public bool TryKey(ReadOnlySpan<int> codes, bool add, Span<int> key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            var code = codes[_dimensions[d]];
            key[d] = code < 0 ? 0 : Resolve(ref _keyCodes[d], code, Codes.Dimensions[_dimensions[d]], _cube.Dimensions[d], add);
            if (key[d] < 0)
                return false;
        }

        return true;
    }

    /// <summary>The block's values as the cube holds them: the columns in which any row may have one.</summary>
    /// <remarks>Valid until the next call, and as long as the block is not changed.</remarks>
    public List<ResolvedColumn> Values(ObservationBlock block)
    {
        _used.Clear();
        if (_blockTexts.Length < block.Texts.Count)
            _blockTexts = new (byte, long)[block.Texts.Count * 2];
        _blockTexts.AsSpan(0, block.Texts.Count).Clear();
        for (var c = 0; c < block.Values.Length; c++)
        {
            if (!block.Values[c].IsUsed)
                continue;
            var column = _columns[c] ??= new(Components[c].Number);
            Resolve(block, c, column);
            _used.Add(column);
        }

        return _used;
    }

    void Resolve(ObservationBlock block, int c, ResolvedColumn into)
    {
        var forms = block.Values[c].Forms.AsSpan(0, block.Count);
        var bits = block.Values[c].Bits.AsSpan(0, block.Count);
        forms.CopyTo(into.Forms);
        for (var row = 0; row < forms.Length; row++)
        {
            if (forms[row] >= ValueForm.Decimal)
                into.Bits[row] = bits[row];
            else if (row > 0 && forms[row] == forms[row - 1] && bits[row] == bits[row - 1])
                (into.Forms[row], into.Bits[row]) = (into.Forms[row - 1], into.Bits[row - 1]);
            else if (forms[row] == ValueForm.Code)
                into.Bits[row] = Resolve(ref _valueCodes[c], (int)bits[row], Codes.Values[c]!, Components[c], add: true);
            else if (forms[row] == ValueForm.Text)
                (into.Forms[row], into.Bits[row]) = Text(block, (int)bits[row]);
        }
    }

    int Resolve(ref int[] map, int code, CodeTable table, CubeComponent component, bool add)
    {
        if (code < map.Length && map[code] != 0)
            return map[code];
        var id = table[code];
        var number = component.Codes.Find(id);
        if (number == 0 && !add)
            return -1;
        if (number == 0)
        {
            number = component.Codes.Add(id);
            CubeTable.AddCode(_session, _cube, component, number, id);
        }

        if (code >= map.Length)
            Array.Resize(ref map, Math.Max(table.Count, code + 1));
        return map[code] = number;
    }

    (byte Form, long Bits) Text(ObservationBlock block, int index)
    {
        ref var known = ref _blockTexts[index];
        if (known.Form == ValueForm.Absent)
            known = Text(block.Texts[index]);
        return known;
    }

    /// <summary>A text that is the spelling of a number is kept as the number, whatever its component: years in notes take a byte then.</summary>
    (byte Form, long Bits) Text(string text)
    {
        if (DecimalText.TryParse(text, out var mantissa, out var scale))
            return ((byte)(ValueForm.Decimal + scale), mantissa);
        return IsDouble(text, out var bits) ? (StoredForm.Double, bits) : (ValueForm.Text, _texts.Intern(text));
    }

    static bool IsDouble(string text, out long bits)
    {
        bits = 0;
        if (text.Length is 0 or > 32 || !(char.IsAsciiDigit(text[0]) || text[0] is '-' or 'N') || !(char.IsAsciiDigit(text[^1]) || text == "NaN")
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number.ToString("R", CultureInfo.InvariantCulture) != text)
            return false;
        bits = BitConverter.DoubleToInt64Bits(number);
        return true;
    }
}

/// <summary>One column of a block in a cube's codes and texts.</summary>
sealed class ResolvedColumn(int component)
{
    /// <summary>The cube's component.</summary>
    public readonly int Component = component;

    /// <summary>The forms, a row each: see <see cref="StoredForm"/>.</summary>
    public readonly byte[] Forms = new byte[ObservationBlock.Capacity];

    /// <summary>The bits, a row each; meaningless where the form is absent.</summary>
    public readonly long[] Bits = new long[ObservationBlock.Capacity];
}

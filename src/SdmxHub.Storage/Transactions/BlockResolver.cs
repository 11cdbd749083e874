using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Turns the numbers of one data set's code tables into a cube's own: one look-up array per component.</summary>
/// <remarks>Codes and texts that the cube has not met are added to it, except by the <c>TryFind</c> methods.</remarks>
sealed class BlockResolver
{
    readonly Session _session;
    readonly Cube _cube;
    readonly TextIds _texts;
    readonly int[] _dimensions;         // per dimension of the cube, the schema's position
    readonly int[][] _keyCodes;         // per dimension of the cube: block code -> cube code; 0 not resolved yet
    readonly int[]?[] _valueCodes;
    (byte Form, long Bits)[] _blockTexts = [];
    int _textsOf;

    public BlockResolver(Session session, Cube cube, Dataset dataset, TextIds texts, Func<SchemaComponent, CubeComponent> componentOf)
    {
        (_session, _cube, _texts, Codes) = (session, cube, texts, dataset.Codes);
        var schema = dataset.Schema;
        _dimensions = [.. cube.Dimensions.Select(d => schema.Find(d.Id)!.Index)];
        _keyCodes = new int[_dimensions.Length][];
        _keyCodes.AsSpan().Fill([]);
        Components = [.. schema.Values.Select(componentOf)];
        _valueCodes = new int[Components.Length][];
    }

    /// <summary>The tables it is for.</summary>
    public CodeTables Codes { get; }

    /// <summary>Per value column of the schema, the cube's component.</summary>
    public CubeComponent[] Components { get; }

    /// <summary>Per dimension of the cube, its position in the schema's key.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>Turns to the next block: its texts are others.</summary>
    public void Begin(ObservationBlock block)
    {
        _textsOf = block.Texts.Count;
        if (_blockTexts.Length < _textsOf)
            _blockTexts = new (byte, long)[_textsOf * 2];
        _blockTexts.AsSpan(0, _textsOf).Clear();
    }

    /// <summary>The key of a row in the cube's codes; 0 where it is open.</summary>
    /// <returns>False when <paramref name="add"/> is not set and a code is new: then there is no such row.</returns>
    public bool TryKey(ObservationBlock block, int row, bool add, Span<int> key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            var code = block.Key[_dimensions[d]][row];
            key[d] = code < 0 ? 0 : Resolve(ref _keyCodes[d], code, Codes.Dimensions[_dimensions[d]], _cube.Dimensions[d], add);
            if (key[d] < 0)
                return false;
        }

        return true;
    }

    /// <summary>A value of a row as the cube holds it.</summary>
    public (byte Form, long Bits) Value(ObservationBlock block, int column, int row)
    {
        var values = block.Values[column];
        var form = values.Forms[row];
        if (form == ValueForm.Code)
        {
            ref var map = ref _valueCodes[column];
            map ??= [];
            return (form, Resolve(ref map, (int)values.Bits[row], Codes.Values[column]!, Components[column], add: true));
        }

        return form == ValueForm.Text ? Text(block, (int)values.Bits[row]) : (form, values.Bits[row]);
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
        if (index >= _textsOf)
            throw new InvalidOperationException("the block's texts grew after Begin");
        ref var known = ref _blockTexts[index];
        if (known.Form == ValueForm.Absent)
            known = IsDouble(block.Texts[index], out var bits) ? (StoredForm.Double, bits) : (ValueForm.Text, _texts.Intern(block.Texts[index]));
        return known;
    }

    static bool IsDouble(string text, out long bits)
    {
        bits = 0;
        if (text.Length is 0 or > 32 || !(char.IsAsciiDigit(text[^1]) || text == "NaN")
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || number.ToString("R", CultureInfo.InvariantCulture) != text)
            return false;
        bits = BitConverter.DoubleToInt64Bits(number);
        return true;
    }
}

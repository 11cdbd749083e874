namespace Sdmx;

/// <summary>The bytes that stand for each code of one component in a message, made when a code is first written.</summary>
/// <remarks>Ids of a codelist's codes are made once for all messages: <see cref="CodeIndex.Cells"/>.</remarks>
/// <param name="table">The codes.</param>
/// <param name="escaping">How ids are escaped.</param>
/// <param name="make">Makes what stands for a code; null: its id.</param>
sealed class CodeCells(CodeTable table, Escaping escaping, Func<CodeTable, int, byte[]>? make)
{
    readonly byte[]?[] _shared = make is null && table.Known is { } list ? list.Cells(escaping) : [];
    byte[]?[] _own = []; // of the numbers behind the shared ones

    /// <summary>The bytes of code <paramref name="number"/>.</summary>
    public byte[] this[int number] => (uint)number < (uint)_shared.Length && _shared[number] is { } cell ? cell : Own(number);

    byte[] Own(int number)
    {
        if ((uint)number < (uint)_shared.Length)
            return _shared[number] = Make(number);
        var at = number - _shared.Length;
        if (at >= _own.Length)
            Array.Resize(ref _own, Math.Max(at + 1, Math.Max(16, _own.Length * 2)));
        return _own[at] ??= Make(number);
    }

    byte[] Make(int number)
    {
        if (make is not null)
            return make(table, number);
        var cell = new Utf8Output(null);
        cell.Text(table[number], escaping);
        return cell.Take();
    }
}

namespace Sdmx;

/// <summary>The bytes that stand for each code of one component in a message, made when a code is first written.</summary>
sealed class CodeCells(Func<int, byte[]> make)
{
    byte[]?[] _cells = [];

    /// <summary>The bytes of code <paramref name="number"/>.</summary>
    public byte[] this[int number] => (uint)number < (uint)_cells.Length && _cells[number] is { } cell ? cell : Make(number);

    byte[] Make(int number)
    {
        if (number >= _cells.Length)
            Array.Resize(ref _cells, Math.Max(number + 1, Math.Max(16, _cells.Length * 2)));
        return _cells[number] = make(number);
    }
}

using System.Runtime.CompilerServices;

namespace Sdmx;

/// <summary>The bytes of texts written lately, escaped for one format: what observations say again and again is escaped once.</summary>
/// <remarks>With the quotes around them where they are always quoted. Texts are told apart as objects, for readers and the store make one string of a text that comes again. Not thread-safe.</remarks>
sealed class TextCells(Escaping escaping, bool isQuoted = false)
{
    const int Few = 16;
    const int Many = 256;
    const int MaxLength = 256;

    readonly Utf8Output _scratch = new(null);

    // Made with the first text, and larger when there are many: most messages have few.
    Cell[] _cells = [];
    int _filled;

    struct Cell
    {
        public string? Text;
        public byte[]? Bytes;
        public int Length;
    }

    /// <summary>Writes a text.</summary>
    public void Write(string text, Utf8Output output)
    {
        if (_filled == _cells.Length && _filled < Many)
            _cells = new Cell[_filled == 0 ? Few : Many];
        ref var cell = ref _cells[RuntimeHelpers.GetHashCode(text) & (_cells.Length - 1)];
        if (!ReferenceEquals(cell.Text, text))
        {
            if (text.Length > MaxLength)
            {
                Write(text, output, escaping, isQuoted);
                return;
            }

            Fill(ref cell, text);
            _filled = Math.Min(_filled + 1, Many);
        }

        output.Raw(cell.Bytes.AsSpan(0, cell.Length));
    }

    static void Write(string text, Utf8Output output, Escaping escaping, bool isQuoted)
    {
        if (isQuoted)
            output.Byte((byte)'"');
        output.Text(text, escaping);
        if (isQuoted)
            output.Byte((byte)'"');
    }

    void Fill(ref Cell cell, string text)
    {
        _scratch.Clear();
        Write(text, _scratch, escaping, isQuoted);
        var bytes = _scratch.Written;
        if (cell.Bytes is null || cell.Bytes.Length < bytes.Length)
            cell.Bytes = new byte[Math.Max(64, bytes.Length)];
        bytes.CopyTo(cell.Bytes);
        (cell.Text, cell.Length) = (text, bytes.Length);
    }
}

using System.Runtime.CompilerServices;

namespace Sdmx;

/// <summary>The bytes of texts written lately, escaped for one format: what observations say again and again is escaped once.</summary>
/// <remarks>With the quotes around them where they are always quoted. Texts are told apart as objects, for readers and the store make one string of a text that comes again. Not thread-safe.</remarks>
sealed class TextCells(Escaping escaping, bool isQuoted = false)
{
    const int Count = 256;
    const int MaxLength = 256;

    // Made with the first text: many messages have none.
    Cell[]? _cells;
    readonly Utf8Output _scratch = new(null);

    struct Cell
    {
        public string? Text;
        public byte[]? Bytes;
        public int Length;
    }

    /// <summary>Writes a text.</summary>
    public void Write(string text, Utf8Output output)
    {
        _cells ??= new Cell[Count];
        ref var cell = ref _cells[RuntimeHelpers.GetHashCode(text) & (Count - 1)];
        if (!ReferenceEquals(cell.Text, text))
        {
            if (text.Length > MaxLength)
            {
                Write(text, output, escaping, isQuoted);
                return;
            }

            Fill(ref cell, text);
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

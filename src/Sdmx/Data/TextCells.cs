using System.Runtime.CompilerServices;

namespace Sdmx;

/// <summary>The bytes of texts written lately, escaped for one format: what observations say again and again is escaped once.</summary>
/// <remarks>Texts are told apart as objects, for readers and the store make one string of a text that comes again. Not thread-safe.</remarks>
sealed class TextCells(Escaping escaping)
{
    const int MaxLength = 256;

    readonly Cell[] _cells = new Cell[256];
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
        ref var cell = ref _cells[RuntimeHelpers.GetHashCode(text) & (_cells.Length - 1)];
        if (!ReferenceEquals(cell.Text, text))
        {
            if (text.Length > MaxLength)
            {
                output.Text(text, escaping);
                return;
            }

            Fill(ref cell, text);
        }

        output.Raw(cell.Bytes.AsSpan(0, cell.Length));
    }

    void Fill(ref Cell cell, string text)
    {
        _scratch.Clear();
        _scratch.Text(text, escaping);
        var bytes = _scratch.Written;
        if (cell.Bytes is null || cell.Bytes.Length < bytes.Length)
            cell.Bytes = new byte[Math.Max(64, bytes.Length)];
        bytes.CopyTo(cell.Bytes);
        (cell.Text, cell.Length) = (text, bytes.Length);
    }
}

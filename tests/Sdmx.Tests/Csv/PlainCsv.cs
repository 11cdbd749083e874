using System.Text;

namespace Sdmx.Tests.Csv;

/// <summary>RFC 4180 read one character after the other from a whole text: slow, and plain to see through. What the fast rows are held against.</summary>
static class PlainCsv
{
    /// <summary>Each row as its line and its cells; where the text is faulty the last entry is the finding, with its line.</summary>
    public static List<string> Read(byte[] bytes, char separator)
    {
        var rows = new List<string>();
        var (text, isWhole) = Decode(bytes);
        var (at, line) = (0, 1);
        while (true)
        {
            for (; at < text.Length && text[at] is '\r' or '\n'; at++)
                line += text[at] == '\n' || at + 1 >= text.Length || text[at + 1] != '\n' ? 1 : 0;
            if (at == text.Length)
                return isWhole ? rows : [.. rows, $"{line} WrongEncoding"];
            var start = line;
            var cells = new List<string>();
            var fault = ReadRow(text, separator, cells, ref at, ref line);
            if (!isWhole && at == text.Length)
                fault = fault == "IllFormed: text" ? fault : "WrongEncoding";
            if (fault is not null)
                return [.. rows, $"{start} {fault.Split(':')[0]}"];
            rows.Add($"{start} {string.Join('|', cells)}");
        }
    }

    static string? ReadRow(string text, char separator, List<string> cells, ref int at, ref int line)
    {
        while (true)
        {
            var cell = new StringBuilder();
            if (at < text.Length && text[at] == '"')
            {
                for (at++; ; at++)
                {
                    if (at == text.Length)
                        return "IllFormed: open";
                    if (text[at] == '"' && (at + 1 == text.Length || text[at + 1] != '"'))
                        break;
                    at += text[at] == '"' ? 1 : 0;
                    line += text[at] == '\n' ? 1 : 0;
                    cell.Append(text[at]);
                }

                at++;
                if (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
                    return "IllFormed: text";
            }
            else
            {
                for (; at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'); at++)
                    cell.Append(text[at]);
            }

            cells.Add(cell.ToString());
            if (at == text.Length || text[at] != separator)
                return null;
            at++;
        }
    }

    static (string Text, bool IsWhole) Decode(byte[] bytes)
    {
        var rest = bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes;
        var text = new StringBuilder();
        while (!rest.IsEmpty && Rune.DecodeFromUtf8(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            text.Append(rune.ToString());
            rest = rest[length..];
        }

        return (text.ToString(), rest.IsEmpty);
    }
}

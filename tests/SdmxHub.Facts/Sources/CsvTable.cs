using System.Text;

namespace SdgShipment;

/// <summary>Reads the rows of a comma-separated file of the facts (RFC 4180), each by the names in the first row.</summary>
static class CsvTable
{
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string path)
    {
        using var reader = new StreamReader(path);
        var header = Record(reader) ?? [];
        while (Record(reader) is { } cells)
            yield return header.Zip(cells).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
    }

    static List<string>? Record(StreamReader reader)
    {
        if (reader.Peek() < 0)
            return null;
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        while (reader.Read() is >= 0 and var read)
        {
            var c = (char)read;
            if (c == '"')
            {
                var doubled = quoted && reader.Peek() == '"';
                if (doubled)
                    cell.Append((char)reader.Read());
                else
                    quoted = !quoted;
            }
            else if (!quoted && c is (',' or '\n' or '\r'))
            {
                if (c == '\r' && reader.Peek() == '\n')
                    reader.Read();
                cells.Add(cell.ToString());
                cell.Clear();
                if (c != ',')
                    return cells;
            }
            else
            {
                cell.Append(c);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}

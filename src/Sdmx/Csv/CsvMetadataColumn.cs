namespace Sdmx.Csv;

/// <summary>A column of an SDMX-CSV metadata message: <c>ACTION</c>, <c>CONTACT.MAIL[]</c>, <c>NOTE[en;fr]</c>.</summary>
/// <param name="Path">What it holds: the ids of nested attributes joined by dots, or the name of another column.</param>
/// <param name="IsRepeated">Whether a cell may hold several values.</param>
/// <param name="IsLocalised">Whether a cell holds texts by language.</param>
readonly record struct CsvMetadataColumn(string Path, bool IsRepeated, bool IsLocalised)
{
    /// <summary>Reads a head; brackets behind parents say nothing that the cells do not.</summary>
    public static CsvMetadataColumn Parse(string head)
    {
        var (path, isRepeated, isLocalised) = (new System.Text.StringBuilder(), false, false);
        for (var i = 0; i < head.Length; i++)
        {
            if (head[i] == '[' && head.IndexOf(']', i) is > 0 and var close)
            {
                var isLast = head.IndexOf('.', close) < 0;
                isRepeated |= isLast && close == i + 1;
                isLocalised |= isLast && close > i + 1;
                i = close;
            }
            else
            {
                path.Append(head[i]);
            }
        }

        return new(path.ToString(), isRepeated, isLocalised);
    }
}

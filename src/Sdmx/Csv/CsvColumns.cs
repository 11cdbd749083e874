using System.Text;

namespace Sdmx.Csv;

/// <summary>The header of an SDMX-CSV file: which version it is, and what each column holds (checklist 2.6).</summary>
sealed class CsvColumns
{
    /// <summary>A column that holds nothing for the data: keys, names.</summary>
    public const int Ignored = -2;

    /// <summary>A column that is no component of the structure.</summary>
    public const int Unknown = -1;

    readonly string[] _names;
    readonly bool _hasNameColumns;

    CsvColumns(string[] names, bool isVersion2, bool hasLabels)
    {
        _names = names;
        (IsVersion2, HasLabels) = (isVersion2, hasLabels);
        Kind = isVersion2 ? 0 : -1;
        Id = isVersion2 ? Array.IndexOf(names, "STRUCTURE_ID") : 0;
        Action = isVersion2 ? Array.IndexOf(names, "ACTION") : -1;
        LastOfDataset = Math.Max(Id, Math.Max(Kind, Action));
        _hasNameColumns = isVersion2 && Array.IndexOf(names, "STRUCTURE_NAME") >= 0;
    }

    /// <summary>Whether the version is 2.0 or later.</summary>
    public bool IsVersion2 { get; }

    /// <summary>Whether cells are <c>ID: Name</c>.</summary>
    public bool HasLabels { get; }

    /// <summary>The column of the structure's kind, or -1.</summary>
    public int Kind { get; }

    /// <summary>The column of the structure's id.</summary>
    public int Id { get; }

    /// <summary>The column of the action, or -1.</summary>
    public int Action { get; }

    /// <summary>The last of these three.</summary>
    public int LastOfDataset { get; }

    /// <summary>The number of columns.</summary>
    public int Count => _names.Length;

    /// <summary>The column's name, without label.</summary>
    public string this[int column] => _names[column];

    /// <summary>The separator, by what stands behind the first header: <c>DATAFLOW,</c>, <c>STRUCTURE;</c>, <c>STRUCTURE[;],</c>.</summary>
    public static byte SeparatorOf(ReadOnlySpan<byte> start)
    {
        var at = start.StartsWith("\""u8) ? 1 : 0;
        at += start[at..].StartsWith("DATAFLOW"u8) ? 8 : start[at..].StartsWith("STRUCTURE"u8) ? 9 : 0;
        if (at < start.Length && start[at] == '[' && start[at..].IndexOf((byte)']') is >= 0 and var close)
            at += close + 1;
        if (at < start.Length && start[at] == '"')
            at++;
        return at < start.Length && !char.IsAsciiLetterOrDigit((char)start[at]) && start[at] is not ((byte)'"' or (byte)'\r' or (byte)'\n' or (byte)'_') && start[at] < 128
            ? start[at] : (byte)',';
    }

    /// <summary>Reads the header from the first row.</summary>
    /// <returns>Null, with the reason in <paramref name="fault"/>, where it cannot be read.</returns>
    public static CsvColumns? Read(CsvRows row, out Issue? fault)
    {
        fault = null;
        var names = new string[row.Count];
        var hasLabels = false;
        for (var i = 0; i < names.Length; i++)
        {
            var name = Encoding.UTF8.GetString(row[i]);
            if (name.IndexOf(": ", StringComparison.Ordinal) is > 0 and var cut)
            {
                name = name[..cut];
                hasLabels = true;
            }

            names[i] = name;
        }

        var at = new Location(null, 1, 1);
        var isVersion2 = names[0] == "STRUCTURE" || names[0].StartsWith("STRUCTURE[", StringComparison.Ordinal);
        if (!isVersion2 && names[0] != "DATAFLOW")
            fault = new(IssueCode.UnknownFormat, at, $"The first column is '{names[0]}'; SDMX-CSV starts with DATAFLOW (1.0) or STRUCTURE (2.0).") { Value = names[0] };
        else if (isVersion2 && Array.IndexOf(names, "STRUCTURE_ID") < 0)
            fault = new(IssueCode.NoStructureReference, at, "The file has no column STRUCTURE_ID.");
        else if (Array.Find(names[1..], n => n.EndsWith(']') && n.Contains('[')) is { } several)
            fault = new(IssueCode.UnsupportedFormat, at, $"Column '{several}' holds several values or languages in one cell, which is not read yet.") { Component = several };
        return fault is null ? new CsvColumns(names, isVersion2, hasLabels) : null;
    }

    /// <summary>Per column, the slot of its component, <see cref="Ignored"/> or <see cref="Unknown"/>.</summary>
    public int[] SlotsOf(SchemaLayout layout)
    {
        var slots = new int[_names.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            slots[i] = i == Kind || i == Id || i == Action || (IsVersion2 && _names[i] is "STRUCTURE_NAME") ? Ignored : layout.Find(_names[i]);
            if (slots[i] == Unknown && IsVersion2 && _names[i] is "SERIES_KEY" or "OBS_KEY")
                slots[i] = Ignored;
            // labels=name: the column right behind a component's holds the names of its codes
            if (_hasNameColumns && slots[i] >= 0 && i + 1 < slots.Length)
                slots[++i] = Ignored;
        }

        return slots;
    }
}

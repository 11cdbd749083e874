using Spectre.Console;

namespace SdmxHub.Cli;

/// <summary>Rows of plain text in tables, where brackets are brackets and not markup.</summary>
static class Tables
{
    /// <summary>Adds a row.</summary>
    public static void AddCells(this Table table, params ReadOnlySpan<string?> cells)
    {
        var row = new Text[cells.Length];
        for (var i = 0; i < cells.Length; i++)
            row[i] = new Text(cells[i] ?? "");
        table.AddRow(row);
    }
}

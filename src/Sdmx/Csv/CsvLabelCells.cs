namespace Sdmx.Csv;

/// <summary>Cells as the <c>labels</c> parameter asks for them: ids, ids and names in two cells, or <c>ID: Name</c> in one.</summary>
sealed class CsvLabelCells(CsvLabels labels, ValueArray<string> languages)
{
    readonly Utf8Output _scratch = new(null);

    /// <summary>What stands for a value that is absent, or that has no name, behind its own text.</summary>
    public ReadOnlySpan<byte> NoName => labels == CsvLabels.Name ? ","u8 : default;

    /// <summary>The cell, or the two cells, of an id and its name.</summary>
    public byte[] Cell(string id, string? name)
    {
        _scratch.Text(labels == CsvLabels.Both && name is not null ? $"{id}: {name}" : id, Escaping.Csv);
        if (labels == CsvLabels.Name)
        {
            _scratch.Byte((byte)',');
            _scratch.Text(name, Escaping.Csv);
        }

        return _scratch.Take();
    }

    /// <summary>The cell, or the two cells, of a code.</summary>
    public byte[] Code(CodeTable table, int number) =>
        Cell(table[number], table.IsKnown(number) ? NameOf(table.Known!.Codelist.Codes[number].Name) : null);

    /// <summary>The head of a component's column, or of its two.</summary>
    public byte[] Head(SchemaComponent component) =>
        Cell(component.Id, NameOf(component.Concept?.Name ?? default) ?? (labels == CsvLabels.Name ? component.Id : null));

    /// <summary>The name in the best language, or null when labels are ids or there is none.</summary>
    public string? NameOf(InternationalString name) => labels == CsvLabels.Id ? null : name.Best(languages).Text;
}

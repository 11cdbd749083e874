using Sdmx.Validation;

namespace Sdmx.Tests.Validation;

/// <summary>Rows written by hand: <c>A.N.X 2020 OBS_VALUE=1 STATUS=A</c> is an observation, without period the attributes of a holder.
/// <c>@7</c> at the end says on which line a row stands; else they follow each other.</summary>
sealed class Rows(Dataset dataset)
{
    readonly Dataset _dataset = dataset;
    readonly List<string> _rows = [];

    public Rows(DataSchema schema, DatasetAction action = DatasetAction.Append)
        : this(new Dataset { Number = 0, Schema = schema, Codes = new CodeTables(schema), Action = action })
    {
    }

    public Rows Add(params string[] rows)
    {
        _rows.AddRange(rows);
        return this;
    }

    public IEnumerable<ObservationBlock> Blocks(int size = ObservationBlock.Capacity)
    {
        var line = 0;
        foreach (var rows in _rows.Chunk(size))
        {
            var block = new ObservationBlock();
            block.Begin(_dataset);
            foreach (var row in rows)
                Fill(block, row, ++line);
            yield return block;
        }
    }

    public IEnumerable<Issue> Validate(ValidationOptions? options = null)
    {
        using var issues = new IssueLog();
        using var sorter = new SeriesSorter();
        var validator = new Validator(issues, options ?? new ValidationOptions { Clock = Validation.Clock });
        foreach (var source in Blocks())
        {
            validator.Check(source);
            sorter.Add(source);
        }

        var block = new ObservationBlock();
        while (sorter.Read(block))
            validator.CheckSeries(block);
        validator.Complete();
        return [.. issues.All];
    }

    void Fill(ObservationBlock block, string text, int line)
    {
        var row = block.Count++;
        var parts = text.Split(' ');
        if (parts[^1][0] == '@')
            (line, parts) = (int.Parse(parts[^1].AsSpan(1)), parts[..^1]);
        var codes = parts[0].Split('.');
        for (var d = 0; d < codes.Length; d++)
            block.Key[d][row] = codes[d].Length == 0 ? -1 : _dataset.Codes.Dimensions[d].Resolve(codes[d]);
        (block.Lines[row], block.LinePositions[row]) = (line, 1);
        var hasPeriod = parts.Length > 1 && !parts[1].Contains('=');
        block.Kinds[row] = hasPeriod ? RowKind.Observation : RowKind.Attributes;
        block.Periods[row] = TimePeriod.None;
        if (hasPeriod && TimePeriod.TryParse(parts[1], out var period))
            block.Periods[row] = period;
        foreach (var pair in parts.Skip(hasPeriod ? 2 : 1).Select(p => p.Split('=')))
            Set(block, row, _dataset.Schema.Find(pair[0])!, pair[1]);
    }

    void Set(ObservationBlock block, int row, SchemaComponent component, string value)
    {
        if (component.Codes is not null)
            block.Values[component.Index].Set(row, ValueForm.Code, _dataset.Codes.Values[component.Index]!.Resolve(value));
        else if (DecimalText.TryParse(value, out var mantissa, out var scale))
            block.Values[component.Index].Set(row, (byte)(ValueForm.Decimal + scale), mantissa);
        else
            block.SetText(component.Index, row, value);
    }
}

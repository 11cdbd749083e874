namespace Sdmx;

/// <summary>What a data set asks the store to do (checklist 2.7).</summary>
public enum DatasetAction : byte
{
    /// <summary>A query's answer; when loaded, as <see cref="Merge"/>.</summary>
    Information,

    /// <summary>Write what is present; what is absent stays (SDMX up to 3.0).</summary>
    Append,

    /// <summary>Write what is present; what is absent stays (SDMX 3.1).</summary>
    Merge,

    /// <summary>Write each observation whole: what is absent from it goes. Attributes above the observation merge.</summary>
    Replace,

    /// <summary>Remove what is named, at the narrowest level it is named.</summary>
    Delete,
}

/// <summary>The codes of every component of one schema while a message is read or written.</summary>
/// <remarks>Not thread-safe, except <see cref="Lend"/>.</remarks>
public sealed class CodeTables(DataSchema schema)
{
    const int MostLent = 32;

    readonly ValueCells?[] _cells = new ValueCells?[Enum.GetValues<Escaping>().Length];

    /// <summary>Code tables that nobody else has, without codes outside the lists. For answers, most of which are small and would pay for some eighty new tables and cells.</summary>
    public static CodeTables Lend(DataSchema schema) => schema.Tables.TryDequeue(out var tables) ? tables : new(schema);

    /// <summary>Gives them back; they must not be written to, nor written by, any more. Those that have met a code outside its list are not kept.</summary>
    public void Return()
    {
        foreach (var table in Dimensions)
        {
            if (table.HasOthers)
                return;
        }

        foreach (var table in Values)
        {
            if (table is { HasOthers: true })
                return;
        }

        if (schema.Tables.Count < MostLent)
            schema.Tables.Enqueue(this);
    }

    /// <summary>The codes' ids as bytes, escaped for one format.</summary>
    internal ValueCells Cells(Escaping escaping) => _cells[(int)escaping] ??= new ValueCells(this, escaping);

    /// <summary>Per dimension of the key, its codes.</summary>
    public IReadOnlyList<CodeTable> Dimensions { get; } = [.. schema.Dimensions.Select(d => new CodeTable(d.Codes))];

    /// <summary>Per value column, its codes, or null where it is uncoded.</summary>
    public IReadOnlyList<CodeTable?> Values { get; } = [.. schema.Values.Select(v => v.Codes is null ? null : new CodeTable(v.Codes))];
}

/// <summary>One data set of a message, or of an answer.</summary>
public sealed record Dataset
{
    /// <summary>Its place among the message's data sets, from 0. SDMX-CSV: a new one wherever structure or action changes.</summary>
    public required int Number { get; init; }

    /// <summary>What its rows are resolved by.</summary>
    public required DataSchema Schema { get; init; }

    /// <summary>The codes met so far; shared by the message's data sets of one schema.</summary>
    public required CodeTables Codes { get; init; }

    /// <summary>The action.</summary>
    public DatasetAction Action { get; init; }

    /// <summary>The set id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>When the content became valid, as sent, or null.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>When the content ceased to be valid, as sent, or null.</summary>
    public string? ValidTo { get; init; }
}

/// <summary>A message's header (checklist 2.1). Texts are as sent; what is absent is null.</summary>
public sealed record MessageHeader
{
    /// <summary>The message's id.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the message is a test.</summary>
    public bool IsTest { get; init; }

    /// <summary>When it was prepared: date or dateTime.</summary>
    public string? Prepared { get; init; }

    /// <summary>The sender's organisation id.</summary>
    public string? Sender { get; init; }

    /// <summary>The receivers' ids.</summary>
    public ValueArray<string> Receivers { get; init; }

    /// <summary>The name.</summary>
    public InternationalString Name { get; init; }

    /// <summary>The action for data sets that name none.</summary>
    public DatasetAction? Action { get; init; }

    /// <summary>The moment before which the content must not be shown.</summary>
    public string? EmbargoDate { get; init; }

    /// <summary>The source.</summary>
    public InternationalString Source { get; init; }
}

using System.Runtime.CompilerServices;

namespace Sdmx.Csv;

/// <summary>The component columns of one message: those of all its structures, dimensions first, then time, measures, attributes.</summary>
/// <remarks>Structures that share a component id share its column.</remarks>
sealed class CsvLayout
{
    static readonly ConditionalWeakTable<DataSchema, CsvLayout> OfOne = [];

    readonly List<SchemaComponent> _components = [];
    byte[]? _ids;
    Fitted? _last;

    /// <summary>The columns for data sets of <paramref name="schemas"/>.</summary>
    public CsvLayout(IReadOnlyList<DataSchema> schemas)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        foreach (var role in Enum.GetValues<ComponentRole>())
        {
            foreach (var component in schemas.SelectMany(s => s.Components).Where(c => c.Role == role && met.Add(c.Id)))
                _components.Add(component);
            if (role == ComponentRole.Dimension)
                KeyCount = _components.Count;
        }
    }

    /// <summary>The columns for data sets of <paramref name="schemas"/>; most messages have one schema, whose columns are found once.</summary>
    public static CsvLayout Of(IReadOnlyList<DataSchema> schemas) =>
        schemas is [var only] ? OfOne.GetValue(only, static schema => new([schema])) : new(schemas);

    /// <summary>No columns.</summary>
    public static CsvLayout None { get; } = new([]);

    /// <summary>How many columns hold dimensions of a key; they come first.</summary>
    public int KeyCount { get; }

    /// <summary>The component that heads each column.</summary>
    public IReadOnlyList<SchemaComponent> Heads => _components;

    /// <summary>The heads as they stand behind others where they are ids: <c>,FREQ,REF_AREA</c>.</summary>
    public ReadOnlySpan<byte> Ids => _ids ??= WriteIds();

    /// <summary>What each column holds in data of <paramref name="schema"/>; null where its structure has no such component.</summary>
    public SchemaComponent?[] For(DataSchema schema)
    {
        if (_last is not { } last || last.Schema != schema)
            _last = last = new(schema, [.. _components.Select(c => schema.Find(c.Id))]);
        return last.Columns;
    }

    byte[] WriteIds()
    {
        var ids = new Utf8Output(null);
        foreach (var component in _components)
        {
            ids.Byte((byte)',');
            ids.Text(component.Id, Escaping.Csv);
        }

        return ids.Take();
    }

    sealed record Fitted(DataSchema Schema, SchemaComponent?[] Columns);
}

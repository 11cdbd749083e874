using System.Runtime.CompilerServices;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>One component of a cube.</summary>
/// <param name="Number">Its number in the tables, from 1.</param>
/// <param name="Id">Its id.</param>
/// <param name="Type">The role, and for a coded dimension its codelist: <c>dimension SDMX:CL_FREQ</c>, <c>time</c>, <c>measure</c>, <c>attribute</c>.</param>
/// <param name="Codes">Its codes; empty where it is uncoded.</param>
sealed record CubeComponent(int Number, string Id, string Type, CubeCodes Codes)
{
    public const string TimeType = "time";

    public bool IsDimension => Type.StartsWith("dimension", StringComparison.Ordinal);

    /// <summary>The type as the tables keep it.</summary>
    public static string TypeOf(SchemaComponent component) => component.Role switch
    {
        ComponentRole.Dimension when component.Codes is { } codes => $"dimension {codes.Codelist.Agency}:{codes.Codelist.Id}",
        ComponentRole.Dimension => "dimension",
        ComponentRole.Time => TimeType,
        ComponentRole.Measure => "measure",
        ComponentRole.Attribute => "attribute",
        var role => throw new InvalidOperationException($"no component type for {role}"),
    };
}

/// <summary>The data of one flow, whatever its version: components, codes and keys. All of it only grows.</summary>
/// <remarks>One writer, many readers, each up to the count of its generation.</remarks>
sealed class Cube
{
    volatile CubeComponent[] _components;
    ConditionalWeakTable<DataSchema, SchemaLayout> _layouts = [];

    public Cube(long id, string flow, long createdTx, CubeComponent[] components)
    {
        (Id, Flow, CreatedTx, _components) = (id, flow, createdTx, components);
        Dimensions = [.. components.Where(c => c.IsDimension)];
        Columns = [.. Dimensions.Select(_ => new CodeColumn())];
        Keys = new KeyTable(Columns);
    }

    public long Id { get; }

    /// <summary><c>AGENCY:ID</c>.</summary>
    public string Flow { get; }

    /// <summary>The revision that made it.</summary>
    public long CreatedTx { get; }

    /// <summary>The dimensions of the key, in the order of the first schema that data came by: the order of <see cref="Columns"/>.</summary>
    public CubeComponent[] Dimensions { get; }

    /// <summary>Every component, by number.</summary>
    public CubeComponent[] Components => _components;

    /// <summary>Per dimension, the code of each row; 0 where a holder of attributes leaves it open.</summary>
    public CodeColumn[] Columns { get; }

    /// <summary>The rows that are holders of attributes above the series.</summary>
    public GrowingArray<int> Holders { get; } = new();

    /// <summary>The rows by key.</summary>
    public KeyTable Keys { get; }

    /// <summary>How many rows there are, of series and holders; for the writer. The row of series_id n is n - 1.</summary>
    public int Count { get; private set; }

    /// <summary>The schema that was found to fit last, or null: one of its dimensions and time, which never change.</summary>
    public DataSchema? Fitting { get; set; }

    /// <summary>Whether observations have a time.</summary>
    public bool HasTime => _components.Any(c => c.Type == CubeComponent.TimeType);

    /// <summary>The name under which flows share a cube.</summary>
    public static string FlowOf(Urn dataflow) => $"{dataflow.Agency}:{dataflow.Id}";

    /// <summary>The component called <paramref name="id"/>, or null.</summary>
    public CubeComponent? Find(string id) => Array.Find(_components, c => c.Id == id);

    /// <summary>Where components and codes stand in a schema that the cube fits; the same each time, until the cube has more components.</summary>
    public SchemaLayout LayoutOf(DataSchema schema)
    {
        var components = _components;
        if (_layouts.TryGetValue(schema, out var layout) && layout.Components == components)
            return layout;
        layout = new(components, Dimensions, schema);
        _layouts.AddOrUpdate(schema, layout);
        return layout;
    }

    /// <summary>Appends a component.</summary>
    public void Add(CubeComponent component) => _components = [.. _components, component];

    /// <summary>Appends a row and gives its number.</summary>
    public int AddRow(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < key.Length; d++)
            Columns[d].Add(key[d]);
        if (key.Contains(0))
            Holders.Add(Count);
        Keys.Add(Count);
        return Count++;
    }

    /// <summary>Whether a row leaves a dimension open, so that it holds attributes and is no series.</summary>
    public bool IsHolder(int row)
    {
        foreach (var column in Columns)
        {
            if (column[row] == 0)
                return true;
        }

        return false;
    }

    /// <summary>A key as people write it, <c>A.KG.SI_POV_DAY1</c>: the codes in the order of <see cref="Dimensions"/>, empty where it is open.</summary>
    public string KeyText(ReadOnlySpan<int> key)
    {
        var codes = new string[key.Length];
        for (var d = 0; d < codes.Length; d++)
            codes[d] = key[d] == 0 ? "" : Dimensions[d].Codes[key[d]];
        return string.Join('.', codes);
    }

    /// <summary>A mark of how much there is, to <see cref="Restore"/> when a transaction is given up.</summary>
    public Extent Mark() => new(Count, Holders.Count, _components.Length, [.. _components.Select(c => c.Codes.Count)]);

    /// <summary>Takes back everything appended since <paramref name="extent"/> was marked.</summary>
    public void Restore(Extent extent)
    {
        _components = _components[..extent.Components];
        // Whatever they know of codes that are taken back.
        _layouts = [];
        for (var i = 0; i < _components.Length; i++)
            _components[i].Codes.Truncate(extent.Codes[i]);
        if (Count == extent.Rows)
            return;
        foreach (var column in Columns)
            column.Truncate(extent.Rows);
        Holders.Truncate(extent.Holders);
        Count = extent.Rows;
        Keys.Rebuild(Count);
    }

    /// <summary>How much there is of everything that grows.</summary>
    public sealed record Extent(int Rows, int Holders, int Components, int[] Codes);
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Where a cube's components and codes stand in a schema: what every answer by that schema has in common.</summary>
/// <remarks>Thread-safe. Made once for a schema, see <see cref="Cube.LayoutOf"/>: an answer of one series would cost twice as much with it.</remarks>
sealed class SchemaLayout(CubeComponent[] components, CubeComponent[] dimensions, DataSchema schema)
{
    /// <summary>The cube's components that it was made from; with more of them it is another.</summary>
    public CubeComponent[] Components { get; } = components;

    /// <summary>Per dimension of the schema, the cube's column.</summary>
    public int[] Columns { get; } = [.. schema.Dimensions.Select(d => Array.FindIndex(dimensions, c => c.Id == d.Id))];

    /// <summary>Per value column of the schema, the cube's component, or null where it never had a value.</summary>
    public CubeComponent?[] Values { get; } = [.. schema.Values.Select(v => Array.Find(components, c => c.Id == v.Id))];

    /// <summary>The value columns that the cube has a component for, each with the component's number.</summary>
    public (int Column, int Component)[] Held { get; } =
        [.. schema.Values.Select(v => (v.Index, Array.Find(components, c => c.Id == v.Id)?.Number ?? 0)).Where(v => v.Item2 > 0)];

    /// <summary>Per dimension of the schema, its codes.</summary>
    public ListedCodes[] KeyCodes { get; } = [.. schema.Dimensions.Select(d => new ListedCodes(Array.Find(dimensions, c => c.Id == d.Id)?.Codes, d.Codes))];

    /// <summary>Per value column of the schema, its codes; null where the cube has none of them or they are not listed.</summary>
    public ListedCodes?[] ValueCodes { get; } =
        [.. schema.Values.Select(v => Array.Find(components, c => c.Id == v.Id) is { } held && v.Codes is not null ? new ListedCodes(held.Codes, v.Codes) : null)];
}

/// <summary>A cube's codes as numbers of a codelist, each looked up when it is first met.</summary>
/// <remarks>Thread-safe: two that look up the same code find the same; what one forgets of the other's is looked up again.</remarks>
sealed class ListedCodes(CubeCodes? codes, CodeIndex? list)
{
    const int NotSought = -2;

    int[] _numbers = [];

    /// <summary>The number of a code of the cube, or -1 where it is not in the list.</summary>
    public int this[int code] => _numbers is var numbers && code < numbers.Length && numbers[code] is not NotSought and var number ? number : Seek(code);

    int Seek(int code)
    {
        if (list is null || codes is null)
            return -1;
        var numbers = _numbers;
        if (code >= numbers.Length)
        {
            var grown = new int[Math.Max(code + 1, numbers.Length * 2)];
            numbers.CopyTo(grown, 0);
            grown.AsSpan(numbers.Length).Fill(NotSought);
            Volatile.Write(ref _numbers, numbers = grown);
        }

        return numbers[code] = list.Find(codes[code]);
    }
}

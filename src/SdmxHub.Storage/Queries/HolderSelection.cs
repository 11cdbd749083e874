namespace SdmxHub.Storage;

/// <summary>Which holders of attributes above the series apply to the series of an answer.</summary>
static class HolderSelection
{
    /// <summary>The holders, the widest first, then by key.</summary>
    public static List<int> Select(CubeGeneration generation, SchemaMap map, IEnumerable<int> series)
    {
        var cube = generation.Cube;
        var masks = new List<bool[]>();
        for (var i = 0; i < generation.Holders; i++)
        {
            bool[] mask = [.. cube.Columns.Select(c => c[cube.Holders[i]] != 0)];
            if (!masks.Exists(m => m.AsSpan().SequenceEqual(mask)))
                masks.Add(mask);
        }

        var found = new HashSet<int>();
        var key = new int[cube.Columns.Length];
        foreach (var row in series)
        {
            foreach (var mask in masks)
            {
                for (var d = 0; d < key.Length; d++)
                    key[d] = mask[d] ? cube.Columns[d][row] : 0;
                var holder = cube.Keys.Find(key);
                if (holder >= 0 && holder < generation.Rows && generation.States.HasAttributes(holder))
                    found.Add(holder);
            }
        }

        var order = new KeyOrder(generation, map.Columns, -1);
        return [.. found.OrderBy(row => cube.Columns.Count(c => c[row] != 0)).ThenBy(row => row, order)];
    }
}

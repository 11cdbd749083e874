namespace SdmxHub.Storage;

/// <summary>A cube's components, codes and keys: numbered without gaps, every key once, the index in memory equal to the tables.</summary>
static class CubeCheck
{
    const string SelectComponents = "SELECT comp, id FROM component WHERE cube_id = ?1 ORDER BY comp";
    const string SelectCodes = "SELECT comp, code_id, code FROM code WHERE cube_id = ?1 ORDER BY comp, code_id";
    const string SelectSeries = "SELECT series_id, key, created_tx FROM series WHERE cube_id = ?1 ORDER BY series_id";

    public static void Run(Session session, CubeGeneration generation, StoreCheckReport report)
    {
        CheckComponents(session, generation.Cube, report);
        CheckCodes(session, generation.Cube, report);
        CheckKeys(session, generation, report);
    }

    static void CheckComponents(Session session, Cube cube, StoreCheckReport report)
    {
        var last = 0L;
        using var rows = session.Prepare(SelectComponents).Bind(1, cube.Id);
        while (rows.Step())
        {
            if (rows.Long(0) != ++last || last > cube.Components.Length || cube.Components[last - 1].Id != rows.Text(1))
                report.Add($"{cube.Flow}: component {rows.Long(0)} '{rows.Text(1)}' is out of order, or another in memory");
        }

        if (last != cube.Components.Length)
            report.Add($"{cube.Flow}: {last} components in the table, {cube.Components.Length} in memory");
    }

    static void CheckCodes(Session session, Cube cube, StoreCheckReport report)
    {
        var (component, last) = (0L, 0L);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        using var rows = session.Prepare(SelectCodes).Bind(1, cube.Id);
        while (rows.Step())
        {
            if (rows.Long(0) != component)
            {
                (component, last) = (rows.Long(0), 0);
                ids.Clear();
            }

            var (number, id) = (rows.Long(1), rows.Text(2));
            if (component < 1 || component > cube.Components.Length)
                report.Add($"{cube.Flow}: code '{id}' belongs to component {component}, which is not there");
            else if (number != last + 1 || !ids.Add(id) || cube.Components[component - 1].Codes.Find(id) != number)
                report.Add($"{cube.Flow}: code {number} '{id}' of {cube.Components[component - 1].Id} is out of order, twice there, or another in memory");
            last = number;
        }
    }

    static void CheckKeys(Session session, CubeGeneration generation, StoreCheckReport report)
    {
        var cube = generation.Cube;
        var key = new int[cube.Dimensions.Length];
        var (count, created) = (0, 1L);
        using var rows = session.Prepare(SelectSeries).Bind(1, cube.Id);
        while (rows.Step())
        {
            if (rows.Long(0) != ++count || rows.Long(2) < created || rows.Long(2) > report.Revision)
                report.Add($"{cube.Flow}: series {rows.Long(0)} is out of order or of revision {rows.Long(2)}");
            created = rows.Long(2);
            if (!TryRead(rows.Blob(1), key) || !HasCodes(cube, key))
                report.Add($"{cube.Flow}: the key of series {rows.Long(0)} cannot be read");
            else if (cube.Keys.Find(key) is var row && row != count - 1)
                report.Add($"{cube.Flow}: the key of series {rows.Long(0)} is that of series {row + 1} too");
        }

        if (count != generation.Rows)
            report.Add($"{cube.Flow}: {count} series in the table, {generation.Rows} in memory");
        report.Series += count;
    }

    static bool TryRead(ReadOnlySpan<byte> packed, int[] key)
    {
        try
        {
            var input = new PackedReader(packed);
            foreach (ref var code in key.AsSpan())
                code = input.Count();
            return input.IsAtEnd;
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or OverflowException)
        {
            return false;
        }
    }

    static bool HasCodes(Cube cube, int[] key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            if (key[d] > cube.Dimensions[d].Codes.Count)
                return false;
        }

        return true;
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Builds the index from the tables: at the start, after another process committed, and for old revisions.</summary>
static class GenerationReader
{
    const string SelectRevision = "SELECT coalesce(max(tx), 0), coalesce(max(commit_ts_us), 0) FROM tx WHERE tx <= ?1";
    const string SelectCubes = "SELECT cube_id, dataflow, created_tx FROM cube ORDER BY cube_id";
    const string SelectComponents = "SELECT comp, id, type FROM component WHERE cube_id = ?1 ORDER BY comp";
    const string SelectCodes = "SELECT comp, code FROM code WHERE cube_id = ?1 ORDER BY comp, code_id";
    const string SelectSeries = "SELECT key FROM series WHERE cube_id = ?1 ORDER BY series_id";
    const string CountSeries = "SELECT count(*) FROM series WHERE cube_id = ?1 AND created_tx <= ?2";
    const string SelectLastTx = "SELECT coalesce(max(tx), 0) FROM tx_cube WHERE cube_id = ?1 AND tx <= ?2";
    const string SelectBlocks = "SELECT series_id, chunk, tx_from, n_obs, first, last, 0 FROM block WHERE cube_id = ?1";
    const string SelectBlocksAt = """
        SELECT series_id, chunk, tx_from, n_obs, first, last, 0 FROM block WHERE cube_id = ?1 AND tx_from <= ?2
        UNION ALL
        SELECT series_id, chunk, tx_from, n_obs, first, last, tx_to FROM block_hist WHERE cube_id = ?1 AND tx_to > ?2 AND tx_from <= ?2
        """;

    /// <summary>The newest generation, all from the tables.</summary>
    public static Generation ReadHead(Session session)
    {
        session.Execute("BEGIN");
        try
        {
            var (revision, at) = Revision(session, long.MaxValue);
            var cubes = new Dictionary<string, CubeGeneration>(StringComparer.Ordinal);
            foreach (var cube in ReadCubes(session))
                cubes.Add(cube.Flow, new(cube, cube.Count, cube.Holders.Count, [.. cube.Dimensions.Select(d => d.Codes.Count)],
                    LastTx(session, cube, revision), States(session, cube, null, new int[cube.Count])));
            return new(revision, at, ArtefactTable.LastChange(session, revision), ArtefactTable.LastChange(session, revision, butMetadata: true), ArtefactTable.Read(session, revision), cubes);
        }
        finally
        {
            session.Execute("COMMIT");
        }
    }

    /// <summary>The generation of an old revision; codes and columns are those of the head, the first of <paramref name="known"/>, which holds them all.</summary>
    /// <remarks>History never changes, so it needs no transaction of its own. A catalog that one of them has is not read again.</remarks>
    public static Generation ReadAt(Session session, long revision, IReadOnlyList<Generation> known)
    {
        var (number, at) = Revision(session, revision);
        var cubes = new Dictionary<string, CubeGeneration>(StringComparer.Ordinal);
        foreach (var (flow, generation) in known[0].Cubes)
        {
            var cube = generation.Cube;
            if (cube.CreatedTx > number)
                continue;
            using var count = session.Prepare(CountSeries).Bind(1, cube.Id).Bind(2, number);
            var rows = count.Step() ? (int)count.Long(0) : 0;
            var supersededBy = new int[rows];
            cubes.Add(flow, new CubeGeneration(cube, rows, HoldersBelow(cube, generation.Holders, rows), generation.Codes,
                LastTx(session, cube, number), States(session, cube, number, supersededBy)) { SupersededBy = supersededBy }.From(generation));
        }

        var catalogRevision = ArtefactTable.LastChange(session, number);
        var catalog = known.FirstOrDefault(g => g.CatalogRevision == catalogRevision)?.Catalog ?? ArtefactTable.Read(session, number);
        return new(number, at, catalogRevision, ArtefactTable.LastChange(session, number, butMetadata: true), catalog, cubes);
    }

    static (long Number, long At) Revision(Session session, long upTo)
    {
        using var rows = session.Prepare(SelectRevision).Bind(1, upTo);
        return rows.Step() ? (rows.Long(0), rows.Long(1)) : (0, 0);
    }

    static long LastTx(Session session, Cube cube, long revision)
    {
        using var rows = session.Prepare(SelectLastTx).Bind(1, cube.Id).Bind(2, revision);
        return rows.Step() ? rows.Long(0) : 0;
    }

    static List<Cube> ReadCubes(Session session)
    {
        var heads = new List<(long Id, string Flow, long CreatedTx)>();
        using (var rows = session.Prepare(SelectCubes))
        {
            while (rows.Step())
                heads.Add((rows.Long(0), rows.Text(1), rows.Long(2)));
        }

        var cubes = new List<Cube>();
        foreach (var (id, flow, createdTx) in heads)
        {
            var cube = new Cube(id, flow, createdTx, [.. ReadComponents(session, id)]);
            using (var codes = session.Prepare(SelectCodes).Bind(1, id))
            {
                while (codes.Step())
                    cube.Components[codes.Long(0) - 1].Codes.Add(codes.Text(1));
            }

            ReadKeys(session, cube);
            cubes.Add(cube);
        }

        return cubes;
    }

    static List<CubeComponent> ReadComponents(Session session, long cube)
    {
        var components = new List<CubeComponent>();
        using var rows = session.Prepare(SelectComponents).Bind(1, cube);
        while (rows.Step())
            components.Add(new((int)rows.Long(0), rows.Text(1), rows.Text(2), new()));
        return components;
    }

    static void ReadKeys(Session session, Cube cube)
    {
        Span<int> key = stackalloc int[cube.Dimensions.Length];
        using var rows = session.Prepare(SelectSeries).Bind(1, cube.Id);
        while (rows.Step())
        {
            var packed = new PackedReader(rows.Blob(0));
            foreach (ref var code in key)
                code = packed.Count();
            cube.AddRow(key);
        }
    }

    /// <summary>Reads what there is of each row, and which revision superseded it.</summary>
    static SeriesStates States(Session session, Cube cube, long? revision, int[] supersededBy)
    {
        var states = new SeriesStates();
        using var rows = session.Prepare(revision is null ? SelectBlocks : SelectBlocksAt).Bind(1, cube.Id);
        if (revision is { } at)
            rows.Bind(2, at);
        while (rows.Step())
        {
            var row = (int)rows.Long(0) - 1;
            if (row >= supersededBy.Length)
                continue;
            var state = states[row];
            state.Add(rows.Long(1), (int)rows.Long(3), rows.Long(2), Period(rows, 4), Period(rows, 5));
            states.Set(row, state);
            supersededBy[row] = Math.Max(supersededBy[row], (int)rows.Long(6));
        }

        return states;
    }

    static TimePeriod Period(Statement rows, int column) =>
        rows.IsNull(column) ? TimePeriod.None : TimePeriod.TryParse(rows.Blob(column), out var period) ? period : BlockCodec.Parse(rows.Text(column));

    static int HoldersBelow(Cube cube, int holders, int rows)
    {
        while (holders > 0 && cube.Holders[holders - 1] >= rows)
            holders--;
        return holders;
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The key index of one cube at one revision.</summary>
/// <param name="Cube">The columns, shared by all generations.</param>
/// <param name="Rows">How many rows of them belong to this generation.</param>
/// <param name="Holders">How many of the cube's holders do.</param>
/// <param name="Codes">Per dimension, how many codes do.</param>
/// <param name="LastTx">The last revision that changed the cube's data.</param>
/// <param name="States">What is known of each row.</param>
sealed record CubeGeneration(Cube Cube, int Rows, int Holders, int[] Codes, long LastTx, SeriesStates States)
{
    CubeSummary? _summary;
    int[][]? _ranks;

    /// <summary>The totals; counted when first asked for.</summary>
    public CubeSummary Summary => _summary ??= Count();

    /// <summary>Per dimension, the order of its codes: see <see cref="CubeCodes.Ranks"/>.</summary>
    public int[][] Ranks => _ranks ??= [.. Cube.Dimensions.Select((d, i) => d.Codes.Ranks(Codes[i]))];

    CubeSummary Count()
    {
        TimePeriod first = default, last = default;
        long series = 0, observations = 0;
        var isHolder = new bool[Rows];
        for (var i = 0; i < Holders; i++)
            isHolder[Cube.Holders[i]] = true;
        for (var row = 0; row < Rows; row++)
        {
            ref readonly var state = ref States[row];
            if (isHolder[row] || !state.IsVisible)
                continue;
            series++;
            observations += state.Observations;
            if (state.Observations > 0)
            {
                first = observations == state.Observations || state.First.CompareTo(first) < 0 ? state.First : first;
                last = observations == state.Observations || state.Last.CompareTo(last) > 0 ? state.Last : last;
            }
        }

        return new CubeSummary(series, observations, LastTx, first, last);
    }
}

/// <summary>The store's memory of one revision: immutable, published by one reference swap.</summary>
/// <param name="Revision">The revision's number.</param>
/// <param name="AtMicroseconds">Its instant, in microseconds since 1970.</param>
/// <param name="CatalogRevision">The last revision, up to this one, that changed a structure.</param>
/// <param name="Catalog">The structures.</param>
/// <param name="Cubes">The cubes by flow (<see cref="Cube.FlowOf"/>).</param>
sealed record Generation(long Revision, long AtMicroseconds, long CatalogRevision, StructureCatalog Catalog, IReadOnlyDictionary<string, CubeGeneration> Cubes)
{
    public CubeGeneration? Find(Urn dataflow) => Cubes.GetValueOrDefault(Cube.FlowOf(dataflow));
}

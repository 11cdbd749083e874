using System.Runtime.CompilerServices;
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
    // More than one order only where flows of one cube have their dimensions in another order, or are asked for by another one at the observation.
    const int MaxOrders = 4;

    CubeSummary? _summary;
    StrongBox<(DataSchema, Availability)>? _whole;     // boxed, so that it is read and written at once
    int[][]? _ranks;
    volatile SeriesOrder[] _orders = [];
    ulong[]? _isHolder;

    /// <summary>The totals; counted when first asked for.</summary>
    public CubeSummary Summary => _summary ??= Count();

    /// <summary>What there is by the codes of each dimension, as the last schema asked for has them; null before anybody asked.</summary>
    public (DataSchema Schema, Availability Available)? Whole { get => _whole?.Value; set => _whole = value is { } whole ? new(whole) : null; }

    /// <summary>Per dimension, the order of its codes: see <see cref="CubeCodes.Ranks"/>.</summary>
    public int[][] Ranks => _ranks ??= [.. Cube.Dimensions.Select((d, i) => d.Codes.Ranks(Codes[i]))];

    /// <summary>Of an old generation, per row a revision that superseded a block of it; 0 where there is none: a hint at where the history has the row.</summary>
    public int[] SupersededBy { get; init; } = [];

    /// <summary>Starts from the orders of another generation of the same cube.</summary>
    public CubeGeneration From(CubeGeneration? other)
    {
        _orders = other?._orders ?? [];
        if (other?._ranks is { } ranks && other.Codes.AsSpan().SequenceEqual(Codes))
            _ranks = ranks;
        return this;
    }

    /// <summary>Whether a row holds attributes above the series, and so is none.</summary>
    public bool IsHolder(int row)
    {
        var bits = _isHolder ??= MarkHolders();
        return (bits[row >> 6] >> row & 1) != 0;
    }

    /// <summary>Whether an order is at hand, if only of another generation, so that <see cref="Order"/> costs little.</summary>
    public bool HasOrder(int[] columns, int last) => Array.Exists(_orders, o => o.IsBy(columns, last));

    /// <summary>The rows in the order of the schema's dimensions, <paramref name="last"/> (-1: none) after all others.</summary>
    public SeriesOrder Order(int[] columns, int last)
    {
        var orders = _orders;
        var known = Array.Find(orders, o => o.IsBy(columns, last));
        var order = known?.For(this) ?? SeriesOrder.Make(this, columns, last);
        if (order != known)
            _orders = [order, .. orders.Where(o => o != known).Take(MaxOrders - 1)];
        return order;
    }

    ulong[] MarkHolders()
    {
        var bits = new ulong[(Rows >> 6) + 1];
        for (var i = 0; i < Holders; i++)
            bits[Cube.Holders[i] >> 6] |= 1UL << Cube.Holders[i];
        return bits;
    }

    CubeSummary Count()
    {
        TimePeriod first = default, last = default;
        long series = 0, observations = 0;
        for (var row = 0; row < Rows; row++)
        {
            if (!States.IsVisible(row, 0) || IsHolder(row))
                continue;
            var state = States[row];
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

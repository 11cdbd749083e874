namespace Sdmx.Mapping;

/// <summary>Finds the series of a source that something is wrong with, from the series of the target that have an error: it is told by a
/// <see cref="MappedReader"/> what comes of what.</summary>
/// <param name="wrong">The keys that have an error: of series of the target, or of the source where the fault is in the message itself.</param>
/// <remarks>Memory grows with the number of wrong series. Not thread-safe.</remarks>
public sealed class MapTrace(IReadOnlySet<string> wrong)
{
    readonly HashSet<string> _series = new(wrong, StringComparer.Ordinal);

    /// <summary>The keys of the wrong series of the source, once the reader is at its end; those that were given stay among them.</summary>
    public IReadOnlySet<string> Series => _series;

    /// <summary>What the map could not do for a row that belongs to no single series: the row's key, open in some dimensions; null when there is none.</summary>
    public string? Elsewhere { get; private set; }

    /// <summary>A row became one of the target's series.</summary>
    internal void Become(ObservationBlock source, int row, ObservationBlock target, int to)
    {
        if (wrong.Count > 0 && wrong.Contains(target.KeyText(to)) && IsSeries(source, row))
            _series.Add(source.KeyText(row));
    }

    /// <summary>The map could not do all of a row.</summary>
    internal void Fail(ObservationBlock source, int row)
    {
        if (IsSeries(source, row))
            _series.Add(source.KeyText(row));
        else
            Elsewhere ??= source.KeyText(row);
    }

    static bool IsSeries(ObservationBlock block, int row)
    {
        foreach (var column in block.Key)
        {
            if (column[row] < 0)
                return false;
        }

        return true;
    }
}

namespace SdmxHub.Storage;

/// <summary>Reads the blocks of series some at a time, in the order that they are asked for.</summary>
/// <remarks>Few at first, so that a first block of the answer comes soon; then many, for the table is in another order. Not thread-safe.</remarks>
sealed class SeriesBatches(CubeGeneration generation, SeriesAnswer answer)
{
    const int FirstBatch = 64;
    const int MaxBatch = 32_768;
    const int MaxBatchObservations = 400_000;

    int _start;
    int _end;

    /// <summary>Makes a series ready to be read, and gives its place in the batch.</summary>
    /// <param name="session">The session to read by.</param>
    /// <param name="series">The series, the same until <see cref="Restart"/>.</param>
    /// <param name="at">Which of them: the first, and then always the next.</param>
    public int Reach(Session session, int[] series, int at)
    {
        if (at == _end)
            Load(session, series);
        return at - _start;
    }

    /// <summary>Begins at the first series again.</summary>
    public void Restart() => (_start, _end) = (0, 0);

    void Load(Session session, int[] series)
    {
        var most = _end == 0 ? FirstBatch : Math.Min(MaxBatch, (_end - _start) * 4);
        _start = _end;
        long observations = 0;
        while (_end < series.Length && _end - _start < most && observations < MaxBatchObservations)
            observations += generation.States.Observations(series[_end++]);
        answer.Load(session, series.AsSpan(_start, _end - _start));
    }
}

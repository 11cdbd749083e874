using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Rows of an answer that stand together in one chunk; without chunk, one row that only names its series.</summary>
readonly record struct Run(int Series, RowKind Kind, Chunk? Chunk, int Start, int Count)
{
    /// <summary>The period of the first row.</summary>
    public TimePeriod First => Chunk!.Periods[Start];

    /// <summary>The period of the last row.</summary>
    public TimePeriod Last => Chunk!.Periods[Start + Count - 1];

    /// <summary>The period of the first row that is an observation; else none.</summary>
    public TimePeriod Period => Kind == RowKind.Observation ? First : TimePeriod.None;
}

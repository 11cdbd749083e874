namespace SdmxHub.Tests.Submissions;

/// <summary>A submission that was sent, and what is known of it.</summary>
/// <param name="Number">The test's own number: the year that it writes and the value of its figures.</param>
/// <param name="Query">What the sender wants, as the query says it.</param>
/// <param name="Draft">The draft that it is for, or null.</param>
/// <param name="IsValid">Whether there is no error in it.</param>
sealed record SentSubmission(int Number, string Query, SentDraft? Draft, bool IsValid)
{
    const int Months = 12;
    static readonly string[] Series = ["1,I1", "1,I2", "NA,I1", "NA,I2"];

    /// <summary>How many figures one has.</summary>
    public static readonly int Figures = Series.Length * Months;

    /// <summary>The sender's key for it.</summary>
    public string Key => $"key-{Number}";

    /// <summary>The hub's number; null as long as no answer came.</summary>
    public long? Id { get; set; }

    /// <summary>Whether its end was asked for, and whether the answer was that it ended.</summary>
    public Sought Cancelled { get; set; }

    /// <summary>The message: figures that no other submission has, all of one year and one value.</summary>
    public string Message()
    {
        var rows = Series.SelectMany(series => Enumerable.Range(1, Months).Select(month => $"M,{series},{Number}-{month:00},{Number}"));
        return "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n"
            + string.Concat(rows.Select(r => $"dataflow,AGY:DF_ONE(1.0),M,{(IsValid ? r : r.Replace(",NA,", ",NONE,", StringComparison.Ordinal))}\n"));
    }
}

/// <summary>A draft that was made, and what is known of it.</summary>
/// <param name="Name">Its name and that of its release.</param>
sealed record SentDraft(string Name)
{
    /// <summary>Whether it was made.</summary>
    public Sought Made { get; set; }

    /// <summary>Whether it was published.</summary>
    public Sought Published { get; set; }

    /// <summary>Whether it was given up.</summary>
    public Sought Dropped { get; set; }

    /// <summary>Whether its release was undone.</summary>
    public Sought Undone { get; set; }

    /// <summary>Whether it is open as far as is known.</summary>
    public bool IsOpen => Made == Sought.Done && Published == Sought.Not && Dropped == Sought.Not;
}

/// <summary>How much is known of a change that a sender asks for.</summary>
enum Sought
{
    /// <summary>It was not asked for, or was refused.</summary>
    Not,

    /// <summary>It was asked for, and no answer came.</summary>
    Asked,

    /// <summary>The hub said that it is done.</summary>
    Done,
}

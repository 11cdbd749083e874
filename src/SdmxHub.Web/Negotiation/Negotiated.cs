using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Web;

/// <summary>The form that an answer takes.</summary>
/// <param name="Format">The format.</param>
public sealed record Negotiated(Format Format)
{
    /// <summary>SDMX-CSV: the labels.</summary>
    public CsvLabels Labels { get; init; }

    /// <summary>SDMX-CSV 2.x: the key columns.</summary>
    public CsvKeys Keys { get; init; }

    /// <summary>The languages asked for, best first.</summary>
    public ValueArray<string> Languages { get; init; } = ["en"];

    /// <summary>The Content-Type to the letter: the canonical media type, with the CSV parameters that are not at their default. No charset.</summary>
    public string ContentType =>
        Format.MediaType
        + (Labels == CsvLabels.Id ? "" : $";labels={Labels.ToString().ToLowerInvariant()}")
        + (Keys == CsvKeys.None ? "" : $";keys={Keys.ToString().ToLowerInvariant()}");
}

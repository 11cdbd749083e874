using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Web;

/// <summary>The parameters of SDMX-CSV: <c>labels</c>, <c>keys</c>, <c>timeFormat</c> (checklist 1.2, 1.4).</summary>
static class CsvLayout
{
    /// <summary>Reads them from the query string or else the media type. False for what <paramref name="format"/> cannot give: an unknown value,
    /// names or keys in 1.0, normalised times. Formats other than CSV have none, and take any.</summary>
    public static bool TryRead(MediaRange range, RequestTarget target, Format format, out CsvLabels labels, out CsvKeys keys)
    {
        (labels, keys) = (CsvLabels.Id, CsvKeys.None);
        if (format.Extension != "csv")
            return true;
        var isFirst = format.MediaType.EndsWith("version=1.0.0", StringComparison.Ordinal);
        CsvLabels? asked = (target.Value("labels") ?? range.Parameter("labels")) switch
        {
            null or "id" => CsvLabels.Id,
            "both" => CsvLabels.Both,
            "name" when !isFirst => CsvLabels.Name,
            _ => null,
        };
        // The field guide's examples misspell keys as key.
        CsvKeys? askedKeys = (target.Value("keys") ?? target.Value("key") ?? range.Parameter("keys") ?? range.Parameter("key")) switch
        {
            null or "none" => CsvKeys.None,
            "obs" when !isFirst => CsvKeys.Obs,
            "series" when !isFirst => CsvKeys.Series,
            "both" when !isFirst => CsvKeys.Both,
            _ => null,
        };
        (labels, keys) = (asked ?? CsvLabels.Id, askedKeys ?? CsvKeys.None);
        // Metadata are written with ids alone.
        if (format.Kind == MessageKind.Metadata && (labels != CsvLabels.Id || keys != CsvKeys.None))
            return false;
        return asked is not null && askedKeys is not null && (target.Value("timeFormat") ?? range.Parameter("timeformat")) is null or "original";
    }
}

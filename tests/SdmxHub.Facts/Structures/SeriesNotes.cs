using Sdmx;

namespace SdgShipment;

/// <summary>Gives the annotations of series their indicator titles in all languages held.</summary>
static class SeriesNotes
{
    public static Codelist Complete(Codelist list, IndicatorTitles titles) => list.Id != "CL_SERIES" ? list
        : list with { Codes = list.Codes.Select(c => c with { Annotations = Complete(c.Annotations, titles) }).ToValueArray() };

    static ValueArray<Annotation> Complete(ValueArray<Annotation> notes, IndicatorTitles titles)
    {
        var indicators = notes.Where(n => n.Type == "Indicator").Select(n => n.Text.ToString()).ToList();
        return notes.Select(n => n.Type == "IndicatorTitle" ? n with { Text = titles.Translate(n.Text, indicators) } : n).ToValueArray();
    }
}

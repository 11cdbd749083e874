using System.Globalization;
using Sdmx;

namespace SdgShipment;

/// <summary>Picks the figures of one area that are right by the global structure, and counts why others are left out.</summary>
/// <remarks>The rules are written out here and do not come from the hub's validator, which the result tests.</remarks>
sealed class Selection(DataSchema schema, string reportingType)
{
    readonly SortedDictionary<string, int> _leftOut = new(StringComparer.Ordinal);

    /// <summary>How many figures were looked at.</summary>
    public int Seen { get; private set; }

    /// <summary>How many were left out, by reason.</summary>
    public IReadOnlyDictionary<string, int> LeftOut => _leftOut;

    /// <summary>The figures of <paramref name="areas"/> that are right, in order of key and period.</summary>
    public List<Figure> Pick(IEnumerable<Figure> figures, IReadOnlySet<string> areas)
    {
        var right = new List<Figure>();
        foreach (var figure in figures)
        {
            Seen++;
            if ((areas.Contains(figure["REF_AREA"]) ? Fault(figure) : "other area") is { } fault)
                Count(fault);
            else
                right.Add(figure);
        }

        return [.. WithoutConflicts(right).OrderBy(f => f["SERIES"], StringComparer.Ordinal)
            .ThenBy(f => f.Key(schema), StringComparer.Ordinal).ThenBy(f => f["TIME_PERIOD"], StringComparer.Ordinal)];
    }

    string? Fault(Figure figure)
    {
        if (figure["REPORTING_TYPE"] != reportingType)
            return "other reporting type";
        if (!TimePeriod.TryParse(figure["TIME_PERIOD"], out _))
            return "no period";
        foreach (var component in schema.Dimensions.Concat(schema.Values))
        {
            var value = figure[component.Id];
            if (value.Length == 0 && (component.IsMandatory || component.Role == ComponentRole.Measure))
                return $"no {component.Id}";
            if (value.Length > 0 && component.Codes is { } codes && codes.Find(value) < 0)
                return $"{component.Id} not in the global list";
            if (value.Length > 0 && !IsOfType(value, component.Format.Type))
                return $"{component.Id} of the wrong type";
        }

        return null;
    }

    static bool IsOfType(string value, TextType type) => type switch
    {
        TextType.Double => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
        TextType.DateTime => DateTime.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };

    // What contradicts itself is left out whole: which of two figures is meant is not for a sample to say.
    IEnumerable<Figure> WithoutConflicts(List<Figure> figures)
    {
        foreach (var series in figures.GroupBy(f => f.Key(schema)))
        {
            if (schema.Values.Where(v => v.Level == AttachmentLevel.Series).Any(v => series.Select(f => f[v.Id]).Distinct().Skip(1).Any()))
            {
                Count("series attributes contradict each other", series.Count());
                continue;
            }

            foreach (var same in series.GroupBy(f => f["TIME_PERIOD"]))
            {
                var distinct = same.Select(f => string.Join('\n', schema.Values.Select(v => f[v.Id]))).Distinct().Count();
                if (distinct == 1)
                    yield return same.First();
                Count(distinct == 1 ? "repeated" : "conflicting duplicates", same.Count() - (distinct == 1 ? 1 : 0));
            }
        }
    }

    void Count(string reason, int count = 1)
    {
        if (count > 0)
            _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + count;
    }
}

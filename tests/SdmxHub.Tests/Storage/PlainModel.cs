using Sdmx;

namespace SdmxHub.Tests.Storage;

/// <summary>What the small flow holds, as plain dictionaries: the independent account that the store must agree with.</summary>
sealed class PlainModel
{
    // key -> period -> component -> value; the period of attribute rows is None.
    public SortedDictionary<string, SortedDictionary<TimePeriod, SortedDictionary<string, string>>> Rows { get; } = new(StringComparer.Ordinal);

    public PlainModel Copy()
    {
        var copy = new PlainModel();
        foreach (var (key, rows) in Rows)
        {
            copy.Rows[key] = [];
            foreach (var (period, values) in rows)
                copy.Rows[key][period] = new(values, StringComparer.Ordinal);
        }

        return copy;
    }

    public void Apply(DatasetAction action, string key, string period, (string Component, string Value)[] values)
    {
        var time = period.Length == 0 ? TimePeriod.None : TimePeriod.TryParse(period, out var parsed) ? parsed : throw new ArgumentException(period);
        if (action == DatasetAction.Delete)
            Delete(key, time, period.Length > 0, values);
        else
            Merge(key, time, values, isWhole: action == DatasetAction.Replace && period.Length > 0);
        Tidy();
    }

    /// <summary>Everything, a line each.</summary>
    public List<string> Everything() => [.. Rows.SelectMany(k => k.Value.Select(r => Line(k.Key, r.Key, r.Value)))];

    /// <summary>What a query for everything answers: holders first, where a series is below them; then series by key.</summary>
    public List<string> Answer()
    {
        List<string[]> series = [.. Rows.Keys.Select(k => k.Split('.')).Where(k => !k.Contains(""))];
        var holders = Rows.Keys.Select(k => k.Split('.')).Where(k => k.Contains("") && series.Exists(s => IsUnder(s, k)));
        return [.. Ordered([.. holders, .. series]).SelectMany(k => Rows[k].Select(r => Line(k, r.Key, r.Value)))];
    }

    static IEnumerable<string> Ordered(List<string[]> keys) => keys
        .OrderBy(k => k.Contains("") ? k.Count(p => p != "") : int.MaxValue)
        .ThenBy(k => k[0], StringComparer.Ordinal).ThenBy(k => k[1], StringComparer.Ordinal).ThenBy(k => k[2], StringComparer.Ordinal)
        .Select(k => string.Join('.', k));

    void Merge(string key, TimePeriod time, (string Component, string Value)[] values, bool isWhole)
    {
        if (!Rows.TryGetValue(key, out var rows))
            Rows[key] = rows = [];
        if (isWhole || !rows.ContainsKey(time))
            rows[time] = new(StringComparer.Ordinal);
        foreach (var (component, value) in values)
            rows[time][component] = value;
    }

    void Delete(string key, TimePeriod time, bool isObservation, (string Component, string Value)[] values)
    {
        foreach (var (other, rows) in Rows)
        {
            if (!IsUnder(other.Split('.'), key.Split('.')))
                continue;
            if (isObservation && values.Length == 0)
                rows.Remove(time);
            else if (!isObservation && values.Length == 0)
                rows.Clear();
            foreach (var (component, _) in values)
            {
                foreach (var (period, row) in rows)
                {
                    if (!isObservation || period == time)
                        row.Remove(component);
                }
            }
        }
    }

    /// <summary>An observation may be without values, attributes may not; a key without rows is nothing.</summary>
    void Tidy()
    {
        foreach (var key in Rows.Keys.ToList())
        {
            if (Rows[key].TryGetValue(TimePeriod.None, out var attributes) && attributes.Count == 0)
                Rows[key].Remove(TimePeriod.None);
            if (Rows[key].Count == 0)
                Rows.Remove(key);
        }
    }

    static bool IsUnder(string[] key, string[] holder) => key.Zip(holder).All(p => p.Second == "" || p.First == p.Second);

    // In the order of the structure's values.
    static readonly string[] Order = ["OBS_VALUE", "STATUS", "NOTE", "UNIT", "AREA_NOTE", "SOURCE"];

    static string Line(string key, TimePeriod period, SortedDictionary<string, string> values) =>
        $"{key}|{period}|{string.Join('|', Order.Where(values.ContainsKey).Select(c => $"{c}={values[c]}"))}";
}

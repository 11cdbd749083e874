using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>One condition of a query, and what it finds.</summary>
/// <param name="Condition">The condition, as a person would say it: <c>REF_AREA=1,3</c>.</param>
/// <param name="Series">How many series it finds alone.</param>
/// <param name="Observations">How many observations it finds alone.</param>
/// <param name="SeriesLeft">How many series it leaves of what those before left.</param>
/// <param name="ObservationsLeft">How many observations it leaves of what those before left.</param>
public sealed record QueryStep(string Condition, long Series, long Observations, long SeriesLeft, long ObservationsLeft);

/// <summary>How a query was understood: what each of its conditions finds, and which one leaves nothing.</summary>
/// <param name="All">What there is of the flow.</param>
/// <param name="Steps">The conditions: of the key by dimension, then the others.</param>
/// <param name="Notes">Codes that there are not, or no data with, and the nearest.</param>
public sealed record QueryExplanation(Availability? All, IReadOnlyList<QueryStep> Steps, IReadOnlyList<string> Notes)
{
    const int MostNotes = 5;

    /// <summary>The first condition that leaves nothing; null where something is left.</summary>
    public QueryStep? Emptying => Steps.FirstOrDefault(s => s.SeriesLeft == 0);

    /// <summary>Explains a query.</summary>
    /// <param name="snapshot">The state.</param>
    /// <param name="query">The query.</param>
    /// <param name="isIndexed">Whether only conditions are looked at that the index answers.</param>
    public static QueryExplanation Of(Snapshot snapshot, DataQuery query, bool isIndexed = false)
    {
        var whole = new DataQuery { Dataflow = query.Dataflow, ReportingYearStart = query.ReportingYearStart };
        var schema = snapshot.Catalog.Schema(query.Dataflow)!;
        if (snapshot.Available(whole) is not { } all)
            return new(null, [], []);
        var (steps, left) = (new List<QueryStep>(), whole);
        foreach (var (text, apply, isRead) in Conditions(schema, query))
        {
            if (isRead && isIndexed)
                continue;
            left = apply(left);
            var (alone, together) = (snapshot.Available(apply(whole))!, snapshot.Available(left)!);
            steps.Add(new(text, alone.Series, alone.Observations, together.Series, together.Observations));
        }

        return new(all, steps, [.. Unknown(schema, query, all).Distinct().Take(MostNotes)]);
    }

    /// <summary>Why nothing is found: the condition at fault and what is near; looks at the index alone.</summary>
    public static string WhyEmpty(Snapshot snapshot, ValueArray<DataQuery> queries)
    {
        if (queries is not [var query])
            return "Nothing matches the query.";
        var explained = Of(snapshot, query, isIndexed: true);
        if (explained.All is not { Series: > 0 })
            return $"Nothing matches the query: {query.Dataflow.ShortName} has no data.";
        if (query.Offset > 0 && snapshot.Available(query) is { Series: > 0 })
            return $"Nothing is left of the answer: it ends before offset={query.Offset}.";
        var why = explained.Notes.Count > 0 ? " " + string.Join(' ', explained.Notes)
            : explained.Emptying is { } empty ? explained.Steps.Count == 1 || empty.Series == 0 ? $" No series has {empty.Condition}." : $" {empty.Condition} leaves nothing of what the rest of the key finds."
            : explained.Steps.Count > 0 ? $" {explained.Steps[^1].SeriesLeft} series have the key; no observation of them is within the other conditions." : " No observation is within the conditions.";
        return "Nothing matches the query." + why;
    }

    /// <summary>Each condition: its text, how it is put on a query, and whether data are read for it.</summary>
    static IEnumerable<(string Text, Func<DataQuery, DataQuery> Apply, bool IsRead)> Conditions(DataSchema schema, DataQuery query)
    {
        if (query.IsVersionPinned)
            yield return ($"version {query.Dataflow.Version}", q => q with { IsVersionPinned = true }, false);
        if (query.Agreement is { } agreement)
            yield return ($"agreement {agreement.Agency}:{agreement.Id}", q => q with { Agreement = agreement }, false);
        if (query.Keys is [var key])
        {
            for (var d = 0; d < key.Dimensions.Count; d++)
            {
                if (key.Dimensions[d].IsEmpty)
                    continue;
                var filter = new ComponentFilter(schema.Dimensions[d].Id, [.. key.Dimensions[d].Select(c => (ValueArray<FilterTerm>)[new FilterTerm(FilterOperator.Eq, c)])]);
                yield return (Text(filter), q => q with { Filters = [.. q.Filters, filter] }, false);
            }
        }
        else if (!query.Keys.IsEmpty)
        {
            yield return ($"one of {query.Keys.Count} keys", q => q with { Keys = query.Keys }, false);
        }

        foreach (var filter in query.Filters)
            yield return (Text(filter), q => q with { Filters = [.. q.Filters, filter] }, schema.Find(filter.Component)!.Role != ComponentRole.Dimension);
        foreach (var period in query.Period)
            yield return ($"TIME_PERIOD={Uri.UnescapeDataString(QuerySpelling.Terms(period))}", q => q with { Period = [.. q.Period, period] }, true);
        if (query.UpdatedAfter is { } after)
            yield return ($"updatedAfter={after:u}", q => q with { UpdatedAfter = after }, true);
    }

    static string Text(ComponentFilter filter) => $"{filter.Component}={Shortened(Uri.UnescapeDataString(QuerySpelling.Terms(filter)))}";

    static string Shortened(string text) => text.Length <= 200 ? text : text[..200] + "...";

    /// <summary>Codes asked for that the list does not have, or that there are no data with.</summary>
    static IEnumerable<string> Unknown(DataSchema schema, DataQuery query, Availability all)
    {
        foreach (var (id, code) in Asked(schema, query))
        {
            if (all.Dimensions.FirstOrDefault(d => d.Id == id) is not { } held || held.Codes.Any(c => c.Code == code))
                continue;
            var codes = schema.Find(id)!.Codes;
            yield return codes is null || codes.Find(code) >= 0
                ? $"There are no data with {id}={code}.{Hint(codes, code, held)}"
                : $"{id} has no code '{Shortened(code)}' ({codes.Codelist.Urn.ShortName}).{(Nearest.Code(codes, code) is { } near ? $" Did you mean {near}?" : "")}";
        }
    }

    // A code of the list was hardly mistyped; but a country, say, may have one by letters and one by number.
    static string Hint(CodeIndex? codes, string code, DimensionAvailability held)
    {
        if (codes is null)
            return Nearest.Hint(code, held.Codes.Select(c => c.Code));
        var name = codes.Codelist.Codes[codes.Find(code)].Name.In("en");
        var same = name is null ? default : held.Codes.FirstOrDefault(c => codes.Find(c.Code) is >= 0 and var at && codes.Codelist.Codes[at].Name.In("en") == name);
        return same.Code is null ? "" : $" Did you mean {same.Code}? It has the same name, {name}.";
    }

    static IEnumerable<(string Id, string Code)> Asked(DataSchema schema, DataQuery query) =>
        query.Keys.SelectMany(k => k.Dimensions.SelectMany((codes, d) => codes.Select(c => (schema.Dimensions[d].Id, c))))
            .Concat(query.Filters.SelectMany(f => f.Alternatives.SelectMany(a => a).Where(t => t.Operator == FilterOperator.Eq).Select(t => (f.Component, t.Value))));
}

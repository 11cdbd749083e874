using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What other structures mean for a saved query: what it names that is no more or has another name, and what that becomes.</summary>
/// <param name="Name">The query's name.</param>
/// <param name="Title">What it is called, or null.</param>
/// <param name="Owner">Who saved it.</param>
/// <param name="Path">The query.</param>
/// <param name="Pinned">The version that it names exactly: then it keeps working, for the series whose codes that version has; null where it follows the newest.</param>
/// <param name="Names">The components and codes in it that are no more or have another name.</param>
/// <param name="Fault">What is wrong with it from then on; null where it can still be asked as it is.</param>
sealed record QueryImpact(string Name, string? Title, string Owner, string Path, string? Pinned, IReadOnlyList<NamedImpact> Names, string? Fault)
{
    /// <summary>Tells it for every saved query that a flow's other structure touches. A query with <c>asOf</c> is about what was, and stays as it is.</summary>
    public static IReadOnlyList<QueryImpact> Of(FlowImpact impact, Difference difference, IReadOnlyList<SavedQuery> saved)
    {
        var successors = new Lazy<IReadOnlyDictionary<(string, string?), string>>(() => MigrationMap.Successors(impact, difference.From.Catalog, difference.To.Catalog));
        return [.. saved.Select(q => Of(q, impact, difference, successors)).OfType<QueryImpact>()];
    }

    static QueryImpact? Of(SavedQuery saved, FlowImpact impact, Difference difference, Lazy<IReadOnlyDictionary<(string, string?), string>> successors)
    {
        if (KeptQuery.Of(saved.Path) is not { Request: { AsOf: null } request } || !request.TryResolve(difference.From.Catalog, out var queries, out _))
            return null;
        DataQuery[] touched = [.. queries.Where(q => $"{q.Dataflow.Agency}:{q.Dataflow.Id}" == impact.Flow)];
        if (touched.Length == 0)
            return null;
        NamedImpact[] names = [.. touched.SelectMany(q => NamedIn(request, q, difference.From.Catalog.Schema(q.Dataflow)!)).Distinct()
            .Select(n => NamedImpact.Of(n.Component, n.Code, impact, successors)).OfType<NamedImpact>()];
        var pinned = touched.FirstOrDefault(q => q.IsVersionPinned)?.Dataflow.Version;
        var fault = request.TryResolve(difference.To.Catalog, out _, out var error) ? pinned is null ? Moved(request, touched[0], impact, difference) : null : error.Message;
        return names.Length == 0 && fault is null ? null : new(saved.Name, saved.Title, saved.Owner, saved.Path, pinned, names, fault);
    }

    /// <summary>The components that a query names, and the codes of each.</summary>
    static IEnumerable<(string Component, string? Code)> NamedIn(DataRequest request, DataQuery query, DataSchema schema)
    {
        var codes = query.Keys.SelectMany(k => k.Dimensions.SelectMany((codes, d) => codes.Select(c => (schema.Dimensions[d].Id, (string?)c))))
            .Concat(query.Filters.SelectMany(f => f.Alternatives.SelectMany(a => a).Where(t => t.Operator is FilterOperator.Eq or FilterOperator.Ne).Select(t => (f.Component, (string?)t.Value)))).ToList();
        var components = codes.Select(c => c.Item1).Concat(request.Conditions.Select(c => c.Name)).Concat(request.Sort.Select(t => t.Component))
            .Concat(request.Attributes ?? []).Concat(request.Measures ?? []).Append(request.DimensionAtObservation).OfType<string>();
        return codes.Concat(components.Select(c => (c, (string?)null)));
    }

    /// <summary>The positions of a key are dimensions in order; with others it would be read without a fault, and mean something else.</summary>
    static string? Moved(DataRequest request, DataQuery query, FlowImpact impact, Difference difference)
    {
        var flow = query.Dataflow;
        var now = difference.To.Catalog.Schema(difference.To.Catalog.Versions(ArtefactType.Dataflow, flow.Agency, flow.Id)[^1].Urn);
        var length = request.Keys.Select(k => k.Dimensions.Count).DefaultIfEmpty().Max();
        var (was, @is) = (Positions(difference.From.Catalog.Schema(flow)!, length), now is null ? "" : Positions(now, length));
        return was == @is ? null : $"The positions of its key are {was} in {impact.Before.ShortName}, and {@is} in {impact.After.ShortName}.";
    }

    static string Positions(DataSchema schema, int length) => string.Join('.', schema.Dimensions.Take(length).Select(d => d.Id));
}

/// <summary>A component or code that a saved query names, and that is no more or has another name.</summary>
/// <param name="Component">The component's id.</param>
/// <param name="Code">The code; null where it is the component that is no more.</param>
/// <param name="Change"><c>removed</c> or <c>renamed</c>.</param>
/// <param name="Before">The code's name until then, or null.</param>
/// <param name="After">Its name from then on, or null.</param>
/// <param name="Becomes">What the map of the step makes of it: a code, <c>COMPONENT=CODE</c> where it goes elsewhere, or a component; null where the map has nothing for it.</param>
sealed record NamedImpact(string Component, string? Code, string Change, string? Before, string? After, string? Becomes)
{
    /// <summary>What becomes of one name; null where it stays what it is.</summary>
    public static NamedImpact? Of(string component, string? code, FlowImpact impact, Lazy<IReadOnlyDictionary<(string, string?), string>> successors)
    {
        if (impact.Missing.Contains(component))
            return code is null ? new(component, null, "removed", null, null, successors.Value.GetValueOrDefault((component, null))) : null;
        if (code is null || impact.Lists.FirstOrDefault(l => l.Component == component) is not { } list)
            return null;
        if (list.Removed.FirstOrDefault(c => c.Code == code) is { } removed)
            return new(component, code, "removed", removed.Name, null, successors.Value.GetValueOrDefault((component, code)));
        return list.Renamed.FirstOrDefault(c => c.Code == code) is { } renamed
            ? new(component, code, "renamed", renamed.Before, renamed.After, successors.Value.GetValueOrDefault((component, code), code)) : null;
    }
}

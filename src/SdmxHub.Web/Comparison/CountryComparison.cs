using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web.Comparison;

/// <summary>What is compared.</summary>
public sealed record ComparisonQuery
{
    /// <summary>The country or area: any code of the global list of areas (<c>826</c>, <c>GB</c>).</summary>
    public required string Area { get; init; }

    /// <summary>The series, as SERIES codes of the global list; empty for all.</summary>
    public ValueArray<string> Series { get; init; }

    /// <summary>The flow of national figures.</summary>
    public Urn National { get; init; } = new(ArtefactType.Dataflow, "IAEG-SDGs", "DF_SDG_GLC", "~");

    /// <summary>The flow of global figures.</summary>
    public Urn Global { get; init; } = new(ArtefactType.Dataflow, "IAEG-SDGs", "DF_SDG_GLH", "~");
}

/// <summary>A country's figures beside the global ones (design section 6; decision 0010).</summary>
/// <remarks>Two figures pair when everything in their keys but REPORTING_TYPE is the same after <see cref="CodeMap"/>, and the period is.
/// A figure is a number: an observation without one counts as not there. Pairs come in order of key and period.</remarks>
public sealed class CountryComparison
{
    const string Area = "REF_AREA", ReportingType = "REPORTING_TYPE", Series = "SERIES";

    readonly SortedDictionary<string, Meeting> _meetings = new(StringComparer.Ordinal);

    CountryComparison(long revision, string area, DataSchema national, DataSchema global)
    {
        (Revision, AreaCode, NationalFlow, GlobalFlow) = (revision, area, national.Urn, global.Urn);
        Dimensions = global.Dimensions.Where(d => d.Id != ReportingType).Select(d => d.Id).ToValueArray();
        AreaName = global.Find(Area)?.Codes is { } codes && codes.Find(area) is >= 0 and var at ? codes.Codelist.Codes[at].Name.ToString() : area;
    }

    /// <summary>The revision that was compared.</summary>
    public long Revision { get; }

    /// <summary>The area's code in the global figures.</summary>
    public string AreaCode { get; }

    /// <summary>The area's English name.</summary>
    public string AreaName { get; }

    /// <summary>The flow of the national figures.</summary>
    public Urn NationalFlow { get; }

    /// <summary>The flow of the global figures.</summary>
    public Urn GlobalFlow { get; }

    /// <summary>The ids of the dimensions in <see cref="Pair.Key"/>.</summary>
    public ValueArray<string> Dimensions { get; }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<Pair> Pairs { get; private set; } = [];

    /// <summary>How many pairs there are of each class; every class is named.</summary>
    public IReadOnlyDictionary<PairClass, int> Totals =>
        Enum.GetValues<PairClass>().ToDictionary(c => c, c => Pairs.Count(p => p.Class == c));

    /// <summary>Compares.</summary>
    /// <param name="snapshot">The revision to compare at.</param>
    /// <param name="query">What.</param>
    /// <param name="fault">Why it cannot be done: a flow or an area that is not held, with the nearest one; or null.</param>
    public static CountryComparison? Run(Snapshot snapshot, ComparisonQuery query, out string? fault)
    {
        if (SchemaOf(snapshot, query.National, out fault) is not { } national || SchemaOf(snapshot, query.Global, out fault) is not { } global)
            return null;
        if (global.Find(Area)?.Codes is not { } areas || national.Find(Area) is not { } nationalArea)
        {
            fault = $"{global.Urn.ShortName} and {national.Urn.ShortName} must both have the dimension REF_AREA, coded";
            return null;
        }

        if (areas.Find(query.Area) < 0)
        {
            fault = $"area '{query.Area}' is not in {areas.Codelist.Urn.ShortName}{NearestName(areas, query.Area)}";
            return null;
        }

        if (UnknownSeries(query.Series, national, global) is { } unknown)
        {
            fault = unknown;
            return null;
        }

        var aliases = new AreaAliases(areas.Codelist);
        var area = aliases.Canonical(query.Area);
        var comparison = new CountryComparison(snapshot.Revision, area, national, global);
        var toGlobal = comparison.Maps(national, global, aliases);
        var within = comparison.Maps(global, global, aliases);
        comparison.Collect(snapshot, national, toGlobal, new CodeMap(nationalArea, global.Find(Area)!, aliases).FromGlobal(area), query.Series, isNational: true);
        comparison.Collect(snapshot, global, within, new CodeMap(global.Find(Area)!, global.Find(Area)!, aliases).FromGlobal(area), query.Series, isNational: false);
        comparison.Pairs = [.. comparison._meetings.Values.SelectMany(m => m.Pairs)];
        return comparison;
    }

    /// <summary>The newest held version of a flow, or the one named, resolved.</summary>
    static DataSchema? SchemaOf(Snapshot snapshot, Urn flow, out string? fault)
    {
        var held = snapshot.Catalog.Versions(ArtefactType.Dataflow, flow.Agency, flow.Id);
        var urn = flow.Version == "~" ? held.LastOrDefault()?.Urn : held.FirstOrDefault(h => h.Version == flow.Version)?.Urn;
        fault = urn is null
            ? $"dataflow {flow.Agency}:{flow.Id}{(flow.Version == "~" ? "" : $"({flow.Version})")} is not held; held: "
                + string.Join(", ", snapshot.Catalog.OfType<Dataflow>().Select(d => d.Urn.ShortName))
            : null;
        return urn is { } found ? snapshot.Catalog.Schema(found) : null;
    }

    static string NearestName(CodeIndex areas, string wanted)
    {
        var name = AreaAliases.Normal(wanted);
        var nearest = Nearest.Code(areas, wanted)
            ?? areas.Codelist.Codes.FirstOrDefault(c => name.Length > 3 && AreaAliases.Normal(c.Name.ToString()).Contains(name, StringComparison.Ordinal))?.Id;
        return nearest is null ? "" : $"; did you mean '{nearest}' ({areas.Codelist.Codes[areas.Find(nearest)].Name})?";
    }

    /// <summary>A series that neither side's list has would compare as nothing, which looks like an answer.</summary>
    static string? UnknownSeries(ValueArray<string> series, DataSchema national, DataSchema global)
    {
        CodeIndex[] lists = [.. ((SchemaComponent?[])[global.Find(Series), national.Find(Series)]).Select(c => c?.Codes).OfType<CodeIndex>()];
        var unknown = series.FirstOrDefault(code => lists.Length > 0 && lists.All(l => l.Find(code) < 0));
        return unknown is null ? null
            : $"series '{unknown}' is not in {lists[0].Codelist.Urn.ShortName}{(Nearest.Code(lists[0], unknown) is { } near ? $"; did you mean '{near}'?" : "")}";
    }

    /// <summary>Per key dimension of <paramref name="from"/> that the global key has, where it goes and how its codes turn.</summary>
    List<(int Source, int Target, CodeMap Map)> Maps(DataSchema from, DataSchema global, AreaAliases aliases)
    {
        var maps = new List<(int, int, CodeMap)>();
        for (var target = 0; target < Dimensions.Count; target++)
        {
            if (from.Find(Dimensions[target]) is { Role: ComponentRole.Dimension } dimension)
                maps.Add((dimension.Index, target, new CodeMap(dimension, global.Find(Dimensions[target])!, Dimensions[target] == Area ? aliases : null)));
        }

        return maps;
    }

    void Collect(Snapshot snapshot, DataSchema schema, List<(int Source, int Target, CodeMap Map)> maps, IEnumerable<string> areas, ValueArray<string> series, bool isNational)
    {
        List<ComponentFilter> filters = [AnyOf(Area, areas)];
        if (!series.IsEmpty)
            filters.Add(AnyOf(Series, series));
        if (filters.Any(f => f.Alternatives.IsEmpty))
            return;
        using var reader = snapshot.Read(new DataQuery { Dataflow = schema.Urn, Filters = filters.ToValueArray() });
        var block = new ObservationBlock();
        var rows = new FigureRows(schema);
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (rows.Next(block, row) is { } figure)
                    Place(block, row, figure, maps, isNational);
            }
        }
    }

    void Place(ObservationBlock block, int row, Figure figure, List<(int Source, int Target, CodeMap Map)> maps, bool isNational)
    {
        var key = new string[Dimensions.Count];
        var isLocal = false;
        foreach (var (source, target, map) in maps)
        {
            var code = block.Dataset.Codes.Dimensions[source][block.Key[source][row]];
            var mapped = map.ToGlobal(code);
            isLocal |= mapped is null;
            key[target] = mapped ?? code;
        }

        for (var i = 0; i < key.Length; i++)
            key[i] ??= "_T";
        // A local key must not meet a global one by spelling: it sorts apart.
        var id = $"{string.Join('.', key)}:{block.Periods[row]}{(isLocal ? ":local" : "")}";
        if (!_meetings.TryGetValue(id, out var meeting))
            _meetings[id] = meeting = new Meeting(ValueArray.Create<string>(key), block.Periods[row]);
        (isNational ? meeting.National : meeting.Global).Add(figure);
    }

    static ComponentFilter AnyOf(string component, IEnumerable<string> codes) =>
        new(component, codes.Select(c => (ValueArray<FilterTerm>)[new FilterTerm(FilterOperator.Eq, c)]).ToValueArray());

    /// <summary>The figures of one key and period. There may be several on a side: under two aliases of the area, or where the
    /// national key has a dimension more. Each is paired: none is lost.</summary>
    sealed record Meeting(ValueArray<string> Key, TimePeriod Period)
    {
        public List<Figure> National { get; } = [];

        public List<Figure> Global { get; } = [];

        public IEnumerable<Pair> Pairs =>
            National.DefaultIfEmpty().SelectMany(_ => Global.DefaultIfEmpty(), (n, g) => Pair.Of(Key, Period, n, g));
    }
}

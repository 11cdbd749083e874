namespace Sdmx.Mapping;

/// <summary>Reads data of one structure as data of another, by a <see cref="StructureMap"/> (decision 0015).</summary>
/// <remarks>
/// <para>Places in findings stay those of the message. What the map cannot do is told once for each component and value, at the end: see
/// <see cref="IssueCode.UnmappedCode"/>. An observation whose key cannot be told is left out; an attribute that cannot be mapped is absent.</para>
/// <para>Memory grows with the number of series and of distinct values. Not thread-safe.</para>
/// </remarks>
public sealed partial class MappedReader : DataReader
{
    readonly DataReader _reader;
    readonly StructureMap _map;
    readonly DataSchema _target;
    readonly ReadContext _context;
    readonly MapFindings _findings;
    readonly MapTrace? _trace;
    readonly Dictionary<CodeTables, MapPlan?> _plans = [];
    readonly ObservationBlock _in = new();
    int _next;
    int _datasetNumber = -1;
    Dataset _dataset = null!;
    bool _isEnded;

    MappedReader(DataReader reader, StructureMap map, DataSchema target, ReadContext context, MapTrace? trace)
    {
        (_reader, _map, _target, _context, _trace) = (reader, map, target, context, trace);
        _findings = new(context.Issues, map);
    }

    /// <summary>Opens data to be read through a map.</summary>
    /// <param name="name">The map: see <see cref="MapName"/>.</param>
    /// <param name="context">What is read with. The given flow is one of the target.</param>
    /// <param name="open">Opens the data as they are sent; null where they cannot be read, which is then logged.</param>
    /// <param name="trace">Is told what comes of what, or null.</param>
    /// <returns>Null when the data or the map cannot be used, which is then logged as Fatal. Disposing it disposes what <paramref name="open"/> gave.</returns>
    public static DataReader? Open(string name, ReadContext context, Func<ReadContext, DataReader?> open, MapTrace? trace = null)
    {
        var at = new Location(context.FileName, 0, 0);
        if (!MapName.TryFind(name, context.Catalog, out var map, out var fault))
        {
            context.Issues.Add(new(IssueCode.UnknownMap, at, $"The given {fault}.") { Value = name });
            return null;
        }

        if (MapTarget.Find(map, context, at) is not { } target)
            return null;
        var source = map.Source is { Class: "Dataflow" } flow ? context.Catalog.Nearest<Dataflow>(ArtefactType.Dataflow, flow.Agency, flow.Id, flow.Version)?.Urn : null;
        return open(context with { Dataflow = source, IsMapped = true }) is { } reader ? new MappedReader(reader, map, target, context, trace) : null;
    }

    /// <inheritdoc/>
    public override MessageHeader Header => _reader.Header;

    /// <inheritdoc/>
    public override long Position => _reader.Position;

    /// <inheritdoc/>
    public override bool Read(ObservationBlock block)
    {
        if (_next == _in.Count && !Pull())
        {
            if (!_isEnded)
                _findings.Flush();
            _isEnded = true;
            if (block.Dataset is not null)
                block.Begin(block.Dataset);
            return false;
        }

        block.Begin(_dataset);
        while (_next < _in.Count && block.Count + _targetHolders.Length < ObservationBlock.Capacity)
        {
            if (_in.Kinds[_next] == RowKind.Observation)
                MapObservations(block);
            else
                MapAttributes(block, _next++);
        }

        return true;
    }

    /// <inheritdoc/>
    public override void Dispose() => _reader.Dispose();

    /// <summary>Reads the next block of the message, and what it takes to map it.</summary>
    bool Pull()
    {
        _next = 0;
        if (_isEnded || !_reader.Read(_in))
        {
            _in.Count = 0;
            return false;
        }

        if (_in.Dataset.Number != _datasetNumber && !Use(_in.Dataset))
        {
            _in.Count = 0;
            return false;
        }

        CountUnused();
        return true;
    }

    /// <summary>Turns to a data set; false where the map is none for it.</summary>
    bool Use(Dataset dataset)
    {
        if (!_plans.TryGetValue(dataset.Codes, out var plan))
            _plans.Add(dataset.Codes, plan = MakePlan(dataset));
        if (plan is null)
            return false;
        _isDelete = dataset.Action == DatasetAction.Delete;
        if (_isDelete && plan.CannotDelete is { } reason)
        {
            Refuse(dataset, reason);
            return false;
        }

        if (!ReferenceEquals(plan, _plan))
            UsePlan(plan);
        _datasetNumber = dataset.Number;
        _dataset = dataset with { Schema = plan.Target, Codes = plan.TargetCodes };
        ForgetHolders();
        return true;
    }

    MapPlan? MakePlan(Dataset dataset)
    {
        var schema = dataset.Schema;
        if (_map.Source is not { } source || !IsSame(source, schema.Structure.Urn) && !IsSame(source, schema.Dataflow?.Urn))
        {
            Refuse(dataset, $"it maps data of {_map.Source?.ShortName ?? "a structure that cannot be read"}, and these are data of {schema.Urn.ShortName}");
            return null;
        }

        var plan = MapPlan.Make(_map, schema, dataset.Codes, _target, _context.Catalog, out var faults);
        foreach (var fault in faults)
            Refuse(dataset, fault);
        return plan;
    }

    void Refuse(Dataset dataset, string fault) =>
        _context.Issues.Add(new(IssueCode.UnusableMap, new(_context.FileName, 0, 0, dataset.Number), $"{_map.Urn.ShortName} cannot be applied: {fault}.") { Value = _map.Urn.ShortName });

    static bool IsSame(Urn named, Urn? held) => held is { } urn && (named.Class, named.Agency, named.Id) == (urn.Class, urn.Agency, urn.Id);

    Location At(int row) => new(_context.FileName, _in.Lines[row], _in.LinePositions[row], _in.Dataset.Number);

    /// <summary>Counts the values of components that the map does not take.</summary>
    void CountUnused()
    {
        foreach (var component in _plan.Unused)
        {
            if (_in.Count > 0 && component.Role is ComponentRole.Dimension or ComponentRole.Time)
                _findings.Unused(component, _in.Kinds.AsSpan(0, _in.Count).Count(RowKind.Observation), At(0));
            else if (component.Role is not (ComponentRole.Dimension or ComponentRole.Time) && _in.Values[component.Index] is { IsUsed: true } column && column.Forms.AsSpan(0, _in.Count).IndexOfAnyExcept(ValueForm.Absent) is >= 0 and var first)
                _findings.Unused(component, _in.Count - column.Forms.AsSpan(0, _in.Count).Count(ValueForm.Absent), At(first));
        }
    }
}

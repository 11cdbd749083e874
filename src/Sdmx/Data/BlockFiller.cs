namespace Sdmx;

/// <summary>Turns what a message says, in whatever layout, into rows of blocks: the one place where values are resolved,
/// attributes go to their holders, and faults of shape are counted.</summary>
/// <remarks>
/// <para>A reader calls <see cref="BeginDataset"/>; then, for what it meets, <c>Start...</c>, <see cref="Give(string, ReadOnlySpan{char}, string)"/> for each
/// value, <c>End...</c>; then <see cref="EndDataset"/>. An observation inside a series inherits from it, and a series from the data set.</para>
/// <para>When <see cref="IsReady"/>, the block must be handed over before anything else is given. When <see cref="HasFailed"/>, reading is over.</para>
/// </remarks>
sealed partial class BlockFiller(ReadContext context)
{
    // a block is handed over early when its texts pass this many characters, so that long texts do not make it huge
    const int MaxBlockText = 1 << 24;

    // codes that are in no codelist are kept for the whole message
    const long MaxOtherCodes = 1 << 26;

    readonly DatasetResolver _resolver = new(context);
    readonly ComponentFaults _faults = new(context.Issues);
    readonly Dictionary<Urn, CodeTables> _codes = [];
    ObservationBlock _block = null!;
    DatasetStructure _structure = null!;
    SchemaLayout _layout = null!;
    CodeTables _tables = null!;
    CodeTable[] _dimensionCodes = [];
    CodeTable?[] _valueCodes = [];
    Dataset? _dataset;
    DatasetStart _start = null!;
    int _number = -1;
    bool _isDecided;
    bool _hasDelivered;
    bool _saidInformation;
    long _otherCodes;
    int _blockText;

    /// <summary>Whether a fault that is Fatal was logged.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether the block must be handed over.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Whether the next observation may repeat the last one: nothing in that was a fault, which is counted each time.</summary>
    public bool IsRepeatable { get; private set; }

    /// <summary>Where the components go, between <see cref="BeginDataset"/> and the next.</summary>
    public SchemaLayout Layout => _layout;

    /// <summary>Whether a data set has begun and not ended.</summary>
    public bool IsInDataset => _dataset is not null;

    /// <summary>Takes the block to fill next.</summary>
    public void Use(ObservationBlock block)
    {
        (_block, IsReady) = (block, false);
        block.Count = 0;
        if (_dataset is not null)
            BeginBlock();
    }

    /// <summary>Ends the filling of the block; <c>false</c> when there is nothing in it.</summary>
    public bool Deliver()
    {
        if (!_isDecided && _dataset is not null && _block.Count > 0 && !HasFailed)
            DecideByFirstRow();
        if (_block.Count > 0)
            EndRun();
        if (HasFailed && !_isDecided)
            _block.Count = 0;
        _hasDelivered = true;
        return _block.Count > 0 || (IsReady && !HasFailed);
    }

    /// <summary>Logs a fault that ends the reading.</summary>
    public void Fail(Issue issue)
    {
        context.Issues.Add(issue with { At = issue.At with { File = context.FileName, Dataset = _dataset is null ? issue.At.Dataset : _number } });
        HasFailed = true;
        _faults.Flush();
    }

    /// <summary>Starts the next data set; false when it cannot be read.</summary>
    public bool BeginDataset(DatasetStart start)
    {
        _number++;
        _start = start;
        var at = At(start.Line, start.Position);
        if (_resolver.Resolve(start.Reference, at) is not { } structure)
        {
            HasFailed = true;
            return false;
        }

        _structure = structure;
        if (!_codes.TryGetValue(structure.Schema.Structure.Urn, out var tables))
            _codes.Add(structure.Schema.Structure.Urn, tables = new CodeTables(structure.Schema));
        _tables = tables;
        (_dimensionCodes, _valueCodes) = ([.. tables.Dimensions], [.. tables.Values]);
        if (_layout is null || !ReferenceEquals(_layout.Schema, structure.Schema))
            UseLayout(new SchemaLayout(structure.Schema));
        if (!PlaceObservationDimension(start, at))
            return false;
        SayInformation(at);
        _dataset = new Dataset
        {
            Number = _number, Schema = structure.Schema, Codes = tables, Action = start.Action, Id = start.Id,
            ValidFrom = start.ValidFrom, ValidTo = start.ValidTo,
        };
        (_isDecided, _hasDelivered) = (structure.IsDecided, false);
        StartFrames(start);
        BeginBlock();
        return true;
    }

    /// <summary>Ends the data set. The block is then ready, unless it is empty and an earlier one has shown the data set.</summary>
    public void EndDataset()
    {
        EndFrames();
        if (!_isDecided && !HasFailed)
        {
            if (_block.Count > 0)
                DecideByFirstRow();
            else if (_structure.CandidateCount == 1)
                Decide([], _start.Line, _start.Position);
            else
                _isDecided = true; // nothing to put anywhere
        }

        _faults.Flush();
        _dataset = null;
        IsReady |= _block.Count > 0 || !_hasDelivered;
    }

    void BeginBlock()
    {
        _block.Begin(_dataset!);
        (_blockText, _runStart) = (0, 0);
        Array.Fill(_textIndexes, -1);
    }

    /// <summary>Finds the flow by a key, and gives it the rows so far.</summary>
    void Decide(ReadOnlySpan<int> key, int line, int position)
    {
        var open = new int[_layout.DimensionCount];
        Array.Fill(open, -1);
        key.CopyTo(open);
        if (_structure.Choose(open, _tables, At(line, position)) is not { } schema)
        {
            HasFailed = true;
            return;
        }

        _dataset = _dataset! with { Schema = schema };
        _block.Adopt(_dataset);
        _isDecided = true;
    }

    void DecideByFirstRow()
    {
        EndRun();
        var key = new int[_layout.DimensionCount];
        for (var d = 0; d < key.Length; d++)
            key[d] = _block.Key[d][0];
        Decide(key, _block.Lines[0], _block.LinePositions[0]);
    }

    void SayInformation(Location at)
    {
        if (_start.Action != DatasetAction.Information || _saidInformation)
            return;
        _saidInformation = true;
        context.Issues.Add(new(IssueCode.InformationAction, at, "The action is Information, which answers a query; the data are loaded as with Merge."));
    }

    Location At(int line, int position) => new(context.FileName, line, position, _number);
}

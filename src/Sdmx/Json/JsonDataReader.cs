using System.Globalization;
using System.Text.Json;

namespace Sdmx.Json;

/// <summary>Reads SDMX-JSON data of 1.0, with its drafts, and 2.0: series, flat, or with another dimension than time at the observation (checklist 2.5).</summary>
/// <remarks>The message is read twice: first for header, structures and the heads of data sets, then for the data, in constant memory. A stream that cannot go
/// back is copied to a temporary file. Values that are arrays or objects (several values, several languages) are passed over and reported.</remarks>
sealed class JsonDataReader : DataReader
{
    readonly Stream _input;
    Stream _stream;
    readonly ReadContext _context;
    readonly BlockFiller _filler;
    readonly JsonMessageScan? _scan;
    readonly IEnumerator<bool> _steps;
    JsonTokens? _tokens;
    JsonKeys _keys = null!;

    /// <summary>Opens a message at its first byte.</summary>
    public JsonDataReader(Stream input, ReadContext context)
    {
        (_context, _filler) = (context, new BlockFiller(context));
        (_input, _stream) = (input, input);
        _steps = ReadDatasets().GetEnumerator();
        Guard(() =>
        {
            if (!input.CanSeek)
                _stream = Spool(input);
            var scan = new JsonMessageScan(_tokens = new JsonTokens(_stream, context.Limits));
            scan.Read();
            return scan;
        }, out _scan);
        if (_scan is not null)
            CheckHeader(_scan.Header);
    }

    /// <inheritdoc/>
    public override MessageHeader Header => _scan?.Header ?? new();

    /// <inheritdoc/>
    public override long Position => _tokens?.Place.Offset ?? 0;

    /// <inheritdoc/>
    public override bool Read(ObservationBlock block)
    {
        _filler.Use(block);
        if (_scan is not null && !_filler.HasFailed)
            Guard(() => !_filler.IsReady && _steps.MoveNext(), out _);
        return _filler.Deliver();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _steps.Dispose();
        _stream.Dispose();
        _input.Dispose();
    }

    static FileStream Spool(Stream input)
    {
        var copy = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
        try
        {
            input.CopyTo(copy);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    void Guard<T>(Func<T> read, out T? result)
    {
        result = default;
        try
        {
            result = read();
        }
        catch (JsonEncodingException e)
        {
            Fail(IssueCode.WrongEncoding, e.Message);
        }
        catch (JsonException e)
        {
            Fail(IssueCode.IllFormed, $"The JSON is ill-formed: {e.Message}");
        }
        catch (ContentLimitException e)
        {
            Fail(IssueCode.LimitExceeded, e.Message);
        }
        catch (InvalidDataException e)
        {
            Fail(IssueCode.BrokenArchive, $"The compressed file is damaged: {e.Message}");
        }
    }

    void Fail(IssueCode code, string message) =>
        _filler.Fail(new(code, new Location(_context.FileName, _tokens?.Line ?? 1, _tokens?.Place.Position ?? 1), message));

    void CheckHeader(MessageHeader header)
    {
        var at = new Location(_context.FileName, 1, 1);
        var missing = string.Join(", ", (header.Id is null ? ["id"] : (string[])[]).Concat(header.Prepared is null ? ["prepared"] : []).Concat(header.Sender is null ? ["sender"] : []));
        if (missing.Length > 0)
            _context.Issues.Add(new(IssueCode.IncompleteHeader, at, $"The header lacks what the standard requires: {missing}.") { Value = missing });
        if (header.IsTest)
            _context.Issues.Add(new(IssueCode.TestMessage, at, "The header says that the message is a test (test is true)."));
        foreach (var (code, text) in _scan!.Structures.SelectMany(s => s.Notices))
            _context.Issues.Add(new(IssueCode.FooterMessage, at, $"The sender says in an annotation ({code}): {text}") { Value = code });
    }

    // Yields wherever a block is ready to be handed over.
    IEnumerable<bool> ReadDatasets()
    {
        foreach (var dataset in _scan!.Datasets)
        {
            if (!Begin(dataset))
                yield break;
            if (dataset.Attributes is { } attributes)
                ReadOwnAttributes(attributes);
            foreach (var (place, entry) in ((JsonPlace?, Func<IEnumerable<bool>>)[])[(dataset.Groups, ReadGroup), (dataset.Series, ReadSeries), (dataset.Observations, ReadFlat)])
            {
                if (place is not { } start)
                    continue;
                _tokens = new JsonTokens(_stream, _context.Limits, start);
                _tokens.Read();
                while (!_filler.HasFailed && _tokens.ReadProperty())
                {
                    foreach (var ready in entry())
                        yield return ready;
                }
            }

            if (_filler.HasFailed)
                yield break;
            _filler.EndDataset();
            if (_filler.IsReady)
                yield return true;
        }
    }

    bool Begin(JsonMessageDataset dataset)
    {
        var at = new Location(_context.FileName, dataset.Place.Line, dataset.Place.Position);
        var structure = (uint)dataset.Structure < (uint)_scan!.Structures.Count ? _scan.Structures[dataset.Structure] : null;
        if (structure is null || Reference(structure) is not { } reference)
        {
            _filler.Fail(new(IssueCode.NoStructureReference, at, structure is null
                ? string.Create(CultureInfo.InvariantCulture, $"The data set names structure {dataset.Structure}, which the message does not have.")
                : "The structure of the data set has no link with the URN of a dataflow, a data structure or a provision agreement."));
            return false;
        }

        var action = DatasetStart.ActionOf(dataset.Action);
        if (dataset.Action is not null && action is null)
            _context.Issues.Add(new(IssueCode.UnknownAction, at, $"The action '{dataset.Action}' is none of Append, Merge, Replace, Delete, Information.") { Value = dataset.Action });
        var observation = structure.Dimensions.GetValueOrDefault("observation") ?? [];
        if (!_filler.BeginDataset(new DatasetStart
        {
            Reference = reference, Action = action ?? DatasetAction.Information, ValidFrom = dataset.ValidFrom, ValidTo = dataset.ValidTo,
            DimensionAtObservation = dataset.Series is not null && observation.Count == 1 ? observation[0].Id : "AllDimensions",
            Line = dataset.Place.Line, Position = dataset.Place.Position,
        }))
            return false;
        _keys = new JsonKeys(structure, _filler);
        return true;
    }

    // A flow says most: it names its structure; an agreement may not be held, and the flow beside it be.
    static StructureReference? Reference(JsonMessageStructure structure)
    {
        StructureReference? found = null;
        foreach (var link in structure.Links)
        {
            if (StructureReference.TryParse(link, out var reference) && (found is not { } best || Rank(reference.Type) > Rank(best.Type)))
                found = reference;
        }

        return found;

        static int Rank(ArtefactType type) => type switch { ArtefactType.Dataflow => 2, ArtefactType.ProvisionAgreement => 1, _ => 0 };
    }

    void ReadOwnAttributes(JsonPlace place)
    {
        _tokens = new JsonTokens(_stream, _context.Limits, place);
        _tokens.Read();
        _keys.GiveArray(_tokens, _keys.DatasetAttributes);
    }

    IEnumerable<bool> ReadGroup()
    {
        _filler.StartObservation(_tokens!.Place.Line, _tokens.Place.Position);
        _keys.GiveKey(_tokens.Text, _keys.GroupKey);
        _tokens.Read();
        _keys.GiveArray(_tokens, _keys.GroupAttributes);
        _filler.EndTableRow();
        if (_filler.IsReady)
            yield return true;
    }

    IEnumerable<bool> ReadFlat()
    {
        ReadObservation(isInSeries: false);
        if (_filler.IsReady)
            yield return true;
    }

    void ReadObservation(bool isInSeries)
    {
        _filler.StartObservation(_tokens!.Place.Line, _tokens.Place.Position);
        if (!isInSeries)
            _keys.GiveDatasetDimensions();
        _keys.GiveKey(_tokens.Text, _keys.ObservationKey);
        _tokens.Read();
        _keys.GiveArray(_tokens, _keys.ObservationValues);
        _filler.EndObservation();
    }

    IEnumerable<bool> ReadSeries()
    {
        var place = _tokens!.Place;
        var key = _tokens.Text.ToString();
        var hasObservations = false;
        StartSeries(key, place);
        _tokens.Read();
        while (_tokens.ReadProperty())
        {
            var isObservations = _tokens.Text is "observations";
            var isAttributes = _tokens.Text is "attributes";
            _tokens.Read();
            // Behind the observations, the series is started once more for its attributes.
            if (isAttributes && hasObservations)
            {
                _filler.EndSeries();
                StartSeries(key, place);
            }

            if (isAttributes)
                _keys.GiveArray(_tokens, _keys.SeriesAttributes);
            else if (!isObservations)
                _tokens.Skip();
            while (isObservations && !_filler.HasFailed && _tokens.ReadProperty())
            {
                hasObservations = true;
                ReadObservation(isInSeries: true);
                if (_filler.IsReady)
                    yield return true;
            }
        }

        _filler.EndSeries();
        if (_filler.IsReady)
            yield return true;
    }

    void StartSeries(string key, JsonPlace place)
    {
        _filler.StartSeries(place.Line, place.Position);
        _keys.GiveDatasetDimensions();
        _keys.GiveKey(key, _keys.SeriesKey);
    }
}

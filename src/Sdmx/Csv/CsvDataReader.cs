using System.Globalization;
using System.Text;

namespace Sdmx.Csv;

/// <summary>Reads SDMX-CSV data, 1.0 and 2.0 (2.1's action <c>M</c> included).</summary>
/// <remarks>Checklist 2.6. A new data set starts wherever structure or action changes. A row with only part of the key gives the attributes of its
/// holder. Columns that are no component are tolerated and named once, when they hold anything. Several values or languages in one cell
/// (<c>ATTR[]</c>, <c>ATTR[en;fr]</c>) are refused. A row that is shorter or longer than the header ends the reading: nothing tells which cell is which.</remarks>
sealed class CsvDataReader : DataReader
{
    readonly Stream _input;
    readonly ReadContext _context;
    readonly BlockFiller _filler;
    readonly CsvRows _rows;
    readonly CsvColumns? _columns;
    readonly HashSet<string> _unknown = [];
    int[] _slots = [];
    int[] _given = []; // the columns that are not ignored
    int[] _unknownColumns = [];
    bool _isClear; // each component has one column
    bool _mayRepeat;
    byte[] _kind = [];
    byte[] _idCell = [];
    byte[] _action = [];
    byte[] _point = [];
    readonly bool _isPlain;
    bool _hasPending;
    bool _isDone;

    public CsvDataReader(Stream input, ReadContext context)
    {
        (_input, _context) = (input, context);
        _filler = new BlockFiller(context);
        _rows = new CsvRows(input, context.Limits);
        _columns = Guard(ReadHeader);
        _isDone = _columns is null;
        _isPlain = _rows.Separator == ',' && _columns is { HasLabels: false };
    }

    /// <inheritdoc/>
    public override MessageHeader Header { get; } = new();

    /// <inheritdoc/>
    public override long Position => _rows.BytesRead;

    /// <inheritdoc/>
    public override bool Read(ObservationBlock block)
    {
        _filler.Use(block);
        if (!_isDone)
            Guard(Fill);
        return _filler.Deliver();
    }

    /// <inheritdoc/>
    public override void Dispose() => _input.Dispose();

    CsvColumns? ReadHeader()
    {
        _rows.Separator = CsvColumns.SeparatorOf(_rows.Peek(32));
        if (!_rows.Read())
        {
            _filler.Fail(_rows.Fault ?? new(IssueCode.EmptyFile, new(null, 0, 0), "The file holds no text."));
            return null;
        }

        var columns = CsvColumns.Read(_rows, out var fault);
        if (fault is { } issue)
            _filler.Fail(issue);
        return columns;
    }

    bool Fill()
    {
        while (!_filler.IsReady && !_filler.HasFailed)
        {
            if (!_hasPending && !_rows.Read())
            {
                EndMessage();
                break;
            }

            _hasPending = false;
            if (!CheckWidth() || !EnterDataset() || _hasPending)
                continue;
            TakeRow();
        }

        _isDone |= _filler.HasFailed;
        return true;
    }

    void EndMessage()
    {
        _isDone = true;
        if (_rows.Fault is { } fault)
            _filler.Fail(fault);
        else if (_filler.IsInDataset)
            _filler.EndDataset();
    }

    bool CheckWidth()
    {
        if (_rows.Count == _columns!.Count)
            return true;
        _filler.Fail(new(IssueCode.IllFormed, new(null, _rows.Line, 1), string.Create(CultureInfo.InvariantCulture,
            $"The row has {_rows.Count} cells, the header {_columns.Count}: is the file cut short, or a separator not quoted?")));
        return false;
    }

    /// <summary>Ends the data set where structure or action changes, and starts the next.</summary>
    /// <returns>False when reading is over.</returns>
    bool EnterDataset()
    {
        var columns = _columns!;
        if (_mayRepeat && _rows.IsAlike && (_rows.Changes.IsEmpty || _rows.Changes[0] > columns.LastOfDataset))
            return true;
        _mayRepeat = false;
        var kind = columns.Kind < 0 ? "dataflow"u8 : _rows[columns.Kind];
        var id = _rows[columns.Id];
        var action = columns.Action < 0 ? [] : _rows[columns.Action];
        if (_filler.IsInDataset && (id.SequenceEqual(_idCell) || IdOf(id).SequenceEqual(IdOf(_idCell))) && kind.SequenceEqual(_kind) && action.SequenceEqual(_action))
            return true;
        if (_filler.IsInDataset)
        {
            _filler.EndDataset();
            _hasPending = _filler.IsReady;
            if (_hasPending)
                return true;
        }

        (_kind, _idCell, _action) = (kind.ToArray(), id.ToArray(), action.ToArray());
        return Begin(Encoding.UTF8.GetString(kind), Encoding.UTF8.GetString(IdOf(id)), Encoding.UTF8.GetString(action));
    }

    bool Begin(string kind, string id, string letter)
    {
        var at = new Location(_context.FileName, _rows.Line, 1);
        if (ReferenceOf(kind, id) is not { } reference)
        {
            _filler.Fail(new(IssueCode.NoStructureReference, at,
                $"The row names no structure: '{kind}' '{id}', where dataflow, datastructure or dataprovision and AGENCY:ID(VERSION) are expected.") { Value = id });
            return false;
        }

        var action = _columns!.IsVersion2 ? ActionOf(letter) : DatasetAction.Append;
        if (action is null)
            _context.Issues.Add(new(IssueCode.UnknownAction, at, $"The action '{letter}' is none of I, A, M, R, D.") { Value = letter });
        if (!_filler.BeginDataset(new DatasetStart { Reference = reference, Action = action ?? DatasetAction.Information, Line = _rows.Line, Position = 1 }))
            return false;
        PlaceColumns();
        return true;
    }

    void PlaceColumns()
    {
        _slots = _columns!.SlotsOf(_filler.Layout);
        for (var i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] == CsvColumns.Unknown && _unknown.Contains(_columns[i]))
                _slots[i] = CsvColumns.Ignored; // named for an earlier data set
        }

        _given = [.. Enumerable.Range(0, _slots.Length).Where(i => _slots[i] != CsvColumns.Ignored)];
        _unknownColumns = [.. _given.Where(i => _slots[i] == CsvColumns.Unknown)];
        var known = _slots.Where(s => s >= 0).ToList();
        _isClear = known.Distinct().Count() == known.Count;
    }

    void TakeRow()
    {
        if (_mayRepeat)
            RepeatRow();
        else
            StartRow();
        _filler.EndTableRow();
        _mayRepeat = _isClear && _filler.IsRepeatable;
    }

    void StartRow()
    {
        _filler.StartObservation(_rows.Line, 1);
        foreach (var i in _given)
        {
            if (_slots[i] == CsvColumns.Unknown)
                MeetUnknown(i);
            else
                _filler.Give(_slots[i], ValueOf(_slots[i], _rows[i]));
        }
    }

    void RepeatRow()
    {
        _filler.RepeatObservation(_rows.Line, 1);
        foreach (var i in _unknownColumns)
            MeetUnknown(i);
        foreach (var i in _rows.Changes)
        {
            if (_slots[i] >= 0)
                _filler.Change(_slots[i], ValueOf(_slots[i], _rows[i]));
        }
    }

    /// <summary>The value in a cell, which may hold a label, or a number of another spelling; empty where it gives none.</summary>
    ReadOnlySpan<byte> ValueOf(int slot, ReadOnlySpan<byte> cell)
    {
        var layout = _filler.Layout;
        // SDMX-CSV 2.1: a dimension that is switched off
        if (slot < layout.DimensionCount && cell is [(byte)'~'])
            return default;
        return _isPlain ? cell : PlainValueOf(slot, cell);
    }

    ReadOnlySpan<byte> PlainValueOf(int slot, ReadOnlySpan<byte> cell)
    {
        var layout = _filler.Layout;
        var isNumeric = slot >= layout.FirstValueSlot && layout.IsNumeric(slot - layout.FirstValueSlot);
        if (_columns!.HasLabels && (slot < layout.FirstValueSlot || isNumeric || layout.At(slot).Codes is not null))
            cell = IdOf(cell);
        // a localised file: its decimal mark is the comma
        if (_rows.Separator == ',' || !isNumeric || cell.Count((byte)',') != 1 || cell.Contains((byte)'.'))
            return cell;
        if (_point.Length < cell.Length)
            _point = new byte[cell.Length * 2];
        cell.Replace(_point, (byte)',', (byte)'.');
        return _point.AsSpan(0, cell.Length);
    }

    void MeetUnknown(int column)
    {
        if (_rows[column].IsEmpty)
            return;
        _unknown.Add(_columns![column]);
        _filler.MeetUnexpected(_columns[column], _rows.Line, 1);
    }

    /// <summary>What precedes the label: <c>A</c> of <c>A: Annual</c>.</summary>
    static ReadOnlySpan<byte> IdOf(ReadOnlySpan<byte> cell) => cell.IndexOf(": "u8) is >= 0 and var cut ? cell[..cut] : cell;

    static StructureReference? ReferenceOf(string kind, string id)
    {
        ArtefactType? type = kind.ToLowerInvariant() switch
        {
            "dataflow" => ArtefactType.Dataflow,
            "datastructure" => ArtefactType.DataStructure,
            "dataprovision" => ArtefactType.ProvisionAgreement,
            _ => null,
        };
        return type is { } known && Urn.TrySplit(id, out var agency, out var name, out var version, out _) ? new(known, agency, name, version) : null;
    }

    static DatasetAction? ActionOf(string letter) => letter switch
    {
        "" or "I" => DatasetAction.Information,
        "A" => DatasetAction.Append,
        "M" => DatasetAction.Merge,
        "R" => DatasetAction.Replace,
        "D" => DatasetAction.Delete,
        _ => null,
    };

    T? Guard<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (ContentLimitException fault)
        {
            End(IssueCode.LimitExceeded, fault.Message);
        }
        catch (InvalidDataException fault)
        {
            End(IssueCode.BrokenArchive, $"The compressed file is damaged: {fault.Message}");
        }

        return default;
    }

    void End(IssueCode code, string message)
    {
        _isDone = true;
        _filler.Fail(new(code, new(_context.FileName, _rows.Line, 1), message));
    }
}

using System.Xml;

namespace Sdmx.Xml;

/// <summary>What the readers of SDMX-ML data messages have in common: header, data sets, footer, and what ends the reading.</summary>
/// <remarks>Built for 2.1. Element names count, prefixes and the namespaces of elements below the message do not (checklist 2.4: producers put
/// <c>DataSet</c> now in one, now in another).</remarks>
abstract class XmlDataReader : DataReader
{
    const int DatasetDepth = 1;

    readonly Stream _input;
    readonly LocatedXmlReader _xml;
    readonly MessageHead _head;
    bool _hasPending;
    bool _isDone;

    private protected XmlDataReader(Stream input, ReadContext context, int window)
    {
        _input = input;
        Context = context;
        Filler = new BlockFiller(context);
        _xml = SafeXml.OpenData(input, context.Limits, window);
        Utf8 = _xml as Utf8XmlReader;
        _head = new MessageHead(_xml, context.Limits);
        Guard(ReadHead);
    }

    /// <inheritdoc/>
    public sealed override MessageHeader Header => _head.Header;

    /// <inheritdoc/>
    public sealed override long Position => _xml.BytesRead;

    private protected ReadContext Context { get; }

    private protected BlockFiller Filler { get; }

    private protected LocatedXmlReader Xml => _xml;

    /// <summary>The same where it gives values as bytes; null where the message is read by the runtime's reader.</summary>
    private protected Utf8XmlReader? Utf8 { get; }

    /// <inheritdoc/>
    public sealed override bool Read(ObservationBlock block)
    {
        Filler.Use(block);
        if (!_isDone)
            Guard(Fill);
        return Filler.Deliver();
    }

    /// <inheritdoc/>
    public sealed override void Dispose()
    {
        _xml.Dispose();
        _input.Dispose();
    }

    /// <summary>Takes the start tag of a data set.</summary>
    private protected abstract void StartDataset();

    /// <summary>Takes a start tag inside a data set; the reader may go on to the end tag.</summary>
    private protected abstract void StartElement();

    /// <summary>Takes an end tag inside a data set.</summary>
    private protected abstract void EndElement();

    /// <summary>The header's structure that a data set refers to: by id, or the only one, or by namespace.</summary>
    private protected HeaderStructure? StructureOf(string? id, string? elementNamespace)
    {
        foreach (var structure in _head.Structures)
        {
            if (structure.Reference is not null && (id is not null ? structure.Id == id : structure.Namespace is not null && structure.Namespace == elementNamespace))
                return structure;
        }

        if (_head.Structures.Count == 1 && _head.Structures[0].Reference is not null)
            return _head.Structures[0];
        return StructureReference.TryParse(elementNamespace, out var named) ? new HeaderStructure { Reference = named } : null;
    }

    /// <summary>Starts a data set of the filler; without a structure, or with one that cannot be had, reading is over.</summary>
    private protected bool Begin(HeaderStructure? structure, string? structureId, string? action, DatasetStart start)
    {
        var at = new Location(Context.FileName, Xml.LineNumber, Xml.LinePosition);
        if (structure?.Reference is not { } reference)
        {
            Filler.Fail(new(IssueCode.NoStructureReference, at, structureId is null
                ? "The data set names no structure: the header has no Structure with a reference that can be read."
                : $"The data set names the structure '{structureId}', which the header does not have.") { Value = structureId });
            return false;
        }

        var text = action ?? _head.ActionText;
        var known = DatasetStart.ActionOf(text);
        if (text is not null && known is null)
            Context.Issues.Add(new(IssueCode.UnknownAction, at, $"The action '{text}' is none of Append, Merge, Replace, Delete, Information.") { Value = text });
        return Filler.BeginDataset(start with { Reference = reference, Action = known ?? DatasetAction.Information });
    }

    /// <summary>Passes over an element; one that is not known to be harmless is counted.</summary>
    private protected void PassOver()
    {
        if (Xml.LocalName is not ("Annotations" or "DataProvider"))
            MeetUnexpected();
        XmlText.Skip(Xml);
    }

    /// <summary>Counts an element that is not expected where it is.</summary>
    private protected void MeetUnexpected()
    {
        Filler.MeetUnexpected(Xml.LocalName, Xml.LineNumber, Xml.LinePosition);
        Utf8?.DropPattern();
    }

    /// <summary>Makes the observation that ends here the pattern of the next, unless it has a fault, which is counted each time.</summary>
    private protected void EndPattern()
    {
        if (Filler.IsRepeatable)
            Utf8?.EndPattern();
        else
            Utf8?.DropPattern();
    }

    void ReadHead()
    {
        while (_xml.Read())
        {
            if (_xml.NodeType != XmlNodeType.Element || _xml.Depth != DatasetDepth)
                continue;
            if (_xml.LocalName != "Header")
                break;
            _head.Read();
            CheckHead();
            return;
        }

        CheckHead();
        _hasPending = !_xml.EOF;
    }

    void CheckHead()
    {
        var at = new Location(Context.FileName, _xml.LineNumber, _xml.LinePosition);
        var missing = string.Join(", ", _head.Missing);
        if (missing.Length > 0)
            Context.Issues.Add(new(IssueCode.IncompleteHeader, at, $"The header lacks what the standard requires: {missing}.") { Value = missing });
        if (Header.IsTest)
            Context.Issues.Add(new(IssueCode.TestMessage, at, "The header says that the message is a test (Test is true)."));
    }

    void Fill()
    {
        while (!Filler.IsReady && !Filler.HasFailed)
        {
            if (Utf8 is not null && Utf8.ReadAlike(out var line, out var column))
            {
                RepeatObservation(Utf8, line, column);
                continue;
            }

            if (!_hasPending && !_xml.Read())
            {
                _isDone = true;
                return;
            }

            _hasPending = false;
            if (_xml.NodeType == XmlNodeType.Element)
                TakeElement();
            else if (_xml.NodeType == XmlNodeType.EndElement && Filler.IsInDataset)
                TakeEnd();
        }

        _isDone |= Filler.HasFailed;
    }

    void RepeatObservation(Utf8XmlReader xml, int line, int column)
    {
        Filler.RepeatObservation(line, column);
        for (var i = 0; i < xml.ChangeCount; i++)
        {
            var value = xml.ChangeAt(i, out var slot);
            Filler.Change(slot, value);
        }

        Filler.EndObservation();
        if (!Filler.IsRepeatable)
            xml.DropPattern();
    }

    void TakeElement()
    {
        if (_xml.Depth > DatasetDepth && Filler.IsInDataset)
        {
            StartElement();
            return;
        }

        switch (_xml.LocalName)
        {
            case "DataSet" when _xml.Depth == DatasetDepth:
                var isEmpty = _xml.IsEmptyElement;
                StartDataset();
                if (isEmpty && Filler.IsInDataset)
                    Filler.EndDataset();
                break;
            case "Footer":
                ReadFooter();
                break;
            default:
                PassOver();
                break;
        }
    }

    void TakeEnd()
    {
        if (_xml.Depth == DatasetDepth)
            Filler.EndDataset();
        else
            EndElement();
    }

    void ReadFooter()
    {
        var depth = _xml.Depth;
        var (code, severity) = ("", "");
        var at = new Location(Context.FileName, _xml.LineNumber, _xml.LinePosition);
        var isEmpty = _xml.IsEmptyElement;
        while (!isEmpty && _xml.Read() && !(_xml.NodeType == XmlNodeType.EndElement && _xml.Depth == depth))
        {
            if (_xml.NodeType != XmlNodeType.Element)
                continue;
            if (_xml.LocalName == "Message")
                (code, severity) = (_xml.GetAttribute("code") ?? "", _xml.GetAttribute("severity") ?? "");
            else if (_xml.LocalName == "Text")
                Context.Issues.Add(new(IssueCode.FooterMessage, at, $"The sender says in the footer ({code} {severity}): {XmlText.Read(_xml)}") { Value = code });
        }
    }

    void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (XmlException fault)
        {
            End(SafeXml.IssueOf(fault, Context.FileName, _xml));
        }
        catch (ContentLimitException fault)
        {
            End(new(IssueCode.LimitExceeded, new(Context.FileName, _xml.LineNumber, _xml.LinePosition), fault.Message));
        }
        catch (InvalidDataException fault)
        {
            End(new(IssueCode.BrokenArchive, new(Context.FileName, _xml.LineNumber, _xml.LinePosition), $"The compressed file is damaged: {fault.Message}"));
        }
    }

    void End(Issue issue)
    {
        _isDone = true;
        Filler.Fail(issue);
    }
}

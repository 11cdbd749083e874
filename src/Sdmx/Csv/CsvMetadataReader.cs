using System.Globalization;
using System.Text;

namespace Sdmx.Csv;

/// <summary>Reads SDMX-CSV metadata messages of 2.0 (2.1's columns and action <c>M</c> included): a row is a metadata set.</summary>
/// <remarks>Checklist 2.6. A bare value has no language; texts are those of columns that name languages. Where an attribute and those below it are
/// both repeated as often, they go together one by one. A row that is shorter or longer than the header ends the reading.</remarks>
sealed class CsvMetadataReader
{
    /// <summary>The columns that hold no attribute.</summary>
    internal static readonly string[] Known =
    [
        "MDSTRUCTURE", "MDSTRUCTURE_ID", "MDSTRUCTURE_NAME", "METADATASET_ID", "METADATASET_NAME", "ACTION", "IS_PARTIAL_LANGUAGE", "TARGET_TYPES", "TARGET_IDS", "TARGET_NAMES",
        "reportingBegin", "reportingEnd", "publicationYear", "publicationPeriod", "validFrom", "validTo",
    ];

    readonly ReadContext _context;
    readonly CsvRows _rows;
    readonly List<Artefact> _sets = [];
    CsvMetadataColumn[] _columns = [];
    char _separator = ';';

    CsvMetadataReader(Stream input, ReadContext context) => (_context, _rows) = (context, new CsvRows(input, context.Limits));

    /// <summary>Reads one message.</summary>
    /// <returns>An empty header and the metadata sets; none when the header row cannot be read, which a Fatal finding then says.</returns>
    public static StructureMessage Read(Stream input, ReadContext context)
    {
        var reader = new CsvMetadataReader(input, context);
        if (reader.ReadHeader())
            reader.ReadRows();
        return new(new(), reader._sets.ToValueArray());
    }

    bool ReadHeader()
    {
        _rows.Separator = SeparatorOf(_rows.Peek(32));
        if (!_rows.Read())
        {
            Add(_rows.Fault ?? new(IssueCode.EmptyFile, default, "The file holds no text."));
            return false;
        }

        string[] heads = [.. Enumerable.Range(0, _rows.Count).Select(Cell)];
        if (heads[0].IndexOf('[') is > 0 and var bracket && bracket + 1 < heads[0].Length)
            _separator = heads[0][bracket + 1];
        _columns = [.. heads.Select(CsvMetadataColumn.Parse)];
        Issue? fault = _columns[0].Path != "MDSTRUCTURE" ? new(IssueCode.UnknownFormat, default, $"The first column is '{heads[0]}'; SDMX-CSV metadata start with MDSTRUCTURE.")
            : Array.Find(heads, h => h.Contains(": ", StringComparison.Ordinal)) is { } label ? new(IssueCode.UnsupportedFormat, default, $"The column '{label}' has a label (labels=both), which is not read yet. Send it with labels=id.")
            : Find("MDSTRUCTURE_ID") < 0 || Find("METADATASET_ID") < 0 ? new(IssueCode.NoStructureReference, default, "The file needs the columns MDSTRUCTURE_ID and METADATASET_ID.")
            : _columns.GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice ? new(IssueCode.RepeatedComponent, default, $"The column {twice.Key.Path} is there twice.") { Component = twice.Key.Path }
            : null;
        if (fault is { } issue)
            Add(issue);
        return fault is null;
    }

    void ReadRows()
    {
        var isEmpty = true;
        while (_rows.Read())
        {
            isEmpty = false;
            if (_rows.Count != _columns.Length)
            {
                Add(new(IssueCode.IllFormed, default, string.Create(CultureInfo.InvariantCulture,
                    $"The row has {_rows.Count} cells, the header {_columns.Length}: is the file cut short, or a separator not quoted?")));
                return;
            }

            if (ReadSet() is { } set)
                _sets.Add(Placed(set));
        }

        if (_rows.Fault is { } fault)
            Add(fault);
        else if (isEmpty)
            Add(new(IssueCode.NoMetadata, default, "The message holds no metadata set."));
    }

    MetadataSet? ReadSet()
    {
        var (kind, structure, id) = (Text("MDSTRUCTURE"), Text("MDSTRUCTURE_ID") ?? "", Text("METADATASET_ID") ?? "");
        if (kind != "metadataflow" || !Urn.TrySplit(structure, out var agency, out var flow, out var version, out _))
        {
            Add(new(IssueCode.NoStructureReference, default, $"The row names '{kind}' '{structure}'; expected metadataflow and AGENCY:ID(VERSION). It is passed over.") { Value = structure });
            return null;
        }

        if (!Urn.TrySplit(id, out var provider, out var name, out var setVersion, out _) || !Identifiers.IsNestedName(provider) || !Identifiers.IsId(name))
        {
            Add(new(IssueCode.IllegalIdentifier, default, $"The metadata set '{id}' is none: expected AGENCY:ID(VERSION), the id of letters, digits, _ @ $ and -.") { Value = id });
            return null;
        }

        var report = Placed(new MetadataReport { Targets = ReadTargets(), Attributes = ReadAttributes() });
        var action = ReadAction();
        if (action == DatasetAction.Delete && !report.Attributes.IsEmpty)
        {
            Add(new(IssueCode.UnsupportedFormat, default, $"{id}: single attributes cannot be deleted. Send the set without them, or delete it: a row without attributes."));
            return null;
        }

        return new MetadataSet
        {
            Agency = provider, Id = name, Version = setVersion ?? "1.0", Action = action,
            Structure = new Urn(ArtefactType.Metadataflow, agency, flow, version ?? "1.0"),
            Name = ReadName() ?? new(name),
            ReportingBegin = Text("reportingBegin"), ReportingEnd = Text("reportingEnd"),
            PublicationYear = Text("publicationYear"), PublicationPeriod = Text("publicationPeriod"),
            ValidFrom = Text("validFrom"), ValidTo = Text("validTo"),
            Reports = [report],
        };
    }

    InternationalString? ReadName()
    {
        var column = Find("METADATASET_NAME");
        return column < 0 || Cell(column) is not { Length: > 0 } text ? null : _columns[column].IsLocalised ? CsvSubfields.Texts(text, _separator) : new(text);
    }

    // I answers a query: it asks for nothing.
    DatasetAction? ReadAction()
    {
        var text = Text("ACTION");
        if (text is not (null or "I" or "A" or "M" or "R" or "D"))
            Add(new(IssueCode.UnknownAction, default, $"The action '{text}' is none; expected I, A, M, R or D.") { Value = text });
        return text switch { "A" => DatasetAction.Append, "M" => DatasetAction.Merge, "R" => DatasetAction.Replace, "D" => DatasetAction.Delete, _ => null };
    }

    ValueArray<ReferenceValue> ReadTargets()
    {
        var (types, ids) = (Text("TARGET_TYPES"), Text("TARGET_IDS"));
        if (types is null && ids is null)
            return [];
        var (kinds, names) = (CsvSubfields.Split(types ?? "", _separator), CsvSubfields.Split(ids ?? "", _separator));
        var targets = new List<ReferenceValue>();
        for (var i = 0; i < Math.Max(kinds.Count, names.Count); i++)
        {
            if (i < kinds.Count && i < names.Count && ArtefactTypes.All.FirstOrDefault(r => r.Resource == kinds[i]) is { } row && Urn.TrySplit(names[i], out var agency, out var id, out var version, out _))
                targets.Add(new() { Kind = "ObjectReference", Value = new Urn(row.Type, agency, id, version ?? "1.0").ToString() });
            else
                Add(new(IssueCode.UnknownTarget, default, $"The target '{types}' '{ids}' is none: expected as many types, as dataflow, as names, AGENCY:ID(VERSION).") { Value = ids });
        }

        return [.. targets];
    }

    ValueArray<ReportedAttribute> ReadAttributes()
    {
        var root = new Node("");
        var hasNames = Find("MDSTRUCTURE_NAME") >= 0;
        for (var column = 0; column < _columns.Length; column++)
        {
            if (Known.Contains(_columns[column].Path))
                continue;
            if (Cell(column) is { Length: > 0 } cell)
                Place(root, _columns[column], cell);
            // labels=name: the column right behind holds names.
            column += hasNames ? 1 : 0;
        }

        return root.Below.Select(Made).ToValueArray();
    }

    void Place(Node root, CsvMetadataColumn column, string cell)
    {
        var path = column.Path.Split('.');
        List<Node> parents = [root];
        foreach (var id in path[..^1])
            parents = [.. parents.SelectMany((p, i) => p.Named(id, isMade: i == 0))];
        var parts = column.IsRepeated ? CsvSubfields.Split(cell, _separator).Select(CsvSubfields.Unquote).ToList() : [cell];
        for (var i = 0; i < parts.Count; i++)
        {
            var texts = column.IsLocalised ? CsvSubfields.Texts(parts[i], _separator) : new InternationalString();
            if (texts is null)
            {
                Add(new(IssueCode.InvalidType, default, $"{column.Path} is '{parts[i]}'; expected texts by language, as en:Text{_separator}fr:Texte.") { Component = column.Path, Value = parts[i] });
                continue;
            }

            var parent = parents[parts.Count == parents.Count ? i : 0];
            // One that was made for those below it has its value now.
            var node = parent.Below.Find(n => n.Id == path[^1] && n is { Value: null, Text.IsEmpty: true }) ?? parent.Add(path[^1]);
            (node.Value, node.Text) = (column.IsLocalised ? null : parts[i], texts.Value);
        }
    }

    ReportedAttribute Made(Node node) => Placed(new ReportedAttribute { Id = node.Id, Value = node.Value, Text = node.Text, Attributes = node.Below.Select(Made).ToValueArray() });

    T Placed<T>(T part) where T : class
    {
        _context.Places?.Add(part, new Location(_context.FileName, _rows.Line, 1));
        return part;
    }

    int Find(string name) => Array.FindIndex(_columns, c => c.Path == name);

    string? Text(string name) => Find(name) is >= 0 and var column && Cell(column) is { Length: > 0 } text ? text : null;

    string Cell(int column) => Encoding.UTF8.GetString(_rows[column]);

    void Add(Issue issue) => _context.Issues.Add(issue with { At = new Location(_context.FileName, Math.Max(1, _rows.Line), 1) });

    // The character behind MDSTRUCTURE, or behind its brackets.
    static byte SeparatorOf(ReadOnlySpan<byte> start)
    {
        var at = start.IndexOf("MDSTRUCTURE"u8) + "MDSTRUCTURE"u8.Length;
        if (at < start.Length && start[at] == '[' && start[at..].IndexOf((byte)']') is >= 0 and var close)
            at += close + 1;
        if (at < start.Length && start[at] == '"')
            at++;
        return at < start.Length && start[at] is (byte)';' or (byte)'\t' or (byte)'|' ? start[at] : (byte)',';
    }

    /// <summary>An attribute while the columns of a row are read.</summary>
    sealed class Node(string id)
    {
        public string Id => id;

        public string? Value { get; set; }

        public InternationalString Text { get; set; }

        public List<Node> Below { get; } = [];

        public Node Add(string below)
        {
            Below.Add(new Node(below));
            return Below[^1];
        }

        /// <summary>The attributes of an id below this one; one is made where there is none.</summary>
        public IEnumerable<Node> Named(string below, bool isMade)
        {
            if (isMade && !Below.Exists(n => n.Id == below))
                Add(below);
            return Below.Where(n => n.Id == below);
        }
    }
}

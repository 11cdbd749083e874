using System.Text.Json;

namespace Sdmx.Json;

/// <summary>Reads SDMX-JSON structure messages, of 2.0 and 2.1: those whose artefacts SDMX has since 3.0.</summary>
/// <remarks>A fault in the message is a finding that names its place as a path; what can be read is read, and what is passed over is told.</remarks>
sealed partial class StructureJsonReader
{
    // A structure message is held in memory whole.
    const int MaxBytes = 1 << 28;

    static readonly string[] Common =
        ["id", "agencyID", "version", "validFrom", "validTo", "isExternalReference", "isPartial", "isPartialLanguage", "links", "name", "names", "description", "descriptions", "annotations"];

    readonly ReadContext _context;
    readonly List<Artefact> _artefacts = [];
    readonly HashSet<Urn> _urns = [];
    readonly SortedDictionary<string, (string Path, int Count)> _unknown = new(StringComparer.Ordinal);

    StructureJsonReader(ReadContext context) => _context = context;

    /// <summary>Reads one message.</summary>
    /// <returns>Header and artefacts; both empty when the text is no structure message that is read, which a Fatal finding then says.</returns>
    public static StructureMessage Read(Stream input, ReadContext context) => Read(input, context, static (reader, root) => reader.ReadMessage(root));

    static StructureMessage Read(Stream input, ReadContext context, Func<StructureJsonReader, JsonElement, StructureMessage> read)
    {
        var reader = new StructureJsonReader(context);
        using var document = reader.Load(input);
        try
        {
            return document is null ? new(new(), []) : read(reader, document.RootElement);
        }
        catch (InvalidOperationException fault)
        {
            // its way to say that bytes are no UTF-8, or that an escape is half a surrogate pair
            reader.Report(IssueCode.IllFormed, "", $"A text of the JSON cannot be read: {fault.Message}");
            return new(new(), []);
        }
    }

    JsonDocument? Load(Stream input)
    {
        using var text = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (input.Read(buffer) is > 0 and var count)
        {
            text.Write(buffer, 0, count);
            if (text.Length <= MaxBytes)
                continue;
            Report(IssueCode.LimitExceeded, "", $"The structure message is larger than {MaxBytes >> 20} MiB.");
            return null;
        }

        var bytes = text.GetBuffer().AsMemory(0, (int)text.Length);
        if (bytes.Span.StartsWith("\uFEFF"u8))
            bytes = bytes[3..];
        try
        {
            return JsonDocument.Parse(bytes, new() { MaxDepth = _context.Limits.MaxDepth });
        }
        catch (JsonException fault)
        {
            var at = new Location(_context.FileName, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1);
            var isDeep = fault.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            _context.Issues.Add(new(isDeep ? IssueCode.LimitExceeded : IssueCode.IllFormed, at, $"The JSON cannot be read: {fault.Message}"));
            return null;
        }
    }

    StructureMessage ReadMessage(JsonElement root)
    {
        var data = Member(root, "data") ?? default;
        if (data.ValueKind != JsonValueKind.Object)
        {
            Report(IssueCode.UnknownFormat, "data", "The message has no object 'data', where SDMX-JSON has its structures.");
            return new(new(), []);
        }

        var unread = data.EnumerateObject().Where(m => m.Name is not ("structureMaps" or "representationMaps") && m.Value.ValueKind == JsonValueKind.Array && m.Value.GetArrayLength() > 0)
            .Select(m => $"{m.Name} ({m.Value.GetArrayLength()})").ToList();
        var hasMaps = Items(data, "structureMaps", "data").Concat(Items(data, "representationMaps", "data")).Any();
        if (unread.Count > 0 || !hasMaps)
        {
            var held = unread.Count == 0 ? "none of these" : string.Join(", ", unread);
            Report(IssueCode.UnsupportedFormat, "data", $"Of SDMX-JSON structures the hub reads structureMaps and representationMaps yet; the message holds {held}. Send other artefacts in SDMX-ML 2.1.");
            return new(new(), []);
        }

        foreach (var (map, path) in Items(data, "structureMaps", "data"))
            Keep(ReadStructureMap(map, path), map, path);
        foreach (var (map, path) in Items(data, "representationMaps", "data"))
            Keep(ReadRepresentationMap(map, path), map, path);
        foreach (var (name, (path, count)) in _unknown)
            Report(IssueCode.UnexpectedElement, path, $"'{name}' is not known here and is passed over ({count} in all).", name);
        return new(Member(root, "meta") is { ValueKind: JsonValueKind.Object } meta ? ReadHeader(meta) : new(), _artefacts.ToValueArray());
    }

    void Keep(Artefact artefact, JsonElement element, string path)
    {
        artefact = artefact with
        {
            Version = Text(element, "version", path) ?? "1.0",
            Name = Texts(element, "name", path),
            Description = Texts(element, "description", path),
            Annotations = ReadAnnotations(element, path),
            IsExternalReference = Flag(element, "isExternalReference", path),
            IsPartial = Flag(element, "isPartial", path) ?? false,
            ValidFrom = Text(element, "validFrom", path),
            ValidTo = Text(element, "validTo", path),
            Uri = Link(element, "self", "uri", path),
            StructureUrl = Link(element, "structure", "href", path),
            ServiceUrl = Link(element, "service", "href", path),
        };
        CheckIdentity(artefact, path);
        if (_urns.Add(artefact.Urn))
            _artefacts.Add(artefact);
        else
            Report(IssueCode.DuplicateArtefact, path, $"{artefact.Type} {artefact.Urn.ShortName} is in the message twice; the first is kept.", artefact.Urn.ShortName);
    }

    void CheckIdentity(Artefact artefact, string path)
    {
        if (!Identifiers.IsNestedName(artefact.Agency))
            Illegal("agencyID", artefact.Agency, "letters, digits, _ and -, beginning with a letter, in parts joined by dots");
        if (!Identifiers.IsId(artefact.Id))
            Illegal("id", artefact.Id, "letters, digits, _ @ $ and -");
        if (!SdmxVersion.TryParse(artefact.Version, out _))
            Illegal("version", artefact.Version, "numbers joined by dots, three of them where an extension follows");

        void Illegal(string member, string value, string expected) => _context.Issues.Add(
            new(IssueCode.IllegalIdentifier, new(_context.FileName, 0, 0), $"{path}: the {member} '{value}' must be {expected}.") { Value = value, Expected = expected });
    }

    MessageHeader ReadHeader(JsonElement meta) => new()
    {
        Id = Text(meta, "id", "meta"),
        IsTest = Flag(meta, "test", "meta") ?? false,
        Prepared = Text(meta, "prepared", "meta"),
        Sender = Member(meta, "sender") is { ValueKind: JsonValueKind.Object } sender ? Text(sender, "id", "meta.sender") : null,
        Receivers = Items(meta, "receivers", "meta").Select(r => Text(r.Element, "id", r.Path) ?? "").ToValueArray(),
        Name = Texts(meta, "name", "meta"),
    };

    ValueArray<Annotation> ReadAnnotations(JsonElement element, string path) => Items(element, "annotations", path).Select(a => new Annotation
    {
        Id = Text(a.Element, "id", a.Path),
        Title = Text(a.Element, "title", a.Path),
        Type = Text(a.Element, "type", a.Path),
        Value = Text(a.Element, "value", a.Path),
        Text = Texts(a.Element, "text", a.Path),
        Url = Link(a.Element, "self", "href", a.Path) ?? Link(a.Element, "self", "uri", a.Path),
    }).ToValueArray();
}

using System.Text.Json;

namespace Sdmx.Json;

/// <summary>Reads SDMX-JSON structure messages of 1.0, 2.0 and 2.1: what one version says in another way than the others has its own members, so one reader
/// takes them all, and those that mix them.</summary>
/// <remarks>A fault in the message is a finding that names its place as a path and as a line; what can be read is read, and what is passed over is told.</remarks>
sealed partial class StructureJsonReader
{
    // A structure message is held in memory whole.
    const int MaxBytes = 1 << 28;

    static readonly string[] Common =
    [
        "id", "agencyID", "version", "validFrom", "validTo", "isExternalReference", "isFinal", "isPartial", "isPartialLanguage", "links",
        "name", "names", "description", "descriptions", "annotations",
    ];

    static readonly Dictionary<string, Func<StructureJsonReader, JsonPart, Artefact?>> Collections = new(StringComparer.OrdinalIgnoreCase)
    {
        ["dataStructures"] = static (r, at) => r.ReadDataStructure(at),
        ["metadataStructures"] = static (r, at) => r.ReadMetadataStructure(at),
        ["categorySchemes"] = static (r, at) => r.ReadCategoryScheme(at),
        ["conceptSchemes"] = static (r, at) => r.ReadConceptScheme(at),
        ["codelists"] = static (r, at) => r.ReadCodelist(at),
        ["agencySchemes"] = static (r, at) => r.ReadOrganisations(at, ArtefactType.AgencyScheme),
        ["dataProviderSchemes"] = static (r, at) => r.ReadOrganisations(at, ArtefactType.DataProviderScheme),
        ["dataConsumerSchemes"] = static (r, at) => r.ReadOrganisations(at, ArtefactType.DataConsumerScheme),
        ["organisationUnitSchemes"] = static (r, at) => r.ReadOrganisations(at, ArtefactType.OrganisationUnitScheme),
        ["dataflows"] = static (r, at) => r.ReadDataflow(at),
        ["metadataflows"] = static (r, at) => r.ReadMetadataflow(at),
        ["provisionAgreements"] = static (r, at) => r.ReadAgreement(at),
        ["categorisations"] = static (r, at) => r.ReadCategorisation(at),
        ["contentConstraints"] = static (r, at) => r.ReadConstraint(at),
        ["dataConstraints"] = static (r, at) => r.ReadConstraint(at),
        ["structureMaps"] = static (r, at) => r.ReadStructureMap(at),
        ["representationMaps"] = static (r, at) => r.ReadRepresentationMap(at),
    };

    // What SDMX has, and the hub does not keep.
    static readonly HashSet<string> NotKept = new(StringComparer.OrdinalIgnoreCase)
    {
        "geographicCodelists", "geoGridCodelists", "valueLists", "hierarchies", "hierarchyAssociations", "hierarchicalCodelists", "metadataProviderSchemes",
        "metadataProvisionAgreements", "reportingTaxonomies", "conceptSchemeMaps", "categorySchemeMaps", "organisationSchemeMaps", "reportingTaxonomyMaps",
        "structureSets", "processes", "attachmentConstraints", "availabilityConstraints", "metadataConstraints", "customTypeSchemes", "vtlMappingSchemes",
        "namePersonalisationSchemes", "rulesetSchemes", "transformationSchemes", "userDefinedOperatorSchemes",
    };

    /// <summary>The members of <c>data</c> that hold structures, by any of which a message is known for one.</summary>
    public static IEnumerable<string> CollectionNames => Collections.Keys.Concat(NotKept);

    readonly ReadContext _context;
    readonly List<(Artefact Artefact, int Size)> _artefacts = [];
    readonly Dictionary<Urn, int> _places = [];
    readonly SortedDictionary<string, (JsonPart First, string Hint, int Count)> _unknown = new(StringComparer.Ordinal);
    ReadOnlyMemory<byte> _bytes;
    List<int>? _lines;
    string _language = "en";

    StructureJsonReader(ReadContext context) => _context = context;

    /// <summary>Reads one message.</summary>
    /// <returns>Header and artefacts; both empty when the text is no structure message, which a Fatal finding then says.</returns>
    public static StructureMessage Read(Stream input, ReadContext context) => Read(input, context, static (reader, root) => reader.ReadMessage(root));

    static StructureMessage Read(Stream input, ReadContext context, Func<StructureJsonReader, JsonPart, StructureMessage> read)
    {
        var reader = new StructureJsonReader(context);
        try
        {
            using var document = reader.Load(input);
            return document is null ? new(new(), []) : read(reader, new(document.RootElement, ""));
        }
        catch (InvalidOperationException fault)
        {
            // its way to say that bytes are no UTF-8, or that an escape is half a surrogate pair
            reader.Report(IssueCode.IllFormed, default(JsonPart) with { Path = "" }, $"A text of the JSON cannot be read: {fault.Message}");
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
            Report(IssueCode.LimitExceeded, default(JsonPart) with { Path = "" }, $"The structure message is larger than {MaxBytes >> 20} MiB.");
            return null;
        }

        _bytes = text.GetBuffer().AsMemory(0, (int)text.Length);
        if (_bytes.Span.StartsWith("\uFEFF"u8))
            _bytes = _bytes[3..];
        try
        {
            // Of two members of one name one would be lost without a word.
            return JsonDocument.Parse(_bytes, new() { MaxDepth = _context.Limits.MaxDepth, AllowDuplicateProperties = false });
        }
        catch (JsonException fault)
        {
            var at = new Location(_context.FileName, (int)(fault.LineNumber ?? 0) + 1, (int)(fault.BytePositionInLine ?? 0) + 1);
            var isDeep = fault.Message.Contains("maximum configured depth", StringComparison.Ordinal);
            _context.Issues.Add(new(isDeep ? IssueCode.LimitExceeded : IssueCode.IllFormed, at, $"The JSON cannot be read: {fault.Message}"));
            return null;
        }
    }

    StructureMessage ReadMessage(JsonPart root)
    {
        if (root.Member("data") is not { ValueKind: JsonValueKind.Object } element)
        {
            Report(IssueCode.UnknownFormat, new(root.Element, "data"), "The message has no object 'data', where SDMX-JSON has its structures.");
            return new(new(), []);
        }

        Pass(root, "$schema", "meta", "data");
        var header = Part(root, "meta") is { } meta ? ReadHeader(meta) : new();
        var data = new JsonPart(element, "data");
        // Without any array it says that there is nothing; an array of nothing is against the schema, and more likely a slip.
        var isEmpty = element.EnumerateObject().Any();
        foreach (var collection in element.EnumerateObject())
        {
            isEmpty &= collection.Value is { ValueKind: JsonValueKind.Null } || collection.Value is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 0;
            foreach (var item in Items(data, collection.Name))
                Take(collection.Name, item);
        }

        if (isEmpty)
            Report(IssueCode.EmptyFile, data, "The message holds no structure.");
        TellUnknown();
        return new(header, _artefacts.Select(a => a.Artefact).ToValueArray());
    }

    void Take(string collection, JsonPart item)
    {
        if (Collections.TryGetValue(collection, out var read))
        {
            if (read(this, item) is { } artefact)
                Keep(artefact, item);
        }
        else if (NotKept.Contains(collection))
        {
            TellNotKept(item, $"{NameOf(item)} of {collection} is of a type that is not kept", collection);
        }
        else if (collection.StartsWith("x-", StringComparison.Ordinal))
        {
            PassOver(collection, item, []);
        }
        else if (item.Path.EndsWith("[0]", StringComparison.Ordinal))
        {
            // To go on without it would lose artefacts for a slip of the pen.
            Report(IssueCode.UnsupportedFormat, item, $"'{collection}' is no collection of structures in SDMX-JSON.{Nearest.Hint(collection, Collections.Keys)}", collection);
        }
    }

    void TellNotKept(JsonPart at, string what, string value) => Report(IssueCode.UnsupportedArtefact, at, $"{what}; it is passed over.", value);

    void Keep(Artefact artefact, JsonPart at)
    {
        PassLinks(at, "structure", "service");
        artefact = artefact with
        {
            Version = Text(at, "version") ?? "1.0",
            Name = Texts(at, "name"),
            Description = Texts(at, "description"),
            Annotations = ReadAnnotations(at),
            IsFinal = Flag(at, "isFinal"),
            IsExternalReference = Flag(at, "isExternalReference"),
            IsPartial = Flag(at, "isPartial") ?? false,
            ValidFrom = Text(at, "validFrom"),
            ValidTo = Text(at, "validTo"),
            Uri = Link(at, "self", "uri"),
            StructureUrl = Link(at, "structure", "href"),
            ServiceUrl = Link(at, "service", "href"),
        };
        CheckIdentity(artefact, at);
        var size = System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(at.Element).Length;
        if (_places.TryAdd(artefact.Urn, _artefacts.Count))
        {
            _artefacts.Add((artefact, size));
            return;
        }

        var place = _places[artefact.Urn];
        var isBetter = size > _artefacts[place].Size;
        Report(IssueCode.DuplicateArtefact, at, $"{artefact.Type} {artefact.Urn.ShortName} is in the message twice; the {(isBetter ? "second" : "first")} is kept.", artefact.Urn.ShortName);
        if (isBetter)
            _artefacts[place] = (artefact, size);
    }

    void CheckIdentity(Artefact artefact, JsonPart at)
    {
        if (!Identifiers.IsNestedName(artefact.Agency))
            Illegal(at, "agencyID", artefact.Agency, "letters, digits, _ and -, beginning with a letter, in parts joined by dots");
        if (!Identifiers.IsId(artefact.Id))
            Illegal(at, "id", artefact.Id, IdExpected);
        if (!SdmxVersion.TryParse(artefact.Version, out _))
            Illegal(at, "version", artefact.Version, "numbers joined by dots, three of them where an extension follows");
    }

    const string IdExpected = "letters, digits, _ @ $ and -";

    void Illegal(JsonPart at, string member, string value, string expected) => _context.Issues.Add(
        new(IssueCode.IllegalIdentifier, PlaceOf(at), $"{at.Path}: the {member} '{value}' must be {expected}.") { Value = value, Expected = expected });

    string Agency(JsonPart at) => Text(at, "agencyID") ?? "";

    /// <summary>The id of an artefact, which <see cref="Keep"/> looks at.</summary>
    string Id(JsonPart at) => Text(at, "id") ?? "";

    string ItemId(JsonPart at)
    {
        var id = Id(at);
        if (!Identifiers.IsId(id))
            Illegal(at, "id", id, IdExpected);
        return id;
    }

    // Codelists, concept schemes, category schemes, concepts, components and agencies: their ids are names in generated schemas.
    string NameId(JsonPart at, string? standard = null)
    {
        var id = Text(at, "id") ?? standard ?? "";
        if (!Identifiers.IsName(id))
            Illegal(at, "id", id, "letters, digits, _ and -, beginning with a letter");
        return id;
    }

    static string NameOf(JsonPart at) => at.Has("agencyID") ? $"{at.Member("agencyID")}:{at.Member("id")}({at.Member("version")?.ToString() ?? "1.0"})" : $"'{at.Member("id")}'";

    MessageHeader ReadHeader(JsonPart meta)
    {
        // The language of the texts that stand alone, where there can be no other.
        if (meta.Has("contentLanguages") && Strings(meta, "contentLanguages") is [var language])
            _language = language;
        return new()
        {
            Id = Text(meta, "id"),
            IsTest = Flag(meta, "test") ?? false,
            Prepared = Text(meta, "prepared"),
            Sender = Part(meta, "sender") is { } sender ? Text(sender, "id") : null,
            Receivers = Items(meta, "receivers").Select(r => Text(r, "id") ?? "").ToValueArray(),
            Name = Texts(meta, "name"),
        };
    }

    ValueArray<Annotation> ReadAnnotations(JsonPart at) => Items(at, "annotations").Select(a =>
    {
        Pass(a, "id", "title", "type", "value", "text", "texts", "links");
        PassLinks(a);
        return new Annotation
        {
            Id = Text(a, "id"),
            Title = Text(a, "title"),
            Type = Text(a, "type"),
            Value = Text(a, "value"),
            Text = Texts(a, "text"),
            Url = Link(a, "self", "href") ?? Link(a, "self", "uri"),
        };
    }).ToValueArray();
}

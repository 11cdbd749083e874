using System.Text.Json;

namespace Sdmx.Json;

// SDMX-JSON metadata messages of 2.0 and 2.1 (checklist 2.5): data.metadataSets[].
sealed partial class StructureJsonReader
{
    static readonly string[] SetMembers =
    [
        .. Common, "action", "publicationPeriod", "publicationYear", "reportingBegin", "reportingEnd", "metadataflow", "metadataProvisionAgreement", "targets", "attributes",
    ];

    /// <summary>Reads one metadata message.</summary>
    /// <returns>Header and metadata sets; both empty when the text is no metadata message, which a Fatal finding then says.</returns>
    public static StructureMessage ReadMetadata(Stream input, ReadContext context) => Read(input, context, static (reader, root) => reader.ReadMetadata(root));

    StructureMessage ReadMetadata(JsonElement root)
    {
        var data = Member(root, "data") ?? default;
        if (Member(data, "metadataSets") is not { ValueKind: JsonValueKind.Array })
        {
            Report(IssueCode.UnknownFormat, "data", "The message has no array 'metadataSets', where SDMX-JSON has its reference metadata.");
            return new(new(), []);
        }

        var isEmpty = true;
        foreach (var (set, path) in Items(data, "metadataSets", "data"))
        {
            isEmpty = false;
            ReadSet(set, path);
        }

        if (isEmpty)
            Report(IssueCode.NoMetadata, "data.metadataSets", "The message holds no metadata set.");
        foreach (var (name, (path, count)) in _unknown)
            Report(IssueCode.UnexpectedElement, path, $"'{name}' is not known here and is passed over ({count} in all).", name);
        return new(Member(root, "meta") is { ValueKind: JsonValueKind.Object } meta ? ReadHeader(meta) : new(), _artefacts.ToValueArray());
    }

    void ReadSet(JsonElement element, string path)
    {
        Pass(element, path, SetMembers);
        var set = new MetadataSet
        {
            Agency = Required(element, "agencyID", path),
            Id = Required(element, "id", path),
            Action = ReadAction(element, path),
            ReportingBegin = Text(element, "reportingBegin", path),
            ReportingEnd = Text(element, "reportingEnd", path),
            PublicationYear = Text(element, "publicationYear", path),
            PublicationPeriod = Text(element, "publicationPeriod", path),
            Structure = UrnOf(element, "metadataflow", path) ?? UrnOf(element, "metadataProvisionAgreement", path),
            Reports =
            [
                new MetadataReport
                {
                    Targets = Strings(element, "targets", path).Select(t => new ReferenceValue { Kind = "ObjectReference", Value = t }).ToValueArray(),
                    Attributes = ReadAttributes(element, path),
                },
            ],
        };
        if (set.Structure is null)
            Report(IssueCode.NoStructureReference, path, "The metadata set does not say by which metadata flow it is reported; it is passed over.");
        else
            Keep(set, element, path);
    }

    DatasetAction? ReadAction(JsonElement element, string path)
    {
        if (Text(element, "action", path) is not { } text)
            return null;
        if (DatasetStart.ActionOf(text) is { } action)
            return action;
        Report(IssueCode.UnknownAction, $"{path}.action", $"The action '{text}' is none; expected Append, Replace, Delete or Information.", text);
        return null;
    }

    ValueArray<ReportedAttribute> ReadAttributes(JsonElement element, string path) =>
        Items(element, "attributes", path).SelectMany(a => ReadAttribute(a.Element, a.Path)).ToValueArray();

    // An array of values is several attributes, of which the first has what stands beside.
    IEnumerable<ReportedAttribute> ReadAttribute(JsonElement element, string path)
    {
        Pass(element, path, "id", "annotations", "format", "value", "attributes");
        var isMarkup = Member(element, "format") is { } format && Text(format, "dataType", $"{path}.format") == "XHTML";
        var value = Member(element, "value");
        JsonElement?[] values = value is { ValueKind: JsonValueKind.Array } several && several.GetArrayLength() > 0 ? [.. several.EnumerateArray()] : [value];
        for (var i = 0; i < values.Length; i++)
        {
            var attribute = ReadValue(new ReportedAttribute { Id = Required(element, "id", path) }, values[i], isMarkup, $"{path}.value");
            yield return i > 0 ? attribute : attribute with { Attributes = ReadAttributes(element, path), Annotations = ReadAnnotations(element, path) };
        }
    }

    ReportedAttribute ReadValue(ReportedAttribute attribute, JsonElement? value, bool isMarkup, string path)
    {
        switch (value?.ValueKind)
        {
            case null:
                return attribute;
            case JsonValueKind.Object:
                var texts = value.Value.EnumerateObject().Where(t => t.Value.ValueKind == JsonValueKind.String);
                return attribute with { IsStructured = isMarkup, Text = new(texts.Select(t => new LocalisedString(t.Name, t.Value.GetString()!)).ToValueArray()) };
            case JsonValueKind.String:
                return attribute with { Value = value.Value.GetString() };
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                // As it is spelt: 1.50 stays 1.50.
                return attribute with { Value = value.Value.GetRawText() };
            default:
                Mistyped(value.Value, path, "a value, or texts by language");
                return attribute;
        }
    }
}

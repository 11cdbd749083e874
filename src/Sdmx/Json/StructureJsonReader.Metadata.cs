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

    StructureMessage ReadMetadata(JsonPart root)
    {
        var data = new JsonPart(root.Member("data") ?? default, "data");
        if (data.Member("metadataSets") is not { ValueKind: JsonValueKind.Array })
        {
            Report(IssueCode.UnknownFormat, data, "The message has no array 'metadataSets', where SDMX-JSON has its reference metadata.");
            return new(new(), []);
        }

        var header = Part(root, "meta") is { } meta ? ReadHeader(meta) : new();
        var isEmpty = true;
        foreach (var set in Items(data, "metadataSets"))
        {
            isEmpty = false;
            ReadSet(set);
        }

        if (isEmpty)
            Report(IssueCode.NoMetadata, new(data.Member("metadataSets")!.Value, "data.metadataSets"), "The message holds no metadata set.");
        TellUnknown();
        return new(header, _artefacts.Select(a => a.Artefact).ToValueArray());
    }

    void ReadSet(JsonPart at)
    {
        Pass(at, SetMembers);
        var set = new MetadataSet
        {
            Agency = Required(at, "agencyID"),
            Id = Required(at, "id"),
            Action = ReadAction(at),
            ReportingBegin = Text(at, "reportingBegin"),
            ReportingEnd = Text(at, "reportingEnd"),
            PublicationYear = Text(at, "publicationYear"),
            PublicationPeriod = Text(at, "publicationPeriod"),
            Structure = UrnOf(at, "metadataflow") ?? UrnOf(at, "metadataProvisionAgreement"),
            Reports =
            [
                new MetadataReport
                {
                    Targets = Strings(at, "targets").Select(t => new ReferenceValue { Kind = "ObjectReference", Value = t }).ToValueArray(),
                    Attributes = ReadAttributes(at),
                },
            ],
        };
        if (set.Structure is null)
            Report(IssueCode.NoStructureReference, at, "The metadata set does not say by which metadata flow it is reported; it is passed over.");
        else
            Keep(set, at);
    }

    DatasetAction? ReadAction(JsonPart at)
    {
        if (Text(at, "action") is not { } text)
            return null;
        if (DatasetStart.ActionOf(text) is { } action)
            return action;
        Report(IssueCode.UnknownAction, new(at.Member("action")!.Value, at.PathOf("action")), $"The action '{text}' is none; expected Append, Replace, Delete or Information.", text);
        return null;
    }

    ValueArray<ReportedAttribute> ReadAttributes(JsonPart at) =>
        Items(at, "attributes").SelectMany(a => ReadAttribute(a)).ToValueArray();

    // An array of values is several attributes, of which the first has what stands beside.
    IEnumerable<ReportedAttribute> ReadAttribute(JsonPart at)
    {
        Pass(at, "id", "annotations", "format", "value", "attributes");
        var isMarkup = Part(at, "format") is { } format && Text(format, "dataType") == "XHTML";
        var value = at.Member("value");
        JsonElement?[] values = value is { ValueKind: JsonValueKind.Array } several && several.GetArrayLength() > 0 ? [.. several.EnumerateArray()] : [value];
        for (var i = 0; i < values.Length; i++)
        {
            var attribute = ReadValue(new ReportedAttribute { Id = Required(at, "id") }, values[i] is { } said ? new JsonPart(said, at.PathOf("value")) : null, isMarkup);
            yield return i > 0 ? attribute : attribute with { Attributes = ReadAttributes(at), Annotations = ReadAnnotations(at) };
        }
    }

    ReportedAttribute ReadValue(ReportedAttribute attribute, JsonPart? value, bool isMarkup)
    {
        if (value is not { } part)
            return attribute;
        switch (part.Element.ValueKind)
        {
            case JsonValueKind.Object:
                return attribute with { IsStructured = isMarkup, Text = Languages(part) };
            case JsonValueKind.String:
                return attribute with { Value = part.Element.GetString() };
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                // As it is spelt: 1.50 stays 1.50.
                return attribute with { Value = part.Element.GetRawText() };
            default:
                Mistyped(part, "a value, or texts by language");
                return attribute;
        }
    }
}

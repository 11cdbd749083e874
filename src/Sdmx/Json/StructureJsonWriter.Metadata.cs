using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sdmx.Json;

// SDMX-JSON 2.0 metadata messages (checklist 2.5).
sealed partial class StructureJsonWriter
{
    const string MetadataSchema = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/metadata-message/tools/schemas/2.0.0/sdmx-json-metadata-schema.json";

    // What the schema takes where a set says no version; it takes no other of two numbers.
    const string DefaultVersion = "1.0";

    /// <summary>Writes the metadata sets of <paramref name="message"/> with the header of <paramref name="options"/>, or its own where that one has no id.</summary>
    public static void WriteMetadata(IBufferWriter<byte> output, StructureMessage message, WriterOptions options)
    {
        using var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        var writer = new StructureJsonWriter(json, options.Languages, JsonVersion.V20);
        writer.Object(() =>
        {
            writer.WriteHeader(options.Header.Id is null ? message.Header : options.Header, MetadataSchema);
            json.WriteStartObject("data");
            json.WriteStartArray("metadataSets");
            foreach (var set in message.Artefacts.OfType<MetadataSet>())
                writer.Object(() => writer.WriteSet(set));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    /// <summary>What of a metadata set SDMX-JSON 2.0 cannot carry, one phrase each.</summary>
    public static IReadOnlyList<string> MetadataLosses(Artefact artefact)
    {
        if (artefact is not MetadataSet set)
            return [$"a {artefact.Type}"];
        var losses = new List<string>();
        if (set.IsStub)
            return ["a stub, which needs targets and attributes there"];
        losses.AddRange(set.OnlyLegacy);
        if (!set.AllAttributes.Any() || set.Reports.Any(r => r.Targets.IsEmpty))
            losses.Add("a set without targets or attributes");
        if (set.Reports.SelectMany(r => r.Targets).Any(t => t.Value?.Contains('*', StringComparison.Ordinal) == true))
            losses.Add("targets with wildcards");
        if (set.Version != DefaultVersion && !(SdmxVersion.TryParse(set.Version, out var version) && version.IsSemantic))
            losses.Add($"the version {set.Version}, which is not semantic");
        var texts = set.AllAttributes.Select(a => a.Text).Concat(set.Annotations.Concat(set.AllAttributes.SelectMany(a => a.Annotations)).Select(a => a.Text))
            .Append(set.Name).Append(set.Description);
        if (texts.Any(t => Enumerable.Range(0, t.Texts.Count).Any(i => IsRepeated(t, i))))
            losses.Add("several texts in one language");
        return losses;
    }

    void WriteSet(MetadataSet set)
    {
        _json.WriteString("id", set.Id);
        _json.WriteString("agencyID", set.Agency);
        if (set.Version != DefaultVersion)
            _json.WriteString("version", set.Version);
        // 2.0 has no Merge; Append means the same there.
        if (set.Action is { } action)
            _json.WriteString("action", (action == DatasetAction.Merge ? DatasetAction.Append : action).ToString());
        Optional("validFrom", set.ValidFrom);
        Optional("validTo", set.ValidTo);
        Optional("reportingBegin", set.ReportingBegin);
        Optional("reportingEnd", set.ReportingEnd);
        Optional("publicationYear", set.PublicationYear);
        Optional("publicationPeriod", set.PublicationPeriod);
        if (set.IsExternalReference is { } isExternal)
            _json.WriteBoolean("isExternalReference", isExternal);
        WriteLinks(set);
        Name(set.Name, set.Description);
        Annotations(set.Annotations);
        Optional("metadataflow", set.Structure?.ToString());
        Array("targets", set.Reports.SelectMany(r => r.Targets), t => _json.WriteStringValue(t.Value));
        Array("attributes", set.Reports.SelectMany(r => r.Attributes), WriteAttribute);
    }

    // The schema knows no URN of a metadata set, so its own link has none.
    void WriteLinks(MetadataSet set)
    {
        if ((set.Uri ?? set.StructureUrl ?? set.ServiceUrl) is null)
            return;
        _json.WriteStartArray("links");
        if (set.Uri is { } uri)
        {
            Object(() =>
            {
                _json.WriteString("rel", "self");
                _json.WriteString("uri", uri);
            });
        }

        Link("structure", set.StructureUrl);
        Link("service", set.ServiceUrl);
        _json.WriteEndArray();
    }

    void WriteAttribute(ReportedAttribute attribute) => Object(() =>
    {
        _json.WriteString("id", attribute.Id);
        Annotations(attribute.Annotations);
        if (attribute.IsStructured)
        {
            _json.WriteStartObject("format");
            _json.WriteString("dataType", "XHTML");
            _json.WriteEndObject();
        }

        Optional("value", attribute.Value);
        if (!attribute.Text.IsEmpty)
        {
            _json.WriteStartObject("value");
            foreach (var text in attribute.Text.Texts)
                _json.WriteString(text.Language, text.Text);
            _json.WriteEndObject();
        }

        Array("attributes", attribute.Attributes, WriteAttribute);
    });
}

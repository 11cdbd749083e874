using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sdmx.Json;

/// <summary>Writes SDMX-JSON structure messages of 1.0, 2.0 and 2.1.</summary>
/// <remarks>Every text is given in all its languages (<c>names</c>) and in the best of those asked for (<c>name</c>). The same message gives the
/// same bytes. What a version cannot say is left out: ask <see cref="Losses"/> first.</remarks>
sealed partial class StructureJsonWriter
{
    const string Schemas = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas";
    const string SchemaV21 = "https://json.sdmx.org/2.1/sdmx-json-structure-schema.json";

    static readonly (ArtefactType Type, string Property)[] Collections =
    [
        (ArtefactType.DataStructure, "dataStructures"),
        (ArtefactType.MetadataStructure, "metadataStructures"),
        (ArtefactType.CategoryScheme, "categorySchemes"),
        (ArtefactType.ConceptScheme, "conceptSchemes"),
        (ArtefactType.Codelist, "codelists"),
        (ArtefactType.AgencyScheme, "agencySchemes"),
        (ArtefactType.DataProviderScheme, "dataProviderSchemes"),
        (ArtefactType.DataConsumerScheme, "dataConsumerSchemes"),
        (ArtefactType.OrganisationUnitScheme, "organisationUnitSchemes"),
        (ArtefactType.Dataflow, "dataflows"),
        (ArtefactType.Metadataflow, "metadataflows"),
        (ArtefactType.ProvisionAgreement, "provisionAgreements"),
        (ArtefactType.Categorisation, "categorisations"),
        (ArtefactType.DataConstraint, "dataConstraints"),
        (ArtefactType.RepresentationMap, "representationMaps"),
        (ArtefactType.StructureMap, "structureMaps"),
    ];

    readonly Utf8JsonWriter _json;
    readonly IReadOnlyList<string> _languages;
    readonly JsonVersion _version;
    Artefact? _artefact;

    StructureJsonWriter(Utf8JsonWriter json, IReadOnlyList<string> languages, JsonVersion version) => (_json, _languages, _version) = (json, languages, version);

    bool IsV1 => _version == JsonVersion.V10;

    /// <summary>Writes <paramref name="message"/> with the header of <paramref name="options"/>, or its own where that one has no id.</summary>
    public static void Write(IBufferWriter<byte> output, StructureMessage message, WriterOptions options, JsonVersion version)
    {
        // The message is never part of a page, so letters of all scripts stay as they are.
        using var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        new StructureJsonWriter(json, options.Languages, version).Write(message, options.Header.Id is null ? message.Header : options.Header);
    }

    void Write(StructureMessage message, MessageHeader header)
    {
        _json.WriteStartObject();
        if (_version == JsonVersion.V21)
            _json.WriteString("$schema", SchemaV21);
        WriteHeader(header, _version switch { JsonVersion.V10 => $"{Schemas}/1.0/sdmx-json-structure-schema.json", JsonVersion.V20 => $"{Schemas}/2.0.0/sdmx-json-structure-schema.json", _ => null });
        _json.WriteStartObject("data");
        var byType = message.Artefacts.Where(a => !IsV1 || !ArtefactTypes.Of(a.Type).IsSinceV3).ToLookup(a => a.Type);
        foreach (var (type, property) in Collections)
        {
            if (type == ArtefactType.DataConstraint)
                WriteConstraints(byType[type].Cast<DataConstraint>());
            else
                Array(property, byType[type], Write);
        }

        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    void WriteHeader(MessageHeader header, string? schema)
    {
        _json.WriteStartObject("meta");
        Optional("schema", schema);
        _json.WriteString("id", header.Id ?? "STRUCTURES");
        _json.WriteBoolean("test", header.IsTest);
        // The schema wants a date with a time; a made-up one must not look like the truth.
        var prepared = header.Prepared ?? "1970-01-01T00:00:00Z";
        _json.WriteString("prepared", prepared.Contains('T', StringComparison.Ordinal) ? prepared : prepared + "T00:00:00Z");
        Texts("name", header.Name);
        _json.WriteStartObject("sender");
        _json.WriteString("id", header.Sender ?? "not_supplied");
        _json.WriteEndObject();
        Array("receivers", header.Receivers, id => Object(() => _json.WriteString("id", id)));
        _json.WriteEndObject();
    }

    void Write(Artefact artefact) => Object(() =>
    {
        _artefact = artefact;
        _json.WriteString("id", artefact.Id);
        _json.WriteString("agencyID", artefact.Agency);
        _json.WriteString("version", artefact.Version);
        Optional("validFrom", artefact.ValidFrom);
        Optional("validTo", artefact.ValidTo);
        if (artefact.IsExternalReference is { } isExternal)
            _json.WriteBoolean("isExternalReference", isExternal);
        if (IsV1 && artefact.IsFinal is { } isFinal)
            _json.WriteBoolean("isFinal", isFinal);
        if (artefact.IsPartial)
            _json.WriteBoolean("isPartial", true);
        Links(artefact.Urn, artefact.Uri, artefact.StructureUrl, artefact.ServiceUrl);
        Name(artefact.Name, artefact.Description);
        Annotations(artefact.Annotations);
        WriteContent(artefact);
    });

    void WriteContent(Artefact artefact)
    {
        switch (artefact)
        {
            case DataStructure dsd: WriteComponents(dsd); break;
            case MetadataStructure msd: WriteComponents(msd); break;
            case CategoryScheme scheme: Array("categories", scheme.Categories, WriteCategory); break;
            case ConceptScheme scheme: Array("concepts", scheme.Concepts, WriteConcept); break;
            case Codelist list: Array("codes", list.Codes, c => WriteItem(c, () => Optional("parent", c.Parent))); break;
            case OrganisationScheme scheme: Array(ItemsOf(scheme.Type), scheme.Organisations, WriteOrganisation); break;
            case Dataflow flow: Optional("structure", flow.Structure?.ToString()); break;
            case Metadataflow flow:
                Optional("structure", flow.Structure?.ToString());
                Array("targets", IsV1 ? [] : flow.Targets, _json.WriteStringValue);
                break;
            case ProvisionAgreement agreement:
                Optional(IsV1 ? "structureUsage" : "dataflow", agreement.Dataflow?.ToString());
                Optional("dataProvider", agreement.DataProvider?.ToString());
                break;
            case Categorisation link:
                Optional("source", link.Source?.ToString());
                Optional("target", link.Target?.ToString());
                break;
            case DataConstraint constraint: WriteConstraint(constraint); break;
            case StructureMap map: WriteMap(map); break;
            case RepresentationMap map: WriteMap(map); break;
            default: throw new InvalidOperationException($"{artefact.Type} has no form in SDMX-JSON");
        }
    }

    void Links(Urn self, string? uri, string? structureUrl, string? serviceUrl)
    {
        _json.WriteStartArray("links");
        Object(() =>
        {
            _json.WriteString("rel", "self");
            _json.WriteString("urn", self.ToString());
            Optional("uri", uri);
        });
        Link("structure", structureUrl);
        Link("service", serviceUrl);
        _json.WriteEndArray();
    }

    void Link(string relation, string? href)
    {
        if (href is null)
            return;
        Object(() =>
        {
            _json.WriteString("rel", relation);
            _json.WriteString("href", href);
        });
    }

    /// <summary>The page about an item, a component or (so the schema's own words) an annotation.</summary>
    void Page(string? href)
    {
        if (href is null)
            return;
        _json.WriteStartArray("links");
        Link("self", href);
        _json.WriteEndArray();
    }

    // The schema demands a name; an empty one without languages stands for none.
    void Name(InternationalString name, InternationalString description)
    {
        if (name.IsEmpty)
            _json.WriteString("name", "");
        Texts("name", name);
        Texts("description", description);
    }

    /// <summary>The best text under <paramref name="property"/> and all of them under its plural.</summary>
    void Texts(string property, InternationalString texts)
    {
        if (texts.IsEmpty)
            return;
        _json.WriteString(property, texts.Best(_languages).Text);
        _json.WriteStartObject(property + "s");
        for (var i = 0; i < texts.Texts.Count; i++)
        {
            if (!IsRepeated(texts, i))
                _json.WriteString(texts.Texts[i].Language, texts.Texts[i].Text);
        }

        _json.WriteEndObject();
    }

    static bool IsRepeated(InternationalString texts, int at)
    {
        for (var i = 0; i < at; i++)
        {
            if (texts.Texts[i].Language == texts.Texts[at].Language)
                return true;
        }

        return false;
    }

    void Annotations(ValueArray<Annotation> annotations) => Array("annotations", annotations, a => Object(() =>
    {
        Optional("id", a.Id);
        Optional("title", a.Title);
        Optional("type", a.Type);
        Optional("value", IsV1 ? null : a.Value);
        Texts("text", a.Text);
        Page(a.Url);
    }));

    void Object(Action content)
    {
        _json.WriteStartObject();
        content();
        _json.WriteEndObject();
    }

    /// <summary>An array of what <paramref name="items"/> yields; nothing where that is nothing, since the schema wants at least one.</summary>
    void Array<T>(string property, IEnumerable<T> items, Action<T> write)
    {
        var isOpen = false;
        foreach (var item in items)
        {
            if (!isOpen)
                _json.WriteStartArray(property);
            isOpen = true;
            write(item);
        }

        if (isOpen)
            _json.WriteEndArray();
    }

    void Optional(string property, string? value)
    {
        if (value is not null)
            _json.WriteString(property, value);
    }

    // A number as it is spelt, so that 0.50 stays 0.50; what JSON would spell otherwise is one of the losses.
    void NumberOrText(string property, string value)
    {
        if (JsonNumber().IsMatch(value))
        {
            _json.WritePropertyName(property);
            _json.WriteRawValue(value);
        }
        else if (decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            _json.WriteNumber(property, number);
        else
            _json.WriteString(property, value);
    }

    [GeneratedRegex("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();
}

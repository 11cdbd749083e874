using System.Buffers;
using System.Globalization;

namespace Sdmx.Json;

/// <summary>Writes what surrounds the data of a SDMX-JSON 2.0 data message: <c>meta</c>, the heads of data sets, <c>structures</c>.</summary>
/// <remarks>What the standard asks for and the header lacks is completed with fixed texts, as in SDMX-ML.</remarks>
sealed class JsonEnvelope(JsonText text)
{
    const string Schema = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json";

    /// <summary>The type of the annotation that says what SDMX-ML says in a footer: its title is the code, its text the message.</summary>
    public const string NoticeType = "sdmx_footer";

    static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_@$-");

    Utf8Output Out => text.Output;

    /// <summary>Writes the property <c>meta</c>.</summary>
    public void WriteMeta(WriterOptions options)
    {
        var header = options.Header;
        Out.Raw("\"meta\":{"u8);
        text.Property("\"schema\":"u8, Schema);
        text.Property(",\"id\":"u8, header.Id ?? "UNKNOWN");
        Out.Raw(header.IsTest ? ",\"test\":true"u8 : ",\"test\":false"u8);
        text.Property(",\"prepared\":"u8, header.Prepared ?? "1970-01-01T00:00:00Z");
        List("contentLanguages"u8, text.Languages, text.String);
        text.Names(header.Name);
        text.Property(",\"sender\":{\"id\":"u8, header.Sender ?? "UNKNOWN");
        Out.Byte((byte)'}');
        List("receivers"u8, header.Receivers, id =>
        {
            text.Property("{\"id\":"u8, id);
            Out.Byte((byte)'}');
        });
        Out.Byte((byte)'}');
    }

    /// <summary>Writes the start of a data set, up to its data; its end is the caller's.</summary>
    public void WriteDatasetHead(Dataset dataset, int structure)
    {
        Out.Raw("{\"structure\":"u8);
        Out.Number(structure);
        text.Property(",\"action\":"u8, dataset.Action switch
        {
            DatasetAction.Information => "Information",
            DatasetAction.Append or DatasetAction.Merge => "Append",
            DatasetAction.Replace => "Replace",
            DatasetAction.Delete => "Delete",
            _ => throw new ArgumentOutOfRangeException(nameof(dataset)),
        });
        text.Property(",\"validFrom\":"u8, dataset.ValidFrom);
        text.Property(",\"validTo\":"u8, dataset.ValidTo);
        Links(dataset.Schema);
    }

    /// <summary>Writes one structure.</summary>
    /// <param name="structure">The structure.</param>
    /// <param name="notice">What is said about the last of its data sets, its first annotation; null for nothing.</param>
    public void WriteStructure(JsonStructure structure, MessageNotice? notice)
    {
        var schema = structure.Schema;
        Out.Raw("{\"dataSets\":["u8);
        for (var i = 0; i < structure.Datasets.Count; i++)
        {
            if (i > 0)
                Out.Byte((byte)',');
            Out.Number(structure.Datasets[i]);
        }

        Out.Byte((byte)']');
        Links(schema);
        text.Names(schema.Dataflow?.Name ?? schema.Structure.Name, schema.Urn.Id);
        WriteDimensions(structure);
        Out.Raw(",\n\"measures\":{"u8);
        List("observation"u8, structure.Measures, c => WriteValue(structure, schema.Values[c]), isFirst: true);
        Out.Raw("},\n\"attributes\":{"u8);
        List("dataSet"u8, structure.DatasetAttributes, c => WriteValue(structure, schema.Values[c]), isFirst: true);
        List("dimensionGroup"u8, structure.GroupAttributes, c => WriteValue(structure, schema.Values[c]));
        List("series"u8, structure.SeriesAttributes, c => WriteValue(structure, schema.Values[c]));
        List("observation"u8, structure.ObservationAttributes, c => WriteValue(structure, schema.Values[c]));
        Out.Byte((byte)'}');
        if (notice is not null)
        {
            text.Property(",\n\"annotations\":[{\"type\":"u8, NoticeType);
            text.Property(",\"title\":"u8, notice.Code.ToString(CultureInfo.InvariantCulture));
            text.Property(",\"text\":"u8, notice.Text);
            text.Property(",\"texts\":{\"en\":"u8, notice.Text);
            Out.Raw("}}]"u8);
        }

        Out.Byte((byte)'}');
    }

    void WriteDimensions(JsonStructure structure)
    {
        var layout = structure.Layout;
        // The schema asks for at least one value of each: where none was used, the dimension is left out.
        var all = structure.Schema.Components.Where(c => c.Role == ComponentRole.Time ? structure.Cells.Periods.Count > 0
            : c.Role == ComponentRole.Dimension && structure.Cells.Used(structure.Codes.Dimensions[c.Index]).Count > 0).ToList();
        var atObservation = all.Where(c => layout.IsFlat || (c.Role == ComponentRole.Time ? !layout.IsCrossSection : c.Index == layout.Dimension)).ToList();
        Out.Raw(",\n\"dimensions\":{"u8);
        List("series"u8, all.Except(atObservation), c => WriteDimension(structure, c), isFirst: true);
        List("observation"u8, atObservation, c => WriteDimension(structure, c));
        Out.Byte((byte)'}');
    }

    void WriteDimension(JsonStructure structure, SchemaComponent component)
    {
        StartComponent(component);
        Out.Raw(",\"keyPosition\":"u8);
        Out.Number(component.Role == ComponentRole.Time ? structure.Schema.Dimensions.Count : component.Index);
        if (component.Role == ComponentRole.Time)
            List("values"u8, structure.Cells.Periods, WritePeriod);
        else
            WriteCodes(structure, structure.Codes.Dimensions[component.Index]);
        Out.Byte((byte)'}');
    }

    void WriteValue(JsonStructure structure, SchemaComponent component)
    {
        StartComponent(component);
        Out.Raw(component.IsMandatory ? ",\"isMandatory\":true"u8 : ",\"isMandatory\":false"u8);
        if (component.Role == ComponentRole.Attribute)
            WriteRelationship(structure.Schema, component);
        // Without values a value stands as it is: so a coded component that was not used has no list.
        if (structure.Codes.Values[component.Index] is { } codes && structure.Cells.Used(codes).Count > 0)
            WriteCodes(structure, codes);
        Out.Byte((byte)'}');
    }

    void StartComponent(SchemaComponent component)
    {
        Out.Byte((byte)'\n');
        text.Property("{\"id\":"u8, component.Id);
        text.Names(component.Concept?.Name ?? default);
        if (!component.Definition.ConceptRoles.IsEmpty)
            List("roles"u8, component.Definition.ConceptRoles.Select(r => r.Item ?? r.Id), text.String);
        if (component.Codes is not null)
            return;
        text.Property(",\"format\":{\"dataType\":"u8, TypeOf(component).ToString());
        Out.Byte((byte)'}');
    }

    // A time dimension without type takes any time (checklist 4.1).
    static TextType TypeOf(SchemaComponent component) =>
        component is { Role: ComponentRole.Time, Format.Type: TextType.String } ? TextType.ObservationalTimePeriod : component.Format.Type;

    void WriteRelationship(DataSchema schema, SchemaComponent attribute)
    {
        if (attribute.Level == AttachmentLevel.Dataset)
        {
            Out.Raw(",\"relationship\":{\"dataflow\":{}}"u8);
            return;
        }

        Out.Raw(",\"relationship\":{"u8);
        if (attribute.Level == AttachmentLevel.Observation)
            Out.Raw("\"observation\":{}"u8);
        else
            List("dimensions"u8, schema.Dimensions.Where(d => attribute.Holder[d.Index]).Select(d => d.Id), text.String, isFirst: true);
        if (attribute.Definition is DataAttribute { Relationship.Measures: { IsEmpty: false } measures })
            List("measures"u8, measures, text.String);
        Out.Byte((byte)'}');
    }

    void WriteCodes(JsonStructure structure, CodeTable codes) => List("values"u8, structure.Cells.Used(codes), number =>
    {
        // Where there is no codelist a value is no id.
        text.Property(codes.Known is null ? "{\"value\":"u8 : "{\"id\":"u8, codes[number]);
        if (codes.Known is { } known)
            text.Names(codes.IsKnown(number) ? known.Codelist.Codes[number].Name : default, codes[number]);
        Out.Byte((byte)'}');
    });

    void WritePeriod(TimePeriod period)
    {
        var id = period.ToString();
        var isId = !id.AsSpan().ContainsAnyExcept(IdCharacters);
        text.Property(isId ? "{\"id\":"u8 : "{\"value\":"u8, id);
        text.Property(",\"name\":"u8, id);
        // Where a reporting year starts is not known here, so only calendar periods get a start and an end.
        if (period.Kind is PeriodKind.GregorianYear or PeriodKind.GregorianYearMonth or PeriodKind.GregorianDay)
        {
            var (start, end) = period.Span();
            text.Property(",\"start\":"u8, start.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            text.Property(",\"end\":"u8, end.AddSeconds(-1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        Out.Byte((byte)'}');
    }

    void Links(DataSchema schema)
    {
        Out.Raw(",\"links\":["u8);
        if (schema.Agreement is { } agreement)
        {
            text.Property("{\"rel\":\"provisionagreement\",\"urn\":"u8, agreement.ToString());
            Out.Raw("},"u8);
        }

        if (schema.Dataflow is { } flow)
        {
            text.Property("{\"rel\":\"dataflow\",\"urn\":"u8, flow.Urn.ToString());
            Out.Raw("},"u8);
        }

        text.Property("{\"rel\":\"datastructure\",\"urn\":"u8, schema.Structure.Urn.ToString());
        Out.Raw("}]"u8);
    }

    void List<T>(ReadOnlySpan<byte> name, IEnumerable<T> items, Action<T> write, bool isFirst = false)
    {
        Out.Raw(isFirst ? "\""u8 : ",\""u8);
        Out.Raw(name);
        Out.Raw("\":["u8);
        var count = 0;
        foreach (var item in items)
        {
            if (count++ > 0)
                Out.Byte((byte)',');
            write(item);
        }

        Out.Byte((byte)']');
    }
}

namespace Sdmx.Json;

sealed partial class StructureJsonWriter
{
    void WriteComponents(DataStructure dsd)
    {
        if (!dsd.Components.Any())
            return;
        _json.WriteStartObject("dataStructureComponents");
        _json.WriteStartObject("dimensionList");
        _json.WriteString("id", "DimensionDescriptor");
        WriteDimensions(dsd);
        _json.WriteEndObject();
        Array("groups", dsd.Groups, WriteGroup);
        WriteAttributes(dsd);
        if (!IsV1)
            List("measureList", "MeasureDescriptor", "measures", dsd.Measures, m => WriteComponent(m, () => WriteUsage(m.IsMandatory)));
        else if (dsd.Measures is [var measure, ..])
        {
            _json.WriteStartObject("measureList");
            _json.WriteString("id", "MeasureDescriptor");
            _json.WritePropertyName("primaryMeasure");
            WriteComponent(measure, () => { });
            _json.WriteEndObject();
        }

        _json.WriteEndObject();
    }

    void WriteDimensions(DataStructure dsd)
    {
        // 1.0 has measure dimensions in a list of their own: the positions say where they stand in the key.
        var measures = IsV1 ? dsd.Dimensions.Where(d => d.IsMeasureDimension).ToValueArray() : [];
        var isCounted = !measures.IsEmpty && dsd.Dimensions.Zip(dsd.Dimensions.Skip(1)).Any(p => p.First.Position is not { } first || p.Second.Position is not { } second || first >= second);
        Array("dimensions", dsd.Dimensions.Where(d => measures.IsEmpty || !d.IsMeasureDimension), Write);
        Array("measureDimensions", measures, Write);
        if (dsd.Time is { } time)
        {
            if (IsV1)
                _json.WriteStartArray("timeDimensions");
            else
                _json.WritePropertyName("timeDimension");
            // The schemas demand a representation here; the standard's own where the structure gives none.
            WriteComponent(time.LocalRepresentation is null
                ? time with { LocalRepresentation = new() { Format = new() { Type = TextType.ObservationalTimePeriod } } } : time, () => Position(IsV1 ? time.Position : null));
            if (IsV1)
                _json.WriteEndArray();
        }

        void Write(Dimension dimension) => WriteComponent(dimension, () => Position(isCounted ? dsd.Dimensions.ToList().IndexOf(dimension) + 1 : dimension.Position));

        void Position(int? position)
        {
            if (position is { } given)
                _json.WriteNumber("position", given);
        }
    }

    void WriteAttributes(DataStructure dsd)
    {
        if (!IsV1)
        {
            List("attributeList", "AttributeDescriptor", "attributes", dsd.Attributes, a => WriteAttribute(dsd, a));
            return;
        }

        if (dsd.Attributes.IsEmpty)
            return;
        _json.WriteStartObject("attributeList");
        _json.WriteString("id", "AttributeDescriptor");
        foreach (var days in dsd.Attributes.ToLookup(a => a.Id == "REPORTING_YEAR_START_DAY").OrderBy(g => g.Key))
            Array(days.Key ? "reportingYearStartDays" : "attributes", days, a => WriteAttribute(dsd, a));
        _json.WriteEndObject();
    }

    void List<T>(string property, string id, string members, ValueArray<T> components, Action<T> write)
    {
        if (components.IsEmpty)
            return;
        _json.WriteStartObject(property);
        _json.WriteString("id", id);
        Array(members, components, write);
        _json.WriteEndObject();
    }

    void WriteComponent(Component component, Action content) => Object(() =>
    {
        _json.WriteString("id", component.Id);
        Page(component.Uri);
        Annotations(component.Annotations);
        content();
        _json.WriteString("conceptIdentity", component.ConceptIdentity.ToString());
        Array("conceptRoles", component.ConceptRoles, r => _json.WriteStringValue(r.ToString()));
        WriteRepresentation("localRepresentation", component.LocalRepresentation);
    });

    void WriteUsage(bool isMandatory) => _json.WriteString("usage", isMandatory ? "mandatory" : "optional");

    void WriteGroup(DimensionGroup group) => Object(() =>
    {
        _json.WriteString("id", group.Id);
        Annotations(group.Annotations);
        Array("groupDimensions", group.Dimensions, _json.WriteStringValue);
    });

    void WriteAttribute(DataStructure dsd, DataAttribute attribute) => WriteComponent(attribute, () =>
    {
        if (IsV1)
            _json.WriteString("assignmentStatus", attribute.IsMandatory ? "Mandatory" : "Conditional");
        else
            WriteUsage(attribute.IsMandatory);
        _json.WriteStartObject("attributeRelationship");
        WriteRelationship(dsd, attribute.Relationship);
        _json.WriteEndObject();
        Array("measureRelationship", IsV1 ? [] : attribute.Relationship.Measures, _json.WriteStringValue);
    });

    void WriteRelationship(DataStructure dsd, AttributeRelationship relationship)
    {
        if (relationship.Kind == AttachmentLevel.Observation && IsV1)
            _json.WriteString("primaryMeasure", dsd.Measures is [var measure, ..] ? measure.Id : "OBS_VALUE");
        else if (relationship.Kind == AttachmentLevel.Observation)
            Empty("observation");
        else if (relationship is { Kind: AttachmentLevel.Group, Group: { } group })
            _json.WriteString("group", group);
        else if (relationship.Dimensions.IsEmpty)
            Empty(IsV1 ? "none" : "dataflow");
        else if (IsV1)
        {
            Array("dimensions", relationship.Dimensions, _json.WriteStringValue);
            Array("attachmentGroups", relationship.AttachmentGroups, _json.WriteStringValue);
        }
        else
        {
            // 3.x has no attachment groups: their dimensions stand for them (checklist 3.4, mapping).
            var groups = dsd.Groups.Where(g => relationship.AttachmentGroups.Contains(g.Id)).SelectMany(g => g.Dimensions);
            Array("dimensions", relationship.Dimensions.Concat(groups).Distinct(), _json.WriteStringValue);
        }
    }

    void Empty(string property)
    {
        _json.WriteStartObject(property);
        _json.WriteEndObject();
    }

    void WriteComponents(MetadataStructure msd)
    {
        if (IsV1)
        {
            WriteTargets(msd);
            return;
        }

        // 2.1's report structures become the one list that 3.x has; an attribute of several reports stands in it once.
        var attributes = msd.Attributes.Concat(msd.Reports.SelectMany(r => r.Attributes)).DistinctBy(a => a.Id).ToValueArray();
        if (attributes.IsEmpty)
            return;
        _json.WriteStartObject("metadataStructureComponents");
        List("metadataAttributeList", "MetadataAttributeDescriptor", "metadataAttributes", attributes, WriteMetadataAttribute);
        _json.WriteEndObject();
    }

    void WriteMetadataAttribute(MetadataAttribute attribute) => WriteComponent(attribute, () =>
    {
        _json.WriteNumber("minOccurs", attribute.MinOccurs);
        WriteMost("maxOccurs", attribute.MaxOccurs);
        if (attribute.IsPresentational)
            _json.WriteBoolean("isPresentational", true);
        Array("metadataAttributes", attribute.Attributes, WriteMetadataAttribute);
    });

    void WriteMost(string property, int count)
    {
        if (count == int.MaxValue)
            _json.WriteString(property, "unbounded");
        else
            _json.WriteNumber(property, count);
    }

    void WriteRepresentation(string property, Representation? representation)
    {
        if (representation is null)
            return;
        _json.WriteStartObject(property);
        if (representation.Enumeration is { } enumeration)
        {
            _json.WriteString("enumeration", enumeration.ToString());
            if (representation.Format is not null)
                WriteFormat("enumerationFormat", representation.Format);
        }
        else
        {
            WriteFormat(IsV1 ? "textFormat" : "format", representation.Format ?? new());
        }

        if (!IsV1 && representation.MinOccurs is { } fewest)
            _json.WriteNumber("minOccurs", fewest);
        if (!IsV1 && representation.MaxOccurs is { } most)
            WriteMost("maxOccurs", most);
        _json.WriteEndObject();
    }

    void WriteFormat(string property, TextFormat format)
    {
        _json.WriteStartObject(property);
        _json.WriteString(IsV1 ? "textType" : "dataType", format.Type.ToString());
        foreach (var (name, value) in format.Facets)
        {
            if (IsFlag(name) && value.Trim() is "true" or "1" or "false" or "0")
                _json.WriteBoolean(name, value.Trim() is "true" or "1");
            else if (IsNumber(name))
                NumberOrText(name, value);
            else
                _json.WriteString(name, value);
        }

        _json.WriteEndObject();
    }

    static bool IsFlag(string facet) => facet is "isSequence" or "isMultiLingual";

    static bool IsNumber(string facet) => facet is "interval" or "startValue" or "endValue" or "minValue" or "maxValue" or "minLength" or "maxLength" or "decimals";

    /// <summary>The facets that JSON spells otherwise than they were sent: <c>1</c> for true, <c>007</c>.</summary>
    static IEnumerable<string> Respelt(Representation? representation) => (representation?.Format?.Facets ?? [])
        .Where(f => IsFlag(f.Name) ? f.Value is not ("true" or "false") : IsNumber(f.Name) && !JsonNumber().IsMatch(f.Value)).Select(f => $"{f.Name}=\"{f.Value}\"");
}

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
        Array("dimensions", dsd.Dimensions, d => WriteComponent(d, () =>
        {
            if (d.Position is { } position)
                _json.WriteNumber("position", position);
        }));
        if (dsd.Time is { } time)
        {
            _json.WritePropertyName("timeDimension");
            // The schema demands a representation here; the standard's own where the structure gives none.
            WriteComponent(time.LocalRepresentation is null
                ? time with { LocalRepresentation = new() { Format = new() { Type = TextType.ObservationalTimePeriod } } } : time, () => { });
        }

        _json.WriteEndObject();
        Array("groups", dsd.Groups, WriteGroup);
        List("attributeList", "AttributeDescriptor", "attributes", dsd.Attributes, a => WriteAttribute(dsd, a));
        List("measureList", "MeasureDescriptor", "measures", dsd.Measures, m => WriteComponent(m, () => WriteUsage(m.IsMandatory)));
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
        WriteUsage(attribute.IsMandatory);
        _json.WriteStartObject("attributeRelationship");
        WriteRelationship(dsd, attribute.Relationship);
        _json.WriteEndObject();
        Array("measureRelationship", attribute.Relationship.Measures, _json.WriteStringValue);
    });

    void WriteRelationship(DataStructure dsd, AttributeRelationship relationship)
    {
        // 3.x has no attachment groups: their dimensions stand for them (checklist 3.4, mapping).
        var groups = dsd.Groups.Where(g => relationship.AttachmentGroups.Contains(g.Id)).SelectMany(g => g.Dimensions);
        if (relationship.Kind == AttachmentLevel.Observation)
            Empty("observation");
        else if (relationship is { Kind: AttachmentLevel.Group, Group: { } group })
            _json.WriteString("group", group);
        else if (!relationship.Dimensions.IsEmpty)
            Array("dimensions", relationship.Dimensions.Concat(groups).Distinct(), _json.WriteStringValue);
        else
            Empty("dataflow");
    }

    void Empty(string property)
    {
        _json.WriteStartObject(property);
        _json.WriteEndObject();
    }

    void WriteComponents(MetadataStructure msd)
    {
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
            WriteFormat("format", representation.Format ?? new());
        }

        if (representation.MinOccurs is { } fewest)
            _json.WriteNumber("minOccurs", fewest);
        if (representation.MaxOccurs is { } most)
            WriteMost("maxOccurs", most);
        _json.WriteEndObject();
    }

    void WriteFormat(string property, TextFormat format)
    {
        _json.WriteStartObject(property);
        _json.WriteString("dataType", format.Type.ToString());
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

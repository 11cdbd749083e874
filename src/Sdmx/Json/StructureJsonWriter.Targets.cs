namespace Sdmx.Json;

// The metadata targets and report structures of 1.0.
sealed partial class StructureJsonWriter
{
    /// <summary>The parts of a metadata target: the element of SDMX-ML, the member that lists them, and the id and type that the standard gives them.</summary>
    public static IReadOnlyList<(string Kind, string Member, string? Id, TextType Type)> TargetKinds { get; } =
    [
        ("KeyDescriptorValuesTarget", "keyDescriptorValuesTargets", "DIMENSION_DESCRIPTOR_VALUES_TARGET", TextType.KeyValues),
        ("DataSetTarget", "dataSetTargets", "DATA_SET_TARGET", TextType.DataSetReference),
        ("ConstraintContentTarget", "constraintContentTargets", "CONSTRAINT_CONTENT_TARGET", TextType.AttachmentConstraintReference),
        ("ReportPeriodTarget", "reportPeriodTargets", "REPORT_PERIOD_TARGET", TextType.ObservationalTimePeriod),
        ("IdentifiableObjectTarget", "identifiableObjectTargets", null, TextType.IdentifiableReference),
    ];

    void WriteTargets(MetadataStructure msd)
    {
        if (msd.Targets.IsEmpty && msd.Reports.IsEmpty)
            return;
        _json.WriteStartObject("metadataStructureComponents");
        Array("metadataTargets", msd.Targets, t => Object(() =>
        {
            _json.WriteString("id", t.Id);
            Annotations(t.Annotations);
            foreach (var kind in TargetKinds)
                Array(kind.Member, t.Objects.Where(o => o.Kind == kind.Kind), WriteTargetObject);
        }));
        Array("reportStructures", msd.Reports, r => Object(() =>
        {
            _json.WriteString("id", r.Id);
            Annotations(r.Annotations);
            Array("metadataAttributes", r.Attributes, WriteMetadataAttribute);
            Array("metadataTargets", r.Targets, t => _json.WriteStringValue((msd.Urn with { Class = "MetadataTarget", Item = t }).ToString()));
        }));
        _json.WriteEndObject();
    }

    void WriteTargetObject(TargetObject part) => Object(() =>
    {
        _json.WriteString("id", part.Id);
        Annotations(part.Annotations);
        Optional("objectType", part.ObjectType);
        WriteRepresentation("localRepresentation", part.LocalRepresentation);
    });
}

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
}

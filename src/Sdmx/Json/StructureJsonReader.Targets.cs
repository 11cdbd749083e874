namespace Sdmx.Json;

// The metadata targets and report structures of 1.0.
sealed partial class StructureJsonReader
{
    MetadataTarget ReadTarget(JsonPart at)
    {
        Pass(at, ["id", "links", "annotations", .. StructureJsonWriter.TargetKinds.Select(k => k.Member)]);
        return new()
        {
            Id = ItemId(at),
            Annotations = ReadAnnotations(at),
            Objects = StructureJsonWriter.TargetKinds.SelectMany(k => Items(at, k.Member), (k, o) => ReadTargetObject(o, k.Kind, k.Id, k.Type)).ToValueArray(),
        };
    }

    TargetObject ReadTargetObject(JsonPart at, string kind, string? id, TextType type)
    {
        Pass(at, "id", "links", "annotations", "objectType", "localRepresentation");
        return new()
        {
            Id = NameId(at, id),
            Kind = kind,
            ObjectType = Text(at, "objectType"),
            LocalRepresentation = ReadRepresentation(at, "localRepresentation", type, isTarget: true),
            Annotations = ReadAnnotations(at),
        };
    }

    ReportStructure ReadReport(JsonPart at)
    {
        Pass(at, "id", "links", "annotations", "metadataAttributes", "metadataTargets");
        return new()
        {
            Id = ItemId(at),
            Attributes = ReadMetadataAttributes(at),
            Targets = Strings(at, "metadataTargets").Select(LocalId).ToValueArray(),
            Annotations = ReadAnnotations(at),
        };
    }
}

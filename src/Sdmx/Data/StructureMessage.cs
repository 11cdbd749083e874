namespace Sdmx;

/// <summary>A structure message: a header and artefacts, in message order.</summary>
public sealed record StructureMessage(MessageHeader Header, ValueArray<Artefact> Artefacts);

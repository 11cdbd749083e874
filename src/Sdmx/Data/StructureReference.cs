namespace Sdmx;

/// <summary>What a message says its data are structured by: a data structure, a dataflow or a provision agreement.</summary>
/// <param name="Type">Which of the three.</param>
/// <param name="Agency">The agency.</param>
/// <param name="Id">The id.</param>
/// <param name="Version">The version, or null where the message leaves it out (SDMX-CSV 2.0): then the newest held.</param>
readonly record struct StructureReference(ArtefactType Type, string Agency, string Id, string? Version)
{
    const string ObservationLevel = ":ObsLevelDim:";

    public StructureReference(Urn urn) : this(urn.Type, urn.Agency, urn.Id, urn.Version)
    {
    }

    /// <summary>Reads the URN of a structure, a flow or an agreement; also the namespace of structure-specific data,
    /// which is such a URN with <c>:ObsLevelDim:...</c> behind it (checklist 2.12).</summary>
    public static bool TryParse(string? text, out StructureReference reference)
    {
        reference = default;
        if (text?.IndexOf(ObservationLevel, StringComparison.Ordinal) is >= 0 and var cut)
            text = text[..cut];
        if (!Urn.TryParse(text?.Trim(), out var urn)
            || urn.Type is not (ArtefactType.DataStructure or ArtefactType.Dataflow or ArtefactType.ProvisionAgreement))
            return false;
        reference = new(urn);
        return true;
    }

    /// <summary><c>AGENCY:ID(VERSION)</c>.</summary>
    public override string ToString() => Version is null ? $"{Agency}:{Id}" : $"{Agency}:{Id}({Version})";
}

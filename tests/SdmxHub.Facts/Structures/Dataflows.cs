using Sdmx;

namespace SdgShipment;

/// <summary>The two flows of the SDG structure; their versions follow the structure's.</summary>
static class Dataflows
{
    public static IEnumerable<Artefact> Make(string version) =>
    [
        Flow("DF_SDG_GLC", version, "SDG Country Global Dataflow",
            "Reporting and dissemination dataflow for non-harmonized global SDG indicators reported by countries."),
        Flow("DF_SDG_GLH", version, "SDG Harmonized Global Dataflow",
            "Reporting and dissemination dataflow for harmonized global SDG indicators."),
    ];

    public static Urn Urn(string id, string version) => new(ArtefactType.Dataflow, GlobalStructures.Agency, id, version);

    static Dataflow Flow(string id, string version, string name, string description) => new()
    {
        Agency = GlobalStructures.Agency,
        Id = id,
        Version = version,
        IsFinal = true,
        Name = new(name),
        Description = new(description),
        Structure = new Urn(ArtefactType.DataStructure, GlobalStructures.Agency, "SDG", version),
    };
}

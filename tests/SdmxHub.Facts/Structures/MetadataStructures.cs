using System.Text.Json;
using System.Xml.Linq;
using Sdmx;

namespace SdgShipment;

/// <summary>The metadata structure IAEG-SDGs:SDG_MSD 0.3 and 1.0 with its concepts, as the messages under <c>msd/</c>.</summary>
static class MetadataStructures
{
    public static IEnumerable<(string File, IReadOnlyList<Artefact> Artefacts)> Read(string facts)
    {
        var old = new StructureFile(Path.Combine(facts, "msd", "IAEG-SDGs_SDG_MSD_0.3_with_concepts.xml"));
        var concepts = old.ConceptScheme("SDG_META_CONCEPTS");
        yield return ($"IAEG-SDGs_SDG_META_CONCEPTS_{concepts.Version}.xml", [concepts]);
        yield return ("IAEG-SDGs_SDG_MSD_0.3.xml", [Make("0.3", concepts, old.MetadataAttributes)]);
        concepts = Concepts(Path.Combine(facts, "msd", "pysdmx_SDG_MSD_1.0_msd.json"));
        yield return ($"IAEG-SDGs_SDG_META_CONCEPTS_{concepts.Version}.xml", [concepts]);
        yield return ("IAEG-SDGs_SDG_MSD_1.0.xml", [Make("1.0", concepts, Attributes(Path.Combine(facts, "msd", "IAEG-SDGs_SDG_MSD_1.0.sdmxml30.xml")))]);
    }

    // Attributes are flat and optional; the tree is in the concepts' parents. What a report describes is declared for 0.3 only
    // (version 1.0 is held in SDMX 3.0, where targets belong to a metadata flow): 1.0 gets the same, for reports go on being written so.
    static MetadataStructure Make(string version, ConceptScheme concepts, IEnumerable<string> attributes) => new()
    {
        Agency = GlobalStructures.Agency,
        Id = "SDG_MSD",
        Version = version,
        IsFinal = false,
        Name = new("SDG Metadata Structure Definition"),
        Description = new("Metadata Structure Definition for Sustainable Development Goals Indicators."),
        Targets = [new() { Id = "KEY_TARGET", Objects = [Key, Flow] }],
        Reports =
        [
            new()
            {
                Id = "SDG_META_RPT",
                Targets = ["KEY_TARGET"],
                Attributes = attributes.Select(id => new MetadataAttribute
                {
                    Id = id, MinOccurs = 0, MaxOccurs = 1, ConceptIdentity = new("Concept", concepts.Agency, concepts.Id, concepts.Version, id),
                    LocalRepresentation = id == "META_LAST_UPDATE" && version != "0.3" ? StructureFile.Text(TextType.GregorianDay) : null,
                }).ToValueArray(),
            },
        ],
    };

    static TargetObject Key => new()
    {
        Id = "DIMENSION_DESCRIPTOR_VALUES_TARGET", Kind = "KeyDescriptorValuesTarget", LocalRepresentation = StructureFile.Text(TextType.KeyValues),
    };

    static TargetObject Flow => new()
    {
        Id = "Dataflow", Kind = "IdentifiableObjectTarget", ObjectType = "Dataflow",
        LocalRepresentation = StructureFile.Text(TextType.IdentifiableReference),
    };

    static IEnumerable<string> Attributes(string path)
    {
        XNamespace structure = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/structure";
        return XElement.Load(path).Descendants(structure + "MetadataAttribute").Select(a => (string)a.Attribute("id")!);
    }

    static ConceptScheme Concepts(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var scheme = json.RootElement.GetProperty("data").GetProperty("conceptSchemes")[0];
        return new()
        {
            Agency = scheme.GetProperty("agencyID").GetString()!,
            Id = scheme.GetProperty("id").GetString()!,
            Version = scheme.GetProperty("version").GetString()!,
            IsFinal = false,
            Name = new(scheme.GetProperty("name").GetString()!),
            Description = new(scheme.GetProperty("description").GetString()!),
            Concepts = scheme.GetProperty("concepts").EnumerateArray().Select(ReadConcept).ToValueArray(),
        };
    }

    static Concept ReadConcept(JsonElement concept) => new()
    {
        Id = concept.GetProperty("id").GetString()!,
        Name = new(concept.GetProperty("name").GetString()!),
        Description = concept.TryGetProperty("description", out var text) ? new(text.GetString()!) : default,
        Parent = concept.TryGetProperty("parent", out var parent) ? parent.GetString() : null,
        CoreRepresentation = concept.TryGetProperty("coreRepresentation", out var core)
            ? StructureFile.Text(Enum.Parse<TextType>(core.GetProperty("format").GetProperty("dataType").GetString()!)) : null,
    };
}

using Sdmx;

namespace SdgShipment;

/// <summary>Everything the hub ships with, made from the folder of facts. The same facts give the same bytes.</summary>
public static class Shipment
{
    /// <summary>Writes <c>dsd/</c>, <c>msd/</c> and <c>samples/</c> below <paramref name="output"/>, and says what was written.</summary>
    public static void Write(string facts, string output, TextWriter log)
    {
        var structures = GlobalStructures.Read(facts);
        foreach (var (file, artefacts) in structures.Files)
            Message.Write(Path.Combine(output, "dsd", file), artefacts);
        foreach (var (file, artefacts) in MetadataStructures.Read(facts))
            Message.Write(Path.Combine(output, "msd", file), artefacts);
        log.WriteLine($"dsd: {structures.Files.Count} messages");

        var catalog = StructureCatalog.Empty.With(structures.Files.SelectMany(f => f.Artefacts));
        var samples = new SampleCases(facts, catalog);
        samples.Write(Path.Combine(output, "samples"));
        log.WriteLine(samples.Summary);
    }
}

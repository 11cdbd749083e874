using Sdmx;

namespace SdgShipment;

/// <summary>The global SDG structures of the versions held, as the messages under <c>dsd/</c>.</summary>
sealed record GlobalStructures(IReadOnlyList<(string File, IReadOnlyList<Artefact> Artefacts)> Files)
{
    public const string Agency = "IAEG-SDGs";

    /// <summary>A version of the structure and the file that declares its codelists.</summary>
    static readonly (string Version, string File)[] Versions =
    [
        ("1.5", "IAEG-SDGs_SDG_1.5_2021-07.xml"),
        ("1.16", "ZW_LocalRegistry_SDG_1.16_codelists_2024-06.xml"),
    ];

    public static GlobalStructures Read(string facts)
    {
        var translations = new NameTranslations(new StructureFile(Path.Combine(facts, "dsd", "KG_NSC_SDG_1.8_2025-08.xml")));
        var titles = new IndicatorTitles(facts);
        var sources = Versions.Select(v => (v.Version, File: new StructureFile(Path.Combine(facts, "dsd", v.File)))).ToList();
        // The concepts come from the registry's own file: in the other one, a country's core representations are mixed in.
        var concepts = translations.Translate(sources[0].File.ConceptScheme("SDG_CONCEPTS"));
        var files = new SortedDictionary<string, IReadOnlyList<Artefact>>(StringComparer.Ordinal)
        {
            ["SDMX_AGENCIES_1.0.xml"] = [Agencies.Read(sources[^1].File)],
            ["IAEG-SDGs_SDG_CONCEPTS_1.0.xml"] = [concepts],
        };
        var table = SeriesTable.Read(facts);
        foreach (var (version, file) in sources)
        {
            var lists = file.Codelists.Where(l => l.Agency is Agency or "SDMX").Select(l => SeriesNotes.Complete(translations.Translate(l), titles)).ToList();
            foreach (var list in lists)
                files[$"codelists/{list.Agency}_{list.Id}_{list.Version}.xml"] = [list];
            files[$"IAEG-SDGs_SDG_{version}.xml"] = [DataStructures.Make(version, concepts, lists)];
            files[$"IAEG-SDGs_SDG_flows_{version}.xml"] = [.. Dataflows.Make(version), .. Constraints.Make(version, table, lists)];
        }

        return new([.. files.Select(f => (f.Key, f.Value))]);
    }
}

using System.Globalization;
using Sdmx;
using Sdmx.Mapping;

namespace SdmxHub.Benchmarks;

/// <summary>What reading through a structure map costs beside reading: each component mapped, three of them by tables.</summary>
static class MapBenchmark
{
    public static void Run(Scale scale)
    {
        var cube = new SdgCube();
        var catalog = cube.Catalog.With(Maps(cube.Schema));
        var folder = Directory.CreateTempSubdirectory("sdmxhub-map-");
        try
        {
            Console.WriteLine($"map: {scale.Observations:N0} observations");
            Compare("structure-specific, by series", "structurespecific-2.1", cube.Blocks(scale.Observations));
            Compare("SDMX-CSV, in any order", "csv-2.0", cube.Shuffled(scale.Observations));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        void Compare(string name, string format, IEnumerable<ObservationBlock> blocks)
        {
            var path = Path.Combine(folder.FullName, format);
            var count = cube.WriteFile(path, format, blocks);
            var measured = Measurement.InTurns(scale.Rounds, () => Read(path, format, catalog, null), () => Read(path, format, catalog, "SAME"));
            var (plain, mapped) = (measured[0], measured[1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name,-32} read {count / 1e6 / plain.Seconds,6:F2} M obs/CPU-s, through a map {count / 1e6 / mapped.Seconds,6:F2}; the map alone {count / 1e6 / (mapped.Seconds - plain.Seconds),6:F2}"));
        }
    }

    static void Read(string path, string format, StructureCatalog catalog, string? map)
    {
        using var issues = new IssueLog();
        var context = new ReadContext { Catalog = catalog, Issues = issues, FileName = "f" };
        DataReader Open(ReadContext c) => Sdmx.Formats.Format.Find(format)!.Open!(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), c);
        using var reader = map is null ? Open(context) : MappedReader.Open(map, context, Open)!;
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
        }

        if (issues.HasErrors)
            throw new InvalidOperationException(issues.All.First(i => i.Severity >= Severity.Error).Message);
    }

    static IEnumerable<Artefact> Maps(DataSchema schema)
    {
        string[] tables = ["REF_AREA", "SERIES", "NATURE"];
        foreach (var id in tables)
        {
            yield return new RepresentationMap
            {
                Agency = "B", Id = id, Sources = [new(null, TextType.String)], Targets = [new(null, TextType.String)],
                Mappings = [.. schema.Find(id)!.Codes!.Codelist.Codes.Select(c => new ValueMapping { Sources = [new(c.Id)], Targets = [c.Id] })],
            };
        }

        yield return new StructureMap
        {
            Agency = "B", Id = "SAME", Source = schema.Urn, Target = schema.Urn,
            ComponentMaps =
            [
                .. schema.Dimensions.Concat(schema.Values).Select(c => new ComponentMap
                {
                    Sources = [c.Id], Targets = [c.Id], RepresentationMap = tables.Contains(c.Id) ? new Urn(ArtefactType.RepresentationMap, "B", c.Id, "1.0") : null,
                }),
            ],
        };
    }
}

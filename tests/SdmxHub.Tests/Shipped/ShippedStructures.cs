using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Tests.Shipped;

/// <summary>The messages under <c>dsd/</c> and <c>msd/</c>, read once by the hub's own reader.</summary>
static class ShippedStructures
{
    static readonly Lazy<(StructureCatalog Catalog, IReadOnlyList<Issue> Issues, int Files)> Read = new(ReadAll);

    public static StructureCatalog Catalog => Read.Value.Catalog;

    public static IReadOnlyList<Issue> Issues => Read.Value.Issues;

    public static int Files => Read.Value.Files;

    public static Codelist Codelist(string agency, string id, string version) =>
        Catalog.TryFind<Codelist>(new Urn(ArtefactType.Codelist, agency, id, version), out var list)
            ? list : throw new InvalidOperationException($"{agency}:{id}({version}) is not shipped");

    public static Urn Flow(string id, string version) => new(ArtefactType.Dataflow, "IAEG-SDGs", id, version);

    static (StructureCatalog, IReadOnlyList<Issue>, int) ReadAll()
    {
        using var issues = new IssueLog();
        var catalog = StructureCatalog.Empty;
        var files = ((string[])["dsd", "msd"])
            .SelectMany(f => Directory.EnumerateFiles(Facts.InProject(f), "*.xml", SearchOption.AllDirectories)).ToList();
        foreach (var file in files)
        {
            using var stream = File.OpenRead(file);
            var context = new ReadContext { Catalog = catalog, Issues = issues, FileName = Path.GetFileName(file) };
            catalog = catalog.With(Format.Find("structure-xml-2.1")!.ReadStructures!(stream, context).Artefacts);
        }

        return (catalog, [.. issues.All], files.Count);
    }
}

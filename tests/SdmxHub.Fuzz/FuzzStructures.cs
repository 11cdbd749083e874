using Sdmx;
using Sdmx.Tests.Data;
using Sdmx.Tests.Writers;
using Sdmx.Xml;

namespace SdmxHub.Fuzz;

/// <summary>What the inputs may refer to: small structures, so that valid content is within reach of a mutation.</summary>
static class FuzzStructures
{
    /// <summary>The small cubes of the tests, and the structures of the invalid samples.</summary>
    public static StructureCatalog Catalog { get; } = SmallCube.Catalog.With(WriterSample.Catalog.All).With(OfSamples());

    /// <summary>Limits that a small input can pass.</summary>
    public static ReadLimits Limits { get; } = new() { MaxDepth = 16, MaxText = 400, MaxComponents = 40 };

    /// <summary>The folder of the samples.</summary>
    public static string Samples { get; } = Path.Combine(Root(), "samples", "invalid");

    /// <summary>What an input is read with.</summary>
    public static ReadContext Context(IssueLog issues, ReadLimits? limits = null) =>
        new() { Catalog = Catalog, Issues = issues, FileName = "f", Limits = limits ?? Limits };

    static IEnumerable<Artefact> OfSamples()
    {
        using var issues = new IssueLog();
        using var file = File.OpenRead(Path.Combine(Root(), "samples", "invalid", "structures.xml"));
        return StructureXmlReader.Read(file, new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues }).Artefacts;
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "SdmxHub.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("SdmxHub.sln lies in no folder above the program");
    }
}

using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Tests.RealFiles;

/// <summary>Structures for tests, read from files.</summary>
static class TestStructures
{
    /// <summary>The files of dsd/.</summary>
    public static string[] Shipped => Directory.GetFiles(Facts.InProject("dsd"), "*.xml", SearchOption.AllDirectories);

    /// <summary>What structure messages in SDMX-ML 2.1 hold, later files over earlier ones.</summary>
    public static StructureCatalog Of(IEnumerable<string> files)
    {
        var catalog = StructureCatalog.Empty;
        foreach (var file in files)
        {
            using var issues = new IssueLog();
            using var stream = File.OpenRead(file);
            catalog = catalog.With(Format.Find("structure-xml-2.1")!.ReadStructures!(stream, new ReadContext { Catalog = catalog, Issues = issues, FileName = file }).Artefacts);
        }

        return catalog;
    }
}

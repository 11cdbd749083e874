using Sdmx.Formats;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Xml;

/// <summary>One cube of exchange rates in every layout of SDMX-ML 2.1: all must say the same.</summary>
public sealed class EcbCubeTests
{
    [TestCase("ng", 12)]
    [TestCase("rg", 12)]
    [TestCase("sg", 12)]
    public void Every_layout_says_the_same(string structure, int observations)
    {
        var folder = Facts.At("fixtures", "ECB_EXR");
        var catalog = CatalogOf(Path.Combine(folder, $"{structure}-structure-full.xml"));
        var files = Directory.GetFiles(folder, $"{structure}-*.xml").Where(f => !f.Contains("structure", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();

        var contents = files.Select(f => Read(f, catalog)).ToArray();

        Assert.That(files, Has.Length.GreaterThan(5));
        Assert.That(contents[0].Count(r => r.StartsWith("0 obs", StringComparison.Ordinal)), Is.EqualTo(observations));
        for (var i = 1; i < files.Length; i++)
        {
            // these files put the observations of October under August, and one digit elsewhere: their own mistakes
            var differences = Path.GetFileName(files[i]) is "sg-xs.xml" or "rg-xs.xml" ? 10 : 0;
            Assert.That(contents[i].Except(contents[0]).Concat(contents[0].Except(contents[i])).ToArray(), Has.Length.EqualTo(differences), Path.GetFileName(files[i]));
        }
    }

    internal static StructureCatalog CatalogOf(string path)
    {
        var context = SmallCube.Context(StructureCatalog.Empty);
        var artefacts = MessageFile.Open(path, context).ReadStructures(context)!.Artefacts;
        // most data of "rg" name ECB_EXR_RG, some and the structure message ECB_EXR_CG
        return StructureCatalog.Empty.With([.. artefacts, .. artefacts.OfType<DataStructure>().Where(a => a.Id == "ECB_EXR_CG").Select(a => a with { Id = "ECB_EXR_RG" })]);
    }

    static SortedSet<string> Read(string path, StructureCatalog catalog)
    {
        var context = SmallCube.Context(catalog);
        using var reader = MessageFile.Open(path, context).OpenData(context)!;
        var rows = SmallCube.Rows(reader);
        Assert.That(context.Issues.All.Where(i => i.Severity >= Severity.Error), Is.Empty, path);
        return new SortedSet<string>(rows, StringComparer.Ordinal);
    }
}

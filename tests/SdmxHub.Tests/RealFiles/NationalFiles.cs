using System.Xml.Linq;
using Sdmx;

namespace SdmxHub.Tests.RealFiles;

/// <summary>Structures for the national files of the facts, and the files as they can be loaded.</summary>
static class NationalFiles
{
    /// <summary>The shipped structures, the national ones of the facts, and a flow <c>DF_NATIONAL</c> for those that come without one.</summary>
    public static IEnumerable<Artefact> Structures()
    {
        var shipped = TestStructures.Of(TestStructures.Shipped);
        var catalog = TestStructures.Of([.. TestStructures.Shipped, .. Directory.GetFiles(Facts.At("sdg", "dsd"), "*.xml").Where(f => !Path.GetFileName(f).StartsWith("IAEG", StringComparison.Ordinal))]);
        var flows = catalog.OfType<DataStructure>().Where(d => d.Agency is "NISR-SDGs" or "GSS" or "ZW01")
            .Select(d => new Dataflow { Agency = d.Agency, Id = "DF_NATIONAL", Version = d.Version, Name = new("National figures"), Structure = d.Urn });

        // The shipped lists are the facts of the global ones; a national file repeats some of them with its own content.
        return catalog.With(shipped.All).With(flows).All;
    }

    /// <summary>The files of a path under the facts' data: itself, or all messages in the folder.</summary>
    public static IEnumerable<string> Under(string name)
    {
        var path = Facts.At("sdg", "data", name);
        return Directory.Exists(path) ? Directory.GetFiles(path, "*.xml").Order(StringComparer.Ordinal) : [path];
    }

    /// <summary>Rwanda's file without the four series that break its own structure (see RealFileTests), in <paramref name="folder"/>; any other as it is.</summary>
    public static string Mended(string file, string folder)
    {
        if (Path.GetFileName(file) != "RW_2026-05_ss21.xml")
            return file;
        var message = XDocument.Load(file);
        message.Descendants("Series").Where(s => s.Attribute("SERIES")!.Value is "SH_SAN_HNDWSH" or "SP_LGL_LNDDOC").Remove();
        var mended = Path.Combine(folder, "RW_mended.xml");
        message.Save(mended);
        return mended;
    }
}

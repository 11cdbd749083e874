using System.Buffers;
using Sdmx.Xml;

namespace Sdmx.Tests.Xml;

/// <summary>Reads and writes structure messages for the tests.</summary>
static class StructureFiles
{
    /// <summary>The 2.1 structure messages under the facts whose artefacts the model holds.</summary>
    public static readonly string[] SdgFiles =
    [
        "sdg/dsd/GSS_SDG_1.2_2023.xml", "sdg/dsd/IAEG-SDGs_SDG_1.15_2023-10.xml", "sdg/dsd/IAEG-SDGs_SDG_1.17_2024-04.xml",
        "sdg/dsd/IAEG-SDGs_SDG_1.4_multilingual_2021-04.xml", "sdg/dsd/IAEG-SDGs_SDG_1.5_2021-07.xml", "sdg/dsd/KG_NSC_SDG_1.8_2025-08.xml",
        "sdg/dsd/KH_NIS_SDG_1.2_with_constraint.xml", "sdg/dsd/NISR-SDGs_SDG_1.3_2026-04.xml",
        "sdg/dsd/ZW_LocalRegistry_SDG_1.16_codelists_2024-06.xml", "sdg/msd/IAEG-SDGs_SDG_MSD_0.3_with_concepts.xml",
    ];

    public static readonly string[] Fixtures =
    [
        "fixtures/ECB_EXR/common.xml", "fixtures/ECB_EXR/ng-structure.xml", "fixtures/ECB_EXR/ng-structure-full.xml",
        "fixtures/ECB_EXR/rg-structure.xml", "fixtures/ECB_EXR/rg-structure-full.xml", "fixtures/ECB_EXR/sg-structure.xml",
        "fixtures/ECB_EXR/sg-structure-full.xml", "fixtures/ECB_EXR/1/structure.xml", "fixtures/ECB_EXR/1/structure-full.xml",
        "fixtures/ESTAT/demography-structure.xml", "fixtures/ESTAT/GOV_10Q_GGNFA.xml", "fixtures/ESTAT/esms-structure.xml",
        "fixtures/ESTAT/apro_mk_cola-structure.xml", "fixtures/ECB/orgscheme.xml", "fixtures/BIS/actualconstraint-0.xml",
        "fixtures/v21/xml/common/common.xml", "fixtures/v21/xml/demography/demography.xml", "fixtures/v21/xml/demography/esms.xml",
        "fixtures/v21/xml/query/response_cl_all.xml", "fixtures/v21/xml/query/response_cl_regions.xml", "fixtures/v21/xml/query/response_demo_stub.xml",
        "fixtures/v21/xml/query/response_esms_children.xml", "fixtures/v21/xml/query/response_esms_descendants.xml",
    ];

    public static (StructureMessage Message, Issue[] Issues) Read(Stream input)
    {
        using var issues = new IssueLog();
        var message = StructureXmlReader.Read(input, new() { Catalog = StructureCatalog.Empty, Issues = issues, FileName = "test.xml" });
        return (message, [.. issues.All]);
    }

    public static (StructureMessage Message, Issue[] Issues) Read(byte[] bytes) => Read(new MemoryStream(bytes));

    public static (StructureMessage Message, Issue[] Issues) ReadFile(string file)
    {
        using var input = File.OpenRead(Facts.At(file.Split('/')));
        return Read(input);
    }

    public static byte[] Write(StructureMessage message, string format = "structure-xml-2.1")
    {
        var output = new ArrayBufferWriter<byte>();
        Sdmx.Formats.Format.Find(format)!.WriteStructures!(output, message, new());
        return output.WrittenSpan.ToArray();
    }
}

using System.Globalization;
using System.Text;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Benchmarks;

/// <summary>Messages like those of the SDG exchange, any size: real codes of the shipped structures, most breakdowns <c>_T</c>, about 25 years a series.</summary>
/// <remarks>The same size gives the same bytes.</remarks>
sealed class SdgMessages
{
    const string Flow = "DF_SDG_GLH";
    const string Version = "1.16";

    readonly DataSchema _schema;

    public SdgMessages()
    {
        Catalog = Load(Path.Combine(Root(), "dsd"));
        _schema = Catalog.Schema(new Urn(ArtefactType.Dataflow, "IAEG-SDGs", Flow, Version)) ?? throw new InvalidOperationException("the shipped structures lack the flow");
    }

    /// <summary>The shipped structures.</summary>
    public StructureCatalog Catalog { get; }

    /// <summary>Writes structure-specific data, series after series, until they take <paramref name="bytes"/>.</summary>
    public void WriteSpecific(string file, long bytes) => Write(file, bytes, "StructureSpecificData", (text, key, unit, random) =>
    {
        text.Append("    <Series");
        for (var d = 0; d < key.Length; d++)
            text.Append(' ').Append(_schema.Dimensions[d].Id).Append("=\"").Append(key[d]).Append('"');
        text.Append(">\n");
        foreach (var (year, value, nature) in Observations(random))
        {
            text.Append("      <Obs TIME_PERIOD=\"").Append(year).Append("\" OBS_VALUE=\"").Append(value).Append("\" OBS_STATUS=\"A\" UNIT_MULT=\"0\" NATURE=\"").Append(nature)
                .Append("\" SOURCE_DETAIL=\"").Append(unit).Append("\"/>\n");
        }

        text.Append("    </Series>\n");
    });

    /// <summary>The same as generic data.</summary>
    public void WriteGeneric(string file, long bytes) => Write(file, bytes, "GenericData", (text, key, unit, random) =>
    {
        text.Append("    <generic:Series>\n      <generic:SeriesKey>\n");
        for (var d = 0; d < key.Length; d++)
            Value(text, _schema.Dimensions[d].Id, key[d]);
        text.Append("      </generic:SeriesKey>\n");
        foreach (var (year, value, nature) in Observations(random))
        {
            text.Append("      <generic:Obs>\n        <generic:ObsDimension value=\"").Append(year).Append("\"/>\n        <generic:ObsValue value=\"").Append(value)
                .Append("\"/>\n        <generic:Attributes>\n");
            Value(text, "OBS_STATUS", "A");
            Value(text, "UNIT_MULT", "0");
            Value(text, "NATURE", nature);
            Value(text, "SOURCE_DETAIL", unit);
            text.Append("        </generic:Attributes>\n      </generic:Obs>\n");
        }

        text.Append("    </generic:Series>\n");
    });

    static void Value(StringBuilder text, string id, string value) =>
        text.Append("          <generic:Value id=\"").Append(id).Append("\" value=\"").Append(value).Append("\"/>\n");

    static IEnumerable<(int Year, string Value, string Nature)> Observations(Random random)
    {
        var count = random.Next(10, 40);
        var nature = random.Next(3) switch { 0 => "C", 1 => "E", _ => "CA" };
        var value = random.NextDouble() * 1000;
        for (var i = 0; i < count; i++)
        {
            value *= 0.95 + random.NextDouble() * 0.1;
            yield return (2024 - count + i, value.ToString(random.Next(4) switch { 0 => "F0", 1 => "F1", 2 => "F2", _ => "F5" }, CultureInfo.InvariantCulture), nature);
        }
    }

    void Write(string file, long bytes, string root, Action<StringBuilder, string[], string, Random> series)
    {
        var random = new Random(20240701);
        using var output = new StreamWriter(file, false, new UTF8Encoding(false));
        output.Write($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <message:{root} xmlns:message="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message" xmlns:common="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common" xmlns:generic="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/generic" xmlns:ss="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/data/structurespecific">
              <message:Header><message:ID>B</message:ID><message:Test>false</message:Test><message:Prepared>2024-07-01T00:00:00</message:Prepared><message:Sender id="UN"/><message:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><common:StructureUsage><Ref agencyID="IAEG-SDGs" id="{Flow}" version="{Version}"/></common:StructureUsage></message:Structure></message:Header>
              <message:DataSet structureRef="S" action="Append">

            """);
        var text = new StringBuilder();
        for (long written = 0; written < bytes; written += text.Length)
        {
            text.Clear();
            var key = _schema.Dimensions.Select(d => Code(d, random)).ToArray();
            series(text, key, random.Next(2) == 0 ? "World Bank, household survey" : "National statistical office", random);
            output.Write(text);
        }

        output.Write($"  </message:DataSet>\n</message:{root}>\n");
    }

    static string Code(SchemaComponent dimension, Random random)
    {
        var codes = dimension.Codes!;
        if (dimension.Id == "FREQ")
            return "A";
        return codes.Find("_T") < 0 || random.Next(5) == 0 ? codes[random.Next(codes.Count)] : "_T";
    }

    static StructureCatalog Load(string folder)
    {
        var format = Format.Find("structure-xml-2.1")!;
        var artefacts = new List<Artefact>();
        var context = new ReadContext { Catalog = StructureCatalog.Empty, Issues = new IssueLog() };
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories))
        {
            using var stream = File.OpenRead(file);
            artefacts.AddRange(format.ReadStructures!(stream, context).Artefacts);
        }

        return StructureCatalog.Empty.With(artefacts);
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SdmxHub.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("SdmxHub.sln lies in no folder above the benchmarks");
        return folder;
    }
}

using System.Xml;
using Sdmx.Formats;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Formats;

/// <summary>Every data message of the SDG facts, counted by a bare <see cref="XmlReader"/> that knows nothing of SDMX.</summary>
public sealed class RealFileTests
{
    static readonly Lazy<StructureCatalog> Structures = new(() =>
    {
        var catalog = StructureCatalog.Empty;
        foreach (var path in Directory.GetFiles(Facts.At("sdg", "dsd"), "*.xml").Order(StringComparer.Ordinal))
        {
            var context = SmallCube.Context(catalog);
            catalog = catalog.With(MessageFile.Open(path, context).ReadStructures(context)!.Artefacts);
        }

        return catalog;
    });

    /// <summary>The structures that the real files name.</summary>
    internal static StructureCatalog Catalog => Structures.Value;

    [Test]
    public void Every_file_gives_as_many_observations_and_series_as_it_has()
    {
        foreach (var path in Directory.GetFiles(Facts.At("sdg", "data"), "*.xml", SearchOption.AllDirectories))
        {
            var context = SmallCube.Context(Structures.Value);
            using var reader = MessageFile.Open(path, context).OpenData(context);
            if (path.EndsWith("generic20.xml", StringComparison.Ordinal))
            {
                Assert.That((reader, SmallCube.Codes(context).Single()), Is.EqualTo(((DataReader?)null, "UnsupportedFormat")));
                continue;
            }

            if (IsZimbabwe(path))
                continue;
            var (observations, series) = Count(reader!);
            Assert.That((observations, series), Is.EqualTo(CountBare(path)), path);
            Assert.That(context.Issues.All.Where(i => i.Severity == Severity.Fatal), Is.Empty, path);
        }
    }

    [Test]
    public void Ghana_by_its_own_structure_has_unit_in_the_key_and_no_fault_of_shape()
    {
        var context = SmallCube.Context(Structures.Value);

        using var reader = MessageFile.Open(Facts.At("sdg", "data", "GH", "Goal_3.xml"), context).OpenData(context)!;
        var block = new ObservationBlock();
        reader.Read(block);

        Assert.That(block.Dataset.Schema.Find("UNIT_MEASURE")!.Role, Is.EqualTo(ComponentRole.Dimension));
        Assert.That(SmallCube.Codes(context), Is.EqualTo(["InformationAction"]));
    }

    [Test]
    public void Ghana_for_the_global_flow_is_one_finding_of_shape()
    {
        var flow = new Dataflow { Agency = "IAEG-SDGs", Id = "DF_SDG_GLC", Version = "1.17", Structure = new Urn(ArtefactType.DataStructure, "IAEG-SDGs", "SDG", "1.17") };
        var context = SmallCube.Context(Structures.Value.With([flow]), flow.Urn);

        using var reader = MessageFile.Open(Facts.At("sdg", "data", "GH", "Goal_3.xml"), context).OpenData(context)!;
        SmallCube.Rows(reader);

        Assert.That(SmallCube.Codes(context), Is.EqualTo(["OtherDimensions", "InformationAction"]));
        Assert.That(context.Issues.All.First().Message, Does.Contain("UNIT_MEASURE"));
    }

    [Test]
    public void The_hub_own_structures_tell_which_flow_national_data_are_for()
    {
        var catalog = StructureCatalog.Empty;
        foreach (var path in Directory.GetFiles(Facts.InProject("dsd"), "*.xml", SearchOption.AllDirectories))
        {
            var reading = SmallCube.Context(catalog);
            catalog = catalog.With(MessageFile.Open(path, reading).ReadStructures(reading)!.Artefacts);
        }

        var context = SmallCube.Context(catalog);
        using var reader = MessageFile.Open(Facts.At("sdg", "data", "UK", "8-1-1.xml"), context).OpenData(context)!;
        var block = new ObservationBlock();
        reader.Read(block);

        Assert.That(block.Dataset.Schema.Urn.Id, Is.EqualTo("DF_SDG_GLC"));
        Assert.That(SmallCube.Codes(context), Is.SupersetOf((string[])["NearestVersionUsed", "DataflowChosen"]));
    }

    [Test]
    public void The_empty_data_set_is_seen()
    {
        var context = SmallCube.Context(Structures.Value);

        using var reader = MessageFile.Open(Facts.At("sdg", "data", "fcdo", "uganda_all.xml"), context).OpenData(context)!;

        Assert.That(SmallCube.Rows(reader), Is.EqualTo(["0"]));
    }

    // Zimbabwe's own structure is not among the facts: only its codelists are
    static bool IsZimbabwe(string path) => Path.GetFileName(path).StartsWith("ZW", StringComparison.Ordinal);

    static (int Observations, int Series) Count(DataReader reader)
    {
        var keys = new HashSet<string>();
        var observations = 0;
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
            {
                if (block.Kinds[row] != RowKind.Observation)
                    continue;
                observations++;
                keys.Add(block.KeyText(row));
            }
        }

        return (observations, keys.Count);
    }

    static (int Observations, int Series) CountBare(string path)
    {
        string[] inKey = path.Contains("GH", StringComparison.Ordinal) ? ["UNIT_MEASURE"] : [];
        string[] notInKey = [.. ((string[])["UNIT_MEASURE", "COMMENT_TS", "GEO_INFO_URL", "GEO_INFO_TYPE", "CUST_BREAKDOWN_LB", "DATA_LAST_UPDATE"]).Except(inKey)];
        var keys = new HashSet<string>();
        var (observations, key) = (0, "");
        using var xml = XmlReader.Create(path);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.EndElement, LocalName: "SeriesKey" } || (xml is { NodeType: XmlNodeType.Element, LocalName: "Series" }))
            {
                var pairs = new List<string>();
                while (xml.MoveToNextAttribute())
                {
                    if (!notInKey.Contains(xml.LocalName))
                        pairs.Add($"{xml.LocalName}={xml.Value}");
                }

                xml.MoveToElement();
                if (xml.LocalName == "Series")
                    key = string.Join(';', pairs.Order(StringComparer.Ordinal));
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "SeriesKey" })
            {
                key = "";
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "Value" } && xml.GetAttribute("id") is { } id && !notInKey.Contains(id) && xml.Depth == 4)
            {
                key += $"{id}={xml.GetAttribute("value")};";
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "Obs" })
            {
                observations++;
                keys.Add(key);
            }
        }

        return (observations, keys.Count);
    }
}

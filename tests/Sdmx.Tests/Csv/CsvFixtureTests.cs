using Sdmx.Formats;
using Sdmx.Tests.Data;

namespace Sdmx.Tests.Csv;

/// <summary>Tables of another implementation and of the standard's guide.</summary>
public sealed class CsvFixtureTests
{
    static readonly string[] Samples = ["fixtures", "pysdmx", "tests", "io", "csv"];

    [TestCase("sdmx10/reader/samples/csv_labels_both.csv", "Append")]
    [TestCase("sdmx10/writer/samples/csv_labels_id.csv", "Append")]
    [TestCase("sdmx20/reader/samples/csv_labels_both.csv", "Information")]
    [TestCase("sdmx20/reader/samples/csv_labels_name.csv", "Information")]
    [TestCase("sdmx20/reader/samples/csv_keys_both.csv", "Information")]
    [TestCase("sdmx20/writer/samples/csv_labels_name.csv", "Information")]
    [TestCase("sdmx21/reader/samples/csv_labels_both.csv", "Merge")]
    [TestCase("sdmx21/reader/samples/csv_labels_name.csv", "Merge")]
    [TestCase("sdmx21/writer/samples/csv_keys_series.csv", "Merge")]
    [TestCase("sdmx21/writer/samples/csv_labels_id.csv", "Merge")]
    public void One_observation_reads_the_same_in_every_layout(string path, string action)
    {
        var context = SmallCube.Context(TestStructure());
        using var reader = MessageFile.Open(Path.Combine(Facts.At(Samples), path), context).OpenData(context)!;
        var block = new ObservationBlock();

        Assert.That(reader.Read(block), Is.True);
        Assert.That(block.Dataset.Action.ToString(), Is.EqualTo(action));
        Assert.That(Enumerable.Range(0, block.Count).Select(row => SmallCube.Text(block, row)), Is.EqualTo(["obs A.B 2020 OBS_VALUE=1 ATT1=C ATT2=D"]));
        Assert.That(SmallCube.Codes(context).Except(["InformationAction", "DataflowChosen"]), Is.Empty);
    }

    [Test]
    public void Rows_with_part_of_the_key_stand_beside_observations()
    {
        var context = SmallCube.Context(TestStructure());
        using var reader = MessageFile.Open(Path.Combine(Facts.At(Samples), "sdmx20/writer/samples/reference_partial_keys.csv"), context).OpenData(context)!;

        var rows = SmallCube.Rows(reader);

        Assert.That(rows[1..], Is.EqualTo(["0 obs A.B 2020 OBS_VALUE=1 ATT2=D", "0 obs A.B 2021 OBS_VALUE=2 ATT2=E"]));
    }

    [Test]
    public void No_table_makes_the_reader_throw()
    {
        var files = Directory.GetFiles(Facts.At("fixtures"), "*.csv", SearchOption.AllDirectories);
        foreach (var path in files)
        {
            var context = SmallCube.Context(TestStructure());
            using var reader = MessageFile.Open(path, context).OpenData(context);
            if (reader is not null)
                SmallCube.Rows(reader);
            Assert.That(context.Issues.Count(Severity.Fatal), Is.LessThan(2), path);
        }

        Assert.That(files, Has.Length.GreaterThan(50));
    }

    static StructureCatalog TestStructure()
    {
        static Urn Concept(string id) => new("Concept", "MD", "CS", "1.0", id);
        var dsd = new DataStructure
        {
            Agency = "MD", Id = "MD_TEST",
            Dimensions = [new Dimension { Id = "DIM1", ConceptIdentity = Concept("DIM1") }, new Dimension { Id = "DIM2", ConceptIdentity = Concept("DIM2") }],
            Time = new TimeDimension { Id = "TIME_PERIOD", ConceptIdentity = Concept("TIME_PERIOD") },
            Measures = [new Measure { Id = "OBS_VALUE", ConceptIdentity = Concept("OBS_VALUE") }],
            Attributes = [.. ((string[])["ATT1", "ATT2"]).Select(a => new DataAttribute { Id = a, ConceptIdentity = Concept(a), LocalRepresentation = new() { Enumeration = new Urn(ArtefactType.Codelist, "MD", "CL", "1.0") }, Relationship = new() { Kind = AttachmentLevel.Observation } })],
        };
        var list = new Codelist { Agency = "MD", Id = "CL", Codes = [new Code { Id = "C" }, new Code { Id = "D" }, new Code { Id = "E" }] };
        return StructureCatalog.Empty.With([dsd, list, new Dataflow { Agency = "MD", Id = "MD_TEST", Structure = dsd.Urn }]);
    }
}

using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>A small flow for <see cref="CrashTest"/>: every load sets every value to the load's number, so that half a load shows at once.</summary>
static class CrashFlow
{
    const int Areas = 400;
    const int Years = 20;

    public static Urn Urn => new(ArtefactType.Dataflow, "T", "CRASH", "1.0");

    public static Artefact[] Structures() =>
    [
        new Codelist { Agency = "T", Id = "CL_AREA", Version = "1.0", Name = new("Areas"), Codes = Enumerable.Range(1, Areas).Select(i => new Code { Id = $"A{i}", Name = new($"Area {i}") }).ToValueArray() },
        new ConceptScheme
        {
            Agency = "T", Id = "CS", Version = "1.0", Name = new("Concepts"),
            Concepts = ((string[])["AREA", "TIME_PERIOD", "OBS_VALUE", "NOTE"]).Select(id => new Concept { Id = id, Name = new(id) }).ToValueArray(),
        },
        new DataStructure
        {
            Agency = "T", Id = "DSD", Version = "1.0", Name = new("Structure"),
            Dimensions = [new() { Id = "AREA", ConceptIdentity = Concept("AREA"), LocalRepresentation = new() { Enumeration = new Urn(ArtefactType.Codelist, "T", "CL_AREA", "1.0") } }],
            Time = new() { Id = "TIME_PERIOD", ConceptIdentity = Concept("TIME_PERIOD") },
            Measures = [new() { Id = "OBS_VALUE", ConceptIdentity = Concept("OBS_VALUE") }],
            Attributes = [new() { Id = "NOTE", ConceptIdentity = Concept("NOTE"), Relationship = new() { Kind = AttachmentLevel.Observation } }],
        },
        new Dataflow { Agency = "T", Id = "CRASH", Version = "1.0", Name = new("Flow"), Structure = new Urn(ArtefactType.DataStructure, "T", "DSD", "1.0") },
    ];

    /// <summary>Load number <paramref name="number"/>: each area's years, which start a year later in every load, as a Replace of all before.</summary>
    public static IEnumerable<ObservationBlock> Blocks(DataSchema schema, long number)
    {
        var dataset = new Dataset { Number = 0, Schema = schema, Codes = new CodeTables(schema), Action = DatasetAction.Replace };
        var delete = dataset with { Action = DatasetAction.Delete };
        var block = new ObservationBlock();
        block.Begin(delete);
        yield return block;
        block.Begin(dataset);
        for (var area = 0; area < Areas; area++)
        {
            if (block.Count + Years > ObservationBlock.Capacity)
            {
                yield return block;
                block.Begin(dataset);
            }

            for (var year = 0; year < Years; year++)
            {
                var row = block.Count++;
                block.Kinds[row] = RowKind.Observation;
                block.Key[0][row] = area;
                block.Periods[row] = TimePeriod.FromYear(2000 + year + (int)(number % 7));
                block.Values[0].Set(row, ValueForm.Decimal, number);
                if (area % 10 == 0)
                    block.SetText(1, row, $"note {number} {area}");
            }
        }

        yield return block;
    }

    /// <summary>What is wrong with what a snapshot holds, or null: load number <c>revision - 1</c>, whole.</summary>
    public static string? Fault(SdmxHub.Storage.Snapshot snapshot)
    {
        if (snapshot.Revision < 2)
            return null;
        var block = new ObservationBlock();
        var count = 0;
        using var reader = snapshot.Read(new DataQuery { Dataflow = Urn });
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
            {
                count++;
                if (block.Values[0].Bits[row] != snapshot.Revision - 1)
                    return $"revision {snapshot.Revision} has the value {block.Values[0].Bits[row]}";
            }
        }

        return count == Areas * Years ? null : $"revision {snapshot.Revision} has {count} observations";
    }

    static Urn Concept(string id) => new("Concept", "T", "CS", "1.0", id);
}

using Sdmx;

namespace SdmxHub.Benchmarks;

/// <summary>A small flow for <see cref="CrashTest"/> and <see cref="ConcurrencyTest"/>: coded areas, free names, one number and a note.</summary>
static class StressFlow
{
    public const int Areas = 400;
    public const int Area = 0;
    public const int Name = 1;
    public const int Value = 0;
    public const int Note = 1;

    public static Urn Urn => new(ArtefactType.Dataflow, "T", "STRESS", "1.0");

    public static Artefact[] Structures() =>
    [
        new Codelist { Agency = "T", Id = "CL_AREA", Version = "1.0", Name = new("Areas"), Codes = Enumerable.Range(0, Areas).Select(i => new Code { Id = $"A{i}", Name = new($"Area {i}") }).ToValueArray() },
        new ConceptScheme
        {
            Agency = "T", Id = "CS", Version = "1.0", Name = new("Concepts"),
            Concepts = ((string[])["AREA", "NAME", "TIME_PERIOD", "OBS_VALUE", "NOTE"]).Select(id => new Concept { Id = id, Name = new(id) }).ToValueArray(),
        },
        new DataStructure
        {
            Agency = "T", Id = "DSD", Version = "1.0", Name = new("Structure"),
            Dimensions =
            [
                new() { Id = "AREA", ConceptIdentity = Concept("AREA"), LocalRepresentation = new() { Enumeration = new Urn(ArtefactType.Codelist, "T", "CL_AREA", "1.0") } },
                new() { Id = "NAME", ConceptIdentity = Concept("NAME") },
            ],
            Time = new() { Id = "TIME_PERIOD", ConceptIdentity = Concept("TIME_PERIOD") },
            Measures = [new() { Id = "OBS_VALUE", ConceptIdentity = Concept("OBS_VALUE") }],
            Attributes = [new() { Id = "NOTE", ConceptIdentity = Concept("NOTE"), Relationship = new() { Kind = AttachmentLevel.Observation } }],
        },
        new Dataflow { Agency = "T", Id = "STRESS", Version = "1.0", Name = new("Flow"), Structure = new Urn(ArtefactType.DataStructure, "T", "DSD", "1.0") },
    ];

    /// <summary>Makes a store hold the structures, as its first revision.</summary>
    public static void Begin(SdmxHub.Storage.Store store)
    {
        using var transaction = store.Begin("structures", "test");
        transaction.Put(Structures());
        transaction.Commit();
    }

    /// <summary>The changes as blocks, a new one wherever the action turns; each is good until the next is asked for.</summary>
    public static IEnumerable<ObservationBlock> Blocks(DataSchema schema, IEnumerable<StressChange> changes)
    {
        var whole = new Dataset { Number = 0, Schema = schema, Codes = new CodeTables(schema), Action = DatasetAction.Merge };
        var block = new ObservationBlock();
        block.Begin(whole);
        foreach (var change in changes)
        {
            if (change.Action != block.Dataset.Action || change.Area < 0 || block.Count == ObservationBlock.Capacity)
            {
                if (block.Count > 0)
                    yield return block;
                block.Begin(whole with { Action = change.Action });
            }

            if (change.Area >= 0)
                Add(block, change);
            else
                yield return block; // A Delete set without rows deletes everything.
        }

        if (block.Count > 0)
            yield return block;
    }

    static void Add(ObservationBlock block, StressChange change)
    {
        var row = block.Count++;
        block.Kinds[row] = change.Period == TimePeriod.None ? RowKind.Attributes : RowKind.Observation;
        block.Periods[row] = change.Period;
        block.Key[Area][row] = change.Area;
        block.Key[Name][row] = block.Dataset.Codes.Dimensions[Name].Resolve(change.Name);
        if (change.Action == DatasetAction.Delete)
            return;
        block.Values[Value].Set(row, ValueForm.Decimal, change.Value);
        if (change.Note is not null)
            block.SetText(Note, row, change.Note);
    }

    static Urn Concept(string id) => new("Concept", "T", "CS", "1.0", id);
}

/// <summary>One row of a change to the <see cref="StressFlow"/>.</summary>
/// <param name="Action">What to do with it.</param>
/// <param name="Area">The area, from 0; -1 in a Delete: everything.</param>
/// <param name="Name">The other dimension.</param>
/// <param name="Period">The period; None in a Delete: the series.</param>
/// <param name="Value">The value.</param>
/// <param name="Note">The note, or null: the one that is there stays.</param>
readonly record struct StressChange(DatasetAction Action, int Area, string Name, TimePeriod Period, long Value, string? Note);

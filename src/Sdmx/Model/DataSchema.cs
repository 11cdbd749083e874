using System.Collections.Concurrent;

namespace Sdmx;

/// <summary>The part a component plays.</summary>
public enum ComponentRole : byte
{
    /// <summary>A dimension of the series key.</summary>
    Dimension,

    /// <summary>The time dimension.</summary>
    Time,

    /// <summary>A measure.</summary>
    Measure,

    /// <summary>An attribute.</summary>
    Attribute,
}

/// <summary>One component of a <see cref="DataSchema"/>, with everything looked up.</summary>
public sealed record SchemaComponent
{
    /// <summary>The component as the structure declares it.</summary>
    public required Component Definition { get; init; }

    /// <summary>The part it plays.</summary>
    public required ComponentRole Role { get; init; }

    /// <summary>A dimension: its position in the key. A measure or attribute: its column in <see cref="ObservationBlock.Values"/>. Time: -1.</summary>
    public required int Index { get; init; }

    /// <summary>The codes, or null where it is uncoded.</summary>
    public CodeIndex? Codes { get; init; }

    /// <summary>The text format: the local one, else the concept's, else String.</summary>
    public required TextFormat Format { get; init; }

    /// <summary>The concept, or null where its scheme is not held.</summary>
    public Concept? Concept { get; init; }

    /// <summary>Whether a value must be there: dimensions and time always, measures and attributes as declared.</summary>
    public required bool IsMandatory { get; init; }

    /// <summary>At which level a value is said; measures, dimensions and time: <see cref="AttachmentLevel.Observation"/>.
    /// It is worked out from the dimensions: all of them make a series attribute, however the structure says it.</summary>
    public required AttachmentLevel Level { get; init; }

    /// <summary>For an attribute above the observation: per dimension of the key, whether its holder's key names it. Else empty.</summary>
    public ValueArray<bool> Holder { get; init; }

    /// <summary>The id.</summary>
    public string Id => Definition.Id;
}

/// <summary>A data structure as one flow uses it, everything looked up: what readers, validator, store and writers work by
/// (what the REST resource <c>/schema</c> describes).</summary>
/// <remarks>Immutable and thread-safe. Made by <see cref="StructureCatalog.Schema"/>.</remarks>
public sealed class DataSchema
{
    readonly Dictionary<string, SchemaComponent> _byId;

    /// <summary>Code tables that are lent: see <see cref="CodeTables.Lend"/>.</summary>
    internal ConcurrentQueue<CodeTables> Tables { get; } = new();

    internal DataSchema(DataStructure structure, Dataflow? dataflow, ValueArray<SchemaComponent> components, ValueArray<DataConstraint> constraints)
    {
        (Structure, Dataflow, Constraints) = (structure, dataflow, constraints);
        Dimensions = components.Where(c => c.Role == ComponentRole.Dimension).ToValueArray();
        Time = components.FirstOrDefault(c => c.Role == ComponentRole.Time);
        Values = components.Where(c => c.Role is ComponentRole.Measure or ComponentRole.Attribute).ToValueArray();
        MeasureCount = components.Count(c => c.Role == ComponentRole.Measure);
        _byId = components.ToDictionary(c => c.Id, StringComparer.Ordinal);
    }

    /// <summary>The data structure.</summary>
    public DataStructure Structure { get; }

    /// <summary>The flow, or null where a message is read by its structure alone.</summary>
    public Dataflow? Dataflow { get; }

    /// <summary>The allowed-content constraints on the structure and the flow; all must hold.</summary>
    public ValueArray<DataConstraint> Constraints { get; }

    /// <summary>The dimensions without time, in key order.</summary>
    public ValueArray<SchemaComponent> Dimensions { get; }

    /// <summary>The time dimension, or null.</summary>
    public SchemaComponent? Time { get; }

    /// <summary>The measures, then the attributes, each in the structure's order: the value columns of a block.</summary>
    public ValueArray<SchemaComponent> Values { get; }

    /// <summary>How many of <see cref="Values"/> are measures; they come first.</summary>
    public int MeasureCount { get; }

    /// <summary>The component called <paramref name="id"/>, or null.</summary>
    public SchemaComponent? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>Every component: dimensions, time, measures, attributes.</summary>
    public IEnumerable<SchemaComponent> Components => [.. Dimensions, .. Time is null ? (SchemaComponent[])[] : [Time], .. Values];

    /// <summary>The URN of the flow, else of the structure.</summary>
    public Urn Urn => Dataflow?.Urn ?? Structure.Urn;

    /// <summary>The provision agreement whose data are meant, or null where they are those of any.</summary>
    public Urn? Agreement { get; private set; }

    /// <summary>What a message names its data by: the agreement, the flow or the structure (REST, context).</summary>
    public Urn Context => Agreement ?? Urn;

    /// <summary>The schema for the data of an agreement about its flow; this one for null.</summary>
    public DataSchema Under(Urn? agreement)
    {
        if (agreement is null)
            return this;
        var schema = (DataSchema)MemberwiseClone();
        schema.Agreement = agreement;
        return schema;
    }
}

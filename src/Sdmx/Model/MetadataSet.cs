namespace Sdmx;

/// <summary>Reference metadata that a provider reports about some objects (SDMX information model, MetadataSet).</summary>
/// <remarks>One model for both generations: a set of 3.x has one report, which names neither report structure nor target; a set of 2.1 has any
/// number, and an id and agency that the hub gives it (<see cref="MetadataSetIdentity"/>). <see cref="Artefact.ValidFrom"/> and
/// <see cref="Artefact.ValidTo"/> are 2.1's <c>validFromDate</c> and <c>validToDate</c>.</remarks>
public sealed partial record MetadataSet : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => ArtefactType.MetadataSet;

    /// <summary>What it is reported by: a metadata flow; in 2.1 also a metadata structure, or a provision agreement about a metadata flow. Null in a stub.</summary>
    public Urn? Structure { get; init; }

    /// <summary>2.1: the id that the sender gave the set, <c>setID</c>, or null.</summary>
    public string? SetId { get; init; }

    /// <summary>2.1: who provides it, an item of a data provider scheme, or null.</summary>
    public Urn? DataProvider { get; init; }

    /// <summary>What a load is asked to do, the set's word or else its message's; null where neither says, and in the store.</summary>
    public DatasetAction? Action { get; init; }

    /// <summary>Where the reporting period begins, as sent, or null.</summary>
    public string? ReportingBegin { get; init; }

    /// <summary>Where the reporting period ends, as sent, or null.</summary>
    public string? ReportingEnd { get; init; }

    /// <summary>The year of publication, as sent, or null.</summary>
    public string? PublicationYear { get; init; }

    /// <summary>The period of publication, as sent, or null.</summary>
    public string? PublicationPeriod { get; init; }

    /// <summary>The reports, in message order.</summary>
    public ValueArray<MetadataReport> Reports { get; init; }

    /// <summary>Every attribute of every report, parents before children.</summary>
    public IEnumerable<ReportedAttribute> AllAttributes => Reports.SelectMany(r => r.Attributes).SelectMany(a => a.WithDescendants);

    /// <summary>The languages of its attributes' texts, each once, in order of the alphabet.</summary>
    public IReadOnlyList<string> Languages =>
        [.. AllAttributes.SelectMany(a => a.Text.Texts).Select(t => t.Language).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];

    /// <summary>What it is reported by and who provides it; its targets are no references: they may be keys, patterns, or held elsewhere.</summary>
    public override IEnumerable<Urn> References => ((Urn?[])[Structure, DataProvider]).OfType<Urn>().Select(u => u.Maintainable).Distinct();
}

/// <summary>What is reported about one target: in 3.x the whole of a set.</summary>
public sealed record MetadataReport
{
    /// <summary>2.1: the id of the report structure; null in 3.x.</summary>
    public string? Id { get; init; }

    /// <summary>2.1: the id of the metadata target; null in 3.x.</summary>
    public string? TargetId { get; init; }

    /// <summary>What it is about: in 2.1 the values that name one target together, in 3.x any number of objects, each a target.</summary>
    public ValueArray<ReferenceValue> Targets { get; init; }

    /// <summary>The attributes, in message order.</summary>
    public ValueArray<ReportedAttribute> Attributes { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }
}

/// <summary>One value that names a target, or a part of one.</summary>
public sealed record ReferenceValue
{
    /// <summary>2.1: the id of the part of the metadata target; null in 3.x.</summary>
    public string? Id { get; init; }

    /// <summary>Its kind, the name of its element in 2.1: <c>ObjectReference DataKey DataSetReference ConstraintContentReference ReportPeriod</c>.
    /// 3.x has the first only.</summary>
    public required string Kind { get; init; }

    /// <summary>Of an object or constraint its URN, in 3.x perhaps with wildcards; of a data set its id; the period. Null for a data key.</summary>
    public string? Value { get; init; }

    /// <summary>The dimensions and their values, in message order, where it is a data key.</summary>
    public ValueArray<KeyValue> Key { get; init; }

    /// <summary>The data provider, where it is a data set.</summary>
    public Urn? DataProvider { get; init; }
}

/// <summary>A dimension's value in a key.</summary>
/// <param name="Id">The dimension.</param>
/// <param name="Value">Its value, as sent.</param>
public readonly record struct KeyValue(string Id, string Value);

/// <summary>One reported value of a metadata attribute; attributes nest.</summary>
/// <remarks>An attribute that is there without value, or with an empty one, is declared to be empty: it is not the same as one that is absent.
/// Several values are several attributes of the same id.</remarks>
public sealed record ReportedAttribute
{
    /// <summary>The attribute's id in the metadata structure.</summary>
    public required string Id { get; init; }

    /// <summary>A simple value: a code, a number, a date, a text without language. Null where there is none; it may be empty.</summary>
    public string? Value { get; init; }

    /// <summary>The texts, one for each language. Where <see cref="IsStructured"/>, each is the content of an element as XML.</summary>
    public InternationalString Text { get; init; }

    /// <summary>Whether the texts are XHTML.</summary>
    public bool IsStructured { get; init; }

    /// <summary>The attributes below.</summary>
    public ValueArray<ReportedAttribute> Attributes { get; init; }

    /// <summary>The notes, in message order.</summary>
    public ValueArray<Annotation> Annotations { get; init; }

    /// <summary>This one and those below, parents before children.</summary>
    public IEnumerable<ReportedAttribute> WithDescendants => Attributes.SelectMany(a => a.WithDescendants).Prepend(this);
}

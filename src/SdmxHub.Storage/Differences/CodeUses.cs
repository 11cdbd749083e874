using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What stands on the codes of one flow: its series, whose they are, and the constraints that name them.</summary>
sealed class CodeUses
{
    readonly DataSchema _schema;
    readonly Dictionary<(string Component, string Code), CodeAvailability> _held;
    readonly (ProvisionAgreement Agreement, Dictionary<(string Component, string Code), CodeAvailability> Held)[] _agreements;
    readonly ILookup<(string Component, string? Code), DataConstraint> _named;

    /// <summary>Looks at all codes of a flow at once, in the index alone.</summary>
    public CodeUses(Snapshot state, DataSchema schema)
    {
        _schema = schema;
        _held = Held(state, schema, null);
        _agreements =
        [
            .. state.Catalog.OfType<ProvisionAgreement>()
                .Where(a => a.Dataflow is { } about && schema.Dataflow is { } flow && (about.Agency, about.Id) == (flow.Agency, flow.Id))
                .GroupBy(a => (a.Agency, a.Id)).Select(versions => versions.Last()).Select(a => (a, Held(state, schema, a.Urn))),
        ];
        // Each constraint's own names first: a constraint is compared, and hashed, by all that it says.
        _named = state.Catalog.OfType<DataConstraint>().SelectMany(c => Selections(c).SelectMany(s => s.Values.Select(v => (s.Component, (string?)v.Value))).Distinct().Select(name => (Name: name, Constraint: c)))
            .ToLookup(n => n.Name, n => n.Constraint);
    }

    /// <summary>The series and observations of a code; null of what is no dimension, which the index does not count.</summary>
    public (long? Series, long? Observations) Count(string component, string code) =>
        _schema.Find(component)?.Role != ComponentRole.Dimension ? (null, null) : _held.TryGetValue((component, code), out var held) ? (held.Series, held.Observations) : (0, 0);

    /// <summary>The constraints that name a code.</summary>
    public ValueArray<string> Constraints(string component, string code) => [.. _named[(component, code)].Select(c => c.Urn.ShortName)];

    /// <summary>The agreements, <c>AGENCY:ID</c>, that own series with a code, or that a constraint which names it is for, by itself or by its provider.</summary>
    public ValueArray<string> Agreements(string component, string code) =>
        [.. _agreements.Where(a => a.Held.ContainsKey((component, code)) || _named[(component, code)].Any(c => IsFor(c, a.Agreement))).Select(a => $"{a.Agreement.Agency}:{a.Agreement.Id}")];

    static bool IsFor(DataConstraint constraint, ProvisionAgreement agreement) =>
        constraint.Attachment.Any(u => u == agreement.DataProvider || (u.Class == agreement.Urn.Class && (u.Agency, u.Id) == (agreement.Agency, agreement.Id)));

    static Dictionary<(string, string), CodeAvailability> Held(Snapshot state, DataSchema schema, Urn? agreement) =>
        schema.Dataflow is { } flow && state.Available(new DataQuery { Dataflow = flow.Urn, Agreement = agreement }) is { } there
            ? there.Dimensions.SelectMany(d => d.Codes.Select(c => (d.Id, c))).ToDictionary(c => (c.Id, c.c.Code), c => c.c)
            : [];

    static IEnumerable<MemberSelection> Selections(DataConstraint constraint) =>
        constraint.Regions.SelectMany(r => r.Keys.Concat(r.Components)).Concat(constraint.KeySets.SelectMany(s => s.Keys).SelectMany(k => k.Values.Concat(k.Components)));
}

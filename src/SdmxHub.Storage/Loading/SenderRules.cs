using Sdmx;
using Sdmx.Validation;

namespace SdmxHub.Storage;

/// <summary>What the sender of a load may send: by the scopes of its key, and by the provision agreement that it names or that its data providers have.</summary>
/// <remarks>Goes by the structures held before the load: what a message brings gives its own sender no right. Not thread-safe.</remarks>
sealed partial class SenderRules
{
    const string Area = "REF_AREA";

    readonly StructureCatalog _catalog;
    readonly Scopes _scopes;
    readonly Urn? _named;
    readonly StoredValues? _stored;
    readonly Dictionary<string, (ProvisionAgreement? Agreement, string? Refusal)> _byFlow = [];

    SenderRules(StructureCatalog catalog, Scopes scopes, Urn? named, StoredValues? stored) => (_catalog, _scopes, _named, _stored) = (catalog, scopes, named, stored);

    /// <summary>The rules for a sender; null for one without limits.</summary>
    public static SenderRules? Of(LoadOptions options, StructureCatalog catalog, StoredValues? stored) =>
        (options.Scopes is null || options.Scopes == Scopes.All) && options.Agreement is null ? null : new(catalog, options.Scopes ?? Scopes.All, options.Agreement, stored);

    /// <summary>What may be sent to the flow of a schema.</summary>
    public SenderLimits LimitsOf(DataSchema schema) => LimitsOf(schema, Find(schema));

    SenderLimits LimitsOf(DataSchema schema, (ProvisionAgreement? Agreement, string? Refusal) found)
    {
        var (agreement, refusal) = found;
        if (_scopes.Areas is { IsEmpty: true })
            refusal ??= "the sender's scope areas covers no area";
        refusal ??= _scopes.Areas is not null && schema.Find(Area) is not { Role: ComponentRole.Dimension }
            ? $"the sender is limited to areas, and {schema.Urn.ShortName} has no dimension {Area}"
            : null;
        if (refusal is not null)
            return new SenderLimits([], refusal);
        var limits = agreement is null ? new SenderLimits([]) : SenderLimits.Of(_catalog, agreement) with { Owner = (block, row) => OtherOwner(agreement, block, row) };
        return _scopes.Areas is { } areas ? limits with { Constraints = limits.Constraints.Add(ToAreas(areas)) } : limits;
    }

    /// <summary>The agreement, <c>AGENCY:ID</c>, under which data of a schema are sent; null for none.</summary>
    public string? AgreementOf(DataSchema schema) => Find(schema).Agreement is { } agreement ? NameOf(agreement.Urn) : null;

    /// <summary>Finds artefacts that the sender may not send.</summary>
    public void Check(ValueArray<Artefact> artefacts, string file, IssueLog issues)
    {
        foreach (var artefact in artefacts)
        {
            if (RefusalOf(artefact) is { } refusal)
                issues.Add(new(IssueCode.OutsideAgreement, new Location(file, 0, 0), $"{artefact.Urn.ShortName}: {refusal}.") { Component = artefact.Urn.ShortName });
        }
    }

    string? RefusalOf(Artefact artefact)
    {
        if (_scopes.Agencies is { } agencies && !agencies.Contains(artefact.Agency))
            return $"the sender's scope agencies does not cover {artefact.Agency}";
        // Who is limited in what data it sends must not widen that itself.
        var decides = artefact.Type is ArtefactType.ProvisionAgreement or ArtefactType.DataProviderScheme or ArtefactType.DataConstraint;
        return decides && (_scopes.Providers ?? _scopes.Flows ?? _scopes.Areas) is not null
            ? "it decides who may send what, which a sender with the scope providers, flows or areas does not"
            : null;
    }

    (ProvisionAgreement? Agreement, string? Refusal) Find(DataSchema schema)
    {
        var flow = Cube.FlowOf(schema.Urn);
        if (!_byFlow.TryGetValue(flow, out var found))
            _byFlow.Add(flow, found = Find(flow));
        return found;
    }

    (ProvisionAgreement? Agreement, string? Refusal) Find(string flow)
    {
        if (_scopes.Flows is { } flows && !flows.Contains(flow))
            return (null, $"the sender's scope flows does not cover {flow}");
        return Find(ArtefactType.Dataflow, flow, _named);
    }

    (ProvisionAgreement? Agreement, string? Refusal) Find(ArtefactType type, string flow, Urn? wanted)
    {
        if (wanted is null && _scopes.Providers is null)
            return (null, null);
        var held = _catalog.OfType<ProvisionAgreement>().GroupBy(a => NameOf(a.Urn)).Select(versions => versions.Last()).ToList();
        if (wanted is { } named)
        {
            held = [.. held.Where(a => NameOf(a.Urn) == NameOf(named))];
            if (held.Count == 0)
                return (null, $"no provision agreement {NameOf(named)} is held");
        }

        var fitting = held.Where(a => IsAbout(a, type, flow) && IsProvider(a.DataProvider)).ToList();
        return fitting switch
        {
            [var agreement] => (agreement, null),
            [] when wanted is not null => (null, $"the agreement {NameOf(wanted.Value)} is not about {flow}, or not of a data provider in the sender's scope"),
            [] => (null, $"no data provider in the sender's scope has an agreement about {flow}"),
            _ => (null, $"the sender has several agreements about {flow}: {string.Join(", ", fitting.Select(a => NameOf(a.Urn)))}; name one"),
        };
    }

    static bool IsAbout(ProvisionAgreement agreement, ArtefactType type, string flow) =>
        agreement.Dataflow is { } about && about.Type == type && Cube.FlowOf(about) == flow;

    bool IsProvider(Urn? provider) => _scopes.Providers is not { } providers || (provider is { Item: { } id } urn && providers.Contains($"{urn.Agency}:{id}"));

    string? OtherOwner(ProvisionAgreement agreement, ObservationBlock block, int row) =>
        _stored?.OwnerOf(block, row) is { } owner && owner != NameOf(agreement.Urn) ? owner : null;

    static DataConstraint ToAreas(ValueArray<string> areas) => new()
    {
        Agency = "SdmxHub",
        Id = "SENDER_AREAS",
        Regions = [new CubeRegion { Keys = [new MemberSelection { Component = Area, Values = areas.Select(a => new MemberValue(a)).ToValueArray() }] }],
    };

    static string NameOf(Urn urn) => $"{urn.Agency}:{urn.Id}";
}

using Sdmx;

namespace SdmxHub.Storage;

sealed partial class SenderRules
{
    /// <summary>Finds metadata sets that the sender may not send: by what they are about, as data of the same flow and key; and, where provision agreements
    /// about their metadata flow are held, by those in the place of the agreements about data.</summary>
    /// <param name="sets">The sets of a message.</param>
    /// <param name="places">Where sets and reports stand in it.</param>
    /// <param name="issues">Where findings go.</param>
    public void Check(IReadOnlyList<MetadataSet> sets, IReadOnlyDictionary<object, Location> places, IssueLog issues)
    {
        foreach (var set in sets)
        {
            Issue? found = RefusalOfSet(set) is { } refusal ? Finding($"{set.Urn.ShortName}: {refusal}.") : null;
            // What a set of 3.x is about may change: neither what it was about nor what it is may be another's.
            MetadataSet?[] states = set.IsLegacy ? [set] : [_catalog.Find(set.Urn) as MetadataSet, set];
            foreach (var report in states.SelectMany(s => s?.Reports ?? []))
                found ??= CheckReport(set, report);
            if (found is { } issue)
                issues.Add(issue with { At = places.GetValueOrDefault(set), Component = set.Urn.ShortName });
        }
    }

    string? RefusalOfSet(MetadataSet set)
    {
        // A set of 2.1 is no artefact of an agency's: it counts as data do.
        if (!set.IsLegacy && _scopes.Agencies is { } agencies && !agencies.Contains(set.Agency))
            return $"the sender's scope agencies does not cover {set.Agency}";
        if (set.DataProvider is { } provider && !IsProvider(provider))
            return $"the sender's scope providers does not cover {provider.Agency}:{provider.Item}";
        return ByMetadataflow(set)?.Refusal;
    }

    Issue? CheckReport(MetadataSet set, MetadataReport report)
    {
        if (_named is null && (_scopes.Providers ?? _scopes.Flows ?? _scopes.Areas) is null)
            return null;
        var flows = report.Targets.Where(t => t.Kind == "ObjectReference")
            .Select(t => Urn.TryParse(t.Value, out var urn) && urn.Type == ArtefactType.Dataflow ? urn : default).Where(u => u.Class is not null).ToList();
        if (flows.Count == 0)
            return Finding($"{set.Urn.ShortName}: it is about no dataflow, and the sender may send only what is about some.");
        var keys = report.Targets.Where(t => t.Kind == "DataKey").Select(t => t.Key).DefaultIfEmpty([]).ToList();
        foreach (var flow in flows)
        {
            // One that is not held, or stands for several, is a finding of the validator, or of nobody's data.
            var schema = _catalog.Nearest<Dataflow>(ArtefactType.Dataflow, flow.Agency, flow.Id, flow.Version) is { } held ? _catalog.Schema(held.Urn) : null;
            if (schema is null)
                return Finding($"{set.Urn.ShortName}: it is about {flow.ShortName}, which is no flow that the sender may send to.");
            var byMetadata = ByMetadataflow(set);
            var isOutside = byMetadata is not null && _scopes.Flows is { } scope && !scope.Contains(Cube.FlowOf(schema.Urn));
            var limits = byMetadata is { } found && !isOutside ? LimitsOf(schema, found) : LimitsOf(schema);
            if (limits.Refusal is { } refusal)
                return Finding($"{set.Urn.ShortName}: {refusal}.");
            foreach (var key in keys)
            {
                if (limits.Check(schema, key) is { } issue)
                    return issue with { Message = $"{set.Urn.ShortName}: {issue.Message}" };
            }
        }

        return null;
    }

    /// <summary>The agreement about the metadata flow of a set; null where none is held about it, so that those about data count.</summary>
    (ProvisionAgreement? Agreement, string? Refusal)? ByMetadataflow(MetadataSet set)
    {
        var flow = set.Structure switch
        {
            { Type: ArtefactType.Metadataflow } urn => urn,
            { Type: ArtefactType.ProvisionAgreement } urn => _catalog.TryFind<ProvisionAgreement>(urn, out var agreement) ? agreement.Dataflow : null,
            _ => null,
        };
        if (flow is not { Type: ArtefactType.Metadataflow } metadataflow)
            return null;
        var name = Cube.FlowOf(metadataflow);
        var agreements = _catalog.OfType<ProvisionAgreement>().Where(a => IsAbout(a, ArtefactType.Metadataflow, name)).ToList();
        // A package may be sent under an agreement about data: its metadata then go by the sender's providers.
        var named = _named is { } urnOfNamed && agreements.Exists(a => NameOf(a.Urn) == NameOf(urnOfNamed)) ? _named : null;
        return agreements.Count == 0 || (named is null && _scopes.Providers is null) ? null : Find(ArtefactType.Metadataflow, name, named);
    }

    static Issue Finding(string message) => new(IssueCode.OutsideAgreement, default, message);
}

using System.Diagnostics.CodeAnalysis;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Web;

/// <summary>By what a metadata query selects sets.</summary>
public enum MetadataContext
{
    /// <summary>By their own name.</summary>
    MetadataSet,

    /// <summary>By the metadata flow that they are reported by; in v1 also by a metadata structure, which reports of 2.1 may name alone.</summary>
    Metadataflow,

    /// <summary>By a structure that they are about.</summary>
    Structure,
}

/// <summary>A query for reference metadata of either interface.</summary>
/// <remarks>Versions of a flow or structure are those that reports name: <c>~</c> is the latest about which there is a report, held or not
/// (decision 0008 reads a report about a version that is not held with the nearest one).</remarks>
public sealed partial record MetadataQuery
{
    /// <summary>The interface it was written for.</summary>
    public required ApiVersion Api { get; init; }

    /// <summary>By what it selects.</summary>
    public required MetadataContext Context { get; init; }

    /// <summary>The type of structure that sets are about; null means any.</summary>
    public ArtefactType? Type { get; init; }

    /// <summary>The agencies, of sets their providers; none means any.</summary>
    public ValueArray<string> Agencies { get; init; }

    /// <summary>The ids; none means any.</summary>
    public ValueArray<string> Ids { get; init; }

    /// <summary>The versions.</summary>
    public required VersionPattern Versions { get; init; }

    /// <summary>The providers, <c>PROVIDER</c> or <c>AGENCY.PROVIDER</c>; none means any.</summary>
    public ValueArray<string> Providers { get; init; }

    /// <summary>Whether only identification and names are told.</summary>
    public bool IsStub { get; init; }

    /// <summary>The moment of the store's history, or null for now.</summary>
    public Moment? AsOf { get; init; }

    /// <summary>The sets that answer the query, each once, in order of agency, id, version; none when nothing matches.</summary>
    public IReadOnlyList<MetadataSet> Run(StructureCatalog catalog)
    {
        var sets = catalog.OfType<MetadataSet>().Where(s => Providers.IsEmpty || Providers.Any(p => IsOf(s, p)));
        var matched = Context switch
        {
            MetadataContext.MetadataSet => Select(sets, s => [s.Urn]),
            MetadataContext.Metadataflow => Newest(Select(sets, s => FlowOf(s, catalog) is { } flow ? [flow] : [])),
            _ => Newest(Select(sets, Targets)),
        };
        return [.. matched.Select(s => IsStub ? StubOf(s) : s)];
    }

    /// <summary>Says that nothing matches, and what is near.</summary>
    public SdmxError NotHeld(StructureCatalog catalog)
    {
        var sets = catalog.OfType<MetadataSet>().ToList();
        var near = sets.SelectMany(s => Context switch
        {
            MetadataContext.MetadataSet => [s.Urn],
            MetadataContext.Metadataflow => FlowOf(s, catalog) is { } flow ? [flow] : [],
            _ => Targets(s),
        }).Distinct().ToList();
        var versions = near.Where(u => Ids.Contains(u.Id) && Identifiers.Match(Agencies, u.Agency)).Select(u => u.Version).Distinct().ToList();
        var hint = versions.Count > 0 ? $" There are metadata for the versions: {string.Join(", ", versions)}."
            : Ids.IsEmpty ? "" : Nearest.Hint(Ids[0], near.Select(u => u.Id).Distinct());
        var what = Context switch
        {
            MetadataContext.MetadataSet => "metadata set",
            MetadataContext.Metadataflow => "metadata set reported by a metadata flow",
            _ => $"metadata set about a {(Type is { } type ? ArtefactTypes.Of(type).Resource : "structure")}",
        };
        var name = $"{(Agencies.IsEmpty ? "any agency" : string.Join(',', Agencies))}:{(Ids.IsEmpty ? "any id" : string.Join(',', Ids))}({Versions})";
        return new(SdmxErrorCode.NoResults, $"No {what} {name} is held.{hint}");
    }

    /// <summary>Chooses the format of an answer: of those that the client takes the first that can carry all of it.</summary>
    /// <param name="sets">The answer.</param>
    /// <param name="api">The interface.</param>
    /// <param name="target">The request.</param>
    /// <param name="accept">The Accept header, or null.</param>
    /// <param name="languages">The Accept-Language header, or null.</param>
    /// <param name="chosen">The form of the answer, when true.</param>
    /// <param name="error">Why there is none, when false.</param>
    public static bool TryChoose(IReadOnlyList<MetadataSet> sets, ApiVersion api, RequestTarget target, string? accept, string? languages,
        [NotNullWhen(true)] out Negotiated? chosen, [NotNullWhen(false)] out SdmxError? error)
    {
        if (!Negotiation.TryChoose(api, MessageKind.Metadata, target, accept, languages, out chosen, out error))
            return false;
        if (StructureQuery.CannotCarry(chosen.Format, sets) is not { } refusal)
            return true;
        // The client may take other formats too, or name none.
        Format[] able = [.. Negotiation.Offered(api, MessageKind.Metadata).Where(f => StructureQuery.CannotCarry(f, sets) is null)];
        error = Negotiation.TryChoose(able, target, accept, languages, out chosen, out _) ? null : refusal;
        return error is null;
    }

    /// <summary>The identification and the names of a set, as what points to it (checklist 1.2): the same for sets of 2.1 and of 3.x.</summary>
    static MetadataSet StubOf(MetadataSet set) => new()
    {
        Agency = set.Agency, Id = set.Id, Version = set.Version, Structure = set.Structure, IsExternalReference = true,
        Name = set.Name.IsEmpty ? new(set.Id) : set.Name,
    };

    /// <summary>The sets of which one of the names that <paramref name="namesOf"/> gives is among those wanted.</summary>
    IEnumerable<MetadataSet> Select(IEnumerable<MetadataSet> sets, Func<MetadataSet, IEnumerable<Urn>> namesOf)
    {
        var named = sets.Select(s => (Set: s, Names: namesOf(s).Where(IsWanted).ToList())).Where(s => s.Names.Count > 0).ToList();
        var wanted = new HashSet<Urn>();
        foreach (var versions in named.SelectMany(n => n.Names).Distinct().GroupBy(u => (u.Class, u.Agency, u.Id)).Select(g => g.ToList()))
            wanted.UnionWith(Versions.Select([.. versions.Select(VersionOf)]).Select(i => versions[i]));
        return named.Where(n => n.Names.Exists(u => u.Version == "*" || wanted.Contains(u))).Select(n => n.Set);
    }

    // A target may be a pattern: it stands for every id and version.
    bool IsWanted(Urn urn) => (urn.Agency == "*" || Identifiers.Match(Agencies, urn.Agency)) && (urn.Id == "*" || Identifiers.Match(Ids, urn.Id));

    /// <summary>Of several versions of a set the newest.</summary>
    static IEnumerable<MetadataSet> Newest(IEnumerable<MetadataSet> sets) => sets.GroupBy(s => (s.Agency, s.Id)).Select(g => g.Last());

    IEnumerable<Urn> Targets(MetadataSet set) => set.Reports.SelectMany(r => r.Targets).Where(t => t.Kind == "ObjectReference")
        .Select(t => Urn.TryParse(t.Value, out var urn) ? urn.Maintainable : default)
        .Where(u => u.Class is not null && (Type is null || u.Type == Type)).Distinct();

    Urn? FlowOf(MetadataSet set, StructureCatalog catalog) => set.Structure switch
    {
        { Type: ArtefactType.MetadataStructure } structure when Api == ApiVersion.V1 => structure,
        { Type: ArtefactType.Metadataflow } flow => flow,
        { Type: ArtefactType.ProvisionAgreement } agreement => catalog.TryFind<ProvisionAgreement>(agreement, out var held) ? held.Dataflow : null,
        _ => null,
    };

    // SDMX 3.x has the provider as the set's agency, 2.1 as an item of a scheme.
    static bool IsOf(MetadataSet set, string provider)
    {
        var (agency, id) = set.DataProvider is { Item: { } item } urn ? (urn.Agency, item) : (null, set.Agency);
        return provider == id || (agency is not null && provider == $"{agency}.{id}");
    }

    static SdmxVersion VersionOf(Urn urn) => SdmxVersion.TryParse(urn.Version, out var version) ? version : default;
}

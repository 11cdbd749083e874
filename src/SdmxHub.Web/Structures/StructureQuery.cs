using System.Diagnostics.CodeAnalysis;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Web;

/// <summary>Which artefacts come along with those that match (checklist 3.3).</summary>
[Flags]
public enum StructureReferences
{
    /// <summary>Only what matches.</summary>
    None = 0,

    /// <summary>What refers to a match.</summary>
    Parents = 1,

    /// <summary>What the parents refer to.</summary>
    Siblings = 2,

    /// <summary>What refers to a match, directly or not.</summary>
    Ancestors = 4,

    /// <summary>What a match refers to.</summary>
    Children = 8,

    /// <summary>What a match refers to, directly or not.</summary>
    Descendants = 16,
}

/// <summary>How much of each artefact is told.</summary>
public enum StructureDetail
{
    /// <summary>Everything; codelists with the codes of those that they extend.</summary>
    Full,

    /// <summary>Everything as it was sent: codelists name those that they extend.</summary>
    Raw,

    /// <summary>Identification and name.</summary>
    AllStubs,

    /// <summary>Matches in full, identification and name of what they bring along.</summary>
    ReferenceStubs,

    /// <summary>As <see cref="AllStubs"/>, with descriptions and annotations.</summary>
    AllCompleteStubs,

    /// <summary>As <see cref="ReferenceStubs"/>, with descriptions and annotations.</summary>
    ReferenceCompleteStubs,

    /// <summary>Matches in full; of item schemes that they bring along only the items used.</summary>
    ReferencePartial,
}

/// <summary>A structure query of either interface.</summary>
public sealed partial record StructureQuery
{
    /// <summary>The interface it was written for.</summary>
    public required ApiVersion Api { get; init; }

    /// <summary>The types; none means any. <see cref="IsNeverHeld"/> where the type is one the hub does not keep.</summary>
    public ValueArray<ArtefactType> Types { get; init; }

    /// <summary>Whether the type exists in the standard and not in the hub: nothing ever matches.</summary>
    public bool IsNeverHeld { get; init; }

    /// <summary>v1 <c>actualconstraint</c> and <c>allowedconstraint</c>: the role of constraints; or null.</summary>
    public ConstraintRole? Role { get; init; }

    /// <summary>The agencies; none means any.</summary>
    public ValueArray<string> Agencies { get; init; }

    /// <summary>The ids; none means any.</summary>
    public ValueArray<string> Ids { get; init; }

    /// <summary>The versions.</summary>
    public required VersionPattern Versions { get; init; }

    /// <summary>The items of the schemes, dotted where nested; none means all.</summary>
    public ValueArray<string> Items { get; init; }

    /// <summary>What comes along.</summary>
    public StructureReferences References { get; init; }

    /// <summary>Types that come along from among children, descendants and parents.</summary>
    public ValueArray<ArtefactType> ReferenceTypes { get; init; }

    /// <summary>How much of each artefact.</summary>
    public StructureDetail Detail { get; init; }

    /// <summary>The moment of the store's history, or null for now. (v2; in v1 the hub's extension.)</summary>
    public Moment? AsOf { get; init; }

    /// <summary>The artefacts that answer the query, each once, in order of type, agency, id, version; none when nothing matches.</summary>
    public IReadOnlyList<Artefact> Run(StructureCatalog catalog)
    {
        var matched = Match(catalog);
        var graph = new ReferenceGraph(catalog, Api, Detail == StructureDetail.Raw);
        var brought = graph.Reach(matched, References, ReferenceTypes).ConvertAll(a => Whole(a, catalog));
        var held = matched.Select(a => a.Urn).ToHashSet();
        brought.RemoveAll(a => held.Contains(a.Urn));
        var all = Detail == StructureDetail.ReferencePartial ? PartialSchemes.Cut(matched, brought) : [.. matched, .. brought];
        return [.. all.Select(a => Shown(a, held.Contains(a.Urn)))
            .OrderBy(a => a.Type).ThenBy(a => a.Agency, StringComparer.Ordinal).ThenBy(a => a.Id, StringComparer.Ordinal).ThenBy(a => VersionOf(a))];
    }

    /// <summary>What of the answer <paramref name="format"/> cannot carry; null when it can carry all of it.</summary>
    public static SdmxError? CannotCarry(Format format, IReadOnlyList<Artefact> artefacts) =>
        artefacts.SelectMany(a => format.StructureLosses(a), (a, loss) => $"{a.Urn.ShortName}: {loss}").ToList() is [var first, ..] losses
            ? new(SdmxErrorCode.NotAcceptable, $"{format.Id} cannot carry all of this answer: {first}{(losses.Count > 1 ? $", and {losses.Count - 1} more" : "")}. Ask for another format, or detail=allstubs.")
            : null;

    /// <summary>Says that nothing matches, and what is near.</summary>
    public SdmxError NotHeld(StructureCatalog catalog)
    {
        var type = Types.IsEmpty ? "structure" : string.Join(" or ", Types.Select(t => ArtefactTypes.Of(t).Resource));
        var near = catalog.All.Where(a => Has(Api, a.Type) && (Types.IsEmpty || Types.Contains(a.Type))).ToList();
        var hint = Ids.IsEmpty ? "" : Nearest.Hint(Ids[0], near.Select(a => a.Id).Distinct());
        if (near.Any(a => Ids.Contains(a.Id) && Identifiers.Match(Agencies, a.Agency)))
            hint = $" Held versions: {string.Join(", ", near.Where(a => Ids.Contains(a.Id)).Select(a => a.Version).Distinct())}.";
        var item = Items.IsEmpty ? "" : $" with item {string.Join(',', Items)}";
        return new(SdmxErrorCode.NoResults,
            $"No {type} {(Agencies.IsEmpty ? "any agency" : string.Join(',', Agencies))}:{(Ids.IsEmpty ? "any id" : string.Join(',', Ids))}({Versions}){item} is held.{hint}");
    }

    List<Artefact> Match(StructureCatalog catalog)
    {
        if (IsNeverHeld)
            return [];
        var candidates = catalog.All.Where(a => Has(Api, a.Type) && (Types.IsEmpty || Types.Contains(a.Type))
            && Identifiers.Match(Agencies, a.Agency) && Identifiers.Match(Ids, a.Id)
            && (Role is null || (a is DataConstraint constraint && constraint.Role == Role)));
        var matched = new List<Artefact>();
        foreach (var versions in candidates.GroupBy(a => (a.Type, a.Agency, a.Id)).Select(g => g.ToList()))
            matched.AddRange(Versions.Select([.. versions.Select(VersionOf)]).Select(i => versions[i]));
        matched = matched.ConvertAll(a => Whole(a, catalog));
        return Items.IsEmpty ? matched : [.. matched.Select(a => ItemSelection.Cut(a, Items)).OfType<Artefact>()];
    }

    Artefact Whole(Artefact artefact, StructureCatalog catalog) =>
        artefact is Codelist list && Detail != StructureDetail.Raw ? catalog.Extended(list) : artefact;

    Artefact Shown(Artefact artefact, bool isMatch) => Detail switch
    {
        StructureDetail.AllStubs => Stub.Of(artefact, complete: false),
        StructureDetail.AllCompleteStubs => Stub.Of(artefact, complete: true),
        StructureDetail.ReferenceStubs when !isMatch => Stub.Of(artefact, complete: false),
        StructureDetail.ReferenceCompleteStubs when !isMatch => Stub.Of(artefact, complete: true),
        _ => artefact,
    };

    static SdmxVersion VersionOf(Artefact artefact) => SdmxVersion.TryParse(artefact.Version, out var version) ? version : default;
}

using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Sdmx;

/// <summary>Every structure held at one revision: an immutable value, swapped whole.</summary>
/// <remarks>Thread-safe. Schemas and code indexes are made when first asked for, and kept.</remarks>
public sealed class StructureCatalog
{
    readonly Dictionary<Urn, Artefact> _artefacts;
    readonly Lazy<ILookup<Urn, Artefact>> _referrers;
    readonly ConcurrentDictionary<Urn, CodeIndex> _codes;
    readonly ConcurrentDictionary<(Urn, Urn?), DataSchema?> _schemas = new();

    StructureCatalog(Dictionary<Urn, Artefact> artefacts, ConcurrentDictionary<Urn, CodeIndex> codes)
    {
        (_artefacts, _codes) = (artefacts, codes);
        _referrers = new(() => _artefacts.Values.SelectMany(a => a.References, (a, target) => (a, target: Held(target))).ToLookup(p => p.target, p => p.a));
    }

    /// <summary>The catalog that holds nothing.</summary>
    public static StructureCatalog Empty { get; } = new([], new());

    /// <summary>How many artefacts are held.</summary>
    public int Count => _artefacts.Count;

    /// <summary>Every artefact, in order of type, agency, id, version.</summary>
    public IEnumerable<Artefact> All => InOrder(_artefacts.Values);

    /// <summary>The catalog with <paramref name="artefacts"/> added, each in the place of one with the same URN.</summary>
    public StructureCatalog With(IEnumerable<Artefact> artefacts)
    {
        var all = new Dictionary<Urn, Artefact>(_artefacts);
        var codes = new ConcurrentDictionary<Urn, CodeIndex>(_codes);
        foreach (var artefact in artefacts)
        {
            all[artefact.Urn] = artefact;
            codes.TryRemove(artefact.Urn, out _);
        }

        // An extended list changes with the lists that it extends.
        foreach (var list in all.Values.OfType<Codelist>().Where(l => !l.Extensions.IsEmpty))
            codes.TryRemove(list.Urn, out _);
        return new(all, codes);
    }

    /// <summary>The catalog without <paramref name="urns"/>.</summary>
    public StructureCatalog Without(IEnumerable<Urn> urns)
    {
        var all = new Dictionary<Urn, Artefact>(_artefacts);
        foreach (var urn in urns)
            all.Remove(urn);
        return new(all, new());
    }

    /// <summary>The artefact that <paramref name="urn"/> names (of an item: its scheme; of a version such as <c>2.3+.1</c>: the latest that it
    /// takes), or null.</summary>
    public Artefact? Find(Urn urn) => _artefacts.GetValueOrDefault(Held(urn.Maintainable));

    /// <summary>The artefact that <paramref name="urn"/> names, when it is held and a <typeparamref name="T"/>.</summary>
    public bool TryFind<T>(Urn? urn, [NotNullWhen(true)] out T? artefact) where T : Artefact
    {
        artefact = urn is { } u ? Find(u) as T : null;
        return artefact is not null;
    }

    /// <summary>The artefacts of a type, in order of agency, id, version.</summary>
    public IEnumerable<T> OfType<T>() where T : Artefact => InOrder(_artefacts.Values.OfType<T>());

    /// <summary>Every held version of one artefact, oldest first.</summary>
    public IReadOnlyList<Artefact> Versions(ArtefactType type, string agency, string id) =>
        [.. InOrder(_artefacts.Values.Where(a => a.Type == type && a.Agency == agency && a.Id == id))];

    /// <summary>The held version of an artefact that is nearest to the one named (decision 0008): that one, else the lowest above it, else the highest
    /// below; the newest where the name's version is null. Null when none is held.</summary>
    public T? Nearest<T>(ArtefactType type, string agency, string id, string? version) where T : Artefact
    {
        var held = Versions(type, agency, id).OfType<T>().ToArray();
        if (held.Length == 0 || version is null)
            return held.LastOrDefault();
        var wanted = SdmxVersion.TryParse(version, out var parsed) ? parsed : default;
        return held.FirstOrDefault(a => a.Version == version) ?? held.FirstOrDefault(a => VersionOf(a).CompareTo(wanted) > 0) ?? held[^1];
    }

    /// <summary>The artefacts that refer to <paramref name="urn"/> directly: its parents (checklist 3.3).</summary>
    public IEnumerable<Artefact> Referrers(Urn urn) => _referrers.Value[urn.Maintainable].OrderBy(a => a.Urn.ToString(), StringComparer.Ordinal);

    /// <summary>The concept that <paramref name="urn"/> names, or null.</summary>
    public Concept? Concept(Urn urn) =>
        TryFind<ConceptScheme>(urn, out var scheme) ? scheme.Concepts.FirstOrDefault(c => c.Id == urn.Item) : null;

    /// <summary>The codes of the list that <paramref name="urn"/> names, or null when it is not held.</summary>
    public CodeIndex? Codes(Urn urn) =>
        TryFind<Codelist>(urn, out var list) ? _codes.GetOrAdd(list.Urn, static (_, it) => new CodeIndex(it.catalog.Extended(it.list)), (catalog: this, list)) : null;

    /// <summary>The list with the codes of the lists that it extends behind its own (3.x), as data have them.</summary>
    public Codelist Extended(Codelist list) => ExtendedCodes.Of(list, this);

    /// <summary>Why the codes that a list inherits are too many to be made, as a phrase; null where they can be.</summary>
    public string? WhyNotExtended(Codelist list) =>
        ExtendedCodes.IsTooMuch(list, this) ? $"it inherits more than {ExtendedCodes.Most:N0} codes, counted at each step, or over more than a hundred steps" : null;

    // Late binding: a reference may name the latest of some versions (3.x).
    Urn Held(Urn urn)
    {
        if (!urn.Version.Contains('+', StringComparison.Ordinal) || !VersionPattern.TryParse(urn.Version, out var pattern))
            return urn;
        var versions = Versions(urn.Type, urn.Agency, urn.Id).Select(VersionOf).ToList();
        return pattern.Select(versions) is [var latest, ..] ? urn with { Version = versions[latest].Text } : urn;
    }

    /// <summary>The schema of a flow or of a structure.</summary>
    /// <param name="urn">A dataflow, or a data structure.</param>
    /// <param name="structure">With a dataflow: another version of its structure to use instead, or null.</param>
    /// <returns>Null when the artefact is not held or what it needs is not: see <see cref="Missing"/>.</returns>
    public DataSchema? Schema(Urn urn, Urn? structure = null) =>
        _schemas.GetOrAdd((urn, structure), static (key, catalog) => catalog.MakeSchema(key.Item1, key.Item2), this);

    /// <summary>What <see cref="Schema"/> lacks: the artefact itself, its structure, codelists. Empty when nothing does.</summary>
    public IReadOnlyList<Urn> Missing(Urn urn, Urn? structure = null)
    {
        TryFind<Dataflow>(urn, out var flow);
        var wanted = structure ?? flow?.Structure ?? urn;
        if (!TryFind<DataStructure>(wanted, out var dsd))
            return [flow is null && urn.Type == ArtefactType.Dataflow ? urn : wanted];
        return [.. dsd.Components.Select(RepresentationOf).Select(r => r?.Enumeration).OfType<Urn>()
            .Where(u => u.Type == ArtefactType.Codelist && Find(u) is null).Distinct()];
    }

    DataSchema? MakeSchema(Urn urn, Urn? structure)
    {
        if (Missing(urn, structure).Count > 0)
            return null;
        TryFind<Dataflow>(urn, out var flow);
        if (!TryFind<DataStructure>(structure ?? flow?.Structure ?? urn, out var dsd))
            return null;
        var attached = OfType<DataConstraint>()
            .Where(c => c.Role == ConstraintRole.Allowed && c.Attachment.Any(a => Held(a) is var at && (at == dsd.Urn || at == flow?.Urn)));
        return new DataSchema(dsd, flow, [.. Resolve(dsd)], attached.ToValueArray());
    }

    IEnumerable<SchemaComponent> Resolve(DataStructure dsd)
    {
        var key = 0;
        foreach (var dimension in dsd.Dimensions)
            yield return Resolve(dimension, ComponentRole.Dimension, key++, true, AttachmentLevel.Observation, default);
        if (dsd.Time is not null)
            yield return Resolve(dsd.Time, ComponentRole.Time, -1, true, AttachmentLevel.Observation, default);
        var column = 0;
        foreach (var measure in dsd.Measures)
            yield return Resolve(measure, ComponentRole.Measure, column++, measure.IsMandatory, AttachmentLevel.Observation, default);
        foreach (var attribute in dsd.Attributes)
        {
            var (level, holder) = Place(dsd, attribute.Relationship);
            yield return Resolve(attribute, ComponentRole.Attribute, column++, attribute.IsMandatory, level, holder);
        }
    }

    SchemaComponent Resolve(Component component, ComponentRole role, int index, bool mandatory, AttachmentLevel level, ValueArray<bool> holder)
    {
        var representation = RepresentationOf(component);
        return new SchemaComponent
        {
            Definition = component,
            Role = role,
            Index = index,
            Codes = representation?.Enumeration is { } list ? Codes(list) : null,
            Format = representation?.Format ?? new TextFormat(),
            Concept = Concept(component.ConceptIdentity),
            IsMandatory = mandatory,
            Level = level,
            Holder = holder,
        };
    }

    Representation? RepresentationOf(Component component) =>
        component.LocalRepresentation ?? Concept(component.ConceptIdentity)?.CoreRepresentation;

    static (AttachmentLevel Level, ValueArray<bool> Holder) Place(DataStructure dsd, AttributeRelationship relationship)
    {
        if (relationship.Kind is AttachmentLevel.Observation)
            return (AttachmentLevel.Observation, default);
        var groups = relationship.AttachmentGroups.Append(relationship.Group ?? "");
        var named = relationship.Dimensions.Concat(dsd.Groups.Where(g => groups.Contains(g.Id)).SelectMany(g => g.Dimensions)).ToHashSet();
        if (dsd.Time is not null && named.Contains(dsd.Time.Id))
            return (AttachmentLevel.Observation, default);
        var holder = dsd.Dimensions.Select(d => named.Contains(d.Id)).ToValueArray();
        var count = holder.Count(h => h);
        return (count == 0 ? AttachmentLevel.Dataset : count == dsd.Dimensions.Count ? AttachmentLevel.Series : AttachmentLevel.Group, holder);
    }

    // what is left out is left out first: every data set of a message asks for the versions of its structure
    static IOrderedEnumerable<T> InOrder<T>(IEnumerable<T> artefacts) where T : Artefact =>
        artefacts.OrderBy(a => a.Type).ThenBy(a => a.Agency, StringComparer.Ordinal).ThenBy(a => a.Id, StringComparer.Ordinal).ThenBy(a => VersionOf(a));

    static SdmxVersion VersionOf(Artefact artefact) => SdmxVersion.TryParse(artefact.Version, out var version) ? version : default;
}

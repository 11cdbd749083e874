using System.Globalization;

namespace Sdmx;

/// <summary>Finds what the data sets of one message are read by (design section 6; decision 0008).</summary>
/// <remarks>
/// <para>A version that is not held is replaced by the nearest held one of the same artefact, with a warning: the lowest version above
/// it, because SDG releases add codes and seldom take any away, else the highest below it. With 1.5, 1.16 and 1.17 held, 1.8 is read by 1.16
/// and 1.22 by 1.17. A reference without version takes the newest.</para>
/// <para>Data that name only a structure go to <see cref="ReadContext.Dataflow"/>, else to the single flow of that structure (of any of its
/// versions) whose cube regions admit the first key of the data set: see <see cref="DatasetStructure.Choose"/>. A given flow of another structure
/// is read by its own structure: its cube must never take codes of another's lists.</para>
/// <para>Each reference is looked up, and its findings are logged, once. Not thread-safe.</para>
/// </remarks>
sealed class DatasetResolver(ReadContext context)
{
    readonly Dictionary<StructureReference, DatasetStructure?> _resolved = [];

    StructureCatalog Catalog => context.Catalog;

    /// <summary>What <paramref name="reference"/> names, or null when the data cannot be read; the reason is logged.</summary>
    public DatasetStructure? Resolve(StructureReference reference, Location at)
    {
        if (_resolved.TryGetValue(reference, out var known))
            return known;
        return _resolved[reference] = reference.Type switch
        {
            ArtefactType.DataStructure => OfStructure(reference, at),
            ArtefactType.Dataflow => OfFlow(reference, at),
            _ => OfAgreement(reference, at),
        };
    }

    DatasetStructure? OfAgreement(StructureReference reference, Location at)
    {
        if (Nearest<ProvisionAgreement>(reference, at) is { Dataflow: { } flow })
            return OfFlow(new(flow), at);
        return OfGivenFlow(reference, at) ?? Unknown(reference, at);
    }

    DatasetStructure? OfFlow(StructureReference reference, Location at)
    {
        if (Nearest<Dataflow>(reference, at) is { } flow)
            return Read(flow, null, at);
        return OfGivenFlow(reference, at) ?? Unknown(reference, at);
    }

    DatasetStructure? OfStructure(StructureReference reference, Location at)
    {
        if (Nearest<DataStructure>(reference, at) is not { } dsd)
            return OfGivenFlow(reference, at) ?? Unknown(reference, at);
        if (context.Dataflow is { } given)
        {
            if (Nearest<Dataflow>(new(given), at) is not { } flow)
                return Unknown(new(given), at);
            if (flow.Structure is { } own && (own.Agency, own.Id) == (dsd.Agency, dsd.Id))
                return Read(flow, dsd.Urn, at);
            return Read(flow, null, at) is { } read ? Compare(read, dsd, at) : null;
        }

        if (Schema(dsd.Urn, null, at) is not { } schema)
            return null;
        return new(context, schema, context.IsMapped ? [] : CandidatesOf(dsd));
    }

    /// <summary>The flow the user gave, in place of <paramref name="reference"/>, which is not held.</summary>
    DatasetStructure? OfGivenFlow(StructureReference reference, Location at)
    {
        if (context.Dataflow is not { } given || Nearest<Dataflow>(new(given), at) is not { } flow || Read(flow, null, at) is not { } read)
            return null;
        context.Issues.Add(new(IssueCode.NearestVersionUsed, at,
            $"{reference}, which the message names, is not held; the data are read by {read.Schema.Structure.Urn.ShortName}, the structure of the given flow {flow.Urn.ShortName}.")
        {
            Value = reference.ToString(), Nearest = read.Schema.Structure.Urn.ShortName,
        });
        return read;
    }

    /// <summary>Says where the structure that the message names and the one it is read by have other dimensions: one finding, whatever the number of keys.</summary>
    DatasetStructure Compare(DatasetStructure read, DataStructure named, Location at)
    {
        var used = read.Schema.Structure;
        string[] differences =
        [
            .. named.Dimensions.Select(d => d.Id).Except(used.Dimensions.Select(d => d.Id)).Select(id => $"{id} is a dimension only in the former"),
            .. used.Dimensions.Select(d => d.Id).Except(named.Dimensions.Select(d => d.Id)).Select(id => $"{id} is a dimension only in the latter"),
        ];
        context.Issues.Add(differences.Length == 0
            ? new(IssueCode.DataflowChosen, at, $"The message names {named.Urn.ShortName}; its data are read by {used.Urn.ShortName}, the structure of the given flow {read.Schema.Urn.ShortName}.")
            : new(IssueCode.OtherDimensions, at, $"The message names {named.Urn.ShortName}, but the given flow {read.Schema.Urn.ShortName} has the structure {used.Urn.ShortName}: {string.Join("; ", differences)}.")
            {
                Value = named.Urn.ShortName, Expected = used.Urn.ShortName,
            });
        return read;
    }

    /// <summary>A flow by its own structure, or by <paramref name="structure"/>.</summary>
    DatasetStructure? Read(Dataflow flow, Urn? structure, Location at)
    {
        if (structure is null && flow.Structure is { } own && Catalog.Find(own) is null && Nearest<DataStructure>(new(own), at) is { } near)
            structure = near.Urn;
        return Schema(flow.Urn, structure == flow.Structure ? null : structure, at) is { } schema ? new(context, schema, []) : null;
    }

    DataSchema? Schema(Urn urn, Urn? structure, Location at)
    {
        if (Catalog.Schema(urn, structure) is { } schema)
            return schema;
        var missing = string.Join(", ", Catalog.Missing(urn, structure).Select(u => $"{u.Class} {u.ShortName}"));
        context.Issues.Add(new(IssueCode.IncompleteStructure, at,
            $"{urn.ShortName} is held, but it needs what is not: {missing}. Give it with --structures.") { Value = missing });
        return null;
    }

    /// <summary>Per flow of the structure, whatever its versions, the one that fits <paramref name="dsd"/> best.</summary>
    IReadOnlyList<DataSchema> CandidatesOf(DataStructure dsd)
    {
        var flows = Catalog.OfType<Dataflow>().Where(f => f.Structure is { } s && (s.Agency, s.Id) == (dsd.Agency, dsd.Id));
        return
        [
            .. flows.GroupBy(f => (f.Agency, f.Id)).Select(versions => Best(versions, dsd))
                .Select(f => Catalog.Schema(f.Urn, f.Structure == dsd.Urn ? null : dsd.Urn)).OfType<DataSchema>(),
        ];
    }

    static Dataflow Best(IEnumerable<Dataflow> versions, DataStructure dsd)
    {
        var wanted = VersionOf(dsd.Version);
        var ordered = versions.OrderBy(f => VersionOf(f.Structure!.Value.Version)).ThenBy(f => VersionOf(f.Version)).ToArray();
        return ordered.LastOrDefault(f => f.Structure == dsd.Urn)
            ?? ordered.FirstOrDefault(f => VersionOf(f.Structure!.Value.Version).CompareTo(wanted) > 0) ?? ordered[^1];
    }

    /// <summary>The held version nearest to the one asked for (see the class), with a warning where it is another; null when none is held.</summary>
    T? Nearest<T>(StructureReference reference, Location at) where T : Artefact
    {
        var nearest = Catalog.Nearest<T>(reference.Type, reference.Agency, reference.Id, reference.Version);
        if (nearest is null || reference.Version is null || nearest.Version == reference.Version)
            return nearest;
        var held = Catalog.Versions(reference.Type, reference.Agency, reference.Id);
        context.Issues.Add(new(IssueCode.NearestVersionUsed, at,
            $"{reference} is not held; the nearest held version, {nearest.Urn.ShortName}, is used. Held: {string.Join(", ", held.Select(a => a.Version))}.")
        {
            Value = reference.ToString(), Nearest = nearest.Urn.ShortName,
        });
        return nearest;
    }

    DatasetStructure? Unknown(StructureReference reference, Location at)
    {
        var all = Catalog.All.Where(a => a.Type == reference.Type).ToArray();
        var alike = all.Where(a => a.Id == reference.Id).ToArray();
        var shown = (alike.Length > 0 ? alike : all).Take(10).Select(a => a.Urn.ShortName).ToArray();
        var held = shown.Length == 0 ? $"No {ArtefactTypes.Of(reference.Type).Class} is held" : $"Held: {string.Join(", ", shown)}{(all.Length > shown.Length ? ", ..." : "")}";
        context.Issues.Add(new(IssueCode.UnknownStructure, at, string.Create(CultureInfo.InvariantCulture,
            $"The message is structured by {ArtefactTypes.Of(reference.Type).Class} {reference}, of which no version is held. {held}. Give it with --structures, or the flow to read it by with --dataflow."))
        {
            Value = reference.ToString(), Nearest = alike.Length > 0 ? shown[^1] : null,
        });
        return null;
    }

    static SdmxVersion VersionOf(string text) => SdmxVersion.TryParse(text, out var version) ? version : default;
}

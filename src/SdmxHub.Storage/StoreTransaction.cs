using Sdmx;

namespace SdmxHub.Storage;

/// <summary>A change under way: structures and data that become one revision together, or nothing.</summary>
/// <remarks>Disposing without <see cref="Commit"/> leaves the store as it was. It sees its own changes: data sets apply in the order they are
/// appended. Not thread-safe.</remarks>
public sealed class StoreTransaction : IDisposable
{
    internal StoreTransaction()
    {
    }

    /// <summary>The structures as this transaction leaves them so far.</summary>
    public StructureCatalog Catalog => throw new NotImplementedException();

    /// <summary>Keeps artefacts, each in the place of one with the same URN; an equal one changes nothing.</summary>
    /// <remarks>Whether a final artefact may change is for the caller to decide, by <see cref="Catalog"/>.</remarks>
    public void Put(IEnumerable<Artefact> artefacts) => throw new NotImplementedException();

    /// <summary>Removes an artefact from here on; earlier revisions keep it. One that is not held changes nothing.</summary>
    public void Remove(Urn urn) => throw new NotImplementedException();

    /// <summary>Whether data of <paramref name="schema"/> can go to its flow: the dimensions must be those its stored data have, with the same codelists.</summary>
    /// <returns>Null when they can, else the finding <see cref="IssueCode.StructureChanged"/>.</returns>
    public Issue? Check(DataSchema schema, Location at) => throw new NotImplementedException();

    /// <summary>Applies the action of the block's data set to its rows (checklist 2.7).</summary>
    /// <remarks>Fast when rows come sorted by series and period; right in any order. The schema must name a flow and have passed <see cref="Check"/>.
    /// The block may be reused at once.</remarks>
    /// <exception cref="InvalidOperationException">The schema names no flow, or <see cref="Check"/> refuses it.</exception>
    public void Append(ObservationBlock sortedBlock) => throw new NotImplementedException();

    /// <summary>Makes everything durable and visible as the next revision.</summary>
    /// <returns>The revision; the head as it was, when nothing differs from it.</returns>
    public Revision Commit() => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}

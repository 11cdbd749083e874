using System.Diagnostics.CodeAnalysis;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Finds the dataflow that a sender names beside the message: <c>--dataflow</c>, <c>?dataflow=</c>.</summary>
public static class Dataflows
{
    /// <summary>Finds the held flow of that name; of several versions the newest when <paramref name="wanted"/> names none (<c>~</c>).</summary>
    /// <param name="wanted">The flow as given, or null.</param>
    /// <param name="catalog">The structures.</param>
    /// <param name="dataflow">The flow, or null when none was given.</param>
    /// <param name="fault">Why there is none, when false.</param>
    public static bool TryResolve(Urn? wanted, StructureCatalog catalog, out Urn? dataflow, [NotNullWhen(false)] out string? fault)
    {
        (dataflow, fault) = (null, null);
        if (wanted is not { } urn)
            return true;
        var held = catalog.Versions(ArtefactType.Dataflow, urn.Agency, urn.Id);
        dataflow = (urn.Version == "~" ? held.LastOrDefault() : held.FirstOrDefault(f => f.Version == urn.Version))?.Urn;
        if (dataflow is not null)
            return true;
        var names = string.Join(", ", catalog.OfType<Dataflow>().Select(f => f.Urn.ShortName));
        fault = $"dataflow {urn.Agency}:{urn.Id}{(urn.Version == "~" ? "" : $"({urn.Version})")} is not held{(names.Length == 0 ? "" : $"; held: {names}")}";
        return false;
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The store's memory of one revision: immutable, published by one reference swap.</summary>
/// <param name="Revision">The revision's number.</param>
/// <param name="AtMicroseconds">Its instant, in microseconds since 1970.</param>
/// <param name="CatalogRevision">The last revision, up to this one, that changed the catalog: a structure or a metadata set.</param>
/// <param name="StructureRevision">The last one that changed a structure.</param>
/// <param name="Catalog">The structures.</param>
/// <param name="Cubes">The cubes by flow (<see cref="Cube.FlowOf"/>).</param>
sealed record Generation(long Revision, long AtMicroseconds, long CatalogRevision, long StructureRevision, StructureCatalog Catalog, IReadOnlyDictionary<string, CubeGeneration> Cubes)
{
    public CubeGeneration? Find(Urn dataflow) => Cubes.GetValueOrDefault(Cube.FlowOf(dataflow));

    /// <summary>See <see cref="CubeGeneration.SupersededBy"/>; empty where the cube came later.</summary>
    public int[] SupersededBy(Cube cube) => Cubes.GetValueOrDefault(cube.Flow)?.SupersededBy ?? [];
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Holds the metadata sets of a message against those that are held, and against what the store can keep.</summary>
static class MetadataCheck
{
    public static void Check(IEnumerable<MetadataSet> sets, StructureCatalog catalog, IReadOnlyDictionary<object, Location> places, IssueLog issues)
    {
        foreach (var set in sets)
        {
            var at = places.GetValueOrDefault(set);
            if (set.Action == DatasetAction.Information)
                issues.Add(new(IssueCode.InformationAction, at, "The action is Information, which answers a query; the set is loaded as with Append."));
            // 3.x: a semantic version without extension says that what it names no longer changes.
            if (!set.IsLegacy && IsStable(set) && catalog.Find(set.Urn) is { } held && set.AppliedTo(held as MetadataSet) is { } after && !ArtefactBody.IsSame(after, held))
            {
                issues.Add(new(IssueCode.ChangedFinalArtefact, at, $"{set.Urn.ShortName} has a stable version and is held with other content. Send it with a new version.")
                {
                    Component = set.Urn.ShortName,
                });
            }

            if (ArtefactBody.Losses(set) is { Count: > 0 } losses)
            {
                issues.Add(new(IssueCode.UnsupportedArtefact, at, $"{set.Urn.ShortName} is passed over: the hub does not keep {string.Join(", ", losses)} yet.")
                {
                    Component = set.Urn.ShortName,
                });
            }
        }
    }

    static bool IsStable(MetadataSet set) => SdmxVersion.TryParse(set.Version, out var version) && version.IsStable;
}

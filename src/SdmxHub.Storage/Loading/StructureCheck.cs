using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Holds the artefacts of a message against those that are held: what the reader cannot know by the message alone.</summary>
static class StructureCheck
{
    public static void Check(ValueArray<Artefact> artefacts, StructureCatalog catalog, string file, IssueLog issues)
    {
        var after = catalog.With(artefacts);
        var at = new Location(file, 0, 0);
        // Also lists that are held and extend one of the message.
        foreach (var list in after.OfType<Codelist>())
        {
            if (after.WhyNotExtended(list) is { } why)
                issues.Add(new(IssueCode.LimitExceeded, at, $"{list.Urn.ShortName} cannot be extended so: {why}.") { Component = list.Urn.ShortName });
        }

        foreach (var artefact in artefacts)
        {
            var urn = artefact.Urn;
            if (catalog.Find(urn) is { IsFinal: true } held && !ArtefactBody.IsSame(ArtefactBody.Beside(artefact, held), held))
            {
                issues.Add(new(IssueCode.ChangedFinalArtefact, at, $"{urn.ShortName} is final and held with other content. Send it with a new version.")
                {
                    Component = urn.ShortName,
                });
            }

            foreach (var annotation in artefact is ProvisionAgreement ? artefact.Annotations.Where(a => a.Type == OptionalRules.AnnotationType) : [])
            {
                if (!OptionalRules.TryParse(annotation.Title ?? "", out _, out var fault))
                    issues.Add(new(IssueCode.UnresolvedReference, at, $"{urn.ShortName}, annotation {OptionalRules.AnnotationType}: {fault}.") { Component = urn.ShortName, Value = annotation.Title });
            }

            if (ArtefactBody.Losses(artefact) is { Count: > 0 } losses)
            {
                issues.Add(new(IssueCode.UnsupportedArtefact, at, $"{urn.ShortName} is passed over: the hub does not keep {string.Join(", ", losses)} yet.")
                {
                    Component = urn.ShortName,
                });
            }

            foreach (var reference in artefact.References.Where(r => after.Find(r) is null).Distinct())
            {
                issues.Add(new(IssueCode.UnresolvedReference, at, $"{urn.ShortName} refers to {reference.ShortName}, a {reference.Class} that is not held.")
                {
                    Component = urn.ShortName, Value = reference.ToString(),
                });
            }
        }
    }
}

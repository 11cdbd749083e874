namespace Sdmx;

public sealed partial record MetadataSet
{
    /// <summary>Whether it only points to a set held elsewhere, and says nothing but its name and what it is reported by.</summary>
    public bool IsStub => this is { IsExternalReference: true, Reports.IsEmpty: true, SetId: null, DataProvider: null };

    /// <summary>What of it the messages of 3.x have no word for, one phrase each.</summary>
    internal IEnumerable<string> OnlyLegacy
    {
        get
        {
            if (Structure is not { Class: "Metadataflow" })
                yield return "a report by a metadata structure rather than by a metadata flow";
            if (Reports.Count != 1)
                yield return "several reports in a set";
            if (Reports.Any(r => r.Id is not null || r.TargetId is not null))
                yield return "report structures and metadata targets";
            if (Reports.SelectMany(r => r.Targets).Any(t => t.Kind != "ObjectReference"))
                yield return "targets that are keys, data sets or periods";
            if (SetId is not null || DataProvider is not null)
                yield return "the sender's id of a set, and its data provider";
            if (Reports.Any(r => !r.Annotations.IsEmpty))
                yield return "annotations of a report";
            if (AllAttributes.Any(a => a.Value is not null && !a.Text.IsEmpty))
                yield return "an attribute with both a value and texts";
        }
    }
}

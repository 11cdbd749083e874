using Sdmx;
using Sdmx.Formats;
using Sdmx.Validation;

namespace SdmxHub.Tests.Shipped;

/// <summary>What the hub's reader and validator say of one sample.</summary>
sealed record SampleVerdict(long Observations, long Series, IReadOnlyList<Issue> Issues)
{
    public static SampleVerdict Of(SampleFile file)
    {
        var open = Format.Find(file.Format.Length > 0 ? file.Format : "structurespecific-2.1")!.Open!;
        using var issues = new IssueLog();
        using var sorter = new SeriesSorter();
        var validator = new Validator(issues, new ValidationOptions { FileName = file.ToString() });
        var block = new ObservationBlock();
        var context = new ReadContext { Catalog = ShippedStructures.Catalog, Issues = issues, FileName = file.ToString() };
        using (var reader = open(file.Open(), context))
        {
            while (reader.Read(block))
            {
                validator.Check(block);
                sorter.Add(block);
            }
        }

        while (sorter.Read(block))
            validator.CheckSeries(block);
        validator.Complete();
        return new(sorter.Observations, sorter.Series, [.. issues.All]);
    }
}

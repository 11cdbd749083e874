using Sdmx.Formats;
using Sdmx.Mapping;
using Sdmx.Validation;
using Sdmx.Xml;

namespace Sdmx.Tests.Validation;

/// <summary>What a validated message came to.</summary>
sealed record Validated(IssueLog Issues, long Observations, long Series, int Datasets) : IDisposable
{
    /// <summary>The findings as <c>code line component=value</c>.</summary>
    public IEnumerable<string> Lines => Issues.All.Select(i => $"{i.Code} {i.At.Line} {i.Component}={i.Value}");

    public void Dispose() => Issues.Dispose();
}

/// <summary>Reads, validates and sorts messages as the hub does.</summary>
static class Validation
{
    public static readonly TimeProvider Clock = new FixedClock();

    static readonly Dictionary<string, StructureCatalog> Catalogs = [];

    /// <summary>The structures of a file.</summary>
    public static StructureCatalog Structures(string path)
    {
        lock (Catalogs)
        {
            if (Catalogs.TryGetValue(path, out var held))
                return held;
            using var issues = new IssueLog();
            using var file = File.OpenRead(path);
            var message = StructureXmlReader.Read(file, new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues });
            return Catalogs[path] = StructureCatalog.Empty.With(message.Artefacts);
        }
    }

    public static Validated Run(StructureCatalog catalog, Stream message, string fileName, Urn? dataflow = null, long memory = SeriesSorter.DefaultMemory) =>
        Run(catalog, message, new ValidationOptions { FileName = fileName, Clock = Clock }, dataflow, memory);

    public static Validated Run(StructureCatalog catalog, Stream message, ValidationOptions options, Urn? dataflow = null, long memory = SeriesSorter.DefaultMemory, string? map = null)
    {
        var issues = new IssueLog();
        var context = new ReadContext { Catalog = catalog, Issues = issues, FileName = options.FileName, Dataflow = dataflow };
        var file = MessageFile.Open(message, options.FileName!, context);
        if (file.Format?.Kind == MessageKind.Metadata)
            return RunMetadata(file, context);
        using var reader = map is null ? file.OpenData(context) : MappedReader.Open(map, context, file.OpenData);
        return reader is null ? new Validated(issues, 0, 0, 0) : Run(reader, options, issues, memory);
    }

    static Validated RunMetadata(MessageFile file, ReadContext context)
    {
        var places = new Dictionary<object, Location>(ReferenceEqualityComparer.Instance);
        var message = file.ReadMetadata(context with { Places = places });
        var validator = new MetadataValidator(context.Catalog, context.Issues, file.Name, places);
        foreach (var set in message!.Artefacts.Cast<MetadataSet>())
            validator.Check(set);
        return new Validated(context.Issues, 0, 0, message.Artefacts.Count);
    }

    public static Validated Run(DataReader reader, ValidationOptions options, IssueLog issues, long memory = SeriesSorter.DefaultMemory)
    {
        using var sorter = new SeriesSorter(memory);
        var validator = new Validator(issues, options);
        var block = new ObservationBlock();
        while (reader.Read(block))
        {
            validator.Check(block);
            sorter.Add(block);
        }

        while (sorter.Read(block))
            validator.CheckSeries(block);
        validator.Complete();
        return new Validated(issues, sorter.Observations, sorter.Series, sorter.Datasets);
    }

    sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    }
}

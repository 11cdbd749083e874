namespace Sdmx;

/// <summary>What a message is read with.</summary>
public sealed record ReadContext
{
    /// <summary>The structures it may refer to.</summary>
    public required StructureCatalog Catalog { get; init; }

    /// <summary>Where findings go.</summary>
    public required IssueLog Issues { get; init; }

    /// <summary>The file's name, for findings.</summary>
    public string? FileName { get; init; }

    /// <summary>The flow for data that name only a data structure, or null: then the single flow whose constraint admits them (decision 0008).</summary>
    public Urn? Dataflow { get; init; }

    /// <summary>Whether the data are to be mapped to another structure: they then go to no flow of their own.</summary>
    public bool IsMapped { get; init; }

    /// <summary>Where to note the place of each report and attribute of a metadata message, the object as the key; or null.</summary>
    public IDictionary<object, Location>? Places { get; init; }

    /// <summary>The limits.</summary>
    public ReadLimits Limits { get; init; } = new();
}

/// <summary>Bounds on what a message may ask of the machine. Passing one is <see cref="IssueCode.LimitExceeded"/>.</summary>
public sealed record ReadLimits
{
    /// <summary>The most bytes, after decompression. Default 16 GiB.</summary>
    public long MaxBytes { get; init; } = 16L << 30;

    /// <summary>The most bytes that one compressed byte may become. Default 200; below 1 MiB it does not count.</summary>
    public int MaxExpansion { get; init; } = 200;

    /// <summary>The deepest nesting. Default 64.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>The most characters of one attribute, element text or cell. Default 1 Mi.</summary>
    public int MaxText { get; init; } = 1 << 20;

    /// <summary>The most attributes of one element, or columns of one row. Default 1,000.</summary>
    public int MaxComponents { get; init; } = 1000;
}

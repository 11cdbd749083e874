namespace SdmxHub.Fuzz;

/// <summary>What is fed with damaged input.</summary>
abstract class Target
{
    /// <summary>The name on the command line and in names of files.</summary>
    public abstract string Name { get; }

    /// <summary>What mutation starts from.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>What mutation puts in.</summary>
    public abstract IReadOnlyList<byte[]> Tokens { get; }

    /// <summary>Makes an input what the target would not refuse at once: a checksum, for one.</summary>
    public virtual void Mend(Span<byte> input)
    {
    }

    /// <summary>Reads an input; what it covers is measured.</summary>
    /// <exception cref="Exception">Of any kind: a finding.</exception>
    public abstract void Read(byte[] bytes, int length);

    /// <summary>Holds what is read against what another reader, or writing and reading again, says.</summary>
    /// <exception cref="DifferenceException">They differ: a finding.</exception>
    public abstract void Check(byte[] bytes);

    /// <summary>Every target there is.</summary>
    public static IReadOnlyList<Target> All { get; } =
    [
        new XmlDataTarget("structurespecific-2.1", isGeneric: false), new XmlDataTarget("generic-2.1", isGeneric: true), new DataTarget("json-2.0"),
        new DataTarget("csv-1.0"), new DataTarget("csv-2.0"), new StructureTarget("structure-xml-2.1"), new StructureTarget("structure-json-2.0"),
        new StructureTarget("metadata-xml-2.1"), new StructureTarget("metadata-json-2.0"), new StructureTarget("metadata-csv-2.0"), new EnvelopeTarget(), new BlockTarget(),
    ];

    /// <summary>A number that depends on the input alone, so that an input is read the same way whenever it is read.</summary>
    protected static int Choose(ReadOnlySpan<byte> bytes, int count)
    {
        var hash = 2166136261u;
        foreach (var value in bytes)
            hash = (hash ^ value) * 16777619;
        return (int)(hash % (uint)count);
    }
}

/// <summary>Two ways to read the same say different things.</summary>
/// <param name="oracle">The name of the comparison.</param>
/// <param name="message">What differs.</param>
sealed class DifferenceException(string oracle, string message) : Exception($"{oracle}: {message}")
{
    /// <summary>The name of the comparison.</summary>
    public string Oracle => oracle;
}

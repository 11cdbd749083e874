using Sdmx.Tests.Data;
using Sdmx.Xml;

namespace Sdmx.Tests.Xml;

/// <summary>What a data message gives by the readers over the runtime's XmlReader, to compare the fast ones with.</summary>
sealed class XmlOracle
{
    readonly Func<Stream, ReadContext, int, DataReader> _open;
    readonly StructureCatalog _catalog;
    readonly ReadLimits? _limits;

    public XmlOracle(bool isGeneric, StructureCatalog? catalog = null, ReadLimits? limits = null)
    {
        _open = isGeneric ? (s, c, w) => new GenericReader(s, c, w) : (s, c, w) => new StructureSpecificReader(s, c, w);
        (_catalog, _limits) = (catalog ?? SmallCube.Catalog, limits);
    }

    /// <summary>The window that makes a reader one over XmlReader.</summary>
    public const int Runtime = 0;

    /// <summary>What is said of a message: <see cref="Transcript"/>.</summary>
    public List<string> Read(byte[] bytes, int window = Runtime) => Read(new MemoryStream(bytes), window);

    /// <summary>The same of a stream.</summary>
    public List<string> Read(Stream stream, int window)
    {
        var context = SmallCube.Context(_catalog, limits: _limits);
        using var reader = _open(stream, context, window);
        var said = Transcript.Of(reader, context);
        context.Issues.Dispose();
        return said;
    }

    /// <summary>What the fast readers say otherwise than those over XmlReader; null: nothing.</summary>
    public string? Difference(byte[] bytes, int window) => Transcript.Difference(Read(bytes), Read(bytes, window));
}

using System.Text;
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

    /// <summary>Blocks row by row with their lines, then the findings: of a fault of form its code and line alone.</summary>
    public List<string> Read(byte[] bytes, int window = Runtime) => Read(new MemoryStream(bytes), window);

    /// <summary>The same of a stream.</summary>
    public List<string> Read(Stream stream, int window)
    {
        var context = SmallCube.Context(_catalog, limits: _limits);
        var said = new List<string>();
        using var reader = _open(stream, context, window);
        var block = new ObservationBlock();
        var blocks = 0;
        while (reader.Read(block))
        {
            said.Add($"block {blocks++} {block.Count} of {block.Dataset.Number} {block.Dataset.Action} {block.Dataset.Id} {block.Dataset.ValidFrom} {block.Dataset.ValidTo} {block.Dataset.Schema.Urn}");
            for (var row = 0; row < block.Count; row++)
                said.Add($"{block.Lines[row]}:{block.LinePositions[row]} {SmallCube.Text(block, row)}");
        }

        said.Add($"{reader.Header.Id} {reader.Header.IsTest} {reader.Header.Prepared} {reader.Header.Sender} {reader.Header.Name} {string.Join(' ', reader.Header.Receivers)}");
        foreach (var issue in context.Issues.All)
            said.Add(Say(issue));
        context.Issues.Dispose();
        return said;
    }

    /// <summary>Whether both say the same; else what differs first.</summary>
    public string? Difference(byte[] bytes, int window) => Difference(Read(bytes), Read(bytes, window));

    public static string? Difference(List<string> expected, List<string> actual)
    {
        for (var i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            var (x, y) = (i < expected.Count ? expected[i] : "nothing", i < actual.Count ? actual[i] : "nothing");
            if (Compared(x) != Compared(y))
                return $"expected '{x}' but got '{y}'";
        }

        return null;
    }

    // what follows is told, not compared
    const string Aside = " -- ";

    static string Compared(string said) => said.Split(Aside)[0];

    static string Say(Issue issue)
    {
        var isOfForm = issue.Code is IssueCode.IllFormed or IssueCode.WrongEncoding or IssueCode.DtdForbidden or IssueCode.LimitExceeded;
        var text = new StringBuilder().Append(issue.Code).Append(' ');
        return isOfForm ? text.Append(Aside).Append(issue.Message).ToString() : text.Append(issue.At).Append(issue.Message).Append(issue.Key).Append(issue.Component).Append(issue.Value).Append(issue.Nearest).ToString();
    }
}

using System.Text;
using System.Text.Unicode;

namespace Sdmx.Tests.Data;

/// <summary>All that a reader says of a message, line by line, to compare with what another reader, or another way of giving it the bytes, says.</summary>
static class Transcript
{
    // what follows is told, not compared
    const string Aside = " -- ";

    /// <summary>Blocks row by row with their lines, then the findings.</summary>
    /// <remarks>Of a fault of form the code alone counts: each reader says it in its own words and at its own place. The runtime's reader puts a
    /// message that ends too early at its end, the fast ones where the unfinished markup begins.</remarks>
    public static List<string> Of(DataReader reader, ReadContext context)
    {
        var said = new List<string>();
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
        return said;
    }

    /// <summary>What differs first; null: nothing.</summary>
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

    /// <summary>What is tolerated: of a message that is no UTF-8, and only of that, one reader may say IllFormed where the other says WrongEncoding.</summary>
    /// <remarks>Two faults then stand within a few characters of each other, and the runtime's reader looks ahead by other lengths. Blocks, all other
    /// findings and their order must be the same, and no more than one message in five hundred may need it.</remarks>
    public static bool HasTwoFaults(byte[] bytes, List<string> expected, List<string> actual) =>
        !Utf8.IsValid(bytes) && expected.Select(Masked).SequenceEqual(actual.Select(Masked));

    /// <summary>What is tolerated too: of a document type within the message the runtime's reader says only that the word is unexpected, where its buffer ends in it.</summary>
    public static bool HasCutDoctype(List<string> expected, List<string> actual) => expected.Count == actual.Count
        && expected.Zip(actual).All(said => said.First == said.Second
            || (said.First.StartsWith("IllFormed", StringComparison.Ordinal) && said.First.Contains("'DOC", StringComparison.Ordinal)
                && said.Second.StartsWith("DtdForbidden", StringComparison.Ordinal)));

    static string Masked(string said) =>
        said.StartsWith("IllFormed", StringComparison.Ordinal) || said.StartsWith("WrongEncoding", StringComparison.Ordinal) ? "either fault" : said;

    static string Compared(string said) => said.Split(Aside)[0];

    static string Say(Issue issue)
    {
        var isOfForm = issue.Code is IssueCode.IllFormed or IssueCode.WrongEncoding or IssueCode.DtdForbidden or IssueCode.LimitExceeded;
        var text = new StringBuilder().Append(issue.Code).Append(' ');
        return isOfForm ? text.Append(Aside).Append(issue.Message).ToString() : text.Append(issue.At).Append(issue.Message).Append(issue.Key).Append(issue.Component).Append(issue.Value).Append(issue.Nearest).ToString();
    }
}

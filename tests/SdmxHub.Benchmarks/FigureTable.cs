namespace SdmxHub.Benchmarks;

/// <summary>A table of single figures on the console, in Markdown, each beside what it is to be.</summary>
sealed class FigureTable
{
    /// <summary>Starts a table.</summary>
    public FigureTable(string title) => Console.WriteLine($"\n### {title}\n\n| | measured | aim |\n|---|---:|---:|");

    /// <summary>Adds a row.</summary>
    public void Add(string name, FormattableString measured, string aim) => Console.WriteLine($"| {name} | {FormattableString.Invariant(measured)} | {aim} |");
}

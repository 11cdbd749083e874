using System.CommandLine;

namespace SdmxHub.Cli;

/// <summary>A command of <c>sdmxhub</c>: what it does in one sentence, what else to know, and examples that work as they stand.</summary>
sealed class HubCommand(string name, string summary) : Command(name, summary)
{
    /// <summary>What else there is to know, a paragraph each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>Whole command lines.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Adds arguments and options.</summary>
    public void Take(params ReadOnlySpan<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                Add(argument);
            else
                Add((Option)symbol);
        }
    }
}

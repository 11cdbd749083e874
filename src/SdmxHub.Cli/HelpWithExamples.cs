using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SdmxHub.Cli;

/// <summary>The usual help, then details, examples and exit codes.</summary>
sealed class HelpWithExamples(IReadOnlyList<string> ofRoot) : SynchronousCommandLineAction
{
    const int Width = 120;

    readonly HelpAction _usual = new() { MaxWidth = Width };

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        _usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command as HubCommand;
        if (command?.Details.Count > 0)
            Write(output, "Details:", command.Details.SelectMany(Wrapped));
        Write(output, "Examples:", command?.Examples ?? ofRoot);
        Write(output, "Exit codes:", ["0 fine, 1 findings of severity error, 2 unusable input or usage, 130 interrupted"]);
        return ExitCode.Fine;
    }

    static void Write(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.WriteLine(title);
        foreach (var line in lines)
            output.WriteLine($"  {line}");
        output.WriteLine();
    }

    static IEnumerable<string> Wrapped(string paragraph)
    {
        var line = "";
        foreach (var word in paragraph.Split(' '))
        {
            if (line.Length + word.Length > Width - 4)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }
}

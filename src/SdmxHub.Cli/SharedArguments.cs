using System.CommandLine;
using System.CommandLine.Parsing;

namespace SdmxHub.Cli;

/// <summary>Arguments that take any word, and so must look out for misspelt options themselves.</summary>
static class SharedArguments
{
    /// <summary><c>FILE...</c>.</summary>
    public static Argument<string[]> Files(string description)
    {
        var argument = new Argument<string[]>("FILE")
        {
            Description = description + " A folder stands for the .xml, .json, .csv, .gz and .zip files in and below it; - is standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    /// <summary>One word.</summary>
    public static Argument<string> Word(string name, string description)
    {
        var argument = new Argument<string>(name) { Description = description };
        argument.Validators.Add(RefuseOptions);
        return argument;
    }

    // Without this, '--reprot json' would be two files that do not exist.
    static void RefuseOptions(ArgumentResult result)
    {
        if (result.Parent is not CommandResult { Command: { } command })
            return;
        foreach (var word in result.Tokens.Select(t => t.Value).Where(w => w.StartsWith('-') && w.Length > 1 && !File.Exists(w)))
        {
            var similar = CommandLine.SimilarWord(word, command);
            result.AddError($"'{word}' is no option of {command.Name}{(similar is null ? "" : $"; did you mean {similar}?")}");
        }
    }
}

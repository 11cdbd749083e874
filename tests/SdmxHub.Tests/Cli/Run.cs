using System.Text;
using SdmxHub.Cli;

namespace SdmxHub.Tests.Cli;

/// <summary>One run of the command in this process: exit code, output, errors.</summary>
sealed record Run(int ExitCode, byte[] Bytes, string Error)
{
    /// <summary>The output as text.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes);

    /// <summary>The output's lines, without empty ones at the end.</summary>
    public string[] Lines => Output.TrimEnd().Split('\n').Select(l => l.TrimEnd('\r')).ToArray();

    /// <summary>Runs <c>sdmxhub</c> with <paramref name="words"/>, nobody watching.</summary>
    public static Run Of(params string[] words) => With([], words);

    /// <summary>Runs it with something on standard input.</summary>
    public static Run With(byte[] input, params string[] words)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        int exit;
        using (var terminal = new Terminal(new MemoryStream(input), output, error, isInteractive: false))
            exit = CommandLine.RunAsync(words, terminal, CancellationToken.None).GetAwaiter().GetResult();
        return new(exit, output.ToArray(), error.ToString());
    }
}

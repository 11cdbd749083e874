namespace SdmxHub.Cli;

/// <summary>What the command says to the shell; documented in docs/cli.md.</summary>
static class ExitCode
{
    /// <summary>Done; no finding of severity Error.</summary>
    public const int Fine = 0;

    /// <summary>Findings of severity Error: the file was read to its end, and something in it is wrong.</summary>
    public const int Findings = 1;

    /// <summary>Input that cannot be used (missing, of no known format, cut short, of an unknown structure), a wrong command line, or a fault of the machine.</summary>
    public const int Unusable = 2;

    /// <summary>Stopped by the user before it was done: 128 + SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;

    /// <summary>The verdict on several files: the worst of theirs.</summary>
    public static int Worse(int one, int other) => Math.Max(one, other);
}

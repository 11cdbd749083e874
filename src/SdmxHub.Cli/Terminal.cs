using System.Text;
using Spectre.Console;

namespace SdmxHub.Cli;

/// <summary>Where a command reads from and writes to: the process's streams, or a test's.</summary>
/// <remarks>Results go to the output, as text or as bytes; progress and faults go to the error writer, so that a pipe gets results only. Not thread-safe.</remarks>
sealed class Terminal : IDisposable
{
    /// <summary>The width of tables where there is no window to fit: wide enough that no cell wraps.</summary>
    const int WidthOfPipe = 240;

    readonly StreamWriter _text;

    /// <summary>A terminal over given streams, which stay open.</summary>
    public Terminal(Stream input, Stream output, TextWriter error, bool isInteractive)
    {
        (Input, Error, IsInteractive) = (input, error, isInteractive);
        _text = new StreamWriter(output, new UTF8Encoding(false), 16384, leaveOpen: true) { NewLine = "\n" };
    }

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfProcess() =>
        new(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error, !Console.IsErrorRedirected) { IsTable = !Console.IsOutputRedirected };

    /// <summary>What is piped in.</summary>
    public Stream Input { get; }

    /// <summary>Results, as text.</summary>
    public TextWriter Text => _text;

    /// <summary>Progress, notes and faults.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether somebody watches the error stream: only then is progress shown.</summary>
    public bool IsInteractive { get; }

    /// <summary>Whether somebody watches the output: only then are tables fitted to the window.</summary>
    public bool IsTable { get; private init; }

    /// <summary>Whether notes are left out too: <c>--quiet</c>.</summary>
    public bool IsQuiet { get; set; }

    /// <summary>Results, as bytes; text written before goes first.</summary>
    public Stream Bytes()
    {
        _text.Flush();
        return _text.BaseStream;
    }

    /// <summary>A note for people, not part of the result.</summary>
    public void Note(string message)
    {
        if (!IsQuiet)
            Error.WriteLine(message);
    }

    /// <summary>Says why the command cannot go on.</summary>
    /// <returns><see cref="ExitCode.Unusable"/>.</returns>
    public int Fail(string message)
    {
        _text.Flush();
        Error.WriteLine($"sdmxhub: {message}");
        return ExitCode.Unusable;
    }

    /// <summary>Writes a table to the output: fitted to the window where there is one, else each row on one line.</summary>
    public void Write(Table table)
    {
        using var drawn = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(drawn), Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors });
        console.Profile.Width = IsTable ? Math.Max(Console.WindowWidth, 60) : WidthOfPipe;
        console.Write(table);
        // The drawing pads every line to the table's width, and has an empty one above and below.
        foreach (var line in drawn.ToString().Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0))
            _text.WriteLine(line);
    }

    /// <summary>A table with the hub's look: no frame, so that it can be cut and pasted.</summary>
    public static Table Table(params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        foreach (var column in columns)
            table.AddColumn(column.StartsWith('#') ? new TableColumn(column[1..]) { Alignment = Justify.Right } : new TableColumn(column));
        return table;
    }

    /// <inheritdoc/>
    public void Dispose() => _text.Dispose();
}

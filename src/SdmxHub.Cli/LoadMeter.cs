using System.Globalization;
using Spectre.Console;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>Shows how far the reading of a file is, on a terminal: rows, megabytes, rate, time left.</summary>
static class LoadMeter
{
    /// <summary>Runs <paramref name="work"/>; shows its progress when somebody watches, else nothing.</summary>
    public static T Show<T>(Terminal terminal, string label, Func<IProgress<LoadProgress>?, T> work)
    {
        if (!terminal.IsInteractive || terminal.IsQuiet)
            return work(null);
        return Bar(terminal).Start(context => work(new Meter(context.AddTask(Markup.Escape(label)), Markup.Escape(label))));
    }

    /// <summary>Runs <paramref name="work"/> that waits for others; shows its progress when somebody watches, else nothing.</summary>
    public static Task<T> ShowAsync<T>(Terminal terminal, string label, Func<IProgress<LoadProgress>?, Task<T>> work)
    {
        if (!terminal.IsInteractive || terminal.IsQuiet)
            return work(null);
        return Bar(terminal).StartAsync(context => work(new Meter(context.AddTask(Markup.Escape(label)), Markup.Escape(label))));
    }

    static Progress Bar(Terminal terminal)
    {
        terminal.Text.Flush();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn());
    }

    /// <summary>Hands a load's progress to the bar. Reports come from the loading thread, a few times a second at most.</summary>
    sealed class Meter(ProgressTask bar, string label) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            bar.MaxValue = Math.Max(value.TotalBytes, 1);
            bar.Value = Math.Min(value.Bytes, value.TotalBytes);
            bar.Description = string.Create(CultureInfo.InvariantCulture, $"{label}: {value.Rows:N0} rows");
        }
    }
}

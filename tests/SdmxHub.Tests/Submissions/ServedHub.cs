using System.Collections.Concurrent;
using System.Diagnostics;

namespace SdmxHub.Tests.Submissions;

/// <summary>A process <c>sdmxhub serve</c> on a port of its own, and whatever it says.</summary>
sealed class ServedHub : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    static readonly int Killed = OperatingSystem.IsWindows() ? -1 : 128 + 9;

    readonly Process _process;
    readonly ConcurrentQueue<string> _said = new();
    readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts it.</summary>
    /// <param name="store">The URL of a store.</param>
    public ServedHub(string store)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "sdmxhub.dll");
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [program, "serve", "--store", store, "--urls", "http://127.0.0.1:0", "--set", "LogLevel=Warning"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Whether it was told to end; an answer that fails before is the hub's fault.</summary>
    public bool IsKilled { get; private set; }

    /// <summary>Whether the process runs.</summary>
    public bool Runs => !_process.HasExited;

    /// <summary>The errors that it logged.</summary>
    public IEnumerable<string> Errors =>
        _said.Where(l => l.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal) || l.Contains("\"LogLevel\":\"Critical\"", StringComparison.Ordinal)
            || l.Contains("Unhandled exception", StringComparison.Ordinal));

    /// <summary>What it said last.</summary>
    public string LastWords => string.Join('\n', _said.TakeLast(20));

    /// <summary>Waits until it takes requests.</summary>
    /// <returns>Its address.</returns>
    public async Task<Uri> Address()
    {
        var ended = _process.WaitForExitAsync();
        if (await Task.WhenAny(_address.Task, ended, Task.Delay(Patience)) == _address.Task)
            return await _address.Task;
        throw new AssertionException($"The hub does not serve{(ended.IsCompleted ? $", it ended with {_process.ExitCode}" : "")}:\n{LastWords}");
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    /// <returns>What is wrong with how it ended, or null.</returns>
    public async Task<string?> Kill()
    {
        IsKilled = true;
        if (Runs)
            _process.Kill();
        await _process.WaitForExitAsync();
        return _process.ExitCode == Killed ? null : $"the hub ended by itself with {_process.ExitCode}:\n{LastWords}";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Runs)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    void Hear(string? line)
    {
        if (line is null)
            return;
        _said.Enqueue(line);
        // "sdmxhub: serving STORE on ADDRESS; Ctrl-C ends it"
        var at = line.IndexOf(" on http://", StringComparison.Ordinal);
        if (at > 0 && line.Contains("serving ", StringComparison.Ordinal))
            _address.TrySetResult(new Uri(line[(at + 4)..line.IndexOf(';', at)]));
    }
}

using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>A submission that is being worked on: how far it is, and how to stop it.</summary>
sealed class RunningSubmission(Submission submission, TimeProvider clock, CancellationTokenSource stop) : IProgress<LoadProgress>
{
    readonly long _start = clock.GetTimestamp();
    readonly Lock _lock = new();
    LoadProgress _last;

    /// <summary>Whether somebody wants it stopped.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>How long it has been worked on.</summary>
    public TimeSpan Elapsed => clock.GetElapsedTime(_start);

    /// <summary>How far it is.</summary>
    public SubmissionProgress Progress
    {
        get
        {
            LoadProgress last;
            lock (_lock)
                last = _last;
            var read = Math.Min(1, last.Bytes / (double)Math.Max(1, last.TotalBytes));
            // Writing takes about as long as reading and checking.
            var done = submission.Mode == SubmissionMode.Check ? read : (read + Math.Min(1, last.Written / (double)Math.Max(1, last.Rows))) / 2;
            return new(Math.Round(done * 100, 1), last.Rows, Math.Round(last.Rows / Math.Max(Elapsed.TotalSeconds, 0.001)));
        }
    }

    /// <summary>Stops the work.</summary>
    public void Cancel()
    {
        IsCancelled = true;
        stop.Cancel();
    }

    /// <inheritdoc/>
    public void Report(LoadProgress value)
    {
        lock (_lock)
            _last = value;
    }
}

using System.Collections.Concurrent;
using Polly;
using Polly.Retry;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Works on submissions in the order they came, some at a time.</summary>
/// <remarks>When the host stops, what is under way goes back to those that wait; the next start goes on with it. Of several processes on one
/// folder one works, the others wait for it to end.</remarks>
sealed class SubmissionWorker : BackgroundService, IAsyncDisposable
{
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    readonly HubOptions _options;
    readonly Storage.Drafts? _drafts;
    readonly ILogger _logger;
    readonly SemaphoreSlim _news = new(0);
    readonly ConcurrentDictionary<long, RunningSubmission> _running = [];
    readonly Lock _taking = new();
    readonly ResiliencePipeline _tries;

    public SubmissionWorker(IServiceProvider services, HubOptions options, ILogger<SubmissionWorker> logger)
    {
        (_options, _logger) = (options, logger);
        try
        {
            Submissions = new Submissions(services.GetRequiredService<Intake>());
            _drafts = services.GetRequiredService<Storage.Drafts>();
        }
        catch (Exception fault) when (fault is StoreException or IOException or UnauthorizedAccessException)
        {
            // A hub on a disk that may only be read serves all the same.
            HubLog.TakesNothing(logger, fault.Message);
        }

        _tries = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<StoreException>(fault => fault.IsTransient),
            MaxRetryAttempts = 5,
            Delay = TimeSpan.FromMilliseconds(500),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            OnRetry = Retried,
        }).Build();
    }

    /// <summary>The submissions; null where their folder cannot be written, so that none are taken.</summary>
    public Submissions? Submissions { get; }

    /// <summary>Says that there is something to do.</summary>
    public void Wake() => _news.Release();

    /// <summary>A submission with its progress, where it is being worked on.</summary>
    public Submission WithProgress(Submission submission) =>
        submission.State == SubmissionState.Checking && _running.TryGetValue(submission.Id, out var running) ? submission with { Progress = running.Progress } : submission;

    /// <summary>Stops a submission that waits or is being worked on.</summary>
    /// <returns>Whether there was anything to stop; it may all the same be done first.</returns>
    public bool Cancel(long id)
    {
        lock (_taking)
        {
            if (Submissions!.Cancel(id))
                return true;
            if (!_running.TryGetValue(id, out var running))
                return false;
            running.Cancel();
            return true;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Before the intake and the store go that the work uses.
        await StopAsync(CancellationToken.None);
        Dispose();
        _news.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Submissions is not { } submissions)
            return;
        try
        {
            await using var owner = await OwnAsync(submissions.Folder, stoppingToken);
            submissions.Resume();
            await Task.WhenAll(Enumerable.Range(0, _options.Intake.Workers).Select(_ => WorkAsync(submissions, stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
        catch (Exception fault) when (fault is StoreException or IOException or UnauthorizedAccessException)
        {
            HubLog.QueueFailed(_logger, fault);
        }
    }

    /// <summary>Waits until no other process works on the folder, and keeps others from it.</summary>
    async Task<FileStream> OwnAsync(string folder, CancellationToken ct)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                return new FileStream(Path.Combine(folder, "worker.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                if (isFirst)
                    HubLog.QueueOfOther(_logger, folder);
                await Task.Delay(Rest, ct);
            }
        }
    }

    async Task WorkAsync(Submissions submissions, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
                if (Take(submissions, stop) is { } submission)
                    await RunAsync(submissions, submission, stop.Token, ct);
                else
                    await _news.WaitAsync(Rest, ct);
            }
            catch (Exception fault) when (fault is StoreException or IOException)
            {
                // The intake's own disk; what is under way is resumed at the next start.
                HubLog.QueueFailed(_logger, fault);
                await Task.Delay(Rest, ct);
            }
        }
    }

    Submission? Take(Submissions submissions, CancellationTokenSource stop)
    {
        lock (_taking)
        {
            if (submissions.Take() is not { } submission)
                return null;
            _running[submission.Id] = new RunningSubmission(submission, submissions.Clock, stop);
            return submission;
        }
    }

    async Task RunAsync(Submissions submissions, Submission submission, CancellationToken ct, CancellationToken hostStops)
    {
        var running = _running[submission.Id];
        try
        {
            var ended = await TryAsync(submissions, submission, running, ct);
            if (ended is null && hostStops.IsCancellationRequested && !running.IsCancelled)
            {
                submissions.Release(submission.Id);
                return;
            }

            ended ??= submission with { State = SubmissionState.Cancelled, Summary = "Cancelled before it was done. Nothing of it is stored." };
            submissions.End(ended);
            HubLog.Submission(_logger, ended.Id, ended.Actor, ended.Mode, ended.State, Math.Round(running.Elapsed.TotalMilliseconds), ended.Revision);
        }
        finally
        {
            _running.TryRemove(submission.Id, out _);
        }
    }

    /// <summary>Does the work, again when somebody else was in the way.</summary>
    /// <returns>Null when it was stopped.</returns>
    async Task<Submission?> TryAsync(Submissions submissions, Submission submission, RunningSubmission running, CancellationToken ct)
    {
        try
        {
            // On a thread of its own: a load blocks its thread for long, and requests need those of the pool.
            return await _tries.ExecuteAsync(async stop => await Task.Factory.StartNew(
                () => SubmissionWork.Run(submissions, _drafts!, submission, _options.Limits, running, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default), ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception fault) when (fault is StoreException or IOException or UnauthorizedAccessException)
        {
            HubLog.SubmissionFailed(_logger, fault, submission.Id);
            return submission with { State = SubmissionState.Failed, Summary = fault.Message };
        }
        catch (Exception fault)
        {
            // The top of a piece of work, as RequestLine is of a request: one submission may not take the others with it.
            HubLog.SubmissionFailed(_logger, fault, submission.Id);
            return submission with { State = SubmissionState.Failed, Summary = "The hub failed; its log says how. Nothing of it is stored." };
        }
    }

    ValueTask Retried(OnRetryArguments<object> retry)
    {
        HubLog.SubmissionRetried(_logger, Math.Round(retry.RetryDelay.TotalMilliseconds), retry.Outcome.Exception?.Message);
        return default;
    }
}

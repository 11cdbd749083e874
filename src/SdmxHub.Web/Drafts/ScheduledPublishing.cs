using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Publishes drafts whose instant has come. One that cannot be is tried again each time, and logged when the reason is another.</summary>
sealed class ScheduledPublishing(Storage.Drafts drafts, TimeProvider clock, ILogger<ScheduledPublishing> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly Dictionary<long, string> _refused = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                foreach (var draft in drafts.Due())
                    await Task.Run(() => Publish(draft, stoppingToken), stoppingToken);
            }
            catch (Exception fault) when (fault is StoreException or IOException or UnauthorizedAccessException)
            {
                // The intake is busy or its disk fails: the hub goes on serving, and the next tick tries again.
                HubLog.PlansFailed(logger, fault);
            }
        }
    }

    void Publish(Draft draft, CancellationToken ct)
    {
        var why = Try(draft, ct);
        if (why is null)
            HubLog.Published(logger, draft.Name, draft.Release);
        else if (_refused.GetValueOrDefault(draft.Id) != why)
            HubLog.NotPublished(logger, draft.Name, _refused[draft.Id] = why);
    }

    string? Try(Draft draft, CancellationToken ct)
    {
        try
        {
            var outcome = drafts.Publish(draft, draft.Owner, isTrial: false, ct);
            return outcome.Revision is not null ? null : outcome.Refusal ?? $"{outcome.ConflictCount} conflicts";
        }
        catch (StoreException fault)
        {
            return fault.Message;
        }
    }
}

using System.Net;
using System.Text;
using System.Text.Json;
using Polly;
using Polly.Retry;
using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>One submission on its way to a hub: sent, and followed to its end. What the network loses is done again, with the same key.</summary>
/// <param name="hub">The hub.</param>
/// <param name="files">The files: one as it is, several as a form.</param>
/// <param name="query">What is asked for.</param>
sealed class Push(HubClient hub, IReadOnlyList<InputFile> files, string query)
{
    const string Path = "api/submissions";

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan TimeToCancel = TimeSpan.FromSeconds(5);

    static readonly ResiliencePipeline Tries = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<HubRefusal>(fault => fault.IsTransient),
        MaxRetryAttempts = 5,
        Delay = TimeSpan.FromMilliseconds(500),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    }).Build();

    readonly string _key = Guid.NewGuid().ToString("N");
    readonly long _bytes = files.Sum(f => new FileInfo(f.Path).Length);

    /// <summary>Sends it and waits until it has ended.</summary>
    /// <exception cref="HubRefusal">The hub cannot be reached, or refuses.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="ct"/> was cancelled; so is what was sent.</exception>
    public async Task<Submission> RunAsync(IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        var submission = await Tries.ExecuteAsync(async token =>
        {
            using var body = Body(progress);
            body.Headers.Add("Idempotency-Key", _key);
            return await hub.Ask(HttpMethod.Post, Address(), body, SubmissionJson.Default.Submission, token);
        }, ct);
        try
        {
            while (!submission.IsEnded)
                submission = await FollowAsync(submission.Id, progress, ct);
            return submission;
        }
        catch (OperationCanceledException)
        {
            await CancelAsync(submission.Id);
            throw;
        }
    }

    string Address() => files.Count > 1 ? $"{Path}?{query}"
        : $"{Path}?filename={Uri.EscapeDataString(files[0].Label == InputFile.StandardInput ? "stdin" : System.IO.Path.GetFileName(files[0].Label))}&{query}";

    HttpContent Body(IProgress<LoadProgress>? progress)
    {
        var sent = new Counter(progress, _bytes);
        if (files.Count == 1)
            return new FileBody(files[0].Path, sent);
        var form = new MultipartFormDataContent();
        foreach (var file in files)
            form.Add(new FileBody(file.Path, sent), "file", System.IO.Path.GetFileName(file.Label));
        return form;
    }

    /// <summary>Follows the events as long as they come; then asks once.</summary>
    async Task<Submission> FollowAsync(long id, IProgress<LoadProgress>? progress, CancellationToken ct)
    {
        try
        {
            using var response = await hub.Send(HttpMethod.Get, $"{Path}/{id}/events", null, ct);
            using var events = new StreamReader(await response.Content.ReadAsStreamAsync(ct), Encoding.UTF8);
            while (await events.ReadLineAsync(ct) is { } line)
            {
                if (!line.StartsWith("data: ", StringComparison.Ordinal))
                    continue;
                var submission = JsonSerializer.Deserialize(line.AsSpan(6), SubmissionJson.Default.Submission)!;
                Tell(submission, progress);
                if (submission.IsEnded)
                    return submission;
            }
        }
        catch (Exception fault) when (fault is HubRefusal or IOException or HttpRequestException or JsonException)
        {
            // A proxy that lets no events through, or a hub that starts anew: asking now and then does as well.
        }

        await Task.Delay(Pause, ct);
        var asked = await Tries.ExecuteAsync(async token => await hub.Ask(HttpMethod.Get, $"{Path}/{id}", null, SubmissionJson.Default.Submission, token), ct);
        Tell(asked, progress);
        return asked;
    }

    void Tell(Submission submission, IProgress<LoadProgress>? progress)
    {
        if (submission.Progress is { } now)
            progress?.Report(new LoadProgress((long)(_bytes * now.Percent / 100), _bytes, now.Rows));
    }

    async Task CancelAsync(long id)
    {
        using var patience = new CancellationTokenSource(TimeToCancel);
        try
        {
            using var response = await hub.Send(HttpMethod.Delete, $"{Path}/{id}", null, patience.Token);
        }
        catch (Exception fault) when (fault is HubRefusal or OperationCanceledException)
        {
            // It is done already, or the hub is gone: who stopped waiting is told that it was stopped.
        }
    }

    /// <summary>Adds up what is sent of all files.</summary>
    sealed class Counter(IProgress<LoadProgress>? progress, long total)
    {
        long _sent;

        public void Add(int count) => progress?.Report(new LoadProgress(_sent += count, total, 0));
    }

    /// <summary>A file as a body, streamed from the disk.</summary>
    sealed class FileBody(string path, Counter sent) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            var buffer = new byte[1 << 16];
            while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
                sent.Add(count);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = new FileInfo(path).Length;
            return true;
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using SdmxHub.Cli;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;
using Run = SdmxHub.Tests.Cli.Run;

namespace SdmxHub.Tests.Submissions;

/// <summary><c>sdmxhub push</c> against a running hub.</summary>
public class PushCommandTests
{
    Sending _sender = null!;
    TemporaryFolder _folder = null!;

    [SetUp]
    public async Task Start()
    {
        _sender = await Sending.Start();
        _folder = new TemporaryFolder();
        _folder.Write("hub.key", _sender.Key + "\n");
    }

    [TearDown]
    public async Task Stop()
    {
        _folder.Dispose();
        await _sender.DisposeAsync();
    }

    [Test]
    public async Task A_file_is_published_and_told_as_load_tells_it()
    {
        var file = _folder.Write("figures.csv", Sending.Csv("1,I1,2005,5.5", "1,I1,2004,9"));

        var run = await Push(file, "--mode", "publish", "--note", "first & best");

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Error);
        Assert.That(run.Lines[^1], Is.EqualTo("figures.csv: accepted, revision 4, 2 observations in 1 series: 1 inserted, 1 updated, 0 deleted, 0 unchanged; 0 errors, 0 warnings"));
        Assert.That(await _sender.Served("1", "I1", 2005), Is.EqualTo("5.5"));
        Assert.That((await _sender.Get(1)).Note, Is.EqualTo("first & best"));
    }

    [Test]
    public async Task The_report_and_the_exit_code_are_those_of_validate([Values("text", "json", "csv")] string form)
    {
        var (good, bad) = (_folder.Write("good.csv", Sending.Csv("1,I1,2005,5.5")), _folder.Write("bad.csv", Sending.Csv("XX,I1,2005,1")));

        var run = await Push(good, bad, "--report", form);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        var verdicts = form == "text" ? run.Output : run.Error;
        Assert.That(verdicts, Does.Contain("good.csv: 1 observations, 1 series, 0 errors, 0 warnings").And.Contain("bad.csv: 1 observations, 1 series, 1 errors, 0 warnings"));
        if (form == "json")
        {
            using var json = JsonDocument.Parse(run.Bytes);
            Assert.That(json.RootElement.EnumerateArray().Select(f => f.GetProperty("file").GetString()), Is.EqualTo((string[])["good.csv", "bad.csv"]));
        }
        else
            Assert.That(run.Lines.Count(l => l.Contains("SDH2101", StringComparison.Ordinal)), Is.EqualTo(form == "csv" ? 1 : 2));
        if (form == "csv")
            Assert.That(run.Lines, Has.Length.EqualTo(2));
    }

    [Test]
    public async Task Several_files_go_together_or_each_by_itself()
    {
        var (one, two) = (_folder.Write("one.csv", Sending.Csv("1,I1,2005,1")), _folder.Write("two.csv", Sending.Csv("XX,I1,2005,1")));

        var together = await Push(one, two, "--mode", "publish", "--together");
        var before = await _sender.Served("1", "I1", 2005);
        var apart = await Push(one, two, "--mode", "publish");

        Assert.That((together.ExitCode, apart.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(together.Output, Does.Contain("one.csv: left out with the others"));
        Assert.That((before, await _sender.Served("1", "I1", 2005)), Is.EqualTo(("", "1")));
    }

    [Test]
    public async Task What_is_no_message_a_wrong_key_and_no_hub_are_unusable()
    {
        var file = _folder.Write("figures.csv", Sending.Csv("1,I1,2005,1"));
        _folder.Write("wrong.key", "sdmxhub_000000000000_wrong");

        var noMessage = await Push(_folder.Write("page.html", "<html>"));
        var wrongKey = await With("wrong.key", file);
        var noFile = await Push(_folder.At("none.csv"));
        var refused = await Push(file, "--draft", "../x");

        Assert.That((noMessage.ExitCode, wrongKey.ExitCode, noFile.ExitCode, refused.ExitCode), Is.EqualTo((2, 2, 2, 2)));
        Assert.That(noMessage.Output, Does.Contain("SDH1002"));
        Assert.That(wrongKey.Error, Does.Contain("401"));
        Assert.That(refused.Error, Does.Contain("draft is '../x'"));
    }

    [Test]
    public async Task A_lost_connection_is_tried_again_and_nothing_is_sent_twice()
    {
        await using var line = new BadLine(_sender.Hub.Client.BaseAddress!.Port);
        var file = _folder.Write("figures.csv", Sending.Csv("1,I1,2005,5.5"));

        var run = await Task.Run(() => Run.Of("push", file, "--mode", "publish", "--key-file", _folder.At("hub.key"), "--to", $"http://127.0.0.1:{line.Port}"));

        Assert.That(run.ExitCode, Is.EqualTo(0), run.Error);
        Assert.That(line.Cut, Is.EqualTo(2));
        var list = JsonSerializer.Deserialize(await _sender.Text("/api/submissions"), SubmissionJson.Default.SubmissionPage)!;
        Assert.That(list.Submissions.Select(s => s.State), Is.EqualTo((SubmissionState[])[SubmissionState.Published]));
    }

    [Test]
    public async Task Who_stops_waiting_cancels_the_submission()
    {
        var held = _sender.Hub.Store.Begin("load", "test");
        var file = _folder.Write("figures.csv", Sending.Csv("1,I1,2005,5.5"));
        using var interrupt = new CancellationTokenSource();
        using var terminal = new Terminal(Stream.Null, Stream.Null, TextWriter.Null, isInteractive: false);
        var running = CommandLine.RunAsync(["push", file, "--mode", "publish", "--key-file", _folder.At("hub.key"), "--to", _sender.Hub.Client.BaseAddress!.OriginalString], terminal, interrupt.Token);
        while (JsonSerializer.Deserialize(await _sender.Text("/api/submissions"), SubmissionJson.Default.SubmissionPage)!.Submissions.Count == 0)
            await Task.Delay(20);
        await _sender.Until(1, s => s.Progress is { Rows: 1 });

        interrupt.Cancel();
        var exit = await running;
        var ended = await _sender.Ended(1);
        held.Dispose();

        Assert.That((exit, ended.State), Is.EqualTo((130, SubmissionState.Cancelled)));
    }

    Task<Run> Push(params string[] words) => With("hub.key", words);

    Task<Run> With(string key, params string[] words) =>
        Task.Run(() => Run.Of(["push", .. words, "--key-file", _folder.At(key), "--to", _sender.Hub.Client.BaseAddress!.OriginalString]));

    /// <summary>A connection to the hub that breaks: once before the hub answers, and once behind its answer.</summary>
    sealed class BadLine : IAsyncDisposable
    {
        readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        readonly CancellationTokenSource _stop = new();
        readonly Task _running;
        readonly int _port;

        public BadLine(int port)
        {
            _port = port;
            _listener.Start();
            _running = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

        public int Cut { get; private set; }

        public async ValueTask DisposeAsync()
        {
            _stop.Cancel();
            _listener.Stop();
            await _running;
            _stop.Dispose();
        }

        async Task AcceptAsync()
        {
            try
            {
                for (var count = 0; ; count++)
                    _ = PassAsync(await _listener.AcceptTcpClientAsync(_stop.Token), count);
            }
            catch (Exception fault) when (fault is OperationCanceledException or SocketException)
            {
                // The test is over.
            }
        }

        async Task PassAsync(TcpClient client, int count)
        {
            using var _ = client;
            try
            {
                if (count == 0)
                {
                    Cut++;
                    return;
                }

                using var hub = new TcpClient();
                await hub.ConnectAsync(IPAddress.Loopback, _port, _stop.Token);
                var up = client.GetStream().CopyToAsync(hub.GetStream(), _stop.Token);
                if (count == 1)
                {
                    // The hub has taken it, but nobody hears that it did.
                    await hub.GetStream().ReadExactlyAsync(new byte[1], _stop.Token);
                    Cut++;
                    return;
                }

                await Task.WhenAny(up, hub.GetStream().CopyToAsync(client.GetStream(), _stop.Token));
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException)
            {
                // An end went away.
            }
        }
    }
}

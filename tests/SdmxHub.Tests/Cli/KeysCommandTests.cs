using System.Text.Json;
using SdmxHub.Cli;
using SdmxHub.Storage;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Cli;

/// <summary><c>sdmxhub keys</c>, on a store and on a hub elsewhere.</summary>
[NonParallelizable]
public class KeysCommandTests
{
    [Test]
    public void Keys_of_a_store_are_made_listed_and_revoked()
    {
        using var folder = new TemporaryFolder();
        var store = folder.Store;
        Store.Open(store, TimeProvider.System).Dispose();

        var first = Run.Of("keys", "first", "--store", store);
        var second = Run.Of("keys", "first", "--store", store);
        var made = Run.Of("keys", "make", "Kyrgyz office", "--role", "provider", "--scope", "areas:417", "--scope", "flows:AGY:DF", "--expires", "2100-01-01", "--store", store);
        var id = made.Output.Split('_')[1];
        var revoked = Run.Of("keys", "revoke", id, "--store", store);
        var list = Run.Of("keys", "list", "--report", "json", "--store", store);

        Assert.That((first.ExitCode, second.ExitCode, made.ExitCode, revoked.ExitCode, list.ExitCode), Is.EqualTo((0, 2, 0, 0, 0)), second.Error + made.Error);
        Assert.That(made.Output, Does.Match(@"^sdmxhub_[0-9a-f]{12}_[0-9a-f]{64}\n$"));
        Assert.That(made.Error, Does.Contain("flows:AGY:DF areas:417"));
        var key = JsonDocument.Parse(list.Output).RootElement.EnumerateArray().Single(k => k.GetProperty("id").GetString() == id);
        Assert.That((key.GetProperty("name").GetString(), key.GetProperty("role").GetString(), key.GetProperty("expires").GetDateTimeOffset(), key.TryGetProperty("revoked", out _)),
            Is.EqualTo(("Kyrgyz office", "provider", new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero), true)));
        Assert.That(list.Output, Does.Not.Contain(made.Output.TrimEnd().Split('_')[2]));
    }

    [TestCase("areas:417 areas:4", "'areas:4'")]
    [TestCase("417", "'417'")]
    public void A_scope_that_is_none_is_named(string scope, string named)
    {
        using var folder = new TemporaryFolder();
        var store = folder.Store;
        Store.Open(store, TimeProvider.System).Dispose();

        var run = Run.Of("keys", "make", "x", "--role", "provider", "--scope", scope, "--store", store);

        Assert.That((run.ExitCode, run.Error.Contains(named)), Is.EqualTo((2, true)), run.Error);
    }

    [Test]
    public void A_table_has_a_line_for_each_key()
    {
        using var folder = new TemporaryFolder();
        var store = folder.Store;
        Store.Open(store, TimeProvider.System).Dispose();
        Run.Of("keys", "first", "--store", store);

        Assert.That(Run.Of("keys", "list", "--store", store).Lines.Last(), Does.Contain("administrator").And.Contain("this machine"));
        Assert.That(Run.Of("keys", "list", "--report", "csv", "--store", store).Lines, Has.Length.EqualTo(2));
        Assert.That(Run.Of("keys", "revoke", "nobody", "--store", store).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task Keys_of_a_hub_elsewhere_take_an_administrators_key()
    {
        await using var hub = await RunningHub.Start();
        var to = hub.Client.BaseAddress!.ToString();

        var without = await With(null, "keys", "list", "--to", to);
        var reader = await With(hub.Key(Role.Reader), "keys", "list", "--to", to);
        var administrator = hub.Key(Role.Administrator);
        var made = await With(administrator, "keys", "make", "KG", "--role", "reader", "--to", to);
        var revoked = await With(administrator, "keys", "revoke", made.Output.Split('_')[1], "--to", to);
        var list = await With(administrator, "keys", "list", "--to", to);
        var nobody = await With(administrator, "keys", "revoke", "nobody", "--to", to);

        Assert.That((without.ExitCode, reader.ExitCode, made.ExitCode, revoked.ExitCode, list.ExitCode, nobody.ExitCode), Is.EqualTo((2, 2, 0, 0, 0, 2)), made.Error + list.Error);
        Assert.That(without.Error, Does.Contain("401").And.Contain(HubClient.KeyVariable));
        Assert.That(reader.Error, Does.Contain("403").And.Contain("needs the role administrator"));
        Assert.That(list.Lines.Last(), Does.Contain("KG").And.Contain("a test administrator"));
    }

    [Test]
    public async Task Serving_a_store_without_administrator_prints_a_token_that_makes_one_and_no_log_has_it()
    {
        using var folder = new TemporaryFolder();
        using (var store = Store.Open(folder.Store, TimeProvider.System))
        using (var transaction = store.Begin("structures", "test"))
        {
            transaction.Put(SmallStructures.Catalog.All);
            transaction.Commit();
        }

        var (console, log) = (Console.Out, new StringWriter());
        Console.SetOut(TextWriter.Synchronized(log));
        try
        {
            var first = await Serve(folder.Store, async (told, address) =>
            {
                var token = told.Split("\"token\": \"")[1].Split('"')[0];
                using var client = new HttpClient { BaseAddress = address };
                var response = await client.PostAsync("api/keys/first", new StringContent($$"""{"name":"root","token":"{{token}}"}""", System.Text.Encoding.UTF8, "application/json"));
                Assert.That((int)response.StatusCode, Is.EqualTo(201));
                Assert.That(log.ToString(), Does.Contain("/api/keys/first").And.Not.Contain(token));
            });
            var second = await Serve(folder.Store, (_, _) => Task.CompletedTask);

            Assert.That((first.Contains("token"), second.Contains("token")), Is.EqualTo((true, false)));
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    /// <summary>Runs the command until <paramref name="use"/> has done.</summary>
    /// <returns>What it said on its error stream.</returns>
    static async Task<string> Serve(string store, Func<string, Uri, Task> use)
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var told = new StringWriter();
        using var terminal = new Terminal(Stream.Null, Stream.Null, TextWriter.Synchronized(told), isInteractive: false);
        var serving = Task.Run(() => CommandLine.RunAsync(["serve", "--store", store, "--urls", "http://127.0.0.1:0"], terminal, stop.Token));
        while (!told.ToString().Contains("; Ctrl-C ends it") && !serving.IsCompleted)
            await Task.Delay(20);
        await use(told.ToString(), new Uri(told.ToString().Split(" on ")[^1].Split(';')[0]));
        await stop.CancelAsync();
        await serving;
        return told.ToString();
    }

    [TestCase("ftp://x", "no address")]
    [TestCase("http://127.0.0.1:9", "cannot be reached")]
    public async Task A_hub_that_is_not_there_is_told(string address, string expected) =>
        Assert.That((await With(null, "keys", "list", "--to", address)).Error, Does.Contain(expected));

    // Not on this thread, which the hub's answers may need.
    static Task<Run> With(string? key, params string[] words) => Task.Run(() =>
    {
        Environment.SetEnvironmentVariable(HubClient.KeyVariable, key);
        try
        {
            return Run.Of(words);
        }
        finally
        {
            Environment.SetEnvironmentVariable(HubClient.KeyVariable, null);
        }
    });
}

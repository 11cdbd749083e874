using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

/// <summary>A hub on a port of its own over a store in a temporary folder, with the small structures and a few observations.</summary>
sealed class RunningHub : IAsyncDisposable
{
    readonly string _folder;
    readonly HubOptions _options;
    readonly TimeProvider _clock;
    WebApplication _app = null!;

    RunningHub(string folder, Store store, HubOptions options, TimeProvider clock) => (_folder, Store, _options, _clock) = (folder, store, options, clock);

    public Store Store { get; }

    public HttpClient Client { get; private set; } = null!;

    /// <summary>The folder of what was sent.</summary>
    public string Intake => Path.Combine(_folder, "hub.db.intake");

    /// <summary>What the hub runs with.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>A key for this hub.</summary>
    public string Key(Role role, string scopes = "", DateTimeOffset? expires = null)
    {
        Assert.That(Scopes.TryParse(scopes, out var read, out var fault), Is.True, fault);
        new ApiKeys(Services.GetRequiredService<SdmxHub.Storage.Intake>()).Make($"a test {role.ToName()}", role, read!, expires, "test", out var secret);
        return secret;
    }

    /// <summary>Starts one.</summary>
    /// <param name="options">The settings; the address is set here.</param>
    /// <param name="clock">The hub's time; the real one when null.</param>
    /// <param name="withLog">Whether it logs as the settings say; else not at all.</param>
    public static async Task<RunningHub> Start(HubOptions? options = null, TimeProvider? clock = null, bool withLog = false)
    {
        var folder = Directory.CreateTempSubdirectory("sdmxhub-web-").FullName;
        var store = Store.Open($"sqlite:{Path.Combine(folder, "hub.db")}", TimeProvider.System);
        using (var transaction = store.Begin("structures", "test"))
        {
            transaction.Put(SmallStructures.Catalog.All);
            transaction.Commit();
        }

        // DF_ONE: 2 areas x 2 indicators x 2000..2004; the value is the year's last digit with one decimal. DF_TWO: one observation.
        Load(store, "DF_ONE", from area in (string[])["1", "NA"] from indicator in (string[])["I1", "I2"] from year in Enumerable.Range(2000, 5)
                              select ("A", area, indicator, year, $"{year - 2000}.0"));
        Load(store, "DF_TWO", [("A", "2", "I1", 2010, "7")]);
        options = (options ?? new()) with { Urls = "http://127.0.0.1:0", LogLevel = withLog ? (options ?? new()).LogLevel : "None" };
        var hub = new RunningHub(folder, store, options, clock ?? TimeProvider.System);
        await hub.StartHost();
        return hub;
    }

    /// <summary>Ends the host.</summary>
    public async Task StopHost()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Starts a host on the same folder, at another port.</summary>
    public async Task StartHost()
    {
        _app = HubHost.Build(Store, _options, _clock);
        await _app.StartAsync();
        Client = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(_app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public static void Load(Store store, string flow, IEnumerable<(string Freq, string Area, string Indicator, int Year, string Value)> rows,
        string? agreement = null, DatasetAction action = DatasetAction.Merge)
    {
        using var head = store.Head();
        var schema = head.Catalog.Schema(SmallStructures.Flow(flow))!;
        var dataset = new Dataset { Number = 0, Schema = schema, Codes = new CodeTables(schema), Action = action };
        var block = new ObservationBlock();
        block.Begin(dataset);
        foreach (var row in rows)
        {
            var r = block.Count++;
            block.Kinds[r] = RowKind.Observation;
            block.Key[0][r] = dataset.Codes.Dimensions[0].Resolve(row.Freq);
            block.Key[1][r] = dataset.Codes.Dimensions[1].Resolve(row.Area);
            block.Key[2][r] = dataset.Codes.Dimensions[2].Resolve(row.Indicator);
            block.Periods[r] = TimePeriod.FromYear(row.Year);
            DecimalText.TryParse(row.Value, out var mantissa, out var scale);
            // An observation is deleted whole by its key and period alone.
            if (action != DatasetAction.Delete)
                block.Values[0].Set(r, (byte)(ValueForm.Decimal + scale), mantissa);
        }

        using var transaction = store.Begin("load", "test");
        transaction.Agreement = agreement;
        transaction.Append(block);
        transaction.Commit();
    }

    public async Task<(int Status, string Body, HttpResponseMessage Response)> Get(string path, params (string Name, string Value)[] headers)
    {
        var response = await Send(HttpMethod.Get, path, headers);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        await StopHost();
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

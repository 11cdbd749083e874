using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Benchmarks;

/// <summary>A process that serves a store, and beside it a bare endpoint that gives bytes from memory.</summary>
sealed class ServeChild : IDisposable
{
    readonly Process _process;

    /// <summary>Starts it.</summary>
    public ServeChild(string database)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardInput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ServeChild).Assembly.Location);
        start.ArgumentList.Add("serve-child");
        start.ArgumentList.Add(database);
        _process = Process.Start(start)!;
        (Hub, Bare) = (_process.StandardOutput.ReadLine()!, _process.StandardOutput.ReadLine()!);
    }

    /// <summary>The address of the hub.</summary>
    public string Hub { get; }

    /// <summary>The address of the bare endpoint.</summary>
    public string Bare { get; }

    /// <summary>What the process has used so far: CPU seconds, and the managed memory it holds now.</summary>
    public async Task<(double Cpu, long Heap)> State(HttpClient client) =>
        (await client.GetStringAsync($"{Bare}/state")).Split(' ') is [var cpu, var heap]
            ? (double.Parse(cpu, CultureInfo.InvariantCulture), long.Parse(heap, CultureInfo.InvariantCulture)) : throw new InvalidOperationException("no state");

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>Serves until the standard input ends.</summary>
    public static int Serve(string database)
    {
        using var store = Store.Open($"sqlite:{database}", TimeProvider.System);
        var options = new HubOptions { Urls = "http://127.0.0.1:0", LogLevel = "None", Compression = false, RateLimits = new() { Data = 0, Structures = 0, Submissions = 0 } };
        var hub = HubHost.Build(store, options, TimeProvider.System);
        hub.Start();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var bare = builder.Build();
        byte[] body = [];
        bare.MapPost("/body", async (HttpContext context) =>
        {
            using var bytes = new MemoryStream();
            await context.Request.Body.CopyToAsync(bytes);
            body = bytes.ToArray();
        });
        bare.MapGet("/bare", (HttpContext context) => context.Response.Body.WriteAsync(body).AsTask());
        bare.MapGet("/state", (HttpContext context) =>
        {
            using var process = Process.GetCurrentProcess();
            return context.Response.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{process.TotalProcessorTime.TotalSeconds} {GC.GetTotalMemory(false)}"));
        });
        bare.Start();
        Console.WriteLine(hub.Urls.First());
        Console.WriteLine(bare.Urls.First());
        Console.In.ReadToEnd();
        return 0;
    }
}

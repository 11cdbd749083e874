using System.CommandLine;
using Microsoft.Extensions.Hosting;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub serve</c>: the store over SDMX REST.</summary>
static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("serve", "Serves a store over SDMX REST.")
        {
            Details =
            [
                "/sdmx/v2 and /sdmx/v1 answer data and structure queries, /api/compare the comparison, /health/live and /health/ready say whether the hub runs. Logs are JSON lines on the output.",
                "A store that holds nothing yet gets the shipped dsd/ and msd/ first. Ctrl-C or SIGTERM ends it in order; a second one at once.",
            ],
            Examples =
            [
                "sdmxhub serve --store sqlite:sdg.db",
                "sdmxhub serve --store sqlite:sdg.db --urls http://127.0.0.1:8080",
                "sdmxhub serve --config hub.json --print-config",
            ],
        };
        command.Take(SharedOptions.Store, SharedOptions.Urls, SharedOptions.Structures);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        using var store = Store.Open(settings.Store, TimeProvider.System);
        if (!StructureFiles.Fill(store, settings, "serve", terminal, ct))
            return ExitCode.Unusable;
        OfferFirstKey(store, terminal);
        return await ServeAsync(store, settings, terminal, ct);
    }

    // To whoever started the hub and nobody else: the error stream, never a log.
    static void OfferFirstKey(Store store, Terminal terminal)
    {
        try
        {
            using var intake = Intake.Open(store, null, TimeProvider.System);
            if (new ApiKeys(intake).MakeFirstToken() is { } token)
                terminal.Note($"nobody may make keys yet; within an hour and once, POST /api/keys/first makes an administrator's, with the body {{\"name\": \"...\", \"token\": \"{token}\"}}");
        }
        catch (StoreException fault)
        {
            // A store that can only be read is served; there is nothing to send to it.
            terminal.Note($"no keys: {fault.Message}");
        }
    }

    /// <summary>Serves until <paramref name="ct"/> asks to stop; requests under way are finished first.</summary>
    public static async Task<int> ServeAsync(Store store, HubOptions settings, Terminal terminal, CancellationToken ct)
    {
        await using var app = HubHost.Build(store, settings, TimeProvider.System);
        await app.StartAsync(ct);
        terminal.Note($"serving {settings.Store} on {string.Join(" ", app.Urls)}{settings.BasePath}; Ctrl-C ends it");
        await app.WaitForShutdownAsync(ct);
        return ExitCode.Fine;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Sdmx;

namespace SdmxHub.Web;

/// <summary>Every setting of the hub: one record, read from a file, the environment and the command line, in this order, the last word wins.</summary>
/// <remarks>The file is <c>sdmxhub.json</c>; a variable is <c>SDMXHUB__</c> and the name, levels joined by two underscores
/// (<c>SDMXHUB__LIMITS__MAXDEPTH</c>). Names are read without regard to case. No setting is a secret yet. docs/configuration.md, tested against this record.</remarks>
public sealed record HubOptions
{
    /// <summary>The store: <c>sqlite:PATH</c>.</summary>
    public string Store { get; init; } = "sqlite:sdmxhub.db";

    /// <summary>The addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The path in front of every other, where a proxy serves the hub under one: <c>/hub</c>. Empty for none.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>Files and folders of structures to load beside the shipped ones, separated by semicolons. Empty for none.</summary>
    public string Structures { get; init; } = "";

    /// <summary>The organisation id that headers of messages name as their sender.</summary>
    public string Sender { get; init; } = "SdmxHub";

    /// <summary>The web origins whose scripts may read answers, separated by semicolons; <c>*</c> for all.</summary>
    public string CorsOrigins { get; init; } = "*";

    /// <summary>The least grave events that are logged: <c>Trace Debug Information Warning Error Critical None</c>.</summary>
    public string LogLevel { get; init; } = "Information";

    /// <summary>Whether answers are compressed for clients that take gzip, br or zstd.</summary>
    public bool Compression { get; init; } = true;

    /// <summary>The longest request line in bytes. Keys that list hundreds of areas are long.</summary>
    public int MaxRequestLine { get; init; } = 64 * 1024;

    /// <summary>The most observations of one answer; 0 for no limit. Answers stream, so it protects clients and lines rather than the hub. What is cut short says so.</summary>
    public long MaxObservations { get; init; }

    /// <summary>The most connections at a time.</summary>
    public int MaxConnections { get; init; } = 1000;

    /// <summary>Whether everybody may read what is published. Without, every reader needs a key.</summary>
    public bool AnonymousRead { get; init; } = true;

    /// <summary>How many wrong keys an address may send in a minute.</summary>
    public int MaxFailedKeys { get; init; } = 20;

    /// <summary>The proxies, as addresses or networks separated by semicolons, whose word for who asks is taken (<c>X-Forwarded-For</c> and the like). Empty for none.</summary>
    public string KnownProxies { get; init; } = "";

    /// <summary>How many requests a minute each caller may send.</summary>
    public RateLimitOptions RateLimits { get; init; } = new();

    /// <summary>The identity provider whose bearer tokens count beside the hub's own keys.</summary>
    public OidcOptions Oidc { get; init; } = new();

    /// <summary>What a message that is read may ask of the machine.</summary>
    public ReadLimits Limits { get; init; } = new();

    /// <summary>How what is sent is taken in.</summary>
    public IntakeOptions Intake { get; init; } = new();

    /// <summary>The settings as JSON, as <c>--print-config</c> prints them.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, HubOptionsJson.Default.HubOptions);

    /// <summary>Reads the settings.</summary>
    /// <param name="file">The file, or null for <c>sdmxhub.json</c> in the working directory, if it is there.</param>
    /// <param name="commandLine">Settings given on the command line, by name (<c>Urls</c>, <c>Limits:MaxDepth</c>).</param>
    /// <param name="faults">Every fault, a sentence each; the options are fit for use only when there is none.</param>
    public static HubOptions Read(string? file, IEnumerable<KeyValuePair<string, string?>> commandLine, out IReadOnlyList<string> faults)
    {
        HubOptions options;
        try
        {
            options = new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(file ?? "sdmxhub.json"), optional: file is null)
                .AddEnvironmentVariables("SDMXHUB__")
                .AddInMemoryCollection(commandLine)
                .Build()
                .Get<HubOptions>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or InvalidDataException)
        {
            // The binder has no other way to say that a name or a value is wrong.
            faults = [e.InnerException is { } inner ? $"{e.Message} {inner.Message}" : e.Message];
            return new();
        }

        faults = [.. new HubOptionsRules().Validate(options).Errors.Select(e => e.ErrorMessage)];
        return options;
    }
}

/// <summary>How what is sent over HTTP is taken in.</summary>
public sealed record IntakeOptions
{
    /// <summary>How many submissions are worked on at a time.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>The most messages in a package.</summary>
    public int MaxFiles { get; init; } = 100;

    /// <summary>The fewest bytes a second that a body may come at.</summary>
    public int MinBytesPerSecond { get; init; } = 1024;

    /// <summary>The most seconds that a body may take.</summary>
    public int MaxBodySeconds { get; init; } = 4 * 3600;
}

/// <summary>How the settings are written as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(HubOptions))]
sealed partial class HubOptionsJson : JsonSerializerContext;

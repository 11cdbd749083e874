using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Web.Comparison;

namespace SdmxHub.Web;

/// <summary>The web server.</summary>
public static class HubHost
{
    /// <summary>Makes the server; the caller runs and disposes it.</summary>
    /// <param name="store">The store; stays the caller's.</param>
    /// <param name="options">Valid options.</param>
    /// <param name="clock">The time.</param>
    public static WebApplication Build(Store store, HubOptions options, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        // The options record is the only configuration: nothing comes in by ASPNETCORE_* or appsettings.json.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(HubOptionsRules.Split(options.Urls)).UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = options.MaxRequestLine;
            kestrel.Limits.MaxRequestBufferSize = Math.Max(options.MaxRequestLine * 2L, 1 << 20);
            kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(options.Intake.MinBytesPerSecond, TimeSpan.FromSeconds(10));
        });
        AddLogging(builder, options);
        AddServices(builder.Services, store, options, clock);
        var app = builder.Build();
        Map(app, options);
        return app;
    }

    static void AddLogging(WebApplicationBuilder builder, HubOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole(json => json.UseUtcTimestamp = true);
        builder.Logging.SetMinimumLevel(Enum.Parse<LogLevel>(options.LogLevel, ignoreCase: true));
        // The hub has its own line per request.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        // What the framework makes of each request for logs, an activity and a scope, only the hub's own line would tell.
        if (Enum.Parse<LogLevel>(options.LogLevel, ignoreCase: true) > LogLevel.Information)
            builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // Why it cannot start is for the caller to say, in one line; the exception reaches it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    static void AddServices(IServiceCollection services, Store store, HubOptions options, TimeProvider clock)
    {
        services.AddSingleton(store).AddSingleton(options).AddSingleton(clock);
        // Made when it is first asked for: what only serves a store that cannot be written needs none.
        services.AddSingleton(_ => Intake.Open(store, null, clock));
        services.AddSingleton(provider => new Storage.Drafts(provider.GetRequiredService<Intake>()));
        if (!store.IsReadOnly)
            services.AddHostedService<ScheduledPublishing>();
        services.AddSingleton<KnownTags>();
        services.AddSingleton(new FailedKeys(options.MaxFailedKeys, clock));
        OidcCallers.Add(services, options);
        RateLimits.Add(services, options.RateLimits);
        services.AddSingleton<SubmissionWorker>().AddHostedService(provider => provider.GetRequiredService<SubmissionWorker>());
        services.AddRouting();
        services.AddCors(cors => cors.AddDefaultPolicy(policy =>
        {
            var origins = HubOptionsRules.Split(options.CorsOrigins);
            _ = origins.Contains("*") ? policy.AllowAnyOrigin() : policy.WithOrigins(origins);
            policy.AllowAnyHeader().WithMethods(SdmxAnswer.Methods).SetPreflightMaxAge(TimeSpan.FromHours(1))
                .WithExposedHeaders("ETag", "Last-Modified", "Content-Language", "Content-Encoding", "Content-Length", "Link", "Deprecation", "Sunset", "Retry-After", "RateLimit", "RateLimit-Policy", "WWW-Authenticate", "X-SDMX-Reason", "X-SDMX-Withheld-Series", "X-SDMX-Observations", "X-SDMX-Cut-After", "X-SDMX-Size-Estimate");
        }));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = [.. Format.All.Select(f => f.MediaType.Split(';')[0]).Distinct(), "application/json", "application/xml", "text/csv", "text/html"];
            compression.Providers.Add<ZstandardCompression>();
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        HubTelemetry.Add(services);
    }

    static void Map(WebApplication app, HubOptions options)
    {
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("SdmxHub.Web");
        Proxies.Use(app, options);
        if (options.BasePath.Length > 0)
            app.UsePathBase(options.BasePath);
        app.Use((HttpContext context, RequestDelegate next) => RequestLine.Run(context, next, logger));
        app.UseCors();
        if (options.Compression)
            app.UseResponseCompression();
        app.UseStatusCodePages(status => Problem.OfStatus(status.HttpContext));
        app.UseRouting();
        app.Use(Gate.Run);
        if (options.RateLimits is not { Data: 0, Structures: 0, Submissions: 0 })
        {
            app.UseRateLimiter();
            app.Use(RateLimits.Tell);
        }

        // One line per endpoint; each is one file.
        DataEndpoint.Map(app);
        AvailabilityEndpoint.Map(app);
        ExploreEndpoint.Map(app);
        ExplainEndpoint.Map(app);
        CapabilitiesEndpoint.Map(app);
        OpenApiEndpoint.Map(app);
        StructureEndpoint.Map(app);
        MetadataEndpoint.Map(app);
        UnknownPath.Map(app);
        CompareEndpoint.Map(app);
        KeysEndpoint.Map(app);
        DraftsEndpoint.Map(app);
        ReleasesEndpoint.Map(app);
        SavedQueriesEndpoint.Map(app);
        ChangesEndpoint.Map(app);
        SubmitEndpoint.Map(app);
        SubmissionEndpoint.Map(app);
        SubmissionReportEndpoint.Map(app);
        SubmissionRepairEndpoint.Map(app);
        MigrationEndpoint.Map(app);
        SubmissionEventsEndpoint.Map(app);
        HealthEndpoint.Map(app);
        HomePage.Map(app);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            using var head = app.Services.GetRequiredService<Store>().Head();
            HubLog.Serving(logger, options.Store, head.Revision, string.Join(' ', app.Urls));
        });
    }
}

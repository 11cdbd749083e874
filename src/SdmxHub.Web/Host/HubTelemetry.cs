using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace SdmxHub.Web;

/// <summary>The hub's own traces and measurements, and their export.</summary>
public static class HubTelemetry
{
    /// <summary>The name of the activity source and the meter.</summary>
    public const string Name = "SdmxHub";

    /// <summary>The hub's version.</summary>
    public static string Version { get; } = typeof(HubTelemetry).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Where the hub's activities come from.</summary>
    public static ActivitySource Source { get; } = new(Name, Version);

    static readonly Meter Meter = new(Name, Version);

    /// <summary>How many observations have been served, by format.</summary>
    public static Counter<long> ObservationsServed { get; } = Meter.CreateCounter<long>("sdmxhub.observations.served", "{observation}", "Observations in answers");

    /// <summary>How long answers took, by status and method.</summary>
    public static Histogram<double> AnswerDuration { get; } = Meter.CreateHistogram<double>("sdmxhub.answer.duration", "s", "Time from request to last byte");

    /// <summary>Exports over OTLP what the usual <c>OTEL_*</c> variables ask for; nothing when no endpoint is set.</summary>
    internal static void Add(IServiceCollection services)
    {
        if (Environment.GetEnvironmentVariable("OTEL_SDK_DISABLED") == "true")
            return;
        var (traces, metrics) = (IsWanted("TRACES"), IsWanted("METRICS"));
        if (!traces && !metrics)
            return;
        var telemetry = services.AddOpenTelemetry().ConfigureResource(r => r.AddService(Environment.GetEnvironmentVariable("OTEL_SERVICE_NAME") ?? "sdmxhub", serviceVersion: Version));
        if (traces)
            telemetry.WithTracing(t => t.AddSource(Name).AddAspNetCoreInstrumentation().AddOtlpExporter());
        if (metrics)
            telemetry.WithMetrics(m => m.AddMeter(Name).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddOtlpExporter());
    }

    static bool IsWanted(string signal) =>
        (IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"))
        && Environment.GetEnvironmentVariable($"OTEL_{signal}_EXPORTER") != "none";

    static bool IsSet(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));
}

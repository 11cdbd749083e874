using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary><c>/health/live</c>: the process answers; <c>/health/ready</c>: the store does too.</summary>
static class HealthEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/health/live", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)(context => Write(context, 200, """{"status":"live"}"""))).Needs(HubAction.Probe);
        routes.MapMethods("/health/ready", [HttpMethods.Get, HttpMethods.Head], (RequestDelegate)Ready).Needs(HubAction.Probe);
    }

    static Task Ready(HttpContext context)
    {
        try
        {
            using var head = context.RequestServices.GetRequiredService<Store>().Head();
            return Write(context, 200, string.Create(System.Globalization.CultureInfo.InvariantCulture, $$"""{"status":"ready","revision":{{head.Revision}}}"""));
        }
        catch (StoreException)
        {
            // The reason is in the log of whatever broke; a probe needs only the verdict.
            return Write(context, 503, """{"status":"unavailable"}""");
        }
    }

    static async Task Write(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsync(json, context.RequestAborted);
    }
}

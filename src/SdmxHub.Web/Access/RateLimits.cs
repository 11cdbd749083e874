using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace SdmxHub.Web;

/// <summary>How many requests a caller may send: a budget each for data, structures and submissions, by key or token, else by address.</summary>
/// <remarks>Answers tell it by the header fields of draft-ietf-httpapi-ratelimit-headers: <c>RateLimit-Policy</c> and <c>RateLimit</c>.</remarks>
static class RateLimits
{
    const int Window = 60;

    /// <summary>Sets up the budgets.</summary>
    public static void Add(IServiceCollection services, RateLimitOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, (Budget, string)>(context => Partition(context, options));
        limiter.OnRejected = (rejected, _) => new(Refuse(rejected.HttpContext, rejected.Lease, options));
    });

    /// <summary>Tells a caller what is left of its budget.</summary>
    public static Task Tell(HttpContext context, RequestDelegate next)
    {
        var budget = BudgetOf(context);
        var limiter = context.RequestServices.GetRequiredService<IOptions<RateLimiterOptions>>().Value.GlobalLimiter;
        var options = context.RequestServices.GetRequiredService<HubOptions>().RateLimits;
        if (Most(budget, context, options) > 0 && limiter?.GetStatistics(context) is { } statistics)
            Write(context, budget, options, statistics.CurrentAvailablePermits, null);
        return next(context);
    }

    static RateLimitPartition<(Budget, string)> Partition(HttpContext context, RateLimitOptions options)
    {
        var budget = BudgetOf(context);
        var most = Most(budget, context, options);
        if (most == 0)
            return RateLimitPartition.GetNoLimiter((budget, ""));
        var caller = Caller.Of(context) is { Id.Length: > 0 } known ? known.Id : FailedKeys.Network(context.Connection.RemoteIpAddress).ToString();
        return RateLimitPartition.GetFixedWindowLimiter((budget, caller), _ => new() { PermitLimit = most, Window = TimeSpan.FromSeconds(Window) });
    }

    static Task Refuse(HttpContext context, RateLimitLease lease, RateLimitOptions options)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? (int)Math.Ceiling(left.TotalSeconds) : Window;
        var budget = BudgetOf(context);
        Write(context, budget, options, 0, wait);
        return Problem.TooMany($"The budget for {Name(budget)} is {Most(budget, context, options)} requests in {Window} s.", Math.Max(wait, 1)).ExecuteAsync(context);
    }

    static void Write(HttpContext context, Budget budget, RateLimitOptions options, long remaining, int? reset)
    {
        var headers = context.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{Name(budget)}\";q={Most(budget, context, options)};w={Window}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{Name(budget)}\";r={remaining}{(reset is { } t ? $";t={t}" : "")}");
    }

    // Who has no row in the table asked for what is not there: a small answer.
    static Budget BudgetOf(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<AccessRule>()?.Budget ?? Budget.Structures;

    static int Most(Budget budget, HttpContext context, RateLimitOptions options) => budget switch
    {
        _ when !options.Loopback && IPAddress.IsLoopback(context.Connection.RemoteIpAddress ?? IPAddress.Loopback) => 0,
        Budget.None => 0,
        Budget.Data => options.Data,
        Budget.Structures => options.Structures,
        Budget.Submissions => options.Submissions,
        _ => throw new InvalidOperationException($"{budget} is no budget"),
    };

    static string Name(Budget budget) => budget.ToString().ToLowerInvariant();
}

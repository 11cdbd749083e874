using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace SdmxHub.Web;

/// <summary>Takes the word of known proxies, and of nobody else, for who asks and how the hub was addressed.</summary>
static class Proxies
{
    public static void Use(WebApplication app, HubOptions options)
    {
        var known = HubOptionsRules.Split(options.KnownProxies);
        if (known.Length == 0)
            return;
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // Through as many known proxies as there are; the first address that is none is the caller's.
            ForwardLimit = null,
        };
        // The framework knows loopback by itself; here only what the settings name counts.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var text in known)
        {
            if (IPAddress.TryParse(text, out var address))
                forwarded.KnownProxies.Add(address);
            else
                forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(text));
        }

        app.UseForwardedHeaders(forwarded);
    }
}

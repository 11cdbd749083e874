using System.CommandLine;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SdmxHub.Cli;

/// <summary>A hub that is reached over HTTP, with the key of the variable <c>SDMXHUB_KEY</c>.</summary>
sealed class HubClient : IDisposable
{
    /// <summary>The variable that holds the key: an option would show it to everybody who lists processes.</summary>
    public const string KeyVariable = "SDMXHUB_KEY";

    /// <summary><c>--to</c>.</summary>
    public static readonly Option<Uri?> To = new("--to")
    {
        Description = $"The address of a hub that runs elsewhere, as https://hub.example.org; the key comes from the variable {KeyVariable}.",
        HelpName = "URL",
        CustomParser = result =>
        {
            // Relative addresses are below the last slash.
            if (Uri.TryCreate(result.Tokens[0].Value.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
                return address;
            result.AddError($"'{result.Tokens[0].Value}' is no address of a hub: expected http://HOST or https://HOST");
            return null;
        },
    };

    readonly HttpClient _http;

    /// <summary>A client of the hub at an address.</summary>
    /// <param name="address">The hub's address.</param>
    /// <param name="key">The key; null for that of the variable <see cref="KeyVariable"/>.</param>
    public HubClient(Uri address, string? key = null)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };
        if ((key ?? Environment.GetEnvironmentVariable(KeyVariable)) is { Length: > 0 } found)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", found.Trim());
    }

    /// <summary>Sends a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below the hub's address, without a slash in front.</param>
    /// <param name="content">The body, or null.</param>
    /// <param name="ct">Cancels it.</param>
    /// <returns>The answer, a success; the caller disposes it.</returns>
    /// <exception cref="HubRefusal">The hub cannot be reached, or refuses.</exception>
    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? content, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(new HttpRequestMessage(method, path) { Content = content }, HttpCompletionOption.ResponseHeadersRead, ct);
        }
        catch (HttpRequestException fault)
        {
            throw new HubRefusal($"the hub at {_http.BaseAddress} cannot be reached: {fault.Message}") { IsTransient = true };
        }

        if (response.IsSuccessStatusCode)
            return response;
        using (response)
            throw new HubRefusal(await Reason(response, ct)) { IsTransient = (int)response.StatusCode is 429 or >= 502 and <= 504 };
    }

    /// <summary>Sends a request and reads the answer as JSON.</summary>
    /// <exception cref="HubRefusal">The hub cannot be reached, refuses, or is none.</exception>
    public async Task<T> Ask<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        using var response = await Send(method, path, content, ct);
        try
        {
            return await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(ct), type, ct) ?? throw new JsonException("it is null");
        }
        catch (JsonException fault)
        {
            throw new HubRefusal($"what answers at {_http.BaseAddress} is no hub of this version: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    static async Task<string> Reason(HttpResponseMessage response, CancellationToken ct)
    {
        var status = $"the hub refuses with {(int)response.StatusCode}";
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return $"{status} {response.ReasonPhrase}";
        using var problem = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), default, ct);
        var detail = problem.RootElement.TryGetProperty("detail", out var text) ? text.GetString() : response.ReasonPhrase;
        return $"{status}: {detail}{(response.StatusCode == System.Net.HttpStatusCode.Unauthorized ? $" The key comes from the variable {KeyVariable}." : "")}";
    }
}

/// <summary>Says why a hub elsewhere did not do what it was asked to: to be told as it is.</summary>
sealed class HubRefusal(string message) : Exception(message)
{
    /// <summary>Whether the same may go well a moment later: the network, or a hub that is busy or just starting.</summary>
    public bool IsTransient { get; init; }
}

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SdmxHub.Storage;
using SdmxHub.Tests.Web;
using SdmxHub.Web;

namespace SdmxHub.Tests.Submissions;

/// <summary>A sender of submissions to a running hub: it may publish.</summary>
sealed class Sending(RunningHub hub, Role role = Role.Reviewer) : IAsyncDisposable
{
    public string Key { get; set; } = hub.Key(role);

    public RunningHub Hub => hub;

    public static async Task<Sending> Start(HubOptions? options = null) => new(await RunningHub.Start(options));

    /// <summary>A message for AGY:DF_ONE: rows as AREA,INDICATOR,PERIOD,VALUE.</summary>
    public static string Csv(params IEnumerable<string> rows) =>
        "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE\n" + string.Concat(rows.Select(r => $"dataflow,AGY:DF_ONE(1.0),M,A,{r}\n"));

    public static HttpContent Body(string text, string? type = "text/csv") => Body(Encoding.UTF8.GetBytes(text), type);

    public static HttpContent Body(byte[] bytes, string? type = "application/octet-stream") =>
        new ByteArrayContent(bytes) { Headers = { ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type) } };

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Authorization = new("Bearer", Key);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await hub.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public Task<HttpResponseMessage> Post(string query, HttpContent body, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Post, "/api/submissions" + query, body, headers);

    /// <summary>Sends something that must be taken.</summary>
    public async Task<Submission> Submit(string query, HttpContent body, params (string Name, string Value)[] headers)
    {
        using var response = await Post(query, body, headers);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.AnyOf(200, 202), text);
        return Read(text);
    }

    /// <summary>Sends something, and waits until it has ended.</summary>
    public async Task<Submission> Finish(string query, HttpContent body, params (string Name, string Value)[] headers) =>
        await Ended((await Submit(query, body, headers)).Id);

    /// <summary>Sends something that must be refused at once.</summary>
    /// <returns>The status, and why.</returns>
    public async Task<(int Status, string Detail)> Refused(string query, HttpContent body, params (string Name, string Value)[] headers)
    {
        using var response = await Post(query, body, headers);
        var text = await response.Content.ReadAsStringAsync();
        Assert.That(response.Content.Headers.ContentType?.MediaType, Is.EqualTo("application/problem+json"), text);
        using var json = JsonDocument.Parse(text);
        return ((int)response.StatusCode, json.RootElement.GetProperty("detail").GetString()!);
    }

    public async Task<Submission> Get(long id)
    {
        using var response = await Send(HttpMethod.Get, $"/api/submissions/{id}");
        return Read(await response.Content.ReadAsStringAsync());
    }

    public Task<Submission> Ended(long id) => Until(id, s => s.IsEnded);

    /// <summary>Waits until a submission is as wanted.</summary>
    public async Task<Submission> Until(long id, Func<Submission, bool> isWanted)
    {
        for (var patience = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(patience) < TimeSpan.FromSeconds(60);)
        {
            var submission = await Get(id);
            if (isWanted(submission))
                return submission;
            await Task.Delay(20);
        }

        throw new AssertionException($"Submission {id} does not end as wanted: {(await Get(id)).State}.");
    }

    public async Task<string> Text(string path, params (string Name, string Value)[] headers)
    {
        using var response = await Send(HttpMethod.Get, path, null, headers);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>The value that the hub serves of a figure of AGY:DF_ONE.</summary>
    public async Task<string> Served(string area, string indicator, int year)
    {
        var (_, body, _) = await hub.Get($"/sdmx/v2/data/dataflow/AGY/DF_ONE/1.0/A.{area}.{indicator}?c[TIME_PERIOD]={year}&format=csv-2.0");
        return body.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [_, var row] ? row.Split(',')[7] : "";
    }

    public static Submission Read(string json) => JsonSerializer.Deserialize(json, SubmissionJson.Default.Submission)!;

    public ValueTask DisposeAsync() => hub.DisposeAsync();
}

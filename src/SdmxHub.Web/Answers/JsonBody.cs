using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;
using Microsoft.AspNetCore.Http.Features;

namespace SdmxHub.Web;

/// <summary>Reads what a request to the hub's own interface says in JSON.</summary>
static class JsonBody
{
    /// <summary>What the body may take where nothing else is said: settings of a few lines, never data.</summary>
    const int MaxBytes = 64 * 1024;

    /// <summary>The request's body and no problem, or a problem that says what is wrong with it.</summary>
    public static async Task<(T? Body, Problem? Problem)> Read<T>(HttpContext context, JsonTypeInfo<T> type, IValidator<T> rules, int maxBytes = MaxBytes)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            return (null, Problem.Of(StatusCodes.Status415UnsupportedMediaType, $"The body is '{context.Request.ContentType}': expected application/json."));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = maxBytes;
        T? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted);
        }
        catch (JsonException fault)
        {
            // The deserialiser has no other way to say what it cannot read.
            var known = string.Join(", ", type.Properties.Select(p => p.Name));
            return (null, Problem.Of(StatusCodes.Status400BadRequest, $"The body cannot be read as JSON of this kind{(known.Length > 0 ? $", which may have {known}" : "")}. {fault.Message}"));
        }

        if (body is null)
            return (null, Problem.Of(StatusCodes.Status400BadRequest, "The body is null: expected a JSON object."));
        var result = await rules.ValidateAsync(body, context.RequestAborted);
        return result.IsValid ? (body, null) : (null, Problem.Of(result));
    }

    /// <summary>What is wrong with a request that takes no body, or null: who sends one, or a parameter that there is not, means something that would not be done.</summary>
    /// <param name="context">The request.</param>
    /// <param name="parameters">The parameters of its query string.</param>
    public static async Task<Problem?> ReadNothing(HttpContext context, params string[] parameters)
    {
        if (context.Request.Query.Keys.FirstOrDefault(k => k != Credential.Parameter && !parameters.Contains(k)) is { } stranger)
            return Problem.Of(StatusCodes.Status400BadRequest, $"The parameter '{stranger}' is unknown here{(parameters.Length > 0 ? $"; known: {string.Join(", ", parameters)}" : "")}.");
        var hasBody = context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && context.Request.ContentLength != 0;
        return hasBody ? (await Read(context, NothingJson.Default.Nothing, new NothingRules())).Problem : null;
    }

    /// <summary>Answers with a body that nobody on the way keeps.</summary>
    public static async Task Answer<T>(HttpContext context, int status, T body, JsonTypeInfo<T> type)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await JsonSerializer.SerializeAsync(context.Response.Body, body, type, context.RequestAborted);
    }
}

/// <summary>The body of a request that takes none: an empty object is none too.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record Nothing;

/// <summary>What it must satisfy: nothing.</summary>
sealed class NothingRules : AbstractValidator<Nothing>;

/// <summary>How it is read.</summary>
[JsonSerializable(typeof(Nothing))]
sealed partial class NothingJson : JsonSerializerContext;

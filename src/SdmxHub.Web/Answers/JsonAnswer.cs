using System.Text.Encodings.Web;
using System.Text.Json;

namespace SdmxHub.Web;

/// <summary>Ends a request with a JSON object about a pinned state: what is not SDMX, such as how a query is understood.</summary>
static class JsonAnswer
{
    /// <summary>Writes the object, the revision first; or nothing where the client holds it already, or asks for the head alone.</summary>
    /// <param name="context">The request.</param>
    /// <param name="validators">Those of the answer, which is about their revision.</param>
    /// <param name="writeMembers">Writes the other members.</param>
    /// <param name="ct">Stops the flush at the end.</param>
    public static async Task Write(HttpContext context, Validators validators, Action<Utf8JsonWriter> writeMembers, CancellationToken ct)
    {
        SdmxAnswer.Vary(context.Response);
        if (SdmxAnswer.IsNotModified(context, validators))
            return;
        context.Response.ContentType = "application/json";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("revision", validators.Revision);
        writeMembers(json);
        json.WriteEndObject();
        await json.FlushAsync(ct);
    }
}

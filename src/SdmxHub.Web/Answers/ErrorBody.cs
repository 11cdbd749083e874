using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml;

namespace SdmxHub.Web;

/// <summary>Writes a fault as SDMX does: <c>message:Error</c> in XML, <c>errors[]</c> in JSON (checklist 2.2, 2.5).</summary>
static class ErrorBody
{
    const string MessageNamespace = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message";
    const string CommonNamespace = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common";

    /// <summary>The body in UTF-8.</summary>
    public static byte[] Of(SdmxError error, ApiVersion api, bool asJson) => asJson ? Json(error, api) : Xml(error, api);

    static byte[] Json(SdmxError error, ApiVersion api)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteNumber("code", error.BodyCode(api));
        json.WriteString("title", Title(error.Code));
        json.WriteString("detail", error.Message);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    static byte[] Xml(SdmxError error, ApiVersion api)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), CheckCharacters = false }))
        {
            xml.WriteStartElement("message", "Error", MessageNamespace);
            xml.WriteAttributeString("xmlns", "common", null, CommonNamespace);
            xml.WriteStartElement("message", "ErrorMessage", MessageNamespace);
            xml.WriteAttributeString("code", error.BodyCode(api).ToString(System.Globalization.CultureInfo.InvariantCulture));
            xml.WriteStartElement("common", "Text", CommonNamespace);
            xml.WriteAttributeString("xml", "lang", null, "en");
            xml.WriteString(Legal(error.Message));
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    // The message quotes the request, which may hold characters that XML has no way to write.
    static string Legal(string text) => string.Create(text.Length, text, static (chars, source) =>
    {
        for (var i = 0; i < chars.Length; i++)
        {
            var isPair = i + 1 < chars.Length && char.IsSurrogatePair(source[i], source[i + 1]) || i > 0 && char.IsSurrogatePair(source[i - 1], source[i]);
            chars[i] = XmlConvert.IsXmlChar(source[i]) || isPair ? source[i] : '�';
        }
    });

    static string Title(SdmxErrorCode code) => code switch
    {
        SdmxErrorCode.NoResults => "No results found",
        SdmxErrorCode.Unauthorised => "Unauthorised",
        SdmxErrorCode.Syntax => "Syntax error",
        SdmxErrorCode.Semantic => "Semantic error",
        SdmxErrorCode.Forbidden => "Forbidden",
        SdmxErrorCode.UnknownPath => "Not found",
        SdmxErrorCode.MethodNotAllowed => "Method not allowed",
        SdmxErrorCode.NotAcceptable => "Not acceptable",
        SdmxErrorCode.TooManyRequests => "Too many requests",
        SdmxErrorCode.Internal => "Internal server error",
        SdmxErrorCode.NotImplemented => "Not implemented",
        SdmxErrorCode.TooLarge => "Response size exceeds service limit",
        SdmxErrorCode.Unavailable => "Service unavailable",
        _ => throw new InvalidOperationException($"{code} has no title"),
    };
}

namespace SdmxHub.Web;

/// <summary>The two SDMX REST interfaces the hub serves side by side.</summary>
public enum ApiVersion
{
    /// <summary>REST 1.x, the interface of SDMX 2.1, under <c>/sdmx/v1</c>.</summary>
    V1 = 1,

    /// <summary>REST 2.x, the interface of SDMX 3.x, under <c>/sdmx/v2</c>.</summary>
    V2 = 2,
}

/// <summary>What can be wrong with a request: the SDMX codes (checklist 1.1, v1 errors), and below 500 the HTTP statuses that have none.</summary>
public enum SdmxErrorCode
{
    /// <summary>Nothing matches the query.</summary>
    NoResults = 100,

    /// <summary>Nothing is answered without a key, or with this one.</summary>
    Unauthorised = 110,

    /// <summary>The query cannot be read.</summary>
    Syntax = 140,

    /// <summary>The query can be read, but asks for what cannot be: a dimension that the structure does not have.</summary>
    Semantic = 150,

    /// <summary>The key does not allow it.</summary>
    Forbidden = 403,

    /// <summary>There is no such resource under the path.</summary>
    UnknownPath = 404,

    /// <summary>The method is not one of the resource's.</summary>
    MethodNotAllowed = 405,

    /// <summary>None of the formats asked for can be given.</summary>
    NotAcceptable = 406,

    /// <summary>Too many requests in too short a time.</summary>
    TooManyRequests = 429,

    /// <summary>The hub failed.</summary>
    Internal = 500,

    /// <summary>The answer is larger than the service gives.</summary>
    TooLarge = 510,

    /// <summary>The standard has it; the hub does not yet.</summary>
    NotImplemented = 501,

    /// <summary>The store does not answer.</summary>
    Unavailable = 503,
}

/// <summary>What an HTTP client got wrong, or may not have. Faults of data are <see cref="Sdmx.Issue"/>s instead.</summary>
/// <param name="Code">What kind of fault.</param>
/// <param name="Message">One or two sentences for a person: which part of the query, what was expected, the nearest thing that exists.</param>
public sealed record SdmxError(SdmxErrorCode Code, string Message)
{
    /// <summary>The HTTP status: v1 and v2 differ on empty answers (404, 204) and on semantic errors (403, 422).</summary>
    public int Status(ApiVersion api) => Code switch
    {
        SdmxErrorCode.NoResults => api == ApiVersion.V1 ? 404 : 204,
        SdmxErrorCode.Unauthorised => 401,
        SdmxErrorCode.Syntax => 400,
        SdmxErrorCode.Semantic => api == ApiVersion.V1 ? 403 : 422,
        SdmxErrorCode.Forbidden => 403,
        SdmxErrorCode.UnknownPath => 404,
        SdmxErrorCode.MethodNotAllowed => 405,
        SdmxErrorCode.NotAcceptable => 406,
        SdmxErrorCode.TooManyRequests => 429,
        SdmxErrorCode.Internal => 500,
        SdmxErrorCode.NotImplemented => 501,
        SdmxErrorCode.TooLarge => 413,
        SdmxErrorCode.Unavailable => 503,
        _ => throw new InvalidOperationException($"{Code} has no status"),
    };

    /// <summary>The code in the body: v1 gives the SDMX code, v2 the HTTP status (checklist 2.2, 2.5).</summary>
    public int BodyCode(ApiVersion api) => api == ApiVersion.V1 ? (int)Code : Status(api);

    /// <summary>The code for a status that the host, not a query, is the reason of.</summary>
    internal static SdmxErrorCode CodeOf(int status) => status switch
    {
        401 => SdmxErrorCode.Unauthorised,
        500 => SdmxErrorCode.Internal,
        < 500 when Enum.IsDefined((SdmxErrorCode)status) => (SdmxErrorCode)status,
        < 500 => SdmxErrorCode.Syntax,
        _ => SdmxErrorCode.Unavailable,
    };

    internal static SdmxError Syntax(string message) => new(SdmxErrorCode.Syntax, message);

    internal static SdmxError Semantic(string message) => new(SdmxErrorCode.Semantic, message);
}

namespace Sdmx;

/// <summary>A bound of <see cref="ReadLimits"/> was passed below the reader: by the bytes that a stream gives.</summary>
/// <remarks>A stream has no other way to say so; the readers turn it into <see cref="IssueCode.LimitExceeded"/>.</remarks>
sealed class ContentLimitException(string message) : IOException(message);

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What tells one answer from another: derived from the revision, the request and the form, so that the same query of the same revision is the
/// same bytes with the same entity tag.</summary>
/// <param name="Tag">The entity tag, without quotes.</param>
/// <param name="Revision">The revision that the answer was made from.</param>
/// <param name="At">Its instant.</param>
public sealed record Validators(string Tag, long Revision, DateTimeOffset At)
{
    /// <summary>The validators of an answer.</summary>
    /// <param name="snapshot">The state that the answer is made from.</param>
    /// <param name="revision">The last revision that touched anything the answer is made from: commits to other flows leave it as it is.</param>
    /// <param name="request">The request line's path and query.</param>
    /// <param name="form">The form of the answer.</param>
    public static Validators Of(Snapshot snapshot, long revision, string request, Negotiated form) =>
        Of(snapshot, revision, request, $"{form.ContentType}\n{string.Join(',', form.Languages)}");

    /// <summary>The validators of an answer whose form is no SDMX format.</summary>
    public static Validators Of(Snapshot snapshot, long revision, string request, string form)
    {
        // The instant tells apart two stores whose revisions have the same numbers.
        var at = snapshot.InstantOf(revision);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{HubTelemetry.Version}\n{revision}\n{at.UtcTicks}\n{request}\n{form}");
        return new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 12)), revision, at);
    }

    /// <summary>The header of the message.</summary>
    /// <param name="sender">The sender's organisation id.</param>
    public MessageHeader Header(string sender) => new()
    {
        Id = string.Create(CultureInfo.InvariantCulture, $"R{Revision}-{Tag}"),
        Prepared = At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        Sender = sender,
    };
}

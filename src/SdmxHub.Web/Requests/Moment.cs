using System.Globalization;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>A moment in the history of the store, or what may come: just one of the properties is set.</summary>
public readonly record struct Moment
{
    /// <summary>What a moment is written as, for messages.</summary>
    internal const string Expected = "a date and time such as 2026-03-01T12:00:00Z, the number of a revision, or the name of a release such as 2026.Q1.G.01";

    /// <summary>What the name of a release or draft is, for messages.</summary>
    public const string ExpectedName = "letters, digits and . _ -, at most 100, neither a number nor a date, such as 2026.Q1.G.01";

    /// <summary>The instant, or null.</summary>
    public DateTimeOffset? Instant { get; init; }

    /// <summary>The number of a revision, or null.</summary>
    public long? Revision { get; init; }

    /// <summary>The name of a release, or null.</summary>
    public string? Release { get; init; }

    /// <summary>The name of a draft, or null.</summary>
    public string? Draft { get; init; }

    /// <summary>Reads a moment: a number is a revision, a date or dateTime an instant, anything else that <see cref="IsName"/> a release.</summary>
    public static bool TryParse(string text, out Moment moment)
    {
        moment = default;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var revision))
            moment = new() { Revision = revision };
        else if (ParameterReader.TryInstant(text, out var instant))
            moment = new() { Instant = instant };
        else if (IsName(text))
            moment = new() { Release = text };
        return moment != default;
    }

    /// <summary>Whether a text can be the name of a release or draft: letters, digits and <c>. _ -</c>, at most 100, and neither a number nor a date.</summary>
    public static bool IsName(string text) =>
        text.Length is > 0 and <= 100 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-') && char.IsAsciiLetterOrDigit(text[0])
        && !text.All(char.IsAsciiDigit) && !ParameterReader.TryInstant(text, out _);

    /// <summary>The state of the store at the moment, pinned; null when there was none.</summary>
    /// <exception cref="InvalidOperationException">It is a draft, which is not in the store.</exception>
    public Snapshot? Pin(Store store) => this switch
    {
        { Revision: { } revision } => store.At(revision),
        { Instant: { } instant } => store.AsOf(instant),
        { Release: { } name } => store.Release(name) is { } release ? store.At(release.Revision) : null,
        { Draft: null } => store.Head(),
        _ => throw new InvalidOperationException("a draft is not in the store"),
    };
}

using System.Globalization;
using Sdmx;

namespace SdmxHub.Web;

/// <summary>Takes the parameters of one request one by one, keeps the first fault, and at the end knows which nobody asked for.</summary>
/// <param name="target">The request.</param>
/// <param name="isNegotiated">Whether the answer is of an SDMX format, which some parameters choose: see <see cref="Negotiation.Parameters"/>.</param>
sealed class ParameterReader(RequestTarget target, bool isNegotiated = true)
{
    static readonly string[] Instants =
        ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-ddK", "yyyy-MM", "yyyy"];

    // A list: a few names, looked through once for each parameter that there is.
    readonly List<string> _known = new(32);
    bool _takesConditions;

    /// <summary>The first fault, or null.</summary>
    public SdmxError? Error { get; private set; }

    /// <summary>Keeps a fault, if it is the first.</summary>
    public void Fail(SdmxError error) => Error ??= error;

    /// <summary>The value, decoded, or null where it is missing or empty.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        return target.Value(name) is { Length: > 0 } value ? value : null;
    }

    /// <summary>A positive whole number.</summary>
    public int? Count(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
            return number;
        Fail(SdmxError.Syntax($"{name}={text}: expected a whole number from 1."));
        return null;
    }

    /// <summary>A whole number from <paramref name="least"/>.</summary>
    public long? Number(string name, long least)
    {
        if (Text(name) is not { } text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
            return number;
        Fail(SdmxError.Syntax($"{name}={text}: expected a whole number from {least}."));
        return null;
    }

    /// <summary>What is true or false; false where it is missing.</summary>
    public bool Flag(string name) => OneOf(name, "true", "false") == "true";

    /// <summary>What to sort by: <c>ID[:asc|:desc]</c>, joined by <c>+</c>, which may have become a blank on the way.</summary>
    public ValueArray<SortTerm> Sort(string name)
    {
        if (Text(name) is not { } text)
            return [];
        var terms = new List<SortTerm>();
        foreach (var part in text.Split('+', ' '))
        {
            var (id, direction) = part.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? (part[..colon], part[(colon + 1)..]) : (part, "asc");
            if (id.Length == 0 || direction is not ("asc" or "desc"))
            {
                Fail(SdmxError.Syntax($"{name}={text}: expected ids, each with :asc, :desc or neither, joined by +, such as REF_AREA+TIME_PERIOD:desc."));
                return [];
            }

            terms.Add(new(id, direction == "desc"));
        }

        return [.. terms];
    }

    /// <summary>A time period of any form of the standard. An offset's plus sign may have become a blank on the way.</summary>
    public TimePeriod? Period(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (TryPeriod(text, out var period))
            return period;
        Fail(SdmxError.Syntax($"{name}={text}: expected a time period such as 2010, 2010-Q1, 2010-05 or 2010-05-01T00:00:00Z."));
        return null;
    }

    /// <summary>Reads a period as queries write it.</summary>
    public static bool TryPeriod(string text, out TimePeriod period) =>
        TimePeriod.TryParse(text, out period) || TimePeriod.TryParse(text.Replace(' ', '+'), out period) || TimePeriod.TryParseLenient(text, out period);

    /// <summary>An instant: xs:dateTime, of which the time and what follows may be missing; without an offset it is UTC.</summary>
    public DateTimeOffset? Instant(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (TryInstant(text, out var instant))
            return instant;
        Fail(SdmxError.Syntax($"{name}={text}: expected a date and time such as 2026-03-01T12:00:00Z."));
        return null;
    }

    /// <summary>A moment in the history of the store: an instant or, the hub's extensions, the number of a revision, the name of a release, a draft.</summary>
    public Moment? AsOf()
    {
        var moment = Moment("asOf");
        if (Text("draft") is not { } draft)
            return moment;
        if (moment is not null)
            Fail(SdmxError.Syntax("asOf and draft exclude each other: a draft is what may come."));
        return new Moment { Draft = draft };
    }

    /// <summary>A moment under any name: an instant, the number of a revision, the name of a release.</summary>
    public Moment? Moment(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Web.Moment.TryParse(text, out var moment))
            return moment;
        Fail(SdmxError.Syntax($"{name}={text}: expected {Web.Moment.Expected}."));
        return null;
    }

    /// <summary>A list separated by commas.</summary>
    public ValueArray<string>? List(string name) => Text(name) is { } text ? [.. text.Split(',')] : null;

    /// <summary>One of a few words.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text)
            return null;
        if (words.Contains(text))
            return text;
        Fail(SdmxError.Syntax($"{name}={text}: expected one of {string.Join(", ", words.ToArray())}."));
        return null;
    }

    /// <summary>Every <c>c[COMPONENT]</c>, with its value raw.</summary>
    public ValueArray<QueryParameter> Conditions()
    {
        var conditions = new List<QueryParameter>();
        _takesConditions = true;
        foreach (var parameter in target.Parameters)
        {
            if (!IsCondition(parameter.Name))
                continue;
            if (parameter.Raw.Length == 0)
                Fail(SdmxError.Syntax($"{parameter.Name} has no value."));
            conditions.Add(new(parameter.Name[2..^1], parameter.Raw));
        }

        return [.. conditions];
    }

    /// <summary>Refuses parameters given twice and parameters that nobody took.</summary>
    public SdmxError? Finish()
    {
        var seen = target.Parameters.Count < 2 ? null : new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, _) in target.Parameters)
        {
            if (Error is not null)
                break;
            if (seen?.Add(name) == false)
                Fail(SdmxError.Syntax($"The parameter {name} is given twice."));
            else if (!_known.Contains(name) && !(isNegotiated && Negotiation.Parameters.Contains(name)) && !(_takesConditions && IsCondition(name)))
                Fail(SdmxError.Syntax($"The parameter '{name}' is unknown here.{Nearest.Hint(name, [.. isNegotiated ? Negotiation.Parameters : [], .. _known])}"));
        }

        return Error;
    }

    static bool IsCondition(string name) => name.Length > 3 && name.StartsWith("c[", StringComparison.Ordinal) && name[^1] == ']';

    internal static bool TryInstant(string text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text.Replace(' ', '+'), Instants, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}

namespace Sdmx;

/// <summary>How bad a finding is.</summary>
public enum Severity : byte
{
    /// <summary>Worth knowing.</summary>
    Information,

    /// <summary>Accepted, but look at it.</summary>
    Warning,

    /// <summary>The data are wrong; nothing of the submission is taken.</summary>
    Error,

    /// <summary>Reading could not go on; what follows in the file was not looked at.</summary>
    Fatal,
}

/// <summary>Where something stands.</summary>
/// <param name="File">The file's name, or null.</param>
/// <param name="Line">The line, from 1; 0 unknown.</param>
/// <param name="Column">The position in the line, from 1; 0 unknown.</param>
/// <param name="Dataset">The data set's number, from 0; -1 when it is about the message.</param>
public readonly record struct Location(string? File, int Line, int Column, int Dataset = -1);

/// <summary>One finding about a message: what a provider can get wrong.</summary>
/// <param name="Code">The rule that found it.</param>
/// <param name="At">Where.</param>
/// <param name="Message">One sentence for a person: what was found and what was expected.</param>
public readonly record struct Issue(IssueCode Code, Location At, string Message)
{
    /// <summary>How bad it is; the rule's own severity.</summary>
    public Severity Severity => IssueCodes.Of(Code).Severity;

    /// <summary>The series key as <c>A.N.SI_POV_DAY1...</c>, with the period behind a colon for an observation; or null.</summary>
    public string? Key { get; init; }

    /// <summary>The component's id, or null.</summary>
    public string? Component { get; init; }

    /// <summary>The value found, or null.</summary>
    public string? Value { get; init; }

    /// <summary>What was expected: the codelist, the type, the facet; or null.</summary>
    public string? Expected { get; init; }

    /// <summary>The nearest valid choice, or null where there is none near.</summary>
    public string? Nearest { get; init; }
}

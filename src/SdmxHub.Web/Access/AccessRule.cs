using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>The budgets of requests that a caller has.</summary>
public enum Budget
{
    /// <summary>Never limited.</summary>
    None,

    /// <summary>Questions for data.</summary>
    Data,

    /// <summary>Structures, pages, states: small answers.</summary>
    Structures,

    /// <summary>Whatever changes something.</summary>
    Submissions,
}

/// <summary>The parts of <see cref="Scopes"/> that count for an action.</summary>
[Flags]
public enum ScopeParts
{
    /// <summary>None: the role is enough.</summary>
    None = 0,

    /// <summary>The agency of a structure.</summary>
    Agencies = 1,

    /// <summary>The data provider.</summary>
    Providers = 2,

    /// <summary>The dataflow.</summary>
    Flows = 4,

    /// <summary>The area.</summary>
    Areas = 8,
}

/// <summary>Who may do an action: one row of <see cref="AccessRules"/>.</summary>
/// <param name="Action">The action.</param>
/// <param name="Least">The least role that may; null for everybody, also where reading needs a key.</param>
/// <param name="Counts">What of the caller's scopes must cover what it is done with.</param>
/// <param name="OthersFrom">The least role that may do it with what belongs to others; null where nothing belongs to anybody.</param>
/// <param name="Budget">Which budget it draws on.</param>
public sealed record AccessRule(HubAction Action, Role? Least, ScopeParts Counts, Role? OthersFrom, Budget Budget);

/// <summary>What an action is done with, as far as it is known; what is null is not asked about.</summary>
/// <param name="Agency">The agency of a structure.</param>
/// <param name="Provider">The data provider, <c>AGENCY:ID</c>.</param>
/// <param name="Flow">The dataflow, <c>AGENCY:ID</c>.</param>
/// <param name="Area">The area's code.</param>
/// <param name="Owner">The name of the caller it belongs to.</param>
public readonly record struct AccessTarget(string? Agency = null, string? Provider = null, string? Flow = null, string? Area = null, string? Owner = null);

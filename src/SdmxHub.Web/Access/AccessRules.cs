using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Who may do what: the one table.</summary>
/// <remarks>Published data and structures are the same for all who may read. Scopes limit what is sent, seen before it is published, and published.
/// Nothing is written anonymously: <see cref="HubAction.MakeFirstKey"/> needs the one-time token instead of a key. docs/access.md prints the table.</remarks>
public static class AccessRules
{
    const ScopeParts OfData = ScopeParts.Providers | ScopeParts.Flows | ScopeParts.Areas;

    /// <summary>The table, one row an action.</summary>
    public static IReadOnlyList<AccessRule> All { get; } =
    [
        new(HubAction.Probe, null, ScopeParts.None, null, Budget.None),
        new(HubAction.MakeFirstKey, null, ScopeParts.None, null, Budget.Submissions),
        new(HubAction.ReadPage, Role.Reader, ScopeParts.None, null, Budget.Structures),
        new(HubAction.ReadData, Role.Reader, ScopeParts.None, null, Budget.Data),
        new(HubAction.ReadStructures, Role.Reader, ScopeParts.None, null, Budget.Structures),
        new(HubAction.Compare, Role.Reader, ScopeParts.None, null, Budget.Data),
        new(HubAction.ReadLog, Role.Reader, ScopeParts.None, null, Budget.Structures),
        new(HubAction.ReadQuery, Role.Reader, ScopeParts.None, null, Budget.Structures),
        new(HubAction.SaveQuery, Role.Reader, ScopeParts.None, Role.Reviewer, Budget.Submissions),
        new(HubAction.Submit, Role.Provider, OfData | ScopeParts.Agencies, null, Budget.Submissions),
        new(HubAction.ReadSubmission, Role.Provider, ScopeParts.None, Role.Reviewer, Budget.Structures),
        new(HubAction.CancelSubmission, Role.Provider, ScopeParts.None, Role.Reviewer, Budget.Submissions),
        new(HubAction.ReadDraft, Role.Provider, ScopeParts.Flows, Role.Reviewer, Budget.Data),
        new(HubAction.EditDraft, Role.Provider, ScopeParts.Flows, Role.Reviewer, Budget.Submissions),
        new(HubAction.Publish, Role.Reviewer, OfData | ScopeParts.Agencies, null, Budget.Submissions),
        new(HubAction.ManageKeys, Role.Administrator, ScopeParts.None, null, Budget.Submissions),
    ];

    /// <summary>The row of an action.</summary>
    public static AccessRule Of(HubAction action) => All[(int)action];

    /// <summary>Names the action that an endpoint does; without, the endpoint answers nobody.</summary>
    internal static TBuilder Needs<TBuilder>(this TBuilder endpoint, HubAction action)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(Of(action));

    /// <summary>Whether a caller's role allows an action, whatever it is done with: null, or the refusal.</summary>
    /// <param name="action">The action.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="anonymousRead">Whether everybody may read.</param>
    public static Problem? Refuse(HubAction action, Caller caller, bool anonymousRead)
    {
        var rule = Of(action);
        // What belongs to somebody cannot be nobody's: who saves a query says who it is, also where everybody may read.
        if (rule.Least is not { } least || (caller.IsAnonymous && anonymousRead && least == Role.Reader && rule.OthersFrom is null))
            return null;
        if (caller.IsAnonymous)
            return Problem.Of(StatusCodes.Status401Unauthorized, $"This needs a key of the role {least.ToName()}, or of one above it. Send it as 'Authorization: Bearer sdmxhub_...'.");
        return caller.Role >= least
            ? null
            : Problem.Of(StatusCodes.Status403Forbidden, $"This needs the role {least.ToName()}; '{caller.Name}' has the role {caller.Role.ToName()}.");
    }

    /// <summary>Whether a caller's scopes cover what an action, which its role allows, is done with: null, or the refusal, which names the scope.</summary>
    /// <remarks>Where a refusal would tell that there is something, as with another's draft, the endpoint answers that there is none.</remarks>
    public static Problem? Refuse(HubAction action, Caller caller, in AccessTarget target)
    {
        var rule = Of(action);
        if (target.Owner is { } owner && rule.OthersFrom is { } others && owner != caller.Name && caller.Role < others)
            return Problem.Of(StatusCodes.Status403Forbidden, $"This needs the role {others.ToName()}, for it is not of '{caller.Name}'; '{caller.Name}' has the role {caller.Role.ToName()}.");
        return Refuse(rule, ScopeParts.Agencies, "agencies", caller, caller.Scopes.Agencies, target.Agency)
            ?? Refuse(rule, ScopeParts.Providers, "providers", caller, caller.Scopes.Providers, target.Provider)
            ?? Refuse(rule, ScopeParts.Flows, "flows", caller, caller.Scopes.Flows, target.Flow)
            ?? Refuse(rule, ScopeParts.Areas, "areas", caller, caller.Scopes.Areas, target.Area);
    }

    static Problem? Refuse(AccessRule rule, ScopeParts part, string name, Caller caller, ValueArray<string>? held, string? asked) =>
        asked is null || held is not { } ids || !rule.Counts.HasFlag(part) || ids.Contains(asked)
            ? null
            : Problem.Of(StatusCodes.Status403Forbidden, $"The scope {name} of '{caller.Name}' does not cover '{asked}'.");
}

using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Who sees which draft: its owner, and whoever may see those of others, as far as the scopes go. To others there is none.</summary>
static class DraftAccess
{
    /// <summary>The open draft of that name, for an action.</summary>
    /// <param name="context">The request.</param>
    /// <param name="name">The name.</param>
    /// <param name="action">What is done with it.</param>
    /// <param name="problem">Why there is none for this caller; or null.</param>
    public static Draft? Find(HttpContext context, string name, HubAction action, out Problem? problem)
    {
        var drafts = context.RequestServices.GetRequiredService<Storage.Drafts>();
        var draft = drafts.Find(name);
        if (draft is not null && IsSeen(context, draft))
        {
            problem = AccessRules.Refuse(action, Caller.Of(context), new AccessTarget(Owner: draft.Owner));
            return problem is null ? draft : null;
        }

        var hint = Nearest.Hint(name, drafts.All().Where(d => d.State == DraftState.Open && IsSeen(context, d)).Select(d => d.Name));
        problem = Problem.NotFound($"There is no open draft '{name}'.{hint}");
        return null;
    }

    /// <summary>Whether the caller may know of a draft.</summary>
    public static bool IsSeen(HttpContext context, Draft draft)
    {
        var caller = Caller.Of(context);
        return AccessRules.Refuse(HubAction.ReadDraft, caller, anonymousRead: false) is null
            && AccessRules.Refuse(HubAction.ReadDraft, caller, new AccessTarget(Owner: draft.Owner)) is null;
    }

    /// <summary>What the store would hold with a draft, pinned.</summary>
    public static Snapshot? Preview(HttpContext context, string name, out Problem? problem) =>
        Find(context, name, HubAction.ReadDraft, out problem) is { } draft
            ? context.RequestServices.GetRequiredService<Storage.Drafts>().Preview(draft, context.RequestAborted)
            : null;

    /// <summary>Why the caller may not see data of these flows in a draft; null when it may.</summary>
    public static SdmxError? Refuse(HttpContext context, IEnumerable<Urn> flows) => flows
        .Select(flow => Refuse(context, HubAction.ReadDraft, $"{flow.Agency}:{flow.Id}"))
        .Where(p => p is not null).Select(p => new SdmxError(SdmxError.CodeOf(p!.Status), p.Detail)).FirstOrDefault();

    /// <summary>Why the caller may not do something with data of a flow (<c>AGENCY:ID</c>); null when it may.</summary>
    public static Problem? Refuse(HttpContext context, HubAction action, string flow) =>
        AccessRules.Refuse(action, Caller.Of(context), new AccessTarget(Flow: flow));
}

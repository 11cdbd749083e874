namespace SdmxHub.Web;

/// <summary>What a request's body is.</summary>
enum ApiBody
{
    /// <summary>None.</summary>
    None,

    /// <summary>A form with the query's parameters.</summary>
    Form,

    /// <summary>An SDMX message, a package, or a form with files.</summary>
    Message,

    /// <summary>A JSON object.</summary>
    Json,
}

/// <summary>A resource of the hub's interfaces: a row of the one table that the OpenAPI description and the capability document are made of, and that
/// a test holds against the
/// routes, their methods and actions, and against the parameters that they take.</summary>
/// <param name="Method">The method; of GET also HEAD, where <paramref name="HasHead"/>.</param>
/// <param name="Path">The path, whole; parts behind the first that is named may be left out where the standard says so.</param>
/// <param name="Action">What it does, which <see cref="AccessRules"/> allows or not.</param>
/// <param name="Summary">What it answers.</param>
/// <param name="Parameters">The names of its parameters in the query string, separated by blanks.</param>
/// <param name="HasHead">Whether HEAD is answered.</param>
/// <param name="Body">What the request's body is.</param>
sealed record ApiResource(string Method, string Path, HubAction Action, string Summary, string Parameters = "", bool HasHead = false, ApiBody Body = ApiBody.None)
{
    const string Form = " format formatVersion lang labels keys timeFormat";
    const string SelectV1 = "startPeriod endPeriod updatedAfter asOf draft";
    const string SelectV2 = SelectV1 + " c[COMPONENT] reportingYearStartDay";
    const string Answer = " firstNObservations lastNObservations dimensionAtObservation includeHistory";
    const string DataV1 = SelectV1 + Answer + " detail" + Form;
    const string DataV2 = SelectV2 + Answer + " attributes measures sort offset limit" + Form;
    const string Structure = "detail references asOf draft" + Form;
    const string Metadata = "detail asOf draft" + Form;
    const string FlowV1 = "/{flow}/{key}/{provider}";
    const string FlowV2 = "/{context}/{agency}/{id}/{version}/{key}";
    const string Submissions = "/api/submissions";
    const string Queries = "/api/queries";

    /// <summary>Whether it is a resource of SDMX REST.</summary>
    public bool IsSdmx => Path.StartsWith("/sdmx/v", StringComparison.Ordinal);

    /// <summary>The names of the parameters in the query string.</summary>
    public IEnumerable<string> ParameterNames => Parameters.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The table.</summary>
    public static IReadOnlyList<ApiResource> All { get; } =
    [
        new("GET", "/sdmx/v1/data" + FlowV1, HubAction.ReadData, "Data (SDMX REST 1.5).", DataV1, true),
        new("POST", "/sdmx/v1/data" + FlowV1, HubAction.ReadData, "Data, by a query that is sent as a form.", DataV1, Body: ApiBody.Form),
        new("GET", "/sdmx/v1/availableconstraint" + FlowV1 + "/{component}", HubAction.ReadData, "Which values there are data with.", SelectV1 + " mode references" + Form, true),
        new("GET", "/sdmx/v1/metadata" + FlowV1, HubAction.ReadStructures, "Reference metadata (SDMX REST 1.5).", Metadata, true),
        new("GET", "/sdmx/v1/{type}/{agency}/{id}/{version}/{item}", HubAction.ReadStructures, "Structures (SDMX REST 1.5).", Structure, true),
        new("GET", "/sdmx/v1/explain/data" + FlowV1, HubAction.ReadData, "How a data query is understood and what each condition finds.", DataV1, true),
        new("GET", "/sdmx/v2/data" + FlowV2, HubAction.ReadData, "Data (SDMX REST 2.2).", DataV2, true),
        new("POST", "/sdmx/v2/data" + FlowV2, HubAction.ReadData, "Data, by a query that is sent as a form.", DataV2, Body: ApiBody.Form),
        new("GET", "/sdmx/v2/availability" + FlowV2 + "/{component}", HubAction.ReadData, "Which values there are data with.", SelectV2 + " mode references" + Form, true),
        new("GET", "/sdmx/v2/structure/{type}/{agency}/{id}/{version}/{item}", HubAction.ReadStructures, "Structures (SDMX REST 2.2).", Structure, true),
        new("GET", "/sdmx/v2/metadata/metadataset/{agency}/{id}/{version}", HubAction.ReadStructures, "Metadata sets by name (SDMX REST 2.2).", Metadata, true),
        new("GET", "/sdmx/v2/metadata/metadataflow/{agency}/{id}/{version}/{provider}", HubAction.ReadStructures, "Metadata sets by what they are reported by.", Metadata, true),
        new("GET", "/sdmx/v2/metadata/structure/{type}/{agency}/{id}/{version}", HubAction.ReadStructures, "Metadata sets by what they are about.", Metadata, true),
        new("GET", "/sdmx/v2/explain/data" + FlowV2, HubAction.ReadData, "How a data query is understood and what each condition finds.", DataV2, true),
        new("GET", "/sdmx/capabilities", HubAction.ReadStructures, "What is served: interfaces, formats, parameters, limits, and each flow with its counts.", HasHead: true),
        new("GET", "/api/explore" + FlowV2, HubAction.ReadData, "For what is chosen so far, every code that could be chosen, with its counts.", SelectV2 + " lang", true),
        new("GET", "/api/compare", HubAction.Compare, "A country's figures beside the global ones.", "area series class national global asOf draft format", true),
        new("GET", "/api/log", HubAction.ReadLog, "Every revision."),
        new("GET", "/api/releases", HubAction.ReadLog, "Every release."),
        new("POST", "/api/releases", HubAction.Publish, "Names the newest revision.", Body: ApiBody.Json),
        new("GET", "/api/releases/{name}", HubAction.ReadLog, "A release."),
        new("POST", "/api/releases/{name}/undo", HubAction.Publish, "Undoes a release by a new revision."),
        new("GET", Queries, HubAction.ReadQuery, "The saved queries."),
        new("GET", Queries + "/{name}", HubAction.ReadQuery, "A saved query."),
        new("PUT", Queries + "/{name}", HubAction.SaveQuery, "Saves a data query under a name.", Body: ApiBody.Json),
        new("DELETE", Queries + "/{name}", HubAction.SaveQuery, "Drops a saved query."),
        new("GET", Queries + "/{name}/data", HubAction.ReadData, "What a saved query answers; parameters that it does not say itself may be added.", DataV2 + " detail", true),
        new("GET", "/api/changes", HubAction.ReadLog, "What differs between two states.", "from to draft detail flow format movers"),
        new("GET", "/api/drafts", HubAction.ReadDraft, "The drafts."),
        new("POST", "/api/drafts", HubAction.EditDraft, "Makes a draft.", Body: ApiBody.Json),
        new("GET", "/api/drafts/{name}", HubAction.ReadDraft, "A draft."),
        new("DELETE", "/api/drafts/{name}", HubAction.EditDraft, "Drops a draft."),
        new("DELETE", "/api/drafts/{name}/submissions/{number}", HubAction.EditDraft, "Takes a submission back from a draft."),
        new("POST", "/api/drafts/{name}/migrate", HubAction.EditDraft, "Moves stored series by a structure map, within a draft.", "map"),
        new("POST", "/api/drafts/{name}/refresh", HubAction.EditDraft, "Puts a draft upon the newest revision.", "accept"),
        new("GET", "/api/drafts/{name}/conflicts", HubAction.ReadDraft, "What changed since in the store that the draft changes too."),
        new("PUT", "/api/drafts/{name}/schedule", HubAction.Publish, "Says when a draft is published.", Body: ApiBody.Json),
        new("POST", "/api/drafts/{name}/publish", HubAction.Publish, "Publishes a draft."),
        new("GET", Submissions, HubAction.ReadSubmission, "The submissions, the newest first.", "state mode draft before limit actor"),
        new("POST", Submissions, HubAction.Submit, "Takes a message or a package in.", "mode draft dataflow agreement map without note filename", Body: ApiBody.Message),
        new("GET", Submissions + "/{number}", HubAction.ReadSubmission, "A submission."),
        new("DELETE", Submissions + "/{number}", HubAction.CancelSubmission, "Stops a submission, or takes it back."),
        new("GET", Submissions + "/{number}/events", HubAction.ReadSubmission, "Follows a submission, as server-sent events."),
        new("GET", Submissions + "/{number}/report", HubAction.ReadSubmission, "Every finding.", "format lang"),
        new("GET", Submissions + "/{number}/file", HubAction.ReadSubmission, "The bytes as they were sent.", "name"),
        new("GET", Submissions + "/{number}/repairs", HubAction.ReadSubmission, "A patch that could mend what is wrong."),
        new("POST", Submissions + "/{number}/repair", HubAction.Submit, "Sends again with a patch.", Body: ApiBody.Json),
        new("GET", Submissions + "/{number}/wrong", HubAction.ReadSubmission, "The series that have an error, as SDMX-CSV 2.0.", "name"),
        new("GET", "/api/keys", HubAction.ManageKeys, "The keys."),
        new("POST", "/api/keys", HubAction.ManageKeys, "Makes a key.", Body: ApiBody.Json),
        new("DELETE", "/api/keys/{id}", HubAction.ManageKeys, "Revokes a key."),
        new("POST", "/api/keys/first", HubAction.MakeFirstKey, "Makes the first administrator's key, by the one-time token.", Body: ApiBody.Json),
        new("GET", "/openapi.json", HubAction.ReadPage, "This description.", HasHead: true),
        new("GET", "/health/live", HubAction.Probe, "Whether the process answers.", HasHead: true),
        new("GET", "/health/ready", HubAction.Probe, "Whether the store answers.", HasHead: true),
        new("GET", "/", HubAction.ReadPage, "A page that lists the flows.", HasHead: true),
    ];
}

namespace SdmxHub.Web;

/// <summary>A parameter of the hub's interfaces: of the query string, or a part of the path.</summary>
/// <param name="Name">The name; <c>c[COMPONENT]</c> stands for one for each component.</param>
/// <param name="Description">What it says, a sentence.</param>
/// <param name="Schema">Its JSON schema.</param>
sealed record ApiParameter(string Name, string Description, string Schema)
{
    const string Text = """{"type":"string"}""";
    const string Number = """{"type":"integer","minimum":1}""";
    const string Flag = """{"type":"boolean","default":false}""";

    /// <summary>Every parameter by name; where a name means two things, the more general is said.</summary>
    public static IReadOnlyDictionary<string, ApiParameter> All { get; } = Table().ToDictionary(p => p.Name, StringComparer.Ordinal);

    static IEnumerable<ApiParameter> Table() =>
    [
        // The path.
        new("flow", "The dataflow: ID, AGENCY,ID or AGENCY,ID,VERSION; elsewhere AGENCY:ID.", Text),
        new("key", "The codes of the dimensions in order, separated by dots. v1: empty for any, + for or. v2: * for any, several keys with commas.", Text),
        new("provider", "The data providers: v1 [AGENCY,]ID joined by +, all for any; v2 [AGENCY.]ID with commas, * for any.", Text),
        new("component", "The dimensions that are told, with commas in v2; all or * for all.", Text),
        new("context", "In which role the artefact is named.", """{"type":"string","enum":["dataflow","datastructure","provisionagreement","*"]}"""),
        new("agency", "The maintenance agency; a list, or * (v1: all) for any.", Text),
        new("id", "The id; a list, or * (v1: all) for any.", Text),
        new("version", "The version: a number, or * ~ + and patterns with them (v1: all, latest).", Text),
        new("type", "The type of artefact, such as codelist.", Text),
        new("item", "The items of the scheme.", Text),
        new("name", "The name.", Text),
        new("number", "The number.", Number),
        // Which observations.
        new("startPeriod", "The first period wanted, inclusive.", Text),
        new("endPeriod", "The last period wanted, inclusive.", Text),
        new("c[COMPONENT]", "A condition on a component: alternatives with commas of terms with +, each [operator:]value; operators eq ne lt le gt ge co nc sw ew.", Text),
        new("updatedAfter", "Only what changed since this instant, what was removed included.", Text),
        new("asOf", "The state at an instant, at a revision (digits) or at a release (its name).", Text),
        new("draft", "A draft, by name.", Text),
        new("reportingYearStartDay", "The day reporting years start, where the data do not say.", """{"type":"string","pattern":"^--\\d{2}-\\d{2}$"}"""),
        // What of them, and how.
        new("firstNObservations", "How many observations from the start of each series.", Number),
        new("lastNObservations", "How many observations from the end of each series.", Number),
        new("dimensionAtObservation", "TIME_PERIOD, another dimension, or AllDimensions for a flat answer.", Text),
        new("detail", "How much is told.", Text),
        new("includeHistory", "Whether every dissemination is told with what it brought and removed.", Flag),
        new("attributes", "Which attributes: dsd msd dataset series obs all none, or ids.", Text),
        new("measures", "Which measures: all, none, or ids.", Text),
        new("sort", "ID[:asc|:desc] joined by +; * for all dimensions, series_key for those of series.", Text),
        new("offset", "How many observations, or series without any, to leave out at the start.", """{"type":"integer","minimum":0,"default":0}"""),
        new("limit", "The most observations, or series without any, to give.", Number),
        new("mode", "exact: what the query finds. available: what could be chosen in each dimension. Of a submission: check, draft or publish.", Text),
        new("references", "Which referenced artefacts come along.", Text),
        // The form.
        new("format", "The form by id, alias or in short; beats Accept.", Text),
        new("formatVersion", "The version of the format.", Text),
        new("lang", "The languages; beats Accept-Language.", Text),
        new("labels", "SDMX-CSV: id, name or both.", """{"type":"string","enum":["id","name","both"]}"""),
        new("keys", "SDMX-CSV 2.x: none, obs, series or both.", """{"type":"string","enum":["none","obs","series","both"]}"""),
        new("timeFormat", "SDMX-CSV: original.", """{"type":"string","enum":["original"]}"""),
        // The hub's own.
        new("area", "An area of the global list, such as 826 or GB.", Text),
        new("series", "Indicators, separated by commas.", Text),
        new("class", "Classes of the comparison, separated by commas.", Text),
        new("national", "The national flow, AGENCY:ID.", Text),
        new("global", "The global flow, AGENCY:ID.", Text),
        new("from", "The first state: an instant, a revision, a release.", Text),
        new("to", "The second state: an instant, a revision, a release.", Text),
        new("movers", "How many of the observations that moved most are named.", Number),
        new("before", "Submissions before this one.", Number),
        new("actor", "Submissions of this sender.", Text),
        new("state", "Submissions in this state.", Text),
        new("accept", "Whether what others changed since may be changed back.", Flag),
        new("dataflow", "The flow for data that name only a structure, AGENCY:ID.", Text),
        new("agreement", "The provision agreement that it is sent under, AGENCY:ID.", Text),
        new("map", "The structure map that data are read through.", Text),
        new("without", "Rules of the SDG domain that are left out.", Text),
        new("note", "What the sender says about it.", Text),
        new("filename", "What the file is called.", Text),
    ];
}

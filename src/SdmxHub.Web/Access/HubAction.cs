namespace SdmxHub.Web;

/// <summary>What a request does; every endpoint names one, and <see cref="AccessRules"/> says who may.</summary>
public enum HubAction
{
    /// <summary>Asks whether the hub runs.</summary>
    Probe,

    /// <summary>Makes the first administrator's key, by the one-time token.</summary>
    MakeFirstKey,

    /// <summary>Reads a page for people, or asks for a path that does not exist.</summary>
    ReadPage,

    /// <summary>Reads published data.</summary>
    ReadData,

    /// <summary>Reads published structures.</summary>
    ReadStructures,

    /// <summary>Compares published data.</summary>
    Compare,

    /// <summary>Reads the revisions and releases there are.</summary>
    ReadLog,

    /// <summary>Reads the saved queries there are.</summary>
    ReadQuery,

    /// <summary>Saves a query under a name, replaces or drops it.</summary>
    SaveQuery,

    /// <summary>Sends a message to be checked, or into a draft.</summary>
    Submit,

    /// <summary>Reads what became of a submission.</summary>
    ReadSubmission,

    /// <summary>Cancels a submission, or takes a staged one back.</summary>
    CancelSubmission,

    /// <summary>Reads a draft: what it holds, would change, and its preview.</summary>
    ReadDraft,

    /// <summary>Makes, changes or drops a draft.</summary>
    EditDraft,

    /// <summary>Publishes: a draft, a submission at once, or the undoing of an earlier one.</summary>
    Publish,

    /// <summary>Lists, makes and revokes keys.</summary>
    ManageKeys,
}

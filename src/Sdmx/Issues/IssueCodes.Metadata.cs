namespace Sdmx;

/// <content>The rules of reference metadata.</content>
public static partial class IssueCodes
{
    const string Clause = "checklist 5, Reference metadata";

    static Row[] MetadataTable() =>
    [
        new(IssueCode.UnknownReport, Severity.Error, Clause, "The metadata structure has no report structure or metadata target of this id, or the target has no such part."),
        new(IssueCode.UnknownTarget, Severity.Error, Clause, "What the report is about is not held, or is none that its metadata structure or flow allows."),
        new(IssueCode.RepeatedTarget, Severity.Error, Clause, "The message has two reports about the same target that share a language. Which one holds cannot be told."),
        new(IssueCode.UnknownMetadataAttribute, Severity.Error, Clause, "The metadata structure has no attribute of this id."),
        new(IssueCode.MisplacedMetadataAttribute, Severity.Error, Clause, "The attribute stands at another place in the tree than the metadata structure says."),
        new(IssueCode.MissingMetadataAttribute, Severity.Error, Clause, "An attribute is reported fewer times than the metadata structure demands."),
        new(IssueCode.RepeatedMetadataAttribute, Severity.Error, Clause, "An attribute is reported more times than the metadata structure allows."),
        new(IssueCode.ValueOfHeading, Severity.Error, Clause, "An attribute that is only a heading of others has a value."),
        new(IssueCode.RepeatedLanguage, Severity.Error, "SDMX-ML, Att_Unique_Value_Language", "An attribute has two texts in the same language."),
        new(IssueCode.IllegalLanguage, Severity.Error, "xs:language; BCP 47", "The language of a text is no language tag such as en or pt-BR."),
        new(IssueCode.NoMetadata, Severity.Warning, "hub", "The message holds no metadata set; nothing is loaded of it."),
    ];
}

namespace Sdmx;

/// <summary>What is known of each <see cref="IssueCode"/>: the rows of <c>docs/errors.md</c>.</summary>
public static partial class IssueCodes
{
    /// <summary>One row.</summary>
    /// <param name="Code">The code.</param>
    /// <param name="Severity">How bad it is.</param>
    /// <param name="Clause">The clause of the standard, or the decision of the hub.</param>
    /// <param name="Meaning">What it says, and what to do.</param>
    public sealed record Row(IssueCode Code, Severity Severity, string Clause, string Meaning)
    {
        /// <summary>The meaning in the other languages of the United Nations; empty where it is told in English alone.</summary>
        public InternationalString Translations { get; init; }

        /// <summary>The meaning in one of <see cref="Languages"/>; null where it is told in English alone.</summary>
        public string? MeaningIn(string language) => Translations.IsEmpty ? null : language == "en" ? Meaning : Translations.In(language);
    }

    /// <summary>The languages of the United Nations, in which the rules of the SDG domain are told.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["ar", "en", "es", "fr", "ru", "zh"];

    static readonly Dictionary<IssueCode, Row> ByCode;

    static IssueCodes() => ByCode = Table().Concat(SdgTable()).Concat(MetadataTable()).ToDictionary(r => r.Code);

    /// <summary>Every row, by number.</summary>
    public static IEnumerable<Row> All => ByCode.Values.OrderBy(r => r.Code);

    /// <summary>The row of <paramref name="code"/>.</summary>
    public static Row Of(IssueCode code) => ByCode[code];

    /// <summary>Whether the rule is one of the SDG domain, beside the standard's: a sender may leave it out.</summary>
    public static bool IsOptional(this IssueCode code) => (int)code / 1000 == 5;

    /// <summary>The code as people see it: <c>SDH2101</c>.</summary>
    public static string Label(this IssueCode code) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SDH{(int)code}");

    /// <summary>The code as a file name: <c>unknown-code</c>, the folder of its sample.</summary>
    public static string Slug(this IssueCode code) => Words(code, '-');

    /// <summary>The code's name as words: <c>unknown code</c>.</summary>
    public static string Words(this IssueCode code) => Words(code, ' ');

    static string Words(IssueCode code, char between)
    {
        var text = new System.Text.StringBuilder();
        foreach (var c in code.ToString())
        {
            if (char.IsUpper(c) && text.Length > 0)
                text.Append(between);
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    static Row[] Table() =>
    [
        new(IssueCode.UnreadableFile, Severity.Fatal, "hub", "The file cannot be opened or read. Check its name and its rights."),
        new(IssueCode.UnknownFormat, Severity.Fatal, "hub", "The content is no SDMX message that the hub knows. The message names the formats it reads."),
        new(IssueCode.IllFormed, Severity.Fatal, "XML 1.0; RFC 4180; RFC 8259", "The text breaks the rules of its format: a tag left open, a file cut short."),
        new(IssueCode.WrongEncoding, Severity.Fatal, "SDMX-ML; SDMX-CSV", "The bytes are not text in the declared encoding; SDMX is UTF-8."),
        new(IssueCode.DtdForbidden, Severity.Fatal, "hub, security", "A document type definition is refused: it can expand without bound or read other files."),
        new(IssueCode.LimitExceeded, Severity.Fatal, "hub, security", "A limit on size, depth, attribute length or expansion is passed. The limits are options."),
        new(IssueCode.UnsupportedFormat, Severity.Fatal, "hub", "An SDMX format that the hub does not read yet."),
        new(IssueCode.EmptyFile, Severity.Fatal, "hub", "The file holds nothing."),
        new(IssueCode.BrokenArchive, Severity.Fatal, "RFC 1952; APPNOTE", "The compressed file is damaged, or the archive does not hold exactly one message."),
        new(IssueCode.IncompleteHeader, Severity.Warning, "SDMX-ML header", "A header field that the standard requires is missing. The message is read all the same."),
        new(IssueCode.TestMessage, Severity.Warning, "SDMX-ML header, Test", "The header says that the message is a test. It is read all the same."),
        new(IssueCode.InformationAction, Severity.Information, "checklist 2.7", "The action Information is loaded as Merge."),
        new(IssueCode.UnknownAction, Severity.Error, "checklist 2.7", "The action is none of Append, Merge, Replace, Delete, Information."),
        new(IssueCode.FooterMessage, Severity.Warning, "checklist 2.2", "The sender says something about the message in its footer, or in an annotation of SDMX-JSON, as that the answer was cut short."),
        new(IssueCode.UnderEmbargo, Severity.Error, "SDMX-ML header, EmbargoDate", "The content may not be published before the date that the header names. Only publishing over HTTP asks for it: who loads by hand decides."),
        new(IssueCode.UnknownStructure, Severity.Fatal, "checklist 5, structure reference", "No version of the structure that the message names is held. Give it with --structures."),
        new(IssueCode.NearestVersionUsed, Severity.Warning, "hub, decision 0008", "The version that the message names is not held; the nearest held one is used."),
        new(IssueCode.NoStructureReference, Severity.Fatal, "checklist 2.1", "The message, or one of its data sets, names no structure."),
        new(IssueCode.AmbiguousDataflow, Severity.Fatal, "hub, decision 0008", "The message names only a data structure and several flows could take it. Give one with --dataflow."),
        new(IssueCode.DataflowChosen, Severity.Information, "hub, decision 0008", "The message names only a data structure; this is the flow its data go to."),
        new(IssueCode.IncompleteStructure, Severity.Fatal, "checklist 5", "The structure is held, but something it needs is not: a codelist, a concept. Give it with --structures."),
        new(IssueCode.BadObservationDimension, Severity.Fatal, "checklist 2.1, dimensionAtObservation", "The dimension at the observation is no dimension of the structure."),
        new(IssueCode.OtherDimensions, Severity.Error, "checklist 5, Structure", "The structure that the message names and the one of the given flow have other dimensions. Map the data, or give a flow of their own structure."),
        new(IssueCode.UnknownMap, Severity.Fatal, "hub, decision 0015", "The structure map that data are to be read through is not held. Load it, or give it with --structures."),
        new(IssueCode.UnusableMap, Severity.Fatal, "SDMX 3.0 section 6, Structure Mapping", "The structure map is none for these data, or says what cannot be done. Every reason is told."),
        new(IssueCode.UnknownComponent, Severity.Error, "checklist 5, Structure", "The structure has no component of this name. Reported once per data set and name, with a count."),
        new(IssueCode.MissingDimension, Severity.Error, "checklist 5, Structure", "A dimension is missing from the key. Once per data set and dimension, with a count."),
        new(IssueCode.MisplacedAttribute, Severity.Warning, "checklist 2.8", "The attribute stands at another level than the structure says. It is read at the level of the structure."),
        new(IssueCode.RepeatedComponent, Severity.Error, "checklist 5, Structure", "A component is given twice in one place."),
        new(IssueCode.BadGroup, Severity.Error, "checklist 5, Structure", "The group is unknown, or its key is incomplete."),
        new(IssueCode.UnexpectedElement, Severity.Warning, "checklist 2.8", "An element or column that the format does not know. It is passed over. Once per name, with a count."),
        new(IssueCode.UnmappedComponent, Severity.Warning, "hub, decision 0015", "The structure map does not say what becomes of a component: what it says is left out. Once per component, with a count."),
        new(IssueCode.UnknownCode, Severity.Error, "checklist 5, Representation", "The code is not in the codelist. Codes are case-sensitive."),
        new(IssueCode.InvalidTimePeriod, Severity.Error, "checklist 4.1", "The text is no time period of SDMX."),
        new(IssueCode.InvalidType, Severity.Error, "checklist 5, Representation", "The text is no value of the component's type."),
        new(IssueCode.OutsideFacet, Severity.Error, "checklist 5, Representation", "The value breaks a facet: length, bound, decimals, pattern."),
        new(IssueCode.MissingTimePeriod, Severity.Error, "checklist 5, Structure", "The observation has no time period."),
        new(IssueCode.UnmappedCode, Severity.Error, "hub, decision 0015", "The representation map has no row for the value. Once per component and value, with a count of rows. Add a row, or mend the value."),
        new(IssueCode.LeftOutByMap, Severity.Warning, "SDMX 3.0 section 6, Structure Mapping", "The representation map says that the target has nothing for the value: the rows are left out. Once per component and value, with a count."),
        new(IssueCode.MissingAttribute, Severity.Error, "checklist 5, MandatoryAttributes", "A mandatory attribute has no value, neither in the message nor in the store."),
        new(IssueCode.MissingMeasure, Severity.Warning, "checklist 5, MandatoryAttributes", "The observation has no value."),
        new(IssueCode.OutsideCubeRegion, Severity.Error, "checklist 5, Constraint", "The value is outside what a constraint allows."),
        new(IssueCode.OutsideKeySet, Severity.Error, "checklist 5, Constraint", "The combination of values is none that a constraint allows."),
        new(IssueCode.RepeatedObservation, Severity.Warning, "checklist 5, DuplicateObs", "The same observation is given again, with the same values."),
        new(IssueCode.ConflictingObservation, Severity.Error, "checklist 5, DuplicateObs", "The same observation is given again, with other values."),
        new(IssueCode.ConflictingAttribute, Severity.Error, "checklist 5, DuplicateSeries", "The same attribute of the same series, group or data set has two values."),
        new(IssueCode.FrequencyMismatch, Severity.Error, "checklist 5, FrequencyMatch", "The form of the period does not fit the frequency."),
        new(IssueCode.FuturePeriod, Severity.Warning, "checklist 5, FrequencyMatch", "The period has not begun yet."),
        new(IssueCode.MissingPeriods, Severity.Information, "checklist 5, MissingTimePeriod", "The series has a gap."),
        new(IssueCode.MixedPeriodKinds, Severity.Warning, "hub, decision 0005", "The series holds the same span in two spellings, as 2010 and 2010-A1."),
        new(IssueCode.ValueWithoutStatus, Severity.Warning, "checklist 5, Observation status", "There is no value, and no status that says it is missing."),
        new(IssueCode.StatusContradictsValue, Severity.Warning, "checklist 5, Observation status", "There is a value, but the status says it is missing."),
        new(IssueCode.IllegalIdentifier, Severity.Error, "checklist 3.2", "The id, agency or version breaks the standard's pattern."),
        new(IssueCode.UnresolvedReference, Severity.Warning, "checklist 5, Structures", "The artefact refers to one that is not held."),
        new(IssueCode.DuplicateItem, Severity.Error, "checklist 5, Structures", "Two items of one scheme have the same id."),
        new(IssueCode.CyclicParent, Severity.Error, "checklist 5, Structures", "The item is its own ancestor, or its parent is not in the scheme."),
        new(IssueCode.UnsupportedArtefact, Severity.Warning, "hub", "An artefact type that the hub does not keep yet; it is passed over."),
        new(IssueCode.ChangedFinalArtefact, Severity.Error, "checklist 1.2, maintenance", "A final artefact is sent again with other content."),
        new(IssueCode.DuplicateArtefact, Severity.Warning, "checklist 3.2", "The message holds the same artefact twice; the more complete one is kept."),
        new(IssueCode.PointerWithoutTarget, Severity.Warning, "checklist 3.2", "An artefact that is only a pointer to one held elsewhere, and names no agency. It is passed over."),
        new(IssueCode.SeriesOfOther, Severity.Error, "hub, design 4", "The series belongs to another provision agreement."),
        new(IssueCode.StructureChanged, Severity.Error, "hub, design 4", "The dimensions of the flow differ from those its stored data have."),
        new(IssueCode.OutsideAgreement, Severity.Error, "checklist 5, Constraint; docs/access.md", "The sender may not send this: its provision agreement, its data provider or the scopes of its key do not cover it."),
    ];
}

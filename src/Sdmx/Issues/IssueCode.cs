namespace Sdmx;

/// <summary>Every kind of finding. The number prints as <c>SDH2101</c>, is never reused, and has a row in <c>docs/errors.md</c>.</summary>
public enum IssueCode
{
#pragma warning disable CS1591 // each is described by its row in IssueCodes, which docs/errors.md prints
    // 10xx the file
    UnreadableFile = 1001,
    UnknownFormat = 1002,
    IllFormed = 1003,
    WrongEncoding = 1004,
    DtdForbidden = 1005,
    LimitExceeded = 1006,
    UnsupportedFormat = 1007,
    EmptyFile = 1008,
    BrokenArchive = 1009,

    // 11xx the header
    IncompleteHeader = 1101,
    TestMessage = 1102,
    InformationAction = 1103,
    UnknownAction = 1104,
    FooterMessage = 1105,
    UnderEmbargo = 1106,

    // 12xx references to structures
    UnknownStructure = 1201,
    NearestVersionUsed = 1202,
    NoStructureReference = 1203,
    AmbiguousDataflow = 1204,
    DataflowChosen = 1205,
    IncompleteStructure = 1206,
    BadObservationDimension = 1207,
    OtherDimensions = 1208,
    UnknownMap = 1209,
    UnusableMap = 1210,

    // 20xx the components of a data set
    UnknownComponent = 2001,
    MissingDimension = 2002,
    MisplacedAttribute = 2003,
    RepeatedComponent = 2004,
    BadGroup = 2005,
    UnexpectedElement = 2006,
    UnmappedComponent = 2007,

    // 21xx values
    UnknownCode = 2101,
    InvalidTimePeriod = 2102,
    InvalidType = 2103,
    OutsideFacet = 2104,
    MissingTimePeriod = 2105,
    UnmappedCode = 2106,
    LeftOutByMap = 2107,

    // 22xx mandatory values
    MissingAttribute = 2201,
    MissingMeasure = 2202,

    // 23xx constraints
    OutsideCubeRegion = 2301,
    OutsideKeySet = 2302,

    // 24xx duplicates
    RepeatedObservation = 2401,
    ConflictingObservation = 2402,
    ConflictingAttribute = 2403,

    // 25xx time
    FrequencyMismatch = 2501,
    FuturePeriod = 2502,
    MissingPeriods = 2503,
    MixedPeriodKinds = 2504,

    // 26xx value and status
    ValueWithoutStatus = 2601,
    StatusContradictsValue = 2602,

    // 30xx structure messages
    IllegalIdentifier = 3001,
    UnresolvedReference = 3002,
    DuplicateItem = 3003,
    CyclicParent = 3004,
    UnsupportedArtefact = 3005,
    ChangedFinalArtefact = 3006,
    DuplicateArtefact = 3007,
    PointerWithoutTarget = 3008,

    // 40xx the store
    SeriesOfOther = 4001,
    StructureChanged = 4002,
    OutsideAgreement = 4003,

    // 50xx the SDG domain: may be left out
    OutsideBounds = 5001,
    OutsidePercentRange = 5002,
    MissingNature = 5003,
    NatureContradictsType = 5004,
    OutlyingValue = 5005,
    OtherScale = 5006,
    OtherUnit = 5007,
    MissingTotal = 5008,

    // 60xx reference metadata
    UnknownReport = 6001,
    UnknownTarget = 6002,
    RepeatedTarget = 6003,
    UnknownMetadataAttribute = 6004,
    MisplacedMetadataAttribute = 6005,
    MissingMetadataAttribute = 6006,
    RepeatedMetadataAttribute = 6007,
    ValueOfHeading = 6008,
    RepeatedLanguage = 6009,
    IllegalLanguage = 6010,
    NoMetadata = 6011,
#pragma warning restore CS1591
}

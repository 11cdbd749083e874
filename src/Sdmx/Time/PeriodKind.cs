namespace Sdmx;

/// <summary>The forms of an SDMX observational time period.</summary>
/// <remarks>The numbers are stored on disk and never change meaning. SDMX 3.0 section 3A, common time types.</remarks>
public enum PeriodKind : byte
{
    /// <summary>No time at all: the default value.</summary>
    None = 0,

    /// <summary>A calendar year, <c>2010</c>.</summary>
    GregorianYear = 1,

    /// <summary>A reporting year, <c>2010-A1</c>.</summary>
    ReportingYear = 2,

    /// <summary>A reporting semester of six months, <c>2010-S2</c>.</summary>
    Semester = 3,

    /// <summary>A reporting trimester of four months, <c>2010-T3</c>.</summary>
    Trimester = 4,

    /// <summary>A reporting quarter of three months, <c>2010-Q4</c>.</summary>
    Quarter = 5,

    /// <summary>A reporting month, <c>2010-M01</c>.</summary>
    ReportingMonth = 6,

    /// <summary>A calendar month, <c>2010-01</c>.</summary>
    GregorianYearMonth = 7,

    /// <summary>A reporting week, Monday to Sunday, <c>2010-W53</c>.</summary>
    Week = 8,

    /// <summary>A day of a reporting year, <c>2010-D365</c>.</summary>
    ReportingDay = 9,

    /// <summary>A calendar day, <c>2010-01-31</c>.</summary>
    GregorianDay = 10,

    /// <summary>A point in time, <c>2010-01-31T12:00:00</c>.</summary>
    DateTime = 11,

    /// <summary>A start and a duration, <c>2009-01-01/P5Y</c>.</summary>
    TimeRange = 12,
}

namespace Sdmx.Csv;

/// <summary>The versions of SDMX-CSV that are written.</summary>
enum CsvVersion
{
    /// <summary>1.0: a DATAFLOW column, one measure, no actions.</summary>
    V1,

    /// <summary>2.0: STRUCTURE, STRUCTURE_ID and ACTION, any number of measures, rows with partial keys.</summary>
    V2,
}

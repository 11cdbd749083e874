namespace SdmxHub.Tests.Cli;

/// <summary>Messages under samples/ that the tests of the command line use.</summary>
static class Samples
{
    public static string Rwanda => Facts.InProject("samples", "valid", "rwanda", "rwanda.xml");

    public static string UnitedKingdom => Facts.InProject("samples", "valid", "united-kingdom", "united-kingdom.xml");

    public static string Cambodia => Facts.InProject("samples", "valid", "cambodia", "cambodia.csv");

    public static string GlobalCountries => Facts.InProject("samples", "valid", "global-countries", "global-countries.csv.gz");

    public static string Refused => Facts.InProject("samples", "refused", "united-kingdom-9-5-2", "united-kingdom-9-5-2.xml");

    /// <summary>Rwanda's figures, said to be of a dataflow that nobody holds.</summary>
    public static string OfUnknownFlow => File.ReadAllText(Rwanda).Replace("DF_SDG_GLC", "DF_NOBODY_HAS", StringComparison.Ordinal);
}

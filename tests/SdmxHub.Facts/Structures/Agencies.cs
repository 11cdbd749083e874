using Sdmx;

namespace SdgShipment;

/// <summary>The agencies that maintain what is shipped, and those custodians of indicators that the facts know by id.</summary>
static class Agencies
{
    static readonly string[] Kept = ["SDMX", "IAEG-SDGs", "UNSD", "ESTAT", "ILO", "IMF", "OECD", "UIS"];

    public static OrganisationScheme Read(StructureFile file) => new(ArtefactType.AgencyScheme)
    {
        Agency = "SDMX",
        Id = "AGENCIES",
        Name = new("SDMX Agency Scheme"),
        IsPartial = true,
        Organisations = file.Agencies.Where(a => Kept.Contains(a.Id)).ToValueArray(),
    };
}

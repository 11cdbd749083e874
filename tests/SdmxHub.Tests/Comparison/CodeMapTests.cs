using Sdmx;
using SdmxHub.Web.Comparison;

namespace SdmxHub.Tests.Comparison;

/// <summary>Codes of one list turned into those of another.</summary>
public class CodeMapTests
{
    static readonly Codelist GlobalAreas = List("IAEG-SDGs", "CL_AREA", ("1", "World"), ("646", "Rwanda"), ("RW", "Rwanda"), ("360", "Indonesia"), ("ID", "Indonesia"));
    static readonly Codelist RwandanAreas = List("NISR-SDGs", "CL_REF_AREA", ("1", "City of Kigali"), ("RW", "RWANDA"), ("RW_X", "Somewhere"));
    static readonly AreaAliases Aliases = new(GlobalAreas);

    [TestCase("RW", ExpectedResult = "646")]
    [TestCase("646", ExpectedResult = "646")]
    [TestCase("1", ExpectedResult = "1")]
    public string? In_the_global_list_letters_stand_for_the_number(string code) => Map(GlobalAreas, GlobalAreas, Aliases).ToGlobal(code);

    [Test]
    public void Kigali_is_not_the_world() => Assert.That(Map(RwandanAreas, GlobalAreas, Aliases).ToGlobal("1"), Is.Null);

    [Test]
    public void A_national_area_of_the_same_name_is_the_country() => Assert.That(Map(RwandanAreas, GlobalAreas, Aliases).ToGlobal("RW"), Is.EqualTo("646"));

    [Test]
    public void A_local_area_has_no_global_code() => Assert.That(Map(RwandanAreas, GlobalAreas, Aliases).ToGlobal("RW_X"), Is.Null);

    [Test]
    public void A_country_is_found_under_every_spelling() =>
        Assert.That(Map(GlobalAreas, GlobalAreas, Aliases).FromGlobal("646"), Is.EqualTo((string[])["646", "RW"]));

    [Test]
    public void Other_dimensions_go_by_the_code_of_a_list_that_was_extended()
    {
        var global = List("IAEG-SDGs", "CL_SERIES", ("SI_POV_DAY1", "Poverty"));
        var national = List("NISR-SDGs", "CL_SERIES", ("SI_POV_DAY1", "Poverty, as we call it"), ("_L_RW_1", "Ours"));

        var map = Map(national, global, null);

        Assert.That((map.ToGlobal("SI_POV_DAY1"), map.ToGlobal("_L_RW_1")), Is.EqualTo(("SI_POV_DAY1", (string?)null)));
    }

    static CodeMap Map(Codelist national, Codelist global, AreaAliases? areas) => new(Coded(national), Coded(global), areas);

    static Codelist List(string agency, string id, params (string Id, string Name)[] codes) => new()
    {
        Agency = agency,
        Id = id,
        Codes = codes.Select(c => new Code { Id = c.Id, Name = new(c.Name) }).ToValueArray(),
    };

    static SchemaComponent Coded(Codelist list) => new()
    {
        Definition = new Dimension { Id = "REF_AREA", ConceptIdentity = new Urn("Concept", "X", "CS", "1.0", "REF_AREA") },
        Role = ComponentRole.Dimension,
        Index = 0,
        Codes = new CodeIndex(list),
        Format = new TextFormat(),
        IsMandatory = true,
        Level = AttachmentLevel.Observation,
    };
}

using SharedFacts;

namespace Sdmx.Tests.Issues;

/// <summary>The letters and numbers of countries.</summary>
public sealed class CountriesTests
{
    static readonly Codelist Areas = Validation.Validation.Structures(Facts.InProject("dsd", "codelists", "IAEG-SDGs_CL_AREA_1.15.xml")).OfType<Codelist>().Single();

    [Test]
    public void The_table_agrees_with_the_global_list_of_areas()
    {
        var names = Areas.Codes.ToDictionary(c => c.Id, c => c.Name.In("en"));
        var wrong = Countries.List.Where(c => names.ContainsKey(c.Alpha2) && (!names.TryGetValue(c.Number, out var name) || name != names[c.Alpha2])).Select(c => c.Alpha2);

        Assert.That(wrong, Is.Empty);
        Assert.That(Countries.List, Has.Count.EqualTo(249));
        Assert.That(Countries.List.Select(c => c.Alpha3), Is.Unique);
        Assert.That(Countries.List.Count(c => names.ContainsKey(c.Number)), Is.EqualTo(249));
        // what has letters in the global list and none in ISO 3166: dissolved, or never in it
        Assert.That(names.Keys.Where(k => k.Length == 2 && char.IsAsciiLetterUpper(k[0]) && char.IsAsciiLetterUpper(k[1])).Except(Countries.List.Select(c => c.Alpha2)), Is.EquivalentTo((string[])["AN", "FQ", "XK", "YU"]));
    }

    [TestCase("KGZ", "KG")]
    [TestCase("kgz", "KG")]
    [TestCase("004", "4")]
    [TestCase("XYZ", null)]
    public void Of_the_global_list_letters_stand_for_letters_and_numbers_for_numbers(string wrong, string? nearest) =>
        Assert.That(Nearest.Code(new CodeIndex(Areas), wrong), Is.EqualTo(nearest));

    [TestCase("KG", "417")]
    [TestCase("RWA", "646")]
    public void A_list_of_numbers_alone_gives_the_number(string wrong, string nearest)
    {
        var numbers = Areas with { Codes = [.. Areas.Codes.Where(c => char.IsAsciiDigit(c.Id[0]))] };

        Assert.That(Nearest.Code(new CodeIndex(numbers), wrong), Is.EqualTo(nearest));
    }

    [Test]
    public void A_list_of_a_few_areas_is_none_of_countries()
    {
        var provinces = Areas with { Codes = [new() { Id = "4" }, new() { Id = "8" }, new() { Id = "RW" }] };

        Assert.That(Nearest.Code(new CodeIndex(provinces), "AFG"), Is.Null);
    }
}

namespace Sdmx.Tests.Data;

/// <summary>What a catalog makes of codelists that extend others, and of references to the latest of some versions.</summary>
public sealed class ExtendedCodesTests
{
    static readonly Codelist Areas = new()
    {
        Agency = "UN", Id = "AREAS", Version = "1.0.0",
        Codes = [new() { Id = "W" }, new() { Id = "AF", Parent = "W" }, new() { Id = "AF1", Parent = "AF" }, new() { Id = "AF2", Parent = "AF" }, new() { Id = "EU", Parent = "W" }],
    };

    static string Codes(params CodelistExtension[] extensions)
    {
        var list = new Codelist { Agency = "UN", Id = "LIST", Codes = [new() { Id = "OWN" }, new() { Id = "EU" }], Extensions = extensions.ToValueArray() };
        var index = StructureCatalog.Empty.With([Areas, list]).Codes(list.Urn)!;
        return string.Join(' ', Enumerable.Range(0, index.Count).Select(i => index[i]));
    }

    static CodelistExtension Of(bool isInclusive, params MemberValue[] members) => new(Areas.Urn) { IsInclusive = isInclusive, Members = members.ToValueArray() };

    [Test]
    public void A_list_has_the_codes_of_those_that_it_extends_behind_its_own() => Assert.That(Codes(Of(true)), Is.EqualTo("OWN EU W AF AF1 AF2"));

    [Test]
    public void A_prefix_keeps_codes_of_one_id_apart() => Assert.That(Codes(Of(true) with { Prefix = "X_" }), Is.EqualTo("OWN EU X_W X_AF X_AF1 X_AF2 X_EU"));

    [TestCase(true, "AF", Cascade.None, "OWN EU AF")]
    [TestCase(true, "AF", Cascade.Children, "OWN EU AF AF1 AF2")]
    [TestCase(true, "AF", Cascade.ExcludeRoot, "OWN EU AF1 AF2")]
    [TestCase(true, "AF_", Cascade.None, "OWN EU")]
    [TestCase(true, "A%1", Cascade.None, "OWN EU AF1")]
    [TestCase(false, "AF%", Cascade.None, "OWN EU W")]
    [TestCase(false, "AF", Cascade.Children, "OWN EU W")]
    public void Some_codes_are_taken_or_left_out(bool isInclusive, string member, Cascade cascade, string codes) =>
        Assert.That(Codes(Of(isInclusive, new MemberValue(member, cascade))), Is.EqualTo(codes));

    [Test]
    public void Parents_come_along_where_they_are_taken()
    {
        var list = new Codelist { Agency = "UN", Id = "LIST", Extensions = [Of(false, new MemberValue("W")) with { Prefix = "X" }] };

        var codes = StructureCatalog.Empty.With([Areas, list]).Extended(list).Codes;

        Assert.That(codes.Select(c => (c.Id, c.Parent)), Is.EqualTo(((string, string?)[])[("XAF", null), ("XAF1", "XAF"), ("XAF2", "XAF"), ("XEU", null)]));
    }

    [Test]
    public void Lists_that_extend_each_other_end()
    {
        var one = new Codelist { Agency = "UN", Id = "ONE", Codes = [new() { Id = "1" }], Extensions = [new(new Urn(ArtefactType.Codelist, "UN", "TWO", "1.0"))] };
        var two = new Codelist { Agency = "UN", Id = "TWO", Codes = [new() { Id = "2" }], Extensions = [new(one.Urn), new(new Urn(ArtefactType.Codelist, "UN", "NONE", "1.0"))] };

        Assert.That(StructureCatalog.Empty.With([one, two]).Extended(one).Codes.Select(c => c.Id), Is.EqualTo((string[])["1", "2"]));
    }

    [TestCase(60, 2, 2, Description = "each takes the one before twice, under prefixes: two to the sixtieth codes")]
    [TestCase(60, 2, 0, Description = "the same without codes")]
    [TestCase(5000, 1, 1, Description = "a long chain")]
    public void Lists_that_would_inherit_without_end_inherit_nothing(int lists, int times, int codes)
    {
        var all = Enumerable.Range(0, lists).Select(i => new Codelist
        {
            Agency = "UN", Id = $"L{i}", Codes = Enumerable.Range(0, codes).Select(c => new Code { Id = $"C{c}" }).ToValueArray(),
            Extensions = i == 0 ? [] : Enumerable.Range(0, times).Select(t => new CodelistExtension(new Urn(ArtefactType.Codelist, "UN", $"L{i - 1}", "1.0")) { Prefix = $"{t}" }).ToValueArray(),
        }).ToList();
        var catalog = StructureCatalog.Empty.With(all);

        Assert.That((catalog.WhyNotExtended(all[^1]) is null, catalog.Extended(all[^1]).Codes, catalog.WhyNotExtended(all[3])), Is.EqualTo((false, all[^1].Codes, (string?)null)));
    }

    [Test]
    public void An_extended_list_changes_with_the_list_that_it_extends()
    {
        var list = new Codelist { Agency = "UN", Id = "LIST", Extensions = [new(Areas.Urn)] };
        var catalog = StructureCatalog.Empty.With([Areas, list]);
        Assert.That(catalog.Codes(list.Urn)!.Count, Is.EqualTo(5));

        var later = catalog.With([Areas with { Codes = [new() { Id = "NEW" }] }]);

        Assert.That(later.Codes(list.Urn)![0], Is.EqualTo("NEW"));
    }

    [TestCase("1.0.0+", "1.0.3")]
    [TestCase("1+.0.0", "2.0.0")]
    [TestCase("1.0+.2", "1.2.0")]
    [TestCase("1.0.3", "1.0.3")]
    [TestCase("3.0.0+", null)]
    [TestCase("1.0+", null)]
    public void A_reference_may_name_the_latest_of_some_versions(string wanted, string? found)
    {
        var catalog = StructureCatalog.Empty.With(((string[])["1.0.0", "1.0.3", "1.2.0", "1.3.0-draft", "2.0.0"]).Select(v => Areas with { Version = v }));
        var flow = new DataConstraint { Agency = "UN", Id = "C", Attachment = [Areas.Urn with { Version = wanted }] };

        Assert.That(catalog.Find(Areas.Urn with { Version = wanted })?.Version, Is.EqualTo(found));
        Assert.That(found is null || catalog.With([flow]).Referrers(Areas.Urn with { Version = found }).Any());
    }
}

using System.Text.Json;
using Sdmx.Json;

namespace Sdmx.Tests.Writers;

public sealed class JsonWriterTests
{
    static readonly Lazy<Json.JsonSchema> Schema = new(() => Json.JsonSchema.Load("standards", "schemas", "sdmx-json-2.0", "sdmx-json-data-schema.json"));
    static readonly string[] Any = ["*"], French = ["fr-CH"];

    [TestCase("100.0", ExpectedResult = true)]
    [TestCase("-0.5", ExpectedResult = true)]
    [TestCase("1E5", ExpectedResult = true)]
    [TestCase("1.5e-10", ExpectedResult = true)]
    [TestCase("-0", ExpectedResult = true)]
    [TestCase("007", ExpectedResult = false)]
    [TestCase("+1", ExpectedResult = false)]
    [TestCase(".5", ExpectedResult = false)]
    [TestCase("5.", ExpectedResult = false)]
    [TestCase("1e", ExpectedResult = false)]
    [TestCase("NaN", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    [TestCase("-", ExpectedResult = false)]
    [TestCase("1 ", ExpectedResult = false)]
    public bool A_number_is_bare_only_where_JSON_spells_it_the_same(string text) => JsonCells.IsJsonNumber(text);

    [Test]
    public void Values_keep_their_spelling()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema),
            "- A.XX.a 2010 OBS_VALUE=100.0", "- A.XX.a 2011 OBS_VALUE=1E5", "- A.XX.a 2012 OBS_VALUE=NaN", "- A.XX.a 2013 OBS_VALUE=007");

        var observations = Written(block).GetProperty("dataSets")[0].GetProperty("series").GetProperty("0:0:0").GetProperty("observations");

        Assert.That(observations.GetRawText(), Is.EqualTo("""{"0":[100.0],"1":[1E5],"2":["NaN"],"3":["007"]}"""));
    }

    [Test]
    public void Names_come_in_every_language_asked_for()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema), "- A.XX.a 2010 OBS_VALUE=1");

        var all = Written(block, new() { Languages = [.. Any] }).GetProperty("structures")[0];
        var french = Written(block, new() { Languages = [.. French] }).GetProperty("structures")[0];

        Assert.That(all.GetProperty("dimensions").GetProperty("series")[0].GetProperty("names").EnumerateObject().Select(p => p.Name), Is.EqualTo((string[])["en", "fr", "ar"]));
        Assert.That(french.GetProperty("names").GetRawText(), Is.EqualTo("{\"fr\":\"Un échantillon\"}"));
    }

    [TestCase("TIME_PERIOD", DatasetAction.Information)]
    [TestCase("AREA", DatasetAction.Information)]
    [TestCase("AllDimensions", DatasetAction.Information)]
    [TestCase("TIME_PERIOD", DatasetAction.Delete)]
    public void Data_are_valid_by_the_official_schema(string layout, DatasetAction action)
    {
        var options = new WriterOptions { Header = WriterSample.Header, DimensionAtObservation = layout, Languages = [.. Any] };

        Assert.That(Schema.Value.Complaints(JsonDocument.Parse(WriterSample.Write("json-2.0", options, WriterSample.EveryLevel(action))).RootElement), Is.Empty);
    }

    [Test]
    public void A_notice_and_an_agreement_are_valid_by_the_official_schema()
    {
        var agreement = new Urn(ArtefactType.ProvisionAgreement, "AGY", "PA", "1.0");
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema.Under(agreement)), "- A.XX.a 2010 OBS_VALUE=1");

        var message = JsonDocument.Parse(WriterSample.Write("json-2.0", new() { Notice = new(510, "Cut short.") }, block)).RootElement;

        Assert.That(Schema.Value.Complaints(message), Is.Empty);
        Assert.That(message.GetProperty("data").GetProperty("structures")[0].GetProperty("links")[0].GetProperty("urn").GetString(), Is.EqualTo(agreement.ToString()));
    }

    [Test]
    public void Only_codes_that_are_used_are_listed_in_order_of_first_use()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema), "- M.ZZ.a 2010 OBS_VALUE=1", "- A.XX.a 2010 OBS_VALUE=1", "- A.ZZ.a 2009 OBS_VALUE=1");

        var series = Written(block).GetProperty("structures")[0].GetProperty("dimensions").GetProperty("series");

        Assert.That(series[1].GetProperty("values").EnumerateArray().Select(v => v.GetProperty("id").GetString()), Is.EqualTo((string[])["ZZ", "XX"]));
    }

    [Test]
    public void A_code_outside_its_list_is_kept()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema), "- A.QQ.a 2010 OBS_VALUE=1");

        var value = Written(block).GetProperty("structures")[0].GetProperty("dimensions").GetProperty("series")[1].GetProperty("values")[0];

        Assert.That(value.GetRawText(), Is.EqualTo("""{"id":"QQ","name":"QQ"}"""));
    }

    [Test]
    public void Several_measures_stand_before_the_attributes()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.TwoMeasures), "- A.XX.a 2010 SECOND=x", "- A.XX.a 2011 OBS_VALUE=5|COMMENT=c");

        var observations = Written(block).GetProperty("dataSets")[0].GetProperty("series").GetProperty("0:0:0").GetProperty("observations");

        Assert.That(observations.GetRawText(), Is.EqualTo("""{"0":[null,"x"],"1":[5,null,"c"]}"""));
    }

    static JsonElement Written(ObservationBlock block, WriterOptions? options = null) =>
        JsonDocument.Parse(WriterSample.Write("json-2.0", options ?? new WriterOptions(), block)).RootElement.GetProperty("data");
}

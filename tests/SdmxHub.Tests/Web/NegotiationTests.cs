using Sdmx.Formats;
using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

/// <summary>Every way to ask for a form, over the whole table of formats, written yet or not.</summary>
public class NegotiationTests
{
    const string Vendor = "application/vnd.sdmx.";

    // What a browser sends.
    const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

    [TestCase(null, "generic-2.1")]
    [TestCase("", "generic-2.1")]
    [TestCase("*/*", "generic-2.1")]
    [TestCase("application/*", "generic-2.1")]
    [TestCase("application/xml", "generic-2.1")]
    [TestCase("text/xml", "generic-2.1")]
    [TestCase(Browser, "generic-2.1")]
    [TestCase("text/csv", "csv-1.0")]
    [TestCase("text/*", "csv-1.0")]
    [TestCase("application/json", "json-1.0")]
    [TestCase(Vendor + "data+csv", "csv-1.0")]
    [TestCase(Vendor + "data+csv;version=2.0.0", "csv-2.0")]
    [TestCase(Vendor + "structurespecificdata+xml", "structurespecific-2.1")]
    [TestCase(Vendor + "structurespecificdata+xml;version=2.1", "structurespecific-2.1")]
    [TestCase(Vendor + "genericdata+xml;version=2.1.0", "generic-2.1")]
    public void V1_data(string? accept, string format) => Assert.That(Choose(ApiVersion.V1, MessageKind.Data, accept), Is.EqualTo(format));

    [TestCase(null, "json-2.0")]
    [TestCase("*/*", "json-2.0")]
    [TestCase(Browser, "json-2.0")]
    [TestCase("application/json", "json-2.0")]
    [TestCase("application/xml", "structurespecific-3.1")]
    [TestCase(Vendor + "data+xml", "structurespecific-3.1")]
    [TestCase(Vendor + "data+xml;version=3.0.0", "structurespecific-3.0")]
    [TestCase(Vendor + "data+xml;version=3.0+.0", "structurespecific-3.1")]
    [TestCase("text/csv", "csv-2.0")]
    [TestCase("text/csv;charset=utf-8", "csv-2.0")]
    [TestCase("application/csv", "csv-2.0")]
    [TestCase(Vendor + "data+csv", "csv-2.0")]
    [TestCase(Vendor + "data+csv;version=1.0", "csv-1.0")]
    [TestCase(Vendor + "data+csv; version=2.0.0; labels=both", "csv-2.0 Both None")]
    [TestCase(Vendor + "data+csv;labels=\"name\";version=\"2.0\"", "csv-2.0 Name None")]
    [TestCase(Vendor + "data+csv;version=2.0.0;keys=obs", "csv-2.0 Id Obs")]
    [TestCase(Vendor + "data+csv;version=2.0.0;key=series;timeFormat=original", "csv-2.0 Id Series")]
    [TestCase("APPLICATION/VND.SDMX.DATA+JSON;VERSION=2.0.0", "json-2.0")]
    [TestCase(Vendor + "data+json;version=2.0", "json-2.0")]
    [TestCase(Vendor + "data+json;version=2.0.0+", "json-2.0")]
    [TestCase(Vendor + "data+json;version=2+.0.0", "json-2.0")]
    [TestCase(Vendor + "data+json;version=2.1.0, " + Vendor + "data+csv;version=2.0.0;q=0.5", "csv-2.0")]
    [TestCase(Vendor + "data+csv;version=2.0.0;q=0.5, */*;q=0.1", "csv-2.0")]
    [TestCase(Vendor + "data+csv;q=0.5, */*", "json-2.0")]
    [TestCase("application/json;q=0, */*", "structurespecific-3.1")]
    [TestCase("image/png, application/xml;q=0.2", "structurespecific-3.1")]
    [TestCase("nonsense, text/csv", "csv-2.0")]
    public void V2_data(string? accept, string format) => Assert.That(Choose(ApiVersion.V2, MessageKind.Data, accept), Is.EqualTo(format));

    [TestCase(ApiVersion.V1, null, "structure-xml-2.1")]
    [TestCase(ApiVersion.V1, "*/*", "structure-xml-2.1")]
    [TestCase(ApiVersion.V1, "application/json", "structure-json-1.0")]
    [TestCase(ApiVersion.V1, Vendor + "structure+json;version=2.0.0", "structure-json-2.0")]
    [TestCase(ApiVersion.V2, Vendor + "structure+json;version=2.1.0", "structure-json-2.1")]
    [TestCase(ApiVersion.V2, null, "structure-json-2.0")]
    [TestCase(ApiVersion.V2, "application/xml", "structure-xml-3.1")]
    [TestCase(ApiVersion.V2, Vendor + "structure+xml;version=2.1", "structure-xml-2.1")]
    public void Structures(ApiVersion api, string? accept, string format) => Assert.That(Choose(api, MessageKind.Structure, accept), Is.EqualTo(format));

    [TestCase("format=csv", "csv-2.0")]
    [TestCase("format=csvdata", "csv-2.0")]
    [TestCase("format=csvdata&formatVersion=1.0.0", "csv-1.0")]
    [TestCase("format=csv-1.0", "csv-1.0")]
    [TestCase("format=jsondata", "json-2.0")]
    [TestCase("format=json", "json-2.0")]
    [TestCase("format=xml", "structurespecific-3.1")]
    [TestCase("format=genericdata", "generic-2.1")]
    [TestCase("format=structurespecificdata", "structurespecific-2.1")]
    [TestCase("format=CSV", "csv-2.0")]
    [TestCase("formatVersion=1.0.0", "json-2.0", Description = "alone it says nothing")]
    [TestCase("format=csv&labels=both", "csv-2.0 Both None")]
    [TestCase("format=csv&labels=name&keys=both", "csv-2.0 Name Both")]
    [TestCase("format=application/vnd.sdmx.data%2Bcsv;version=1.0.0", "csv-1.0")]
    public void The_format_parameter_beats_the_header(string parameters, string format)
    {
        var chosen = Choose(ApiVersion.V2, MessageKind.Data, parameters.StartsWith("formatV", StringComparison.Ordinal) ? null : Vendor + "genericdata+xml", parameters);

        Assert.That(chosen, Is.EqualTo(format));
    }

    [TestCase(MessageKind.Data, "image/png", "")]
    [TestCase(MessageKind.Data, "nonsense", "")]
    [TestCase(MessageKind.Data, ";;;,,=", "")]
    [TestCase(MessageKind.Data, "*/*;q=0", "")]
    [TestCase(MessageKind.Data, Vendor + "structure+xml;version=2.1", "")]
    [TestCase(MessageKind.Structure, Vendor + "data+json", "")]
    [TestCase(MessageKind.Data, Vendor + "data+csv;version=7.0.0", "")]
    [TestCase(MessageKind.Data, Vendor + "data+csv;version=1.0.0;labels=name", "")]
    [TestCase(MessageKind.Data, Vendor + "data+csv;version=1.0.0;keys=obs", "")]
    [TestCase(MessageKind.Data, Vendor + "data+csv;version=2.0.0;labels=loud", "")]
    [TestCase(MessageKind.Data, Vendor + "data+csv;version=2.0.0;timeFormat=normalized", "")]
    [TestCase(MessageKind.Data, null, "format=parquet")]
    [TestCase(MessageKind.Data, null, "format=jsonstructure")]
    [TestCase(MessageKind.Structure, null, "format=csv")]
    public void What_cannot_be_given_is_406_with_what_can(MessageKind kind, string? accept, string parameters)
    {
        var isChosen = Negotiation.TryChoose(Formats(ApiVersion.V2, kind), RequestTarget.Parse("/x?" + parameters), accept, null, out _, out var error);

        Assert.That((isChosen, error?.Status(ApiVersion.V2)), Is.EqualTo((false, 406)));
        Assert.That(error!.Message, Does.Contain(Formats(ApiVersion.V2, kind)[0].MediaType));
    }

    [TestCase("application/vnd.sdmx.data+csv;version=2.0.0", "application/vnd.sdmx.data+csv;version=2.0.0")]
    [TestCase("text/csv;labels=both", "application/vnd.sdmx.data+csv;version=2.0.0;labels=both")]
    [TestCase("text/csv;labels=id;keys=none", "application/vnd.sdmx.data+csv;version=2.0.0")]
    [TestCase("text/csv;labels=name;keys=series", "application/vnd.sdmx.data+csv;version=2.0.0;labels=name;keys=series")]
    public void The_content_type_is_spelt_canonically(string accept, string contentType)
    {
        Negotiation.TryChoose(Formats(ApiVersion.V2, MessageKind.Data), RequestTarget.Parse("/"), accept, null, out var chosen, out _);

        Assert.That(chosen!.ContentType, Is.EqualTo(contentType));
    }

    [TestCase(null, "en")]
    [TestCase("*", "en")]
    [TestCase("fr-CH, fr;q=0.9, en;q=0.8, de;q=0", "fr-ch fr en")]
    [TestCase("en;q=0.5,es", "es en")]
    public void Languages_come_best_first(string? header, string languages)
    {
        Negotiation.TryChoose(Formats(ApiVersion.V2, MessageKind.Data), RequestTarget.Parse("/"), null, header, out var chosen, out _);

        Assert.That(string.Join(' ', chosen!.Languages), Is.EqualTo(languages));
    }

    [Test]
    public void A_header_of_many_kilobytes_is_read()
    {
        var accept = string.Concat(Enumerable.Repeat("image/png;q=0.1, ", 1000)) + "text/csv";

        Assert.That(Choose(ApiVersion.V2, MessageKind.Data, accept), Is.EqualTo("csv-2.0"));
    }

    static string Choose(ApiVersion api, MessageKind kind, string? accept, string parameters = "")
    {
        Negotiation.TryChoose(Formats(api, kind), RequestTarget.Parse("/x?" + parameters), accept, null, out var chosen, out var error);
        Assert.That(error?.Message, Is.Null);
        return chosen!.Format.Id + (chosen is { Labels: 0, Keys: 0 } ? "" : $" {chosen.Labels} {chosen.Keys}");
    }

    static IReadOnlyList<Format> Formats(ApiVersion api, MessageKind kind) => Negotiation.Ordered(api, Format.All.Where(f => f.Kind == kind));
}

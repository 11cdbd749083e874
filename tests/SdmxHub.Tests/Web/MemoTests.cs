using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

/// <summary>What is worked out is worked out once, and little is kept whatever is asked.</summary>
public class MemoTests
{
    [Test]
    public void What_is_known_is_not_made_again()
    {
        var memo = new Memo<string, object>(2);
        var first = memo.Of("a", 0, (_, _) => new object());

        Assert.That(memo.Of("a", 0, (_, _) => new object()), Is.SameAs(first));
    }

    [Test]
    public void More_keys_than_it_keeps_make_it_begin_anew()
    {
        var (memo, made) = (new Memo<int, int>(3), 0);
        foreach (var key in Enumerable.Range(0, 4).Concat([3, 0]))
            memo.Of(key, 0, (k, _) => made++);

        Assert.That(made, Is.EqualTo(5), "0 to 3 are made, 3 is the one that is known after the fourth, 0 is made again");
    }

    [Test]
    public void The_same_request_in_other_words_is_another_one()
    {
        string[] accepts = ["text/csv", "application/json", "text/csv;version=1.0.0", "*/*;q=0.1,application/xml"];
        var target = RequestTarget.Parse("/?labels=both");
        List<string> Chosen() => [.. accepts.Select(a => Negotiation.TryChoose(ApiVersion.V2, Sdmx.Formats.MessageKind.Data, target, a, "fr", out var form, out _)
            ? $"{form.Format.Id} {form.Labels} {form.Languages[0]}" : "none")];

        Assert.That(Chosen(), Is.EqualTo(["csv-2.0 Both fr", "json-2.0 Id fr", "csv-1.0 Both fr", "structurespecific-3.1 Id fr"]));
        Assert.That(Chosen(), Is.EqualTo(["csv-2.0 Both fr", "json-2.0 Id fr", "csv-1.0 Both fr", "structurespecific-3.1 Id fr"]), "what is remembered");
    }
}

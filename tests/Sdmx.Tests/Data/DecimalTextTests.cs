using System.Text;
using System.Text.RegularExpressions;

namespace Sdmx.Tests.Data;

public sealed partial class DecimalTextTests
{
    [Test]
    public void A_number_is_read_where_mantissa_and_scale_give_it_back_to_the_letter()
    {
        var random = new Random(18);
        var numbers = 0;
        for (var i = 0; i < 200_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, random.Next(4) == 0 ? 24 : 8)).Select(_ => "0123456789009.-5 eE+\u0665"[random.Next(random.Next(3) == 0 ? 20 : 12)]));
            if (random.Next(4) == 0)
                text = $"-{text}";

            var isNumber = DecimalText.TryParse(text.AsSpan(), out var mantissa, out var scale);
            var isSame = DecimalText.TryParse(Encoding.UTF8.GetBytes(text), out var mantissa8, out var scale8);

            Assert.That(isNumber, Is.EqualTo(IsCanonical(text)), text);
            Assert.That(isSame, Is.EqualTo(isNumber), text);
            if (!isNumber)
                continue;
            Assert.That((mantissa8, scale8), Is.EqualTo((mantissa, scale)), text);
            Assert.That(DecimalText.Format(mantissa, scale), Is.EqualTo(text));
            numbers++;
        }

        Assert.That(numbers, Is.GreaterThan(20_000));
    }

    static bool IsCanonical(string text) => Canonical().IsMatch(text) && text.Count(char.IsAsciiDigit) <= ValueForm.MaxScale && (text[0] != '-' || text.AsSpan().ContainsAnyInRange('1', '9'));

    [GeneratedRegex("^-?(0|[1-9][0-9]*)(\\.[0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Canonical();
}

using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>The codes of a dimension by row, in as few bytes as they need.</summary>
public class CodeColumnTests
{
    static readonly int[] Codes = [0, 1, 255, 3, 256, 7, 65_535, 65_536, 2, int.MaxValue, 0];

    [Test]
    public void Codes_come_back_whatever_width_they_need()
    {
        for (var count = 0; count <= Codes.Length; count++)
            Assert.That(Read(Filled(Codes[..count]), count), Is.EqualTo(Codes[..count]));
    }

    [Test]
    public void Many_rows_come_back()
    {
        int[] codes = [.. Enumerable.Range(0, 10_000).Select(row => row * 7 % 300)];

        Assert.That(Read(Filled(codes), codes.Length), Is.EqualTo(codes));
    }

    [TestCase(200)]
    [TestCase(60_000)]
    [TestCase(70_000)]
    public void Marks_stay_where_the_code_is_allowed(int highest)
    {
        int[] codes = [3, highest, 0, 3, highest - 1, 5];
        var allowed = new bool[highest + 1];
        allowed[3] = allowed[highest] = true;
        bool[] marks = [true, true, true, false, true];

        Filled(codes).Keep(allowed, marks);

        Assert.That(marks, Is.EqualTo(new[] { true, true, false, false, false }));
    }

    [TestCase(200)]
    [TestCase(60_000)]
    [TestCase(70_000)]
    public void Rows_are_counted_by_code(int highest)
    {
        int[] codes = [3, highest, 0, 3, 3];
        var counts = new CodeCount[highest + 1];

        Filled(codes).Count([0, 1, 3], [10, 20, 30], counts);

        Assert.That(counts[3], Is.EqualTo(new CodeCount { Series = 2, Observations = 40 }));
        Assert.That(counts[highest], Is.EqualTo(new CodeCount { Series = 1, Observations = 20 }));
        Assert.That(counts[0], Is.EqualTo(new CodeCount()));
    }

    [Test]
    public void What_is_taken_back_makes_room_for_other_codes()
    {
        var column = Filled([1, 2, 3]);

        column.Truncate(1);
        column.Add(9);

        Assert.That(Read(column, 2), Is.EqualTo(new[] { 1, 9 }));
    }

    static CodeColumn Filled(int[] codes)
    {
        var column = new CodeColumn();
        foreach (var code in codes)
            column.Add(code);
        return column;
    }

    static int[] Read(CodeColumn column, int count) => [.. Enumerable.Range(0, count).Select(row => column[row])];
}

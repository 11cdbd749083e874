namespace Sdmx.Tests.Writers;

/// <summary>Rows of <see cref="WriterSample.Schema"/> by seed: series of any length, in which every value may stay, change, come and go.</summary>
static class RandomRows
{
    static readonly string[] Texts = ["a", "a,b", "\"q\"", " lead", "trail ", "cr\r\nlf", "tab\t", "<&>'", "مرحبا", "😀", "100.0", "true", "\u0001", new('é', 300), new('"', 5000)];
    static readonly string[] Numbers = ["100.0", "1E5", "NaN", "-0.5", "0", "007", "123456789012345678", "1234567890123456789012", "-0", "0.000000000000000001", "-99.09", "4294967296"];
    static readonly string[] Flags = ["A", "NA", "007", "unknown"];
    static readonly string[] Periods = ["2010", "2010-Q1", "2010-01", "2010-01-31", "2010-W07", "2010-01-01T12:00:00Z", "2010+05:00", "2010-01-01/P1Y", ""];

    /// <summary>One block; every series has observations, and its attribute row, if any, before them.</summary>
    public static ObservationBlock Block(int seed)
    {
        var random = new Random(seed);
        var block = new ObservationBlock();
        block.Begin(WriterSample.Set(WriterSample.Schema));
        if (random.Next(2) == 0)
            Put(block, NewRow(block, RowKind.Attributes, "", "", ""), "SET_NOTE", Pick(random, Texts));
        foreach (var area in (string[])["XX", "YY"])
            Put(block, NewRow(block, RowKind.Attributes, "", area, ""), "AREA_NOTE", Pick(random, Texts));
        foreach (var freq in (string[])["A", "M"])
        {
            foreach (var area in (string[])["XX", "YY", "Q,Q"])
                WriteSeries(block, random, freq, area, Pick(random, ["a", "b c", "d,e"]));
        }

        return block;
    }

    static void WriteSeries(ObservationBlock block, Random random, string freq, string area, string item)
    {
        if (random.Next(3) > 0)
        {
            var holder = NewRow(block, RowKind.Attributes, freq, area, item);
            Put(block, holder, "UNIT", Pick(random, Flags));
            Put(block, holder, "UNIT_NOTE", Pick(random, Texts));
        }

        // how often a value is there, and how often it is another than before
        var (presence, change) = (random.Next(4), random.Next(3));
        var said = new Dictionary<string, string>();
        for (var i = 1 + random.Next(40); i > 0; i--)
        {
            var row = NewRow(block, RowKind.Observation, freq, area, item);
            var period = random.Next(8) == 0 ? Pick(random, Periods) : $"{2000 - i}";
            block.Periods[row] = TimePeriod.TryParse(period, out var time) ? time : TimePeriod.None;
            foreach (var (id, values) in ((string, string[])[])[("OBS_VALUE", Numbers), ("OBS_STATUS", Flags), ("COMMENT", Texts), ("AREA_NOTE", Texts)])
            {
                if (!said.ContainsKey(id) || random.Next(3) < change)
                    said[id] = Pick(random, values);
                if (id != "AREA_NOTE" ? random.Next(4) <= presence : random.Next(20) == 0)
                    Put(block, row, id, said[id]);
            }
        }
    }

    static int NewRow(ObservationBlock block, RowKind kind, params string[] key)
    {
        var row = block.Count++;
        block.Kinds[row] = kind;
        for (var d = 0; d < key.Length; d++)
            block.Key[d][row] = key[d].Length == 0 ? -1 : block.Dataset.Codes.Dimensions[d].Resolve(key[d]);
        return row;
    }

    static void Put(ObservationBlock block, int row, string id, string text) => WriterSample.Put(block, row, WriterSample.Schema.Find(id)!.Index, text);

    static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}

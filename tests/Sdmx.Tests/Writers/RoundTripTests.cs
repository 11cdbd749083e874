using System.Text;
using Sdmx.Formats;

namespace Sdmx.Tests.Writers;

/// <summary>What a format writes it reads back equal.</summary>
public sealed class RoundTripTests
{
    static readonly string[] Texts = ["a", "a,b", "\"q\"", " lead", "trail ", "line\nbreak", "cr\r\nlf", "tab\t", "<&>'", "مرحبا", "😀", "100.0", "1E5", "007", "true", "null", "NaN", "~", "-", "[x]", "{y}", "a: b"];
    static readonly string[] Numbers = ["100.0", "1E5", "NaN", "-0.5", "0", "007", "123456789012345678", "1234567890123456789012", "+1", "-0"];
    static readonly string[] Flags = ["A", "NA", "007", "true", "unknown"];
    static readonly string[] Layouts = ["TIME_PERIOD", "AREA", "AllDimensions"];

    static IEnumerable<string> Carried => Format.All.Where(f => f is { Kind: MessageKind.Data, Write: not null, Open: not null }).Select(f => f.Id);

    /// <summary>SDMX-CSV 1.0 has no actions, and names a flow, which a structure alone does not have.</summary>
    static IEnumerable<string> WithActions => Carried.Where(f => f != "csv-1.0");

    [Test]
    public void Random_data_come_back_equal([ValueSource(nameof(Carried))] string format, [ValueSource(nameof(Layouts))] string layout)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var rows = RandomRows(new Random(seed), layout, withLoneHolders: format != "csv-1.0");
            // 1.0 of SDMX-CSV has no actions; what it carries is appended
            var action = format == "csv-1.0" ? DatasetAction.Append : seed % 3 == 0 ? DatasetAction.Replace : DatasetAction.Information;
            var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema, action: action));
            foreach (var row in rows)
                Append(block, row);

            var message = WriterSample.Write(format, new WriterOptions { Header = WriterSample.Header, DimensionAtObservation = layout }, block);
            var (back, faults) = Read(format, message);

            Assert.That(faults, Is.Empty, $"seed {seed}: {message}");
            Assert.That(back, Is.EqualTo(Statements.Of([block])), $"seed {seed}: {message}");
        }
    }

    [Test]
    public void Deletions_come_back_equal([ValueSource(nameof(WithActions))] string format, [ValueSource(nameof(Layouts))] string layout)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema, action: DatasetAction.Delete),
            "* .XX. AREA_NOTE=any", "* .YY.", "* .YY.a SIB_TITLE=any", "* A.XX.a", "* A.XX.b UNIT=A", "- A.XX.c 2010", "- A.ZZ.b 2011 OBS_VALUE=0");

        var (back, faults) = Read(format, WriterSample.Write(format, new WriterOptions { Header = WriterSample.Header, DimensionAtObservation = layout }, block));

        Assert.That(faults, Is.Empty);
        Assert.That(back, Is.EqualTo(Statements.Of([block])));
    }

    [Test]
    public void A_Delete_set_without_rows_deletes_all([Values("structurespecific-2.1", "generic-2.1", "json-2.0")] string format)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema, action: DatasetAction.Delete), "* ..");

        var (back, _) = Read(format, WriterSample.Write(format, new WriterOptions { Header = WriterSample.Header }, block));

        Assert.That(back, Is.EqualTo((string[])["Delete * .."]));
    }

    [Test]
    public void Data_without_time_come_back_equal([ValueSource(nameof(WithActions))] string format)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Timeless), "* . SET_NOTE=n", "- XX.a OBS_VALUE=3|OBS_STATUS=NA", "- ZZ.c,d OBS_VALUE=4");

        var (back, faults) = Read(format, WriterSample.Write(format, new WriterOptions { Header = WriterSample.Header }, block));

        Assert.That(faults, Is.Empty);
        Assert.That(back, Is.EqualTo(Statements.Of([block])));
    }

    [Test]
    public void Several_measures_are_refused_where_they_cannot_be_carried()
    {
        var refused = Format.All.Where(f => f.CannotCarry(WriterSample.TwoMeasures) is not null).Select(f => f.Id);

        Assert.That(refused, Is.EqualTo((string[])["structurespecific-2.1", "generic-2.1", "csv-1.0"]));
        Assert.That(Format.All.Where(f => f.CannotCarry(WriterSample.Schema) is not null), Is.Empty);
    }

    [Test]
    public void A_structure_without_a_flow_is_refused_by_the_format_that_names_a_flow() =>
        Assert.That(Format.All.Where(f => f.CannotCarry(WriterSample.Timeless) is not null).Select(f => f.Id), Is.EqualTo((string[])["csv-1.0"]));

    [Test]
    public void Several_measures_come_back_equal([Values("json-2.0", "csv-2.0")] string format)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.TwoMeasures), "- A.XX.a 2010 SECOND=x", "- A.XX.a 2011 OBS_VALUE=5|SECOND=1.0|COMMENT=c");

        var (back, _) = Read(format, WriterSample.Write(format, new WriterOptions { Header = WriterSample.Header }, block));

        Assert.That(back, Is.EqualTo(Statements.Of([block])));
    }

    static List<string> RandomRows(Random random, string layout, bool withLoneHolders)
    {
        var (holders, series) = (new List<string>(), new List<(string[] Key, string Row)>());
        string[] areas = ["XX", "YY", "NA", "QQ"], items = ["a", "b c", "d,e"], freqs = ["A", "M"];
        if (random.Next(2) == 0)
            holders.Add($"*\t..\tSET_NOTE={Pick(random, Texts)}");
        var keys = freqs.SelectMany(f => areas.SelectMany(a => items.Select(i => (string[])[f, a, i]))).Where(_ => random.Next(3) == 0).ToList();
        foreach (var area in areas.Where(a => random.Next(2) == 0 && (withLoneHolders || keys.Exists(k => k[1] == a))))
            holders.Add($"*\t.{area}.\tAREA_NOTE={Pick(random, Texts)}");
        foreach (var area in areas)
        {
            foreach (var item in items.Where(i => random.Next(3) == 0 && (withLoneHolders || keys.Exists(k => k[1] == area && k[2] == i))))
                holders.Add($"*\t.{area}.{item}\tSIB_TITLE={Pick(random, Texts)}");
        }

        if (!withLoneHolders && keys.Count == 0)
            holders.Clear();
        foreach (var key in keys)
        {
            var text = string.Join('.', key);
            var count = random.Next(4) * (random.Next(3) == 0 ? 4 : 1);
            if (random.Next(2) == 0 || count == 0)
                series.Add((key, $"*\t{text}\t" + (random.Next(3) == 0 ? "" : $"UNIT={Pick(random, Flags)}|UNIT_NOTE={Pick(random, Texts)}")));
            for (var i = 0; i < count; i++)
                series.Add((key, $"-\t{text}\t{(key[0] == "A" ? $"{2010 + i}" : $"2010-{i + 1:00}")}\t" + (random.Next(4) == 0 ? "" : $"OBS_VALUE={Pick(random, Numbers)}|") + (random.Next(2) == 0 ? "" : $"OBS_STATUS={Pick(random, Flags)}|COMMENT={Pick(random, Texts)}")));
        }

        if (layout == "AREA")
            series = [.. series.OrderBy(s => s.Row[0]).ThenBy(s => $"{s.Key[0]}.{s.Key[2]}.{s.Row.Split('\t')[2]}", StringComparer.Ordinal)];
        return [.. holders, .. series.Select(s => s.Row)];
    }

    static string Pick(Random random, string[] from) => from[random.Next(from.Length)];

    static void Append(ObservationBlock block, string line)
    {
        var schema = block.Dataset.Schema;
        var parts = line.Split('\t', line[0] == '*' ? 3 : 4);
        var row = block.Count++;
        block.Kinds[row] = parts[0] == "*" ? RowKind.Attributes : RowKind.Observation;
        var key = parts[1].Split('.');
        for (var d = 0; d < key.Length; d++)
            block.Key[d][row] = key[d].Length == 0 ? -1 : block.Dataset.Codes.Dimensions[d].Resolve(key[d]);
        block.Periods[row] = parts[0] == "-" && TimePeriod.TryParse(parts[2], out var period) ? period : TimePeriod.None;
        foreach (var value in parts[^1].Split('|', StringSplitOptions.RemoveEmptyEntries))
            WriterSample.Put(block, row, schema.Find(value[..value.IndexOf('=')])!.Index, value[(value.IndexOf('=') + 1)..]);
    }

    // A holder without observation has no rightful place in a cross-section: it is read, with a warning.
    static (List<string> Said, List<string> Faults) Read(string format, string message)
    {
        using var issues = new IssueLog();
        var context = new ReadContext { Catalog = WriterSample.Catalog, Issues = issues };
        var blocks = new List<ObservationBlock>();
        using (var reader = Format.Find(format)!.Open!(new MemoryStream(Encoding.UTF8.GetBytes(message)), context))
        {
            for (var block = new ObservationBlock(); reader.Read(block); block = new ObservationBlock())
                blocks.Add(block);
        }

        return (Statements.Of(blocks), [.. issues.All.Where(i => i.Severity >= Severity.Warning && i.Code != IssueCode.TestMessage && i.Code != IssueCode.InformationAction
            && !(i.Code == IssueCode.MisplacedAttribute && message.Contains("ensionAtObservation=\"AREA\"", StringComparison.Ordinal))).Select(i => $"{i.Code}: {i.Message}")]);
    }
}

using Sdmx.Tests.Data;
using Sdmx.Validation;

namespace Sdmx.Tests.Validation;

/// <summary>Random messages with everything in them that may come: the way they are cut, ordered or spilled must not show in what comes out.</summary>
public sealed class RandomMessageTests
{
    const int Messages = 40;

    static readonly DataSchema Schema = Constrained();

    [Test]
    public void Rows_are_sorted_as_a_plain_sort_does([Range(1, Messages)] int seed)
    {
        var message = new Message(seed);

        Assert.That(Run(message.Blocks(333)).Rows, Is.EqualTo(message.Sorted()));
    }

    [Test]
    public void Disk_changes_neither_rows_nor_findings([Range(1, Messages)] int seed)
    {
        var message = new Message(seed);

        var (rows, findings) = Run(message.Blocks(333));
        var spilled = Run(message.Blocks(333), memory: seed % 4 == 0 ? 0 : 20_000);

        Assert.That(spilled.Rows, Is.EqualTo(rows));
        Assert.That(spilled.Findings, Is.EqualTo(findings));
    }

    [Test]
    public void The_order_of_the_message_changes_neither_rows_nor_findings([Range(1, Messages)] int seed)
    {
        var message = new Message(seed);

        var (rows, findings) = Run(message.Blocks(333));
        var shuffled = Run(message.Shuffled().Blocks(333), memory: seed % 2 == 0 ? SeriesSorter.DefaultMemory : 20_000);

        Assert.That(shuffled.Rows, Is.EqualTo(rows));
        Assert.That(shuffled.Findings.Order(), Is.EqualTo(findings.Order()));
    }

    [TestCase(1)]
    [TestCase(7)]
    public void The_size_of_blocks_changes_no_finding(int size)
    {
        for (var seed = 1; seed <= 10; seed++)
        {
            var message = new Message(seed);

            Assert.That(Run(message.Blocks(size)).Findings, Is.EqualTo(Run(message.Blocks(ObservationBlock.Capacity)).Findings));
        }
    }

    [TestCase(long.MaxValue)]
    [TestCase(60_000)]
    public void A_series_longer_than_a_block_is_sorted_too(long memory)
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, 300).SelectMany(_ => Enumerable.Range(random.Next(2000, 60_000), 40))
            .Select((day, i) => $"D.N.X {DateOnly.FromDayNumber(700_000 + day):yyyy-MM-dd} OBS_VALUE={i} NOTE=n{day % 3} @{i + 1}").ToArray();
        var message = new Message([.. rows]);

        Assert.That(Run(message.Blocks(1_000), memory).Rows, Is.EqualTo(message.Sorted()));
        Assert.That(Run(message.Shuffled().Blocks(1_000), memory).Rows, Is.EqualTo(message.Sorted()));
    }

    static (List<string> Rows, List<string> Findings) Run(IEnumerable<ObservationBlock> blocks, long memory = SeriesSorter.DefaultMemory)
    {
        using var issues = new IssueLog();
        using var sorter = new SeriesSorter(memory);
        var validator = new Validator(issues, new ValidationOptions { Clock = Validation.Clock });
        foreach (var source in blocks)
        {
            validator.Check(source);
            sorter.Add(source);
        }

        var (rows, again) = (new List<string>(), new List<string>());
        var block = new ObservationBlock();
        while (sorter.Read(block))
        {
            validator.CheckSeries(block);
            rows.AddRange(Enumerable.Range(0, block.Count).Select(row => Text(block, row)));
        }

        validator.Complete();
        sorter.Rewind();
        while (sorter.Read(block))
            again.AddRange(Enumerable.Range(0, block.Count).Select(row => Text(block, row)));
        Assert.That(again, Is.EqualTo(rows));
        return (rows, [.. issues.All.Select(i => $"{i.At.Dataset} {i.At.Line} {i.Code} {i.Key} {i.Message}")]);
    }

    static string Text(ObservationBlock block, int row) => $"{block.Dataset.Number} {SmallCube.Text(block, row)} @{block.Lines[row]}:{block.LinePositions[row]}";

    // a mandatory status, unit and title; two key sets that look at the unit and the status
    static DataSchema Constrained()
    {
        var dsd = SmallCube.Structure("1.5");
        dsd = dsd with { Attributes = dsd.Attributes.Select(a => a with { IsMandatory = a.Id is "STATUS" or "UNIT" or "TITLE" }).ToValueArray() };
        var flow = SmallCube.Flow("FREE", "1.5");
        var constraint = new DataConstraint { Agency = "T", Id = "CN", Attachment = [flow.Urn], KeySets = [new DataKeySet { Keys = [Key(("AREA", "X"), ("STATUS", "A")), Key(("AREA", "X"), ("UNIT", "PT")), Key(("AREA", "Y"))] }] };
        return SmallCube.Catalog.With([dsd, flow, constraint, SmallCube.List("CL_FREQ", "A", "M", "Q", "D")]).Schema(flow.Urn)!;
    }

    static DataKey Key(params (string Id, string Value)[] values) =>
        new(values.Select(v => new MemberSelection { Component = v.Id, Values = [new MemberValue(v.Value)] }).ToValueArray());

    sealed class Message
    {
        readonly List<(int Dataset, string Row)> _rows = [];
        readonly int _seed;

        public Message(int seed)
        {
            _seed = seed;
            var random = new Random(seed);
            var count = random.Next(1, 6_000);
            var start = 1990;
            for (var (dataset, line) = (0, 1); line <= count; line++)
            {
                dataset += random.Next(400) == 0 ? 1 : 0;
                // years mostly follow each other, as in messages
                start = random.Next(3) == 0 ? random.Next(1990, 2030) : start + 1;
                _rows.Add((dataset, $"{Row(random, start)} @{line}"));
            }
        }

        public Message(IEnumerable<string> rows) => _rows.AddRange(rows.Select(r => (0, r)));

        Message(List<(int Dataset, string Row)> rows) => _rows = rows;

        public IEnumerable<ObservationBlock> Blocks(int size)
        {
            var codes = new CodeTables(Schema);
            return _rows.GroupBy(r => r.Dataset).SelectMany(g => new Rows(new Dataset { Number = g.Key, Schema = Schema, Codes = codes, Action = g.Key % 4 == 3 ? DatasetAction.Replace : DatasetAction.Append })
                .Add([.. g.Select(r => r.Row)]).Blocks(size));
        }

        /// <summary>The same rows in any order; but where key and period are the same, the order counts and is kept.</summary>
        public Message Shuffled()
        {
            var places = Enumerable.Range(0, _rows.Count).ToArray();
            new Random(_seed).Shuffle(places);
            var all = new List<(int Dataset, string Row)>(_rows);
            foreach (var alike in _rows.Select((row, i) => (row, i)).GroupBy(r => (r.row.Dataset, string.Join(' ', r.row.Row.Split(' ').TakeWhile(p => !p.Contains('=') && p[0] != '@')))))
            {
                foreach (var (row, place) in alike.Zip(alike.Select(r => places[r.i]).Order()))
                    all[place] = row.row;
            }

            return new Message([.. all.GroupBy(r => r.Dataset).OrderBy(g => g.Key).SelectMany(g => g)]);
        }

        public IEnumerable<string> Sorted() => Blocks(ObservationBlock.Capacity)
            .SelectMany(block => Enumerable.Range(0, block.Count).Select(row => (
                block.Dataset.Number, Key: string.Concat(block.Key.ToArray().Select(d => (char)('b' + d[row]))), IsObservation: block.Kinds[row] == RowKind.Observation, Period: block.Periods[row], Text: Text(block, row))))
            .OrderBy(r => r.Number).ThenBy(r => r.Key, StringComparer.Ordinal).ThenBy(r => r.IsObservation).ThenBy(r => r.Period).Select(r => r.Text);

        static string Row(Random random, int year)
        {
            var key = $"{Pick(random, 40, "A", "M", "Q", "")}.{Pick(random, 20, "N", "G")}.{Pick(random, 30, "X", "Y", "Z", "NOWHERE", "")}";
            switch (random.Next(12))
            {
                case 0: return $"{key} UNIT={Pick(random, 5, "PT", "NUM", "KG")}";
                case 1: return $".N.X TITLE=t{random.Next(2)}";
                case 2: return random.Next(10) == 0 ? $".. SOURCE=s{random.Next(2)}" : key;
            }

            var period = random.Next(12) switch
            {
                0 => $"{year}-Q{random.Next(1, 5)}",
                1 => $"{year}-{random.Next(1, 13):00}",
                2 => Pick(random, 3, $"{year}-A1", $"{year}Z", $"{year}-01-01T00:00:00.5{random.Next(10)}Z", $"{year}-01-01/P1Y", "nonsense"),
                _ => $"{year}",
            };
            var value = random.Next(20) switch { 0 => "", 1 => "OBS_VALUE=NaN ", 2 => "OBS_VALUE=x ", 3 => "OBS_VALUE=1E5 ", _ => $"OBS_VALUE={random.Next(-50, 50)}.{random.Next(3)} " };
            var status = random.Next(30) == 0 ? "" : $"STATUS={Pick(random, 20, "A", "M", "E", "QQ")} ";
            var note = random.Next(60) switch { 0 => $"NOTE={new string('ä', 1_100 + random.Next(2))}", < 20 => $"NOTE=n{random.Next(4)}", 21 => $"NOTE={random.Next()}", _ => "" };
            return $"{key} {period} {value}{status}{note}".TrimEnd();
        }

        // mostly the first
        static string Pick(Random random, int others, params string[] values) => random.Next(100) < others ? values[random.Next(values.Length)] : values[0];
    }
}

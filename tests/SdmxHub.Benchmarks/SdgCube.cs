using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Benchmarks;

/// <summary>Data like those of the SDG exchange, any amount: real codes of the shipped structures, most breakdowns <c>_T</c>, about 25 years a series,
/// the attributes that countries send.</summary>
/// <remarks>The same seed and amount give the same blocks. Keys are distinct; each series has its attribute row before its observations.</remarks>
sealed class SdgCube
{
    const int PeriodEnd = 2025;

    readonly int[][] _codes; // per dimension those to choose from: the first most often
    readonly string[] _sources = [.. Enumerable.Range(1, 60).Select(i => $"National statistical office, survey {i}"), .. Enumerable.Range(1, 20).Select(i => $"World Bank, table {i}")];
    readonly string[] _years = [.. Enumerable.Range(0, PeriodEnd + 1).Select(y => $"{y}")];
    readonly Dictionary<string, List<DataKey>> _allowed = []; // per series code what its key set allows; empty without constraints

    /// <summary>The cube.</summary>
    /// <param name="isConstrained">Whether the catalog keeps the shipped constraints; the data then obey them.</param>
    public SdgCube(bool isConstrained = false)
    {
        Catalog = Load(Path.Combine(Root(), "dsd"), isConstrained);
        Schema = Catalog.Schema(new Urn(ArtefactType.Dataflow, "IAEG-SDGs", "DF_SDG_GLH", "1.16")) ?? throw new InvalidOperationException("the shipped structures lack the flow");
        Dataset = new Dataset { Number = 0, Schema = Schema, Codes = new CodeTables(Schema), Action = DatasetAction.Append };
        // annual, for periods must fit; of the global reporting type
        _codes = [.. Schema.Dimensions.Select(d => d.Id is "FREQ" or "REPORTING_TYPE" ? [d.Codes!.Find(d.Id == "FREQ" ? "A" : "G")] : Choice(d.Codes!))];
        foreach (var key in Schema.Constraints.SelectMany(c => c.KeySets).SelectMany(s => s.Keys))
        {
            var code = ValueOf(key, "SERIES")!;
            _allowed[code] = [.. _allowed.GetValueOrDefault(code) ?? [], key];
        }

        var series = Schema.Find("SERIES")!;
        if (isConstrained)
            _codes[series.Index] = [.. _codes[series.Index].Where(c => _allowed.ContainsKey(series.Codes![c]))];
    }

    /// <summary>The shipped structures.</summary>
    public StructureCatalog Catalog { get; }

    /// <summary>The global flow.</summary>
    public DataSchema Schema { get; }

    /// <summary>The data set of every block.</summary>
    public Dataset Dataset { get; }

    /// <summary>The blocks of about <paramref name="observations"/>, each a new one; the last series is whole.</summary>
    /// <param name="observations">How many; the same seed begins with the same series, whatever the amount.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="release">0, or the number of a later release of the same series: a tenth of the values is revised.</param>
    /// <param name="every">Only each so-manieth series, as when a file of one subject is sent again.</param>
    public IEnumerable<ObservationBlock> Blocks(long observations, int seed = 20240701, int release = 0, int every = 1)
    {
        var random = new Random(seed);
        var block = NewBlock();
        var key = new int[_codes.Length];
        var seen = new HashSet<string>();
        long made = 0;
        for (var series = 0; made < observations; series++)
        {
            Choose(key, series, random);
            var allowed = Obey(key, random);
            if (allowed is not null && !seen.Add(string.Join('.', key)))
                continue;
            var count = random.Next(10, 41);
            made += count;
            if (block.Count + count + 1 > ObservationBlock.Capacity)
            {
                yield return block;
                block = NewBlock();
            }

            var from = block.Count;
            Write(block, key, count, random, allowed);
            if (series % every != 0)
                block.Count = from;
            else if (release > 0)
                Revise(block, from, release);
        }

        yield return block;
    }

    /// <summary>The rows of <see cref="Blocks"/> in any order.</summary>
    public IEnumerable<ObservationBlock> Shuffled(long observations, int seed = 20240701)
    {
        var blocks = Blocks(observations, seed).ToList();
        var rows = blocks.SelectMany((b, i) => Enumerable.Range(0, b.Count).Select(row => (Block: i, Row: row))).ToArray();
        new Random(seed).Shuffle(rows);
        foreach (var chunk in rows.Chunk(ObservationBlock.Capacity))
        {
            var block = NewBlock();
            foreach (var (from, row) in chunk)
                Copy(blocks[from], row, block);
            yield return block;
        }
    }

    /// <summary>Revises a tenth of the values of some blocks, another tenth for another release.</summary>
    public static void Revise(IEnumerable<ObservationBlock> blocks, int release)
    {
        foreach (var block in blocks)
            Revise(block, 0, release);
    }

    /// <summary>Writes a message of the blocks to a file.</summary>
    /// <returns>The number of observations.</returns>
    public long WriteFile(string path, string format, long observations, int seed = 20240701) => WriteFile(path, format, Blocks(observations, seed));

    /// <summary>Writes a message of blocks of this cube to a file.</summary>
    /// <returns>The number of observations.</returns>
    public long WriteFile(string path, string format, IEnumerable<ObservationBlock> blocks)
    {
        using var output = new FileBuffer(path);
        var writer = Format.Find(format)!.Write!(output, new WriterOptions());
        writer.Begin([Schema]);
        writer.BeginDataset(Dataset);
        long written = 0;
        foreach (var block in blocks)
        {
            writer.Write(block);
            written += Count(block);
        }

        writer.End();
        return written;
    }

    /// <summary>The blocks of a structure-specific message, each in the place of the one before.</summary>
    public IEnumerable<ObservationBlock> Read(string path) => Read(path, areKept: false);

    /// <summary>The blocks of a structure-specific message, all of them in memory.</summary>
    public List<ObservationBlock> ReadAll(string path) => [.. Read(path, areKept: true)];

    /// <summary>The observations of a block.</summary>
    public static int Count(ObservationBlock block) => block.Kinds.AsSpan(0, block.Count).Count(RowKind.Observation);

    ObservationBlock NewBlock()
    {
        var block = new ObservationBlock();
        block.Begin(Dataset);
        return block;
    }

    // series and area make a key distinct, and beyond them sex
    void Choose(int[] key, int series, Random random)
    {
        for (var d = 0; d < key.Length; d++)
            key[d] = _codes[d][random.Next(5) == 0 ? random.Next(_codes[d].Length) : 0];
        var left = series;
        foreach (var id in (string[])["SERIES", "REF_AREA", "SEX"])
        {
            var codes = _codes[Schema.Find(id)!.Index];
            (left, var code) = Math.DivRem(left, codes.Length);
            key[Schema.Find(id)!.Index] = codes[code];
        }
    }

    // turns the key to one that its series' key set allows; null without constraints
    DataKey? Obey(int[] key, Random random)
    {
        var series = Schema.Find("SERIES")!;
        if (!_allowed.TryGetValue(series.Codes![key[series.Index]], out var keys))
            return null;
        var allowed = keys[random.Next(keys.Count)];
        foreach (var selection in allowed.Values)
        {
            if (Schema.Find(selection.Component) is { Role: ComponentRole.Dimension } dimension)
                key[dimension.Index] = dimension.Codes!.Find(selection.Values[0].Value);
        }

        return allowed;
    }

    static string? ValueOf(DataKey? key, string id) => key?.Values.FirstOrDefault(v => v.Component == id)?.Values[0].Value;

    void Write(ObservationBlock block, int[] key, int count, Random random, DataKey? allowed)
    {
        var row = NewRow(block, RowKind.Attributes, key);
        var unit = random.Next(2) == 0 ? "PT" : "NUMBER";
        unit = ValueOf(allowed, "UNIT_MEASURE") ?? unit;
        SetCode(block, row, "UNIT_MEASURE", unit);
        var multiplier = ValueOf(allowed, "UNIT_MULT") ?? "0";
        // what no rule doubts: a nature of national figures too, and percentages that stay below 100
        var nature = random.Next(3) switch { 0 => "C", 1 => "E", _ => "M" };
        var source = _sources[random.Next(_sources.Length)];
        var value = random.NextDouble() * (unit == "PT" ? 30 : 1000);
        var scale = random.Next(4) switch { 0 => 0, 1 => 1, 2 => 2, _ => 5 };
        for (var i = 0; i < count; i++)
        {
            var year = PeriodEnd - count + i;
            value *= 0.95 + random.NextDouble() * 0.1;
            row = NewRow(block, RowKind.Observation, key);
            block.Periods[row] = TimePeriod.FromYear(year);
            block.Values[0].Set(row, (byte)(ValueForm.Decimal + scale), (long)(value * Math.Pow(10, scale)));
            SetCode(block, row, "OBS_STATUS", "A");
            SetCode(block, row, "UNIT_MULT", multiplier);
            SetCode(block, row, "NATURE", nature);
            SetText(block, row, "TIME_DETAIL", _years[year]);
            SetText(block, row, "SOURCE_DETAIL", source);
        }
    }

    static void Revise(ObservationBlock block, int from, int release)
    {
        for (var row = from; row < block.Count; row++)
        {
            if (block.Kinds[row] == RowKind.Observation && (row + release * 3) % 10 == 0)
                block.Values[0].Bits[row] += release;
        }
    }

    static int NewRow(ObservationBlock block, RowKind kind, int[] key)
    {
        var row = block.Count++;
        block.Kinds[row] = kind;
        for (var d = 0; d < key.Length; d++)
            block.Key[d][row] = key[d];
        // A row that was taken back may have stood here.
        foreach (var column in block.Values)
            column.Forms[row] = ValueForm.Absent;
        return row;
    }

    static void Copy(ObservationBlock from, int row, ObservationBlock to)
    {
        var at = to.Count++;
        (to.Kinds[at], to.Periods[at]) = (from.Kinds[row], from.Periods[row]);
        for (var d = 0; d < from.Key.Length; d++)
            to.Key[d][at] = from.Key[d][row];
        for (var c = 0; c < from.Values.Length; c++)
        {
            if (from.Values[c].Forms[row] == ValueForm.Text)
                to.SetText(c, at, from.Text(c, row)!);
            else
                to.Values[c].Set(at, from.Values[c].Forms[row], from.Values[c].Bits[row]);
        }
    }

    void SetCode(ObservationBlock block, int row, string id, string code)
    {
        var column = Schema.Find(id)!.Index;
        block.Values[column].Set(row, ValueForm.Code, Dataset.Codes.Values[column]!.Resolve(code));
    }

    void SetText(ObservationBlock block, int row, string id, string text) => block.SetText(Schema.Find(id)!.Index, row, text);

    IEnumerable<ObservationBlock> Read(string path, bool areKept)
    {
        using var issues = new IssueLog();
        using var reader = Format.Find("structurespecific-2.1")!.Open!(File.OpenRead(path), new ReadContext { Catalog = Catalog, Issues = issues });
        for (var block = new ObservationBlock(); reader.Read(block); block = areKept ? new() : block)
            yield return block;
    }

    static int[] Choice(CodeIndex codes)
    {
        var first = codes.Find("_T") is >= 0 and var total ? total : codes.Find("A") is >= 0 and var annual ? annual : 0;
        return [first, .. Enumerable.Range(0, codes.Count).Where(c => c != first)];
    }

    static StructureCatalog Load(string folder, bool isConstrained)
    {
        var format = Format.Find("structure-xml-2.1")!;
        var artefacts = new List<Artefact>();
        var context = new ReadContext { Catalog = StructureCatalog.Empty, Issues = new IssueLog() };
        foreach (var file in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories))
        {
            using var stream = File.OpenRead(file);
            artefacts.AddRange(format.ReadStructures!(stream, context).Artefacts);
        }

        // else without constraints: units are drawn without a look at what each series allows
        return StructureCatalog.Empty.With(artefacts.Where(a => isConstrained || a is not DataConstraint));
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "SdmxHub.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("SdmxHub.sln lies in no folder above the benchmarks");
        return folder;
    }
}

using System.Globalization;
using System.Xml;
using Sdmx;
using Sdmx.Xml;

namespace SdmxHub.Benchmarks;

/// <summary>How fast SDMX-ML data are read, typed and resolved: by the fast readers, by the readers over XmlReader, and by a bare loop of XmlReader.</summary>
static class ParseBenchmark
{
    const int Rounds = 5;

    public static int Run(int megabytes)
    {
        var messages = new SdgMessages();
        var folder = Directory.CreateTempSubdirectory("sdmxhub-parse-");
        try
        {
            Console.WriteLine($"{megabytes} MB each, medians of {Rounds}, CPU time of the process; .NET {Environment.Version}, {Environment.ProcessorCount} processors");
            Console.WriteLine($"{"",-34}{"MB/CPU-s",10}{"M obs/CPU-s",13}{"B/obs",9}{"ratio",8}");
            var specific = Path.Combine(folder.FullName, "specific.xml");
            messages.WriteSpecific(specific, megabytes * 1_000_000L);
            Compare("structure-specific", specific, messages.Catalog, (s, c, w) => new StructureSpecificReader(s, c, w));
            File.Delete(specific);
            var generic = Path.Combine(folder.FullName, "generic.xml");
            messages.WriteGeneric(generic, megabytes * 1_000_000L);
            Compare("generic", generic, messages.Catalog, (s, c, w) => new GenericReader(s, c, w));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        return 0;
    }

    static void Compare(string name, string file, StructureCatalog catalog, Func<Stream, ReadContext, int, DataReader> open)
    {
        var observations = Observations(file, catalog, open, Utf8Window.DefaultSize);
        var measured = Measurement.InTurns(Rounds, () => Observations(file, catalog, open, 0), () => BareLoop(file), () => BareBytesLoop(file),
            () => Observations(file, catalog, open, Utf8Window.DefaultSize));
        var (runtime, bare, bareFast, fast) = (measured[0], measured[1], measured[2], measured[3]);
        var bytes = new FileInfo(file).Length;
        Print($"{name}, bare XmlReader", bare, 1);
        Print($"{name}, readers on XmlReader", runtime, 1);
        Print($"{name}, bare Utf8XmlReader", bareFast, bare.Seconds / bareFast.Seconds);
        Print($"{name}, readers on bytes", fast, fast.Times!.Value);

        void Print(string what, Measurement m, double ratio) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-46}{bytes / 1e6 / m.Seconds,10:F0}{observations / 1e6 / m.Seconds,13:F2}{(double)m.Allocated / observations,9:F1}{ratio,8:F1}"));
    }

    static long BareLoop(string file)
    {
        using var stream = File.OpenRead(file);
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true });
        var characters = 0L;
        while (xml.Read())
        {
            while (xml.MoveToNextAttribute())
                characters += xml.Value.Length;
        }

        return characters;
    }

    static long BareBytesLoop(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        using var xml = (Utf8XmlReader)SafeXml.OpenData(stream, new ReadLimits(), Utf8Window.DefaultSize);
        var characters = 0L;
        while (xml.Read())
        {
            for (var i = 0; i < xml.AttributeCount; i++)
                characters += xml.ValueAt(i).Length;
        }

        return characters;
    }

    static long Observations(string file, StructureCatalog catalog, Func<Stream, ReadContext, int, DataReader> open, int window)
    {
        using var issues = new IssueLog();
        using var reader = open(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1), new ReadContext { Catalog = catalog, Issues = issues }, window);
        var block = new ObservationBlock();
        var observations = 0L;
        while (reader.Read(block))
        {
            for (var row = 0; row < block.Count; row++)
                observations += block.Kinds[row] == RowKind.Observation ? 1 : 0;
        }

        if (issues.HasErrors || issues.Total > 0)
            Console.WriteLine($"{issues.Total} findings: {issues.All.First().Message}");
        return observations;
    }
}

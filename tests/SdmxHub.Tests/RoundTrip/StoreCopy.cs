using System.Buffers;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Tests.Storage;
using LoadOptions = SdmxHub.Storage.LoadOptions;

namespace SdmxHub.Tests.RoundTrip;

/// <summary>A second store, which has the structures of a first one and gets its data as messages only.</summary>
sealed class StoreCopy : IDisposable
{
    readonly Snapshot _original;
    readonly TemporaryStore _copy = new();

    public StoreCopy(Snapshot original)
    {
        _original = original;
        using var transaction = _copy.Store.Begin("structures", "test");
        transaction.Put(original.Catalog.All);
        transaction.Commit();
    }

    /// <summary>The formats that data can go out and come in by.</summary>
    public static IEnumerable<string> Formats => Format.All.Where(f => f.Write is not null && f.Open is not null).Select(f => f.Id);

    /// <summary>Queries a flow whole, writes the answer as one message and loads that.</summary>
    public void Take(Urn flow, string format, string layout)
    {
        var message = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(message, Message(_original, flow, format, layout));
            using var report = Load.Run(message, _copy.Store, new LoadOptions { Actor = "test" }, null, CancellationToken.None);
            Assert.That(report.Format, Is.EqualTo(format));
            Assert.That(report.Issues.All.Where(i => i.Severity >= Severity.Error).Take(5).Select(i => $"{i.Code} line {i.At.Line}: {i.Message}"), Is.Empty);
            Assert.That(report.Observations, Is.EqualTo(_original.Cube(flow)!.Observations));
        }
        finally
        {
            File.Delete(message);
        }
    }

    /// <summary>Holds what the two stores have of a flow against each other: every key, period, measure and attribute, as it is spelt.</summary>
    public void AssertEqual(Urn flow)
    {
        using var copy = _copy.Store.Head();
        var query = new DataQuery { Dataflow = flow };
        Assert.That(TemporaryStore.Read(copy, query), Is.EqualTo(TemporaryStore.Read(_original, query)), flow.ShortName);
        Assert.That(copy.Cube(flow)! with { LastRevision = 0 }, Is.EqualTo(_original.Cube(flow)! with { LastRevision = 0 }));
    }

    /// <summary>A flow whole, as one message.</summary>
    public static byte[] Message(Snapshot snapshot, Urn flow, string format, string layout = "TIME_PERIOD")
    {
        var output = new ArrayBufferWriter<byte>();
        using var reader = snapshot.Read(new DataQuery { Dataflow = flow, DimensionAtObservation = layout });
        var writer = Format.Find(format)!.Write!(output, new WriterOptions
        {
            Header = new MessageHeader { Id = "COPY", Prepared = "2026-01-01T00:00:00", Sender = "TEST" }, DimensionAtObservation = layout,
        });
        writer.Begin([reader.Dataset.Schema]);
        writer.BeginDataset(reader.Dataset);
        var block = new ObservationBlock();
        while (reader.Read(block))
            writer.Write(block);
        writer.End();
        return output.WrittenSpan.ToArray();
    }

    public void Dispose() => _copy.Dispose();
}

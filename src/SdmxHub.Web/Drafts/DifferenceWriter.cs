using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>Writes what differs between two states: totals, a list of series, a delta.</summary>
public static class DifferenceWriter
{
    static readonly string[] Columns = ["flow", "series", "change", "inserted", "updated", "deleted", "attributes"];

    static readonly Format[] Deltas = [.. Format.All.Where(f => f.Write is not null && f.Id is not "csv-1.0")];

    /// <summary>The ids of the formats that carry a delta, separated by commas: those that have actions.</summary>
    public static string DeltaFormats => string.Join(", ", Deltas.Select(f => f.Id));

    static readonly Format[] Structures = [.. Format.All.Where(f => f.WriteStructures is not null)];

    /// <summary>The format of that id, when it carries a delta; SDMX-CSV 2.0 when none is named.</summary>
    public static Format? FormatOf(string? id) => Array.Find(Deltas, f => f.Id == (id ?? "csv-2.0"));

    /// <summary>The delta as one data message: for each flow what is deleted, then what is written.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="flows">Some of its flows.</param>
    /// <param name="format">A format that carries a delta.</param>
    /// <param name="output">Where it goes; flushed per block.</param>
    /// <param name="header">The message's header.</param>
    /// <param name="ct">Stops between blocks.</param>
    public static async Task WriteDelta(Difference difference, IEnumerable<string> flows, Format format, PipeWriter output, MessageHeader header, CancellationToken ct)
    {
        var datasets = new List<(DeltaReader Delta, ObservationBlock First)>();
        foreach (var flow in flows)
        {
            foreach (var action in (DatasetAction[])[DatasetAction.Delete, DatasetAction.Replace])
            {
                var block = new ObservationBlock();
                if (difference.Flow(flow).Read(action, datasets.Count) is { } delta && delta.Read(block))
                    datasets.Add((delta, block));
            }
        }

        var writer = format.Write!(output, new WriterOptions { Header = header, DimensionAtObservation = "AllDimensions" });
        writer.Begin([.. datasets.Select(d => d.Delta.Dataset.Schema)]);
        for (var i = 0; i < datasets.Count; i++)
        {
            var (delta, block) = datasets[i];
            writer.BeginDataset(delta.Dataset with { Number = i });
            do
            {
                writer.Write(block);
                await output.FlushAsync(ct);
            }
            while (delta.Read(block));
        }

        writer.End();
        await output.FlushAsync(ct);
    }

    /// <summary>The structures, or the metadata sets, that were added or changed.</summary>
    public static ValueArray<Artefact> Changed(Difference difference, MessageKind kind) =>
        difference.Artefacts.Where(a => IsOf(a, kind)).Select(a => a.After).OfType<Artefact>().ToValueArray();

    /// <summary>The first format of a kind that carries all of <paramref name="artefacts"/>; null when none does.</summary>
    public static Format? FormatOf(ValueArray<Artefact> artefacts, MessageKind kind) =>
        Array.Find(Structures, f => f.Kind == kind && artefacts.All(a => f.StructureLosses(a).Count == 0));

    /// <summary>Writes structures or metadata sets as one message in a format that carries them.</summary>
    public static async Task WriteArtefacts(ValueArray<Artefact> artefacts, Format format, PipeWriter output, MessageHeader header, CancellationToken ct)
    {
        format.WriteStructures!(output, new StructureMessage(header, artefacts), new WriterOptions { Header = header });
        await output.FlushAsync(ct);
    }

    /// <summary>For each flow whose structure differs, or one, the map that would bring its data into the new one: see <see cref="MigrationMap"/>.</summary>
    public static ValueArray<Artefact> Migrations(Difference difference, string? flow) =>
        difference.Impacts().Where(i => flow is null || i.Flow == flow).SelectMany(i => MigrationMap.Of(i, difference.From.Catalog, difference.To.Catalog)).ToValueArray();

    /// <summary>What the structures that differ mean for data and for saved queries, as JSON: for each flow whose structure differs, or one.</summary>
    public static Task WriteImpacts(Difference difference, string? flow, IReadOnlyList<SavedQuery> saved, PipeWriter output, CancellationToken ct) =>
        JsonSerializer.SerializeAsync(output, Impacts(difference, flow, saved), DraftJson.Default.ListImpactBody, ct);

    internal static List<ImpactBody> Impacts(Difference difference, string? flow, IReadOnlyList<SavedQuery> saved) =>
        [.. difference.Impacts().Where(i => flow is null || i.Flow == flow).Select(i => ImpactBody.Of(i, difference, saved))];

    static bool IsOf(ArtefactChange change, MessageKind kind) => ArtefactTypes.Of(change.Urn.Type).IsStructure == (kind == MessageKind.Structure);

    /// <summary>Every series that differs, a line or an object each.</summary>
    public static async Task WriteSeries(Difference difference, IEnumerable<string> flows, PipeWriter output, bool isCsv, CancellationToken ct)
    {
        await using var json = new Utf8JsonWriter(output);
        if (isCsv)
            Encoding.UTF8.GetBytes(string.Join(',', Columns) + "\r\n", output);
        else
            json.WriteStartArray();
        var written = 0;
        foreach (var flow in flows)
        {
            foreach (var series in difference.Flow(flow).Series())
            {
                if (isCsv)
                    Encoding.UTF8.GetBytes(Line(flow, series), output);
                else
                    Write(json, flow, series);
                if (++written % 1024 != 0)
                    continue;
                await json.FlushAsync(ct);
                await output.FlushAsync(ct);
            }
        }

        if (!isCsv)
            json.WriteEndArray();
        await json.FlushAsync(ct);
        await output.FlushAsync(ct);
    }

    internal static ChangesBody Summarize(Difference difference, IEnumerable<string> flows, int movers) => new(difference.From.Revision, difference.To.Revision,
        [.. flows.Select(f => FlowBody.Of(difference.Flow(f).Summarize(movers)))], 
        [.. difference.Artefacts.Where(a => IsOf(a, MessageKind.Structure)).Select(StructureBody.Of)],
        [.. difference.Artefacts.Where(a => IsOf(a, MessageKind.Metadata)).Select(MetadataBody.Of)]);

    /// <summary>What became of a series, in a word.</summary>
    public static string Change(SeriesChange series) => series.IsAdded ? "added" : series.IsRemoved ? "withdrawn" : "revised";

    // Keys and ids have no comma and no quote.
    static string Line(string flow, SeriesChange series) => string.Create(CultureInfo.InvariantCulture,
        $"{flow},{series.Key},{Change(series)},{series.Inserted},{series.Updated},{series.Deleted},{string.Join(' ', series.Attributes)}\r\n");

    static void Write(Utf8JsonWriter json, string flow, SeriesChange series)
    {
        json.WriteStartObject();
        json.WriteString("flow", flow);
        json.WriteString("series", series.Key);
        json.WriteString("change", Change(series));
        json.WriteNumber("inserted", series.Inserted);
        json.WriteNumber("updated", series.Updated);
        json.WriteNumber("deleted", series.Deleted);
        json.WriteStartArray("attributes");
        foreach (var attribute in series.Attributes)
            json.WriteStringValue(attribute);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

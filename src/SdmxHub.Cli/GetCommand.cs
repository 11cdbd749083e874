using System.CommandLine;
using System.IO.Pipelines;
using Sdmx;
using Sdmx.Formats;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub get</c>: asks a store what the REST interface would be asked, in the same words.</summary>
static class GetCommand
{
    static readonly Argument<string> Query = SharedArguments.Word("QUERY",
        "The path and query of an SDMX REST request, v2 or v1: data/dataflow/..., structure/..., metadata/..., data/FLOW/KEY, codelist/... Quote it: shells read * and &.");

    static readonly Option<string> Form = new("--format", "-f")
    {
        Description = "The format of the answer; what the interface gives by default when left out.", HelpName = "FORMAT",
    };

    static readonly Option<string> Output = new("--output", "-o") { Description = "Where the answer goes; - is standard output.", HelpName = "FILE", DefaultValueFactory = _ => "-" };

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("get", "Reads data, structures or reference metadata from a store, by an SDMX REST query.")
        {
            Details =
            [
                "The query is what would stand behind /sdmx/v2/ or /sdmx/v1/ of the REST interface: data/dataflow/AGENCY/ID/VERSION/KEY structure/... and metadata/metadataset/..., metadata/metadataflow/..., metadata/structure/... of v2, data/AGENCY,ID/KEY, codelist/... and metadata/AGENCY,ID of v1. Quote it: shells read * & and ?.",
                $"Formats: {SharedOptions.Formats}.",
            ],
            Examples =
            [
                "sdmxhub get 'data/dataflow/IAEG-SDGs/DF_SDG_GLC/*/A.N?lastNObservations=1' --store sqlite:sdg.db --format csv-2.0",
                "sdmxhub get 'data/dataflow/IAEG-SDGs/DF_SDG_GLC?c[REF_AREA]=826&c[TIME_PERIOD]=ge:2015' --store sqlite:sdg.db",
                "sdmxhub get 'data/IAEG-SDGs,DF_SDG_GLC/all?startPeriod=2015' --store sqlite:sdg.db --format generic-2.1 --output figures.xml",
                "sdmxhub get 'structure/codelist/IAEG-SDGs/CL_SERIES' --store sqlite:sdg.db --format structure-xml-2.1",
                "sdmxhub get 'metadata/structure/dataflow/IAEG-SDGs/DF_SDG_GLC?detail=allstubs' --store sqlite:sdg.db",
            ],
        };
        command.Take(Query, SharedOptions.Store, Form, Output);
        command.SetAction((parsed, ct) => RunAsync(parsed, terminal, ct));
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Settings.Read(parsed, terminal) is not { } settings)
            return ExitCode.Unusable;
        using var store = Stores.OpenExisting(settings.Store, out var fault);
        if (store is null)
            return terminal.Fail(fault!);
        var words = parsed.GetRequiredValue(Query);
        if (RestPath.Parse(words, parsed.GetValue(Form)) is not { } path)
            return terminal.Fail($"'{words}' is no query: it begins with data/, structure/ or metadata/, or with a type of artefact such as codelist/");
        await using var output = new OutputFile(parsed.GetRequiredValue(Output), terminal);
        var error = path.Kind switch
        {
            MessageKind.Data => await WriteDataAsync(path, store, settings.Sender, output, terminal, ct),
            MessageKind.Structure => await WriteStructuresAsync(path, store, settings.Sender, output, ct),
            _ => await WriteMetadataAsync(path, store, settings.Sender, output, ct),
        };
        if (error is not null)
            return terminal.Fail(error.Message);
        await output.KeepAsync(ct);
        return ExitCode.Fine;
    }

    static async Task<SdmxError?> WriteDataAsync(RestPath path, Store store, string sender, OutputFile output, Terminal terminal, CancellationToken ct)
    {
        if (!DataRequest.TryParse(path.Target, path.Api, out var request, out var error)
            || !Negotiation.TryChoose(path.Api, MessageKind.Data, path.Target, null, null, out var form, out error))
            return error;
        using var snapshot = Pin(store, request.AsOf, out error);
        if (snapshot is null)
            return error;
        if (!request.TryResolve(snapshot.Catalog, out var queries, out error))
            return error;
        if (DataAnswer.CannotCarry(form.Format, snapshot.Catalog, queries) is { } refusal)
            return refusal;
        using var answer = DataAnswer.Open(snapshot, queries);
        if (answer.Withheld > 0)
            terminal.Note($"{answer.Withheld} series are left out: the version asked for lacks one of their codes");
        if ((answer.Refusal ?? answer.Loses(form.Format)) is { } refused)
            return refused;
        if (answer.IsEmpty)
            return new(SdmxErrorCode.NoResults, QueryExplanation.WhyEmpty(snapshot, queries));
        var pipe = PipeWriter.Create(output.Stream, new StreamPipeWriterOptions(leaveOpen: true));
        var writer = form.Format.Write!(pipe, new WriterOptions
        {
            Header = Validators.Of(snapshot, DataAnswer.RevisionOf(snapshot, queries), path.Text, form).Header(sender),
            DimensionAtObservation = answer.DimensionAtObservation,
            Labels = form.Labels,
            Keys = form.Keys,
            Languages = form.Languages,
        });
        await answer.WriteAsync(writer, pipe, ct);
        await pipe.CompleteAsync();
        return null;
    }

    static async Task<SdmxError?> WriteStructuresAsync(RestPath path, Store store, string sender, OutputFile output, CancellationToken ct)
    {
        if (!StructureQuery.TryParse(path.Target, path.Api, out var query, out var error)
            || !Negotiation.TryChoose(path.Api, MessageKind.Structure, path.Target, null, null, out var form, out error))
            return error;
        using var snapshot = Pin(store, query.AsOf, out error);
        if (snapshot is null)
            return error;
        var artefacts = query.Run(snapshot.Catalog);
        if (artefacts.Count == 0)
            return query.NotHeld(snapshot.Catalog);
        if (StructureQuery.CannotCarry(form.Format, artefacts) is { } refusal)
            return refusal;
        await WriteAsync(artefacts, snapshot, path, form, sender, output, ct);
        return null;
    }

    static async Task<SdmxError?> WriteMetadataAsync(RestPath path, Store store, string sender, OutputFile output, CancellationToken ct)
    {
        if (!MetadataQuery.TryParse(path.Target, path.Api, out var query, out var error))
            return error;
        using var snapshot = Pin(store, query.AsOf, out error);
        if (snapshot is null)
            return error;
        var sets = query.Run(snapshot.Catalog);
        if (sets.Count == 0)
            return query.NotHeld(snapshot.Catalog);
        if (!MetadataQuery.TryChoose(sets, path.Api, path.Target, null, null, out var form, out error))
            return error;
        await WriteAsync(sets, snapshot, path, form, sender, output, ct);
        return null;
    }

    static async Task WriteAsync(IReadOnlyList<Artefact> artefacts, Snapshot snapshot, RestPath path, Negotiated form, string sender, OutputFile output, CancellationToken ct)
    {
        var pipe = PipeWriter.Create(output.Stream, new StreamPipeWriterOptions(leaveOpen: true));
        var header = Validators.Of(snapshot, snapshot.CatalogRevision, path.Text, form).Header(sender);
        form.Format.WriteStructures!(pipe, new StructureMessage(header, [.. artefacts]), new WriterOptions { Header = header, Languages = form.Languages });
        await pipe.FlushAsync(ct);
        await pipe.CompleteAsync();
    }

    static Snapshot? Pin(Store store, Moment? asOf, out SdmxError? error)
    {
        var moment = asOf ?? default;
        error = moment.Draft is null
            ? new(SdmxErrorCode.NoResults, "the store has no revision or release of that name, or held nothing at that instant")
            : new(SdmxErrorCode.NotImplemented, "a draft is looked at with 'sdmxhub draft', or over REST");
        return moment.Draft is null ? moment.Pin(store) : null;
    }
}

using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Storage;

/// <summary>A message of those that were sent together, as it is after repairs: written anew, or as it was.</summary>
/// <remarks>Disposing it deletes what was written.</remarks>
public sealed class RepairedMessage : IDisposable
{
    static readonly Format Format = Format.Find("csv-2.0")!;

    readonly Conversion? _conversion;
    readonly WriterOptions? _options;
    readonly IssueLog _issues;

    RepairedMessage(LoadFile file, IssueLog issues, Conversion? conversion = null, WriterOptions? options = null) =>
        (File, _issues, _conversion, _options) = (file, issues, conversion, options);

    /// <summary>Where it lies now.</summary>
    public LoadFile File { get; private set; }

    /// <summary>Whether it was written anew: in SDMX-CSV 2.0, at <see cref="LoadFile.Path"/>.</summary>
    public bool IsWritten => _conversion is not null;

    /// <summary>Reads a message and, where it holds data that are to be changed, writes it anew.</summary>
    /// <param name="file">The message.</param>
    /// <param name="context">What it is read with; its log is the message's from now on.</param>
    /// <param name="isMapped">Whether it is to be read through a map afterwards.</param>
    /// <param name="repairs">The repairs.</param>
    /// <param name="isParted">Whether series are to be taken out afterwards.</param>
    /// <param name="folder">Where it is written.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The message, or why it cannot be read.</returns>
    internal static async Task<(RepairedMessage? Message, string? Why)> WriteAsync(
        LoadFile file, ReadContext context, bool isMapped, RepairSet repairs, bool isParted, string folder, CancellationToken ct)
    {
        var sent = MessageFile.Open(file.Path, file.Entry, context);
        if (sent.Format?.Kind is { } kind && kind != MessageKind.Data || repairs.IsEmpty && !isParted)
            return (new(file, context.Issues), null);
        string? fault = null;
        var isFound = isMapped || Dataflows.TryResolve(context.Dataflow, context.Catalog, out _, out fault);
        using var reader = !isFound || sent.Format is null ? null : sent.OpenData(Reading(context, isMapped));
        var conversion = new Conversion();
        if (reader is not null)
            conversion.Read(reader, repairs, _ => { }, ct);
        if (reader is null || context.Issues.Count(Severity.Fatal) > 0)
        {
            conversion.Dispose();
            context.Issues.Dispose();
            return (null, fault is null ? $"'{sent.Name}' cannot be read to its end as data; its report says why." : $"The given {fault}.");
        }

        var written = file with { Path = Path.Combine(folder, $"{Guid.NewGuid():N}.part"), Entry = null, Name = sent.Name };
        var message = new RepairedMessage(written, context.Issues, conversion, new WriterOptions { Header = reader.Header });
        await message.LeaveAsync(null, ct);
        return (message, null);
    }

    /// <summary>Writes it once more, with some series only; what was not written anew stays as it is.</summary>
    /// <param name="isLeft">Which series stay, by key; null for all.</param>
    /// <param name="ct">Stops it.</param>
    internal async Task LeaveAsync(Func<string, bool>? isLeft, CancellationToken ct)
    {
        if (_conversion is null)
            return;
        await using var output = System.IO.File.Create(File.Path);
        await _conversion.WriteAsync(Format, _options!, isLeft is null ? null : key => !isLeft(key), output, ct);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (IsWritten)
            System.IO.File.Delete(File.Path);
        _conversion?.Dispose();
        _issues.Dispose();
    }

    // The flow that is given beside a map is one of its target.
    static ReadContext Reading(ReadContext context, bool isMapped)
    {
        if (isMapped)
            return context with { Dataflow = null, IsMapped = true };
        Dataflows.TryResolve(context.Dataflow, context.Catalog, out var dataflow, out _);
        return context with { Dataflow = dataflow };
    }
}

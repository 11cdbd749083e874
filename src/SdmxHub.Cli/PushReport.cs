using SdmxHub.Storage;

namespace SdmxHub.Cli;

/// <summary>The reports that a hub gives of several submissions as one: text, one JSON array, or one CSV table. Streamed.</summary>
sealed class PushReport(string form, string? language, Terminal terminal)
{
    bool _isFirst = true;

    /// <summary>Writes the report of one submission.</summary>
    public async Task WriteAsync(HubClient hub, Submission submission, CancellationToken ct)
    {
        if (submission.Files.All(f => f.Outcome is null))
            return;
        using var response = await hub.Send(HttpMethod.Get, $"api/submissions/{submission.Id}/report?format={form}{(form == "text" && language is not null ? $"&lang={language}" : "")}", null, ct);
        await using var report = await response.Content.ReadAsStreamAsync(ct);
        if (form == "json")
            await CopyItemsAsync(report, ct);
        else
            await CopyAsync(report, isWithoutHeader: form == "csv" && !_isFirst, ct);
        _isFirst = false;
        if (form == "text")
            return;
        foreach (var file in submission.Files)
            terminal.Error.WriteLine(file.Outcome?.Verdict);
    }

    /// <summary>Ends the report.</summary>
    public void End()
    {
        if (form == "json")
            terminal.Text.WriteLine(_isFirst ? "[]" : "]");
    }

    async Task CopyAsync(Stream report, bool isWithoutHeader, CancellationToken ct)
    {
        while (isWithoutHeader && report.ReadByte() is >= 0 and not '\n')
        {
        }

        var output = terminal.Bytes();
        await report.CopyToAsync(output, ct);
        await output.FlushAsync(ct);
    }

    /// <summary>Copies the items of an array, without its brackets.</summary>
    async Task CopyItemsAsync(Stream report, CancellationToken ct)
    {
        var output = terminal.Bytes();
        output.WriteByte((byte)(_isFirst ? '[' : ','));
        var buffer = new byte[1 << 16];
        var held = report.ReadByte();
        if (held != '[')
            throw new HubRefusal("what answers is no hub of this version: its report is no JSON array");
        held = -1;
        while (await report.ReadAsync(buffer, ct) is > 0 and var count)
        {
            // The last byte of all is the bracket that closes the array.
            if (held >= 0)
                output.WriteByte((byte)held);
            await output.WriteAsync(buffer.AsMemory(0, count - 1), ct);
            held = buffer[count - 1];
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Sdmx.Formats;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>The body of one request on its way in: files in the spool, not kept yet, and what is asked for with them.</summary>
sealed class Upload(Spool spool, HubOptions options, SubmissionRequest request) : IDisposable
{
    const int MaxField = 64 * 1024;

    static readonly string[] Taken =
    [
        "application/xml", "text/xml", "application/json", "text/csv", "application/csv", "application/zip", "application/x-zip-compressed",
        "application/gzip", "application/x-gzip", "application/octet-stream",
    ];

    readonly List<SpooledFile> _spooled = [];
    readonly List<SubmittedFile> _files = [];
    PackageManifest? _manifest;
    long _bytes;

    /// <summary>The media types that are taken, for people and for <c>Accept-Post</c>.</summary>
    public static string TakenTypes { get; } = string.Join(", ", [.. Taken, "application/vnd.sdmx.*", "multipart/form-data"]);

    /// <summary>The messages, once the body is read.</summary>
    public IReadOnlyList<SubmittedFile> Files { get; private set; } = [];

    /// <summary>Whether a body of that type is taken.</summary>
    public static bool IsTaken(MediaTypeHeaderValue? type) =>
        type is null || IsForm(type) || Taken.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
        || (type.MediaType.StartsWith("application/vnd.sdmx.", StringComparison.OrdinalIgnoreCase) && type.MediaType.Length > "application/vnd.sdmx.".Length);

    /// <summary>Reads the body.</summary>
    /// <returns>Null when it is good; else why not.</returns>
    public async Task<Problem?> ReadAsync(HttpRequest http, MediaTypeHeaderValue? type, CancellationToken ct) =>
        (type is not null && IsForm(type) ? await ReadFormAsync(http, type, ct) : await TakeAsync(http.Body, request.FileName, ct)) ?? Describe();

    /// <summary>Keeps the files.</summary>
    public void Keep() => _spooled.ForEach(f => f.Keep());

    /// <summary>Removes the files that are not kept.</summary>
    public void Dispose() => _spooled.ForEach(f => f.Dispose());

    static bool IsForm(MediaTypeHeaderValue type) => type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    async Task<Problem?> ReadFormAsync(HttpRequest http, MediaTypeHeaderValue type, CancellationToken ct)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (boundary is null or { Length: 0 or > 200 })
            return Bad("The Content-Type multipart/form-data has no boundary, or far too long a one.");
        var form = new MultipartReader(boundary, http.Body);
        while (await form.ReadNextSectionAsync(ct) is { } section)
        {
            var part = section.GetContentDispositionHeader();
            var fault = part is null ? Bad("A part of the form has no Content-Disposition.")
                : part.IsFileDisposition() ? await TakeAsync(section.Body, Text(part.FileNameStar) ?? Text(part.FileName), ct)
                : await SetAsync(Text(part.Name) ?? "", section.Body, ct);
            if (fault is not null)
                return fault;
        }

        return null;
    }

    async Task<Problem?> SetAsync(string name, Stream body, CancellationToken ct)
    {
        var buffer = new byte[MaxField + 1];
        var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        if (count > MaxField)
            return TooLarge($"The field '{name}' is larger than {MaxField:N0} bytes; a file needs a filename.");
        return request.Set(name, System.Text.Encoding.UTF8.GetString(buffer, 0, count).Trim()) is { } fault ? Bad(fault) : null;
    }

    /// <summary>Takes one file in: a message, an archive of them, or a manifest.</summary>
    async Task<Problem?> TakeAsync(Stream body, string? name, CancellationToken ct)
    {
        if (await spool.TakeAsync(body, options.Limits.MaxBytes - _bytes, ct) is not { } file)
            return TooLarge($"The body is larger than {options.Limits.MaxBytes:N0} bytes.");
        _spooled.Add(file);
        _bytes += file.Bytes;
        if (file.Bytes == 0)
            return Bad(name is null ? "The body is empty." : $"The file '{name}' is empty.");
        // A browser or a careless client sends a path; only its last part is a name.
        name = name?.Split('/', '\\')[^1] is { Length: > 0 } last ? last : string.Create(CultureInfo.InvariantCulture, $"file-{_files.Count + 1}");
        await using var content = File.OpenRead(file.Path);
        if (name == PackageManifest.FileName)
            return ReadManifest(content);
        var start = new byte[4];
        var count = content.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        content.Position = 0;
        if (MessageArchive.IsArchive(start.AsSpan(0, count)))
            return TakeArchive(content, file, name);
        return Add(new SubmittedFile { Name = name, Bytes = file.Bytes, Sha256 = file.Sha256 });
    }

    Problem? TakeArchive(FileStream content, SpooledFile file, string name)
    {
        if (MessageArchive.List(content, options.Limits, out var fault) is not { } entries)
            return Unusable($"'{name}' is refused. {fault}");
        if (entries.Any(e => e.Name == PackageManifest.FileName))
        {
            using var manifest = MessageArchive.Open(content, PackageManifest.FileName, options.Limits, out fault);
            if ((manifest is null ? Unusable(fault!) : ReadManifest(manifest)) is { } problem)
                return problem;
        }
        else if (entries.Count == 1)
            return Add(new SubmittedFile { Name = name, Bytes = file.Bytes, Sha256 = file.Sha256 });

        foreach (var entry in entries.Where(e => e.Name != PackageManifest.FileName))
        {
            if (Add(new SubmittedFile { Name = entry.Name, Bytes = entry.Length, Sha256 = file.Sha256, Entry = entry.Name }) is { } problem)
                return problem;
        }

        return null;
    }

    Problem? ReadManifest(Stream stream)
    {
        if (_manifest is not null)
            return Unusable($"There are two files called {PackageManifest.FileName}.");
        using var bytes = new MemoryStream();
        var buffer = new byte[8192];
        while (stream.Read(buffer) is > 0 and var count)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > PackageManifest.MaxBytes)
                return Unusable($"{PackageManifest.FileName} is larger than {PackageManifest.MaxBytes:N0} bytes.");
        }

        bytes.Position = 0;
        _manifest = PackageManifest.Read(bytes, out var fault);
        fault ??= _manifest!.Ask(request);
        return fault is null ? null : Unusable(fault);
    }

    Problem? Add(SubmittedFile file)
    {
        if (file.Name.Any(char.IsControl))
            return Unusable("The name of a file holds control characters.");
        if (_files.Exists(f => f.Name.Equals(file.Name, StringComparison.OrdinalIgnoreCase)))
            return Unusable($"There are two files of the name '{file.Name}'.");
        _files.Add(file);
        return _files.Count > options.Intake.MaxFiles ? Unusable($"There are more than {options.Intake.MaxFiles:N0} files in the package.") : null;
    }

    Problem? Describe()
    {
        if (_files.Count == 0)
            return Bad("There is no message in the body.");
        if (_manifest is null)
        {
            Files = _files;
            return null;
        }

        Files = _manifest.Describe(_files, out var fault) ?? [];
        return fault is null ? null : Unusable(fault);
    }

    static Problem Bad(string detail) => Problem.Of(StatusCodes.Status400BadRequest, detail);

    static Problem Unusable(string detail) => Problem.Of(StatusCodes.Status422UnprocessableEntity, detail);

    static Problem TooLarge(FormattableString detail) => Problem.Of(StatusCodes.Status413PayloadTooLarge, detail.ToString(CultureInfo.InvariantCulture));

    static string? Text(Microsoft.Extensions.Primitives.StringSegment segment) => HeaderUtilities.RemoveQuotes(segment).Value is { Length: > 0 } text ? text : null;
}

using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Sdmx.Xml;

namespace Sdmx.Formats;

/// <summary>Tells what a message is by its first bytes: the XML root, the first CSV header, the members of a JSON object.</summary>
static partial class MessageSniffer
{
    const int HeadLength = 1 << 16;

    /// <summary>The row of the table of formats, or the finding that says what else it is.</summary>
    public static (Format? Format, Issue? Issue) Sniff(Stream content, ReadLimits limits)
    {
        var head = new byte[HeadLength];
        head = head[..content.ReadAtLeast(head, HeadLength, throwOnEndOfStream: false)];
        if (head.Length == 0)
            return Fault(IssueCode.EmptyFile, "The file is empty.");
        if (head.AsSpan().StartsWith("\uFEFF"u8))
            head = head[3..];
        if (Compression(head) is { } compression)
            return Fault(IssueCode.BrokenArchive, $"The content is compressed by {compression}, where a message is expected; gzip or zip may be used, once.");
        if (Utf16Start(head) is { } first)
            return SniffUtf16(head, first, limits);
        var start = Array.FindIndex(head, b => b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'));
        if (start < 0)
            return Fault(IssueCode.EmptyFile, "The file holds nothing but blanks.");
        return head[start] switch
        {
            (byte)'<' => SniffXml(head, limits),
            (byte)'{' or (byte)'[' => SniffJson(Encoding.UTF8.GetString(head)),
            _ => SniffCsv(Encoding.UTF8.GetString(head, start, Math.Min(200, head.Length - start))),
        };
    }

    static (Format?, Issue?) SniffXml(byte[] head, ReadLimits limits)
    {
        var text = Encoding.UTF8.GetString(head, 0, Math.Min(2000, head.Length));
        if (text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase))
            return Unknown("The file is a web page (HTML), perhaps a server's error page");
        using var xml = SafeXml.Open(new MemoryStream(head), limits);
        try
        {
            xml.MoveToContent();
            return SniffRoot(xml.NamespaceURI, xml.LocalName);
        }
        catch (XmlException fault)
        {
            return (null, SafeXml.IssueOf(fault, null, xml));
        }
    }

    /// <summary>The first character of a text in UTF-16, with its byte order mark or without; null where it is none.</summary>
    static char? Utf16Start(ReadOnlySpan<byte> head)
    {
        if (head.Length < 2)
            return null;
        if (head.StartsWith((byte[])[0xFF, 0xFE]) || head.StartsWith((byte[])[0xFE, 0xFF]))
            return '\uFEFF';
        return (head[0], head[1]) switch
        {
            ( >= 0x20 and < 0x7F, 0) => (char)head[0],
            (0, >= 0x20 and < 0x7F) => (char)head[1],
            _ => null,
        };
    }

    // XML may be UTF-16, if it says so; the other formats may not.
    static (Format?, Issue?) SniffUtf16(byte[] head, char first, ReadLimits limits)
    {
        var second = head.Length >= 4 ? (char)(head[2] + head[3]) : ' ';
        var isXml = first == '<' || (first == '\uFEFF' && second == '<');
        var (format, issue) = isXml ? SniffXml(head, limits) : default;
        return format is not null || (issue is { } found && (first == '\uFEFF' || found.Code != IssueCode.IllFormed)) ? (format, issue)
            : Fault(IssueCode.WrongEncoding, "The text is UTF-16, where UTF-8 is expected. Save it as UTF-8.");
    }

    static (Format?, Issue?) SniffRoot(string space, string root)
    {
        if (root == "Structure" && (space == SdmxMlVersion.V30.Message || space == SdmxMlVersion.V31.Message))
            return (Format.Find(space == SdmxMlVersion.V30.Message ? "structure-xml-3.0" : "structure-xml-3.1"), null);
        if (space != SdmxNamespaces.Message)
        {
            if (root == "StructureSpecificData" && (space == SdmxMlVersion.V30.Message || space == SdmxMlVersion.V31.Message))
                return (Format.Find(space == SdmxMlVersion.V30.Message ? "structurespecific-3.0" : "structurespecific-3.1"), null);
            if (root == "GenericMetadata" && VersionOf(space) is "3.0" or "3.1")
                return (Format.Find("metadata-xml-3.0"), null);
            return VersionOf(space) is { } version
                ? Fault(IssueCode.UnsupportedFormat, $"The file is SDMX-ML {version} ({root}), which the hub does not read yet. It reads {MessageFile.Readable}.", root)
                : Unknown($"The file is XML with the root element '{root}'{(space.Length > 0 ? $" in '{space}'" : "")}, which is not SDMX-ML");
        }

        var id = root switch
        {
            "StructureSpecificData" or "StructureSpecificTimeSeriesData" => "structurespecific-2.1",
            "GenericData" or "GenericTimeSeriesData" => "generic-2.1",
            "Structure" => "structure-xml-2.1",
            "GenericMetadata" => "metadata-xml-2.1",
            _ => null,
        };
        return id is not null
            ? (Format.Find(id), null)
            : Fault(IssueCode.UnsupportedFormat, $"The file is an SDMX-ML 2.1 {root} message, which carries no data or structures that the hub reads. It reads {MessageFile.Readable}.", root);
    }

    static string? VersionOf(string space)
    {
        foreach (var version in (string[])["1_0", "2_0", "2_1", "3_0", "3_1"])
        {
            if (space.Contains("sdmx", StringComparison.OrdinalIgnoreCase) && space.Contains($"/schemas/v{version}/", StringComparison.Ordinal))
                return version.Replace('_', '.');
        }

        return null;
    }

    static (Format?, Issue?) SniffJson(string head)
    {
        var isData = Has("dataSets") || head.Contains("data-schema", StringComparison.Ordinal);
        var isStructure = head.Contains("structure-schema", StringComparison.Ordinal) || (!isData && Json.StructureJsonReader.CollectionNames.Any(Has));
        if (Has("metadataSets") || head.Contains("metadata-schema", StringComparison.Ordinal))
            return (Format.Find("metadata-json-2.0"), null);
        if (!isData && !isStructure)
            return Unknown("The file is JSON, but no SDMX-JSON message");
        if (isStructure)
            return (Format.Find(StructureVersion()), null);
        var isOld = Has("header") || head.Contains("schemas/1.0", StringComparison.Ordinal) || OneStructure().IsMatch(head);
        return (Format.Find(isOld ? "json-1.0" : "json-2.0"), null);

        // One reader takes them all; the schema tells the version, else words that only one of them has.
        string StructureVersion() => head.Contains("/2.1/", StringComparison.Ordinal) || Has("availabilityConstraints") ? "structure-json-2.1"
            : head.Contains("schemas/1.0", StringComparison.Ordinal) || Array.Exists(OnlyFirst, Has) ? "structure-json-1.0" : "structure-json-2.0";

        bool Has(string member) => head.Contains($"\"{member}\"", StringComparison.Ordinal);
    }

    static readonly string[] OnlyFirst =
        ["contentConstraints", "hierarchicalCodelists", "structureSets", "attachmentConstraints", "textFormat", "assignmentStatus", "primaryMeasure", "timeDimensions", "isFinal", "structureUsage"];

    // 2.x has several, and says "structure" of a data set only, with a number.
    [GeneratedRegex("\"structure\"\\s*:\\s*\\{", RegexOptions.CultureInvariant)]
    private static partial Regex OneStructure();

    static (Format?, Issue?) SniffCsv(string head)
    {
        var line = head.AsSpan(0, head.AsSpan().IndexOfAny('\r', '\n') is >= 0 and var end ? end : head.Length);
        var first = line.TrimStart('"');
        if (IsHeader(first, "DATAFLOW"))
            return (Format.Find("csv-1.0"), null);
        if (IsHeader(first, "STRUCTURE"))
            return (Format.Find("csv-2.0"), null);
        if (IsHeader(first, "MDSTRUCTURE"))
            return (Format.Find("metadata-csv-2.0"), null);
        var comma = first.IndexOfAny(',', ';', '\t');
        return line.IndexOfAnyInRange('\0', '\u0008') < 0 && comma > 0
            ? Unknown($"The file may be CSV, but its first column is '{first[..comma].Trim('"')}', where SDMX-CSV has DATAFLOW (1.0) or STRUCTURE (2.0)")
            : Unknown("The content is no text that the hub knows");
    }

    static bool IsHeader(ReadOnlySpan<char> text, string name) =>
        text.StartsWith(name, StringComparison.Ordinal) && (text.Length == name.Length || !(char.IsAsciiLetterOrDigit(text[name.Length]) || text[name.Length] == '_'));

    static string? Compression(ReadOnlySpan<byte> head) =>
        head.Length >= 2 && head[0] == 0x1F && head[1] == 0x8B ? "gzip"
        : head.StartsWith("PK\x03\x04"u8) ? "zip"
        : head.StartsWith("BZh"u8) ? "bzip2"
        : head.StartsWith((byte[])[0xFD, 0x37, 0x7A, 0x58, 0x5A]) ? "xz"
        : head.StartsWith((byte[])[0x28, 0xB5, 0x2F, 0xFD]) ? "Zstandard" : null;

    static (Format?, Issue?) Unknown(string what) => Fault(IssueCode.UnknownFormat, $"{what}. The hub reads {MessageFile.Readable}.");

    static (Format?, Issue?) Fault(IssueCode code, string message, string? value = null) => (null, new(code, new(null, 0, 0), message) { Value = value });
}

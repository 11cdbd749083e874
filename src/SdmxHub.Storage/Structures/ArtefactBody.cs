using System.Buffers;
using System.IO.Compression;
using Sdmx;
using Sdmx.Formats;

namespace SdmxHub.Storage;

/// <summary>One artefact as the table <c>artefact</c> keeps it: an SDMX-ML message of structures or metadata, deflated. It is one of 2.1, or of 3.0 or
/// 3.1 where 2.1 cannot say it; its root element says which.</summary>
static class ArtefactBody
{
    const int RootWithin = 128;

    static readonly MessageHeader Header = new() { Id = "STORE", Sender = "SdmxHub" };
    static readonly Format V21 = Format.Find("structure-xml-2.1")!;
    static readonly Format[] Later = [Format.Find("structure-xml-3.0")!, Format.Find("structure-xml-3.1")!];
    static readonly Format Reports21 = Format.Find("metadata-xml-2.1")!;
    static readonly Format Reports30 = Format.Find("metadata-xml-3.0")!;

    /// <summary>What the form cannot carry of an artefact; it is refused rather than kept without.</summary>
    public static IReadOnlyList<string> Losses(Artefact artefact) => FormatOf(artefact) is var format && artefact.IsFinal is not null && Later.Contains(format)
        ? [.. format.StructureLosses(artefact), "that it is final: 3.x says it by the version"] : format.StructureLosses(artefact);

    /// <summary>An artefact as it is meant beside the one that is held: what is final stays it, for not every format can say that it is.</summary>
    public static Artefact Beside(Artefact artefact, Artefact? held) => artefact.IsFinal is null && held?.IsFinal == true ? artefact with { IsFinal = true } : artefact;

    /// <summary>Whether an artefact is one that is held already, as SDMX-ML says them both.</summary>
    public static bool IsSame(Artefact artefact, Artefact held) =>
        artefact.Equals(held) || (Losses(artefact).Count == 0 && Decode(Encode(artefact)).Equals(held));

    public static byte[] Encode(Artefact artefact)
    {
        if (Losses(artefact) is { Count: > 0 } losses)
            throw new InvalidOperationException($"{artefact.Urn.ShortName} cannot be kept yet: {FormatOf(artefact).Id} cannot carry {string.Join(", ", losses)}");
        var message = new ArrayBufferWriter<byte>();
        FormatOf(artefact).WriteStructures!(message, new StructureMessage(Header, [artefact]), new WriterOptions { Header = Header });
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal))
            deflate.Write(message.WrittenSpan);
        return packed.ToArray();
    }

    /// <exception cref="StoreException">The bytes are not what <see cref="Encode"/> made.</exception>
    public static Artefact Decode(ReadOnlySpan<byte> body)
    {
        using var inflate = new DeflateStream(new MemoryStream(body.ToArray()), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        inflate.CopyTo(unpacked);
        unpacked.Position = 0;
        using var issues = new IssueLog();
        var isReport = unpacked.GetBuffer().AsSpan(0, (int)Math.Min(unpacked.Length, RootWithin)).IndexOf("GenericMetadata"u8) > 0;
        var message = (isReport ? Reports21 : V21).ReadStructures!(unpacked, new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues });
        if (message.Artefacts.Count != 1)
            throw new StoreException("The store is damaged: a structure or metadata set in it cannot be read.");
        return message.Artefacts[0];
    }

    static Format FormatOf(Artefact artefact) => artefact is MetadataSet set ? set.IsLegacy ? Reports21 : Reports30
        : V21.StructureLosses(artefact).Count == 0 ? V21 : Later.FirstOrDefault(f => f.StructureLosses(artefact).Count == 0) ?? (ArtefactTypes.Of(artefact.Type).IsSinceV3 ? Later[0] : V21);
}

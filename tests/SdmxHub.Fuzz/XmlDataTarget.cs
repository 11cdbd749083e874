using Sdmx;
using Sdmx.Tests.Data;
using Sdmx.Tests.Xml;
using Sdmx.Xml;

namespace SdmxHub.Fuzz;

/// <summary>A reader of SDMX-ML data, held against the same over the runtime's XmlReader.</summary>
sealed class XmlDataTarget(string format, bool isGeneric) : DataTarget(format)
{
    readonly XmlOracle _oracle = new(isGeneric, FuzzStructures.Catalog, FuzzStructures.Limits);

    /// <inheritdoc/>
    public override void Check(byte[] bytes)
    {
        var window = 64 + Choose(bytes, 700);
        var (expected, actual) = (_oracle.Read(bytes), _oracle.Read(bytes, window));
        if (IsAlikeInPieces(bytes) && Transcript.Difference(expected, actual) is { } difference
            && !Transcript.HasTwoFaults(bytes, expected, actual) && !Transcript.HasCutDoctype(expected, actual) && !IsOfEncoding(expected, actual))
            throw new DifferenceException("xml", $"with a window of {window}, {difference}");
        base.Check(bytes);
    }

    // where bytes are no text, the runtime's reader may say so some elements before them: at the start of what it decodes at once
    static bool IsOfEncoding(List<string> expected, List<string> actual) => expected.Exists(IsEncoding) && actual.Exists(IsEncoding);

    static bool IsEncoding(string said) => said.StartsWith("WrongEncoding", StringComparison.Ordinal);

    // the runtime's reader, by which all that is not declared as UTF-8 is read, counts a line twice where its buffer ends in an end tag,
    // and finds bytes that are no text here or there
    protected override bool IsAlikeInPieces(byte[] bytes)
    {
        using var xml = SafeXml.OpenData(new MemoryStream(bytes), FuzzStructures.Limits, 1 << 12);
        return xml is Utf8XmlReader;
    }

    protected override DataReader Open(Stream stream, ReadContext context, int window) =>
        isGeneric ? new GenericReader(stream, context, window) : new StructureSpecificReader(stream, context, window);
}

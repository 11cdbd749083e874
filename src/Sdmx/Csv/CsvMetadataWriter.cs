using System.Buffers;
using System.Text;

namespace Sdmx.Csv;

/// <summary>Writes SDMX-CSV 2.0 metadata messages: a row for each metadata set (checklist 2.6).</summary>
/// <remarks>Names stand in <c>METADATASET_NAME</c>, reporting and publication periods in columns of their own names, where any set has them.
/// What it cannot say is left out: ask for the losses first.</remarks>
static class CsvMetadataWriter
{
    const char Separator = ';';

    /// <summary>Writes the metadata sets of <paramref name="message"/>; a header has no place.</summary>
    public static void Write(IBufferWriter<byte> output, StructureMessage message, WriterOptions options)
    {
        List<MetadataSet> sets = [.. message.Artefacts.OfType<MetadataSet>()];
        var columns = sets.SelectMany(s => Values(s)).GroupBy(v => (v.Path, v.IsLocalised)).Select(g => (
            Column: new CsvMetadataColumn(g.Key.Path, g.GroupBy(v => v.Set).Any(s => s.Count() > 1), g.Key.IsLocalised),
            Languages: g.SelectMany(v => v.Attribute.Text.Texts).Select(t => t.Language).Distinct().ToList())).ToList();
        (string Head, Func<MetadataSet, string?> Of)[] extras =
        [
            ("reportingBegin", s => s.ReportingBegin), ("reportingEnd", s => s.ReportingEnd), ("publicationYear", s => s.PublicationYear),
            ("publicationPeriod", s => s.PublicationPeriod), ("validFrom", s => s.ValidFrom), ("validTo", s => s.ValidTo),
        ];
        extras = [.. extras.Where(e => sets.Exists(s => e.Of(s) is not null))];
        var names = sets.SelectMany(s => s.Name.Texts).Select(t => t.Language).Distinct().ToList();
        Row(output, [
            $"MDSTRUCTURE[{Separator}]", "MDSTRUCTURE_ID", "METADATASET_ID", Localised("METADATASET_NAME", names), "ACTION", "TARGET_TYPES", "TARGET_IDS",
            .. extras.Select(e => e.Head),
            .. columns.Select(c => Localised(c.Column.IsRepeated ? c.Column.Path + "[]" : c.Column.Path, c.Languages)),
        ]);
        foreach (var set in sets)
        {
            var values = Values(set).ToLookup(v => (v.Path, v.IsLocalised), v => v.Attribute);
            var targets = set.Reports.SelectMany(r => r.Targets).Select(t => Urn.TryParse(t.Value, out var urn) ? urn : default).Where(u => u.Class is not null).ToList();
            Row(output, [
                "metadataflow", set.Structure?.ShortName ?? "", set.Urn.ShortName, CsvSubfields.Cell(set.Name, Separator), Action(set.Action),
                string.Join(Separator, targets.Select(u => ArtefactTypes.Of(u.Type).Resource)), string.Join(Separator, targets.Select(u => u.ShortName)),
                .. extras.Select(e => e.Of(set) ?? ""),
                .. columns.Select(c => Cell(c.Column, [.. values[(c.Column.Path, c.Column.IsLocalised)]])),
            ]);
        }
    }

    /// <summary>What of a metadata set SDMX-CSV 2.0 cannot carry, one phrase each.</summary>
    public static IReadOnlyList<string> Losses(Artefact artefact)
    {
        if (artefact is not MetadataSet set)
            return [$"a {artefact.Type}"];
        if (set.IsStub)
            return ["a stub, which would be taken for the whole set"];
        List<string> losses = [.. set.OnlyLegacy];
        if (!set.Description.IsEmpty || set.Annotations.Concat(set.AllAttributes.SelectMany(a => a.Annotations)).Any())
            losses.Add("descriptions and annotations");
        if ((set.Uri ?? set.ServiceUrl ?? set.StructureUrl) is not null || set.IsExternalReference is not null)
            losses.Add("links, and whether a set is held elsewhere");
        if (set.Reports.SelectMany(r => r.Targets).Any(t => t.Kind == "ObjectReference" && !IsNamed(t.Value)))
            losses.Add("targets that are items, of classes that the hub does not keep, or spelt in another way than the standard's");
        if (set.AllAttributes.Any(a => a.IsStructured))
            losses.Add("texts that are elements (StructuredText)");
        if (set.AllAttributes.Any(a => a.Attributes.IsEmpty && a.Text.IsEmpty && string.IsNullOrEmpty(a.Value)) || set.AllAttributes.Any(a => a.Value?.Length == 0))
            losses.Add("attributes that are declared empty");
        if (set.Reports.SelectMany(r => r.Attributes).Any(a => CsvMetadataReader.Known.Contains(a.Id)))
            losses.Add("attributes that are called as a column of the format");
        if (set.Reports.Any(r => HasRepeatedParent(r.Attributes)))
            losses.Add("repeated attributes with others below them, or with both values and texts");
        if (set.AllAttributes.Select(a => a.Text).Append(set.Name).Any(t => t.Texts.Select(x => x.Language).Distinct().Count() < t.Texts.Count))
            losses.Add("several texts in one language");
        return losses;
    }

    // By its type and its name, as the columns have it.
    static bool IsNamed(string? target) =>
        Urn.TryParse(target, out var urn) && urn.Item is null && ArtefactTypes.Of(urn.Type).Class == urn.Class && new Urn(urn.Type, urn.Agency, urn.Id, urn.Version).ToString() == target;

    // Which of several parents a value is below, and the order of values and texts, would be lost.
    static bool HasRepeatedParent(ValueArray<ReportedAttribute> attributes) =>
        attributes.GroupBy(a => a.Id).Any(g => g.Count() > 1 && (g.Any(a => !a.Attributes.IsEmpty) || g.Select(a => a.Text.IsEmpty).Distinct().Count() > 1))
        || attributes.Any(a => HasRepeatedParent(a.Attributes));

    /// <summary>The attributes of a set that have a value or texts, with their paths, in order.</summary>
    static IEnumerable<(MetadataSet Set, string Path, bool IsLocalised, ReportedAttribute Attribute)> Values(MetadataSet set)
    {
        return set.Reports.SelectMany(r => Below("", r.Attributes)).Select(v => (set, v.Path, !v.Attribute.Text.IsEmpty, v.Attribute));

        static IEnumerable<(string Path, ReportedAttribute Attribute)> Below(string above, ValueArray<ReportedAttribute> attributes) => attributes.SelectMany(a =>
        {
            var below = Below($"{above}{a.Id}.", a.Attributes);
            return a.Value is null && a.Text.IsEmpty ? below : below.Prepend((above + a.Id, a));
        });
    }

    static string Cell(CsvMetadataColumn column, ReportedAttribute[] attributes)
    {
        var parts = attributes.Select(a => column.IsLocalised ? CsvSubfields.Cell(a.Text, Separator) : a.Value ?? "");
        // Only where several values may be meant is a value quoted once more.
        return string.Join(Separator, column.IsRepeated ? parts.Select(p => CsvSubfields.Quote(p, Separator)) : parts);
    }

    static string Localised(string path, List<string> languages) => languages.Count == 0 ? path : $"{path}[{string.Join(Separator, languages)}]";

    static string Action(DatasetAction? action) => action switch
    {
        DatasetAction.Append or DatasetAction.Merge => "A",
        DatasetAction.Replace => "R",
        DatasetAction.Delete => "D",
        _ => "I",
    };

    static void Row(IBufferWriter<byte> output, IEnumerable<string> cells)
    {
        var row = string.Join(',', cells.Select(c => Escapes.MustQuote(c) ? $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : c));
        Encoding.UTF8.GetBytes(row + "\r\n", output);
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Sdmx;

/// <summary>The identity that a set of SDMX 2.1 gets, which has none there: by what it reports about, and by whom (decision 0016).</summary>
/// <remarks>The agency is the data provider, or where none is named the agency of what it is structured by. The id is readable as far as its alphabet
/// goes, <c>SDG_META_RPT@BI@N@SI_POV_DAY1@5f3ab201</c>: the report structure, the values of the first target in order of their ids, and eight digits
/// that tell apart what the readable part does not: the structure, the ids, the objects, further reports. Versions do not count: a later
/// version of a flow is the same flow.</remarks>
static class MetadataSetIdentity
{
    const int MaxReadable = 100;

    /// <summary>A set with the identity that it has by its content.</summary>
    public static MetadataSet Of(MetadataSet set) => set with
    {
        Agency = set.DataProvider is { } provider ? provider.Item ?? provider.Agency : set.Structure is { } structure ? structure.Agency : "UNKNOWN",
        Id = IdOf(set),
        Version = "1.0",
    };

    static string IdOf(MetadataSet set)
    {
        var exact = new StringBuilder();
        if (set.Structure is { } structure)
            exact.Append(structure.Class).Append('=').Append(structure.Agency).Append(':').Append(structure.Id);
        foreach (var target in set.Reports.Select(ExactTarget).Order(StringComparer.Ordinal))
            exact.Append('\n').Append(target);
        var digits = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(exact.ToString())))[..8];
        return $"{Readable(set)}@{digits}";
    }

    static string Readable(MetadataSet set)
    {
        if (set.Reports.IsEmpty)
            return "EMPTY";
        var text = new StringBuilder(set.Reports[0].Id);
        foreach (var value in set.Reports[0].Targets.SelectMany(t => t.Key).OrderBy(k => k.Id, StringComparer.Ordinal))
            text.Append('@').Append(value.Value);
        if (set.Reports.Count > 1)
            text.Append(CultureInfo.InvariantCulture, $"@{set.Reports.Count}_reports");
        for (var i = 0; i < text.Length; i++)
        {
            if (!Identifiers.IsId([text[i]]))
                text[i] = '_';
        }

        return text.ToString(0, Math.Min(text.Length, MaxReadable));
    }

    /// <summary>A text that two reports share exactly when they are about the same: with no regard to the order of values.</summary>
    internal static string ExactTarget(MetadataReport report)
    {
        var text = new StringBuilder();
        Add(report.Id ?? "");
        Add(report.TargetId ?? "");
        foreach (var value in report.Targets.OrderBy(t => t.Id, StringComparer.Ordinal).ThenBy(t => t.Value, StringComparer.Ordinal))
        {
            Add(value.Id ?? "");
            Add(value.Kind);
            Add(value.DataProvider is { } provider ? WithoutVersion(provider) : "");
            Add(Urn.TryParse(value.Value, out var urn) ? WithoutVersion(urn) : value.Value ?? "");
            foreach (var part in value.Key.OrderBy(k => k.Id, StringComparer.Ordinal))
            {
                Add(part.Id);
                Add(part.Value);
            }
        }

        return text.ToString();

        void Add(string part) => text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part};");
    }

    static string WithoutVersion(Urn urn) => $"{urn.Class}={urn.Agency}:{urn.Id}.{urn.Item}";
}

using System.Diagnostics.CodeAnalysis;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>What a caller's role holds for. A list that is null stands for everything; an empty one for nothing.</summary>
/// <remarks>Written <c>flows:IAEG-SDGs:DF_SDG_GLC areas:417,762</c>: parts separated by blanks, ids by commas; what is not named is not limited.</remarks>
/// <param name="Agencies">The agencies whose structures it may send.</param>
/// <param name="Providers">The data providers for which it may send data: <c>AGENCY:ID</c>.</param>
/// <param name="Flows">The dataflows: <c>AGENCY:ID</c>, all their versions.</param>
/// <param name="Areas">The areas, as codes of the dimension REF_AREA.</param>
public sealed record Scopes(ValueArray<string>? Agencies, ValueArray<string>? Providers, ValueArray<string>? Flows, ValueArray<string>? Areas)
{
    /// <summary>Everything.</summary>
    public static Scopes All { get; } = new(null, null, null, null);

    /// <summary>The names of the parts, as they are written.</summary>
    public static IReadOnlyList<string> Names { get; } = ["agencies", "providers", "flows", "areas"];

    /// <summary>The parts with their names, in the order of <see cref="Names"/>.</summary>
    public IEnumerable<(string Name, ValueArray<string>? Ids)> Parts =>
        [("agencies", Agencies), ("providers", Providers), ("flows", Flows), ("areas", Areas)];

    /// <summary>Reads the written form; empty text is <see cref="All"/>.</summary>
    /// <param name="text">The parts, separated by blanks.</param>
    /// <param name="scopes">What they mean.</param>
    /// <param name="fault">What cannot be read, a sentence, or null.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Scopes? scopes, [NotNullWhen(false)] out string? fault)
    {
        (scopes, fault) = (null, null);
        var read = All;
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = word.IndexOf(':');
            ValueArray<string> ids = [.. word[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries)];
            if (colon < 0 || read.With(word[..colon], ids) is not { } more)
                fault ??= $"'{word}' is no scope: expected NAME:ID,ID... with one of {string.Join(", ", Names)}, each once.";
            else
                read = more;
        }

        scopes = fault is null ? read : null;
        return fault is null;
    }

    /// <summary>Reads what the hub itself wrote.</summary>
    /// <exception cref="StoreException">It is damaged.</exception>
    internal static Scopes Read(string? text) => TryParse(text ?? "", out var scopes, out var fault) ? scopes : throw new StoreException(fault);

    /// <summary>These scopes with one part more, or null when there is no such part, or it is limited already.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="ids">What it is limited to.</param>
    public Scopes? With(string name, ValueArray<string> ids) => name switch
    {
        "agencies" when Agencies is null => this with { Agencies = ids },
        "providers" when Providers is null => this with { Providers = ids },
        "flows" when Flows is null => this with { Flows = ids },
        "areas" when Areas is null => this with { Areas = ids },
        _ => null,
    };

    /// <summary>The written form; empty for <see cref="All"/>.</summary>
    public override string ToString() => string.Join(' ', Parts.Where(p => p.Ids is not null).Select(p => $"{p.Name}:{string.Join(',', p.Ids!.Value)}"));
}

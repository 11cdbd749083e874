namespace Sdmx;

/// <summary>Rules of the SDG domain that a sender, or the agreement it sends under, leaves out.</summary>
/// <param name="Codes">Their codes, each once, by number: all of them optional (<see cref="IssueCodes.IsOptional"/>).</param>
public readonly record struct OptionalRules(ValueArray<IssueCode> Codes)
{
    /// <summary>The type of an agreement's annotation that leaves rules out; its title names them as <see cref="TryParse"/> reads them.</summary>
    public const string AnnotationType = "WITHOUT_RULES";

    /// <summary>Every rule that can be left out.</summary>
    public static OptionalRules All { get; } = new(IssueCodes.All.Select(r => r.Code).Where(c => c.IsOptional()).ToValueArray());

    /// <summary>Whether none is left out.</summary>
    public bool IsEmpty => Codes.IsEmpty;

    /// <summary>Whether a rule is left out.</summary>
    public bool Contains(IssueCode code) => Codes.AsSpan().Contains(code);

    /// <summary>These rules and others.</summary>
    public OptionalRules And(OptionalRules others) => others.IsEmpty ? this : new(Codes.Union(others.Codes).Order().ToValueArray());

    /// <summary>Reads <c>SDH5002,SDH5003</c>, in any case, with blanks where they please.</summary>
    /// <param name="text">The text; an empty one is none.</param>
    /// <param name="rules">The rules that were read.</param>
    /// <param name="fault">What is wrong, the beginning of a sentence; or null.</param>
    public static bool TryParse(string text, out OptionalRules rules, out string? fault)
    {
        var codes = new SortedSet<IssueCode>();
        fault = null;
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var code = Array.FindIndex([.. All.Codes], c => string.Equals(c.Label(), word, StringComparison.OrdinalIgnoreCase));
            if (code >= 0)
                codes.Add(All.Codes[code]);
            else
                fault ??= $"'{word}' is no rule that can be left out: these can: {All}";
        }

        rules = new(codes.ToValueArray());
        return fault is null;
    }

    /// <summary>What an agreement leaves out.</summary>
    public static OptionalRules Of(ProvisionAgreement agreement)
    {
        var rules = default(OptionalRules);
        foreach (var annotation in agreement.Annotations.Where(a => a.Type == AnnotationType))
        {
            TryParse(annotation.Title ?? "", out var named, out _);
            rules = rules.And(named);
        }

        return rules;
    }

    /// <summary>The codes as <see cref="TryParse"/> reads them.</summary>
    public override string ToString() => string.Join(", ", Codes.Select(c => c.Label()));
}

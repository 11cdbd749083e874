using FluentValidation;
using Sdmx;
using Sdmx.Mapping;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What a sender asks for beside the bytes: in the query, in fields of a form, in a manifest. A value may come twice if it is the same.</summary>
sealed class SubmissionRequest
{
    readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>The names that are known.</summary>
    public static IReadOnlyList<string> Names { get; } = ["mode", "draft", "dataflow", "agreement", "map", "without", "note", "filename"];

    /// <summary>check, draft or publish; when nothing is said, draft where a draft is named, else check.</summary>
    public string Mode => Value("mode") ?? (Draft is null ? "check" : "draft");

    /// <summary>The draft's name.</summary>
    public string? Draft => Value("draft");

    /// <summary>The flow for data that name only a structure.</summary>
    public string? Dataflow => Value("dataflow");

    /// <summary>The provision agreement that it is sent under.</summary>
    public string? Agreement => Value("agreement");

    /// <summary>The structure map that data are read through.</summary>
    public string? Map => Value("map");

    /// <summary>The rules of the SDG domain that are left out; the text satisfies the <see cref="SubmissionRequestRules"/>.</summary>
    public string? Without => Value("without");

    /// <summary>What the sender says about it.</summary>
    public string? Note => Value("note");

    /// <summary>What the one file is called.</summary>
    public string? FileName => Value("filename");

    /// <summary>The sender's key for the submission, by which it may be sent again.</summary>
    public string? Key { get; init; }

    /// <summary>Takes a value.</summary>
    /// <returns>Why not, as a sentence; null when it is taken.</returns>
    public string? Set(string name, string value)
    {
        if (!Names.Contains(name))
            return $"'{name}' is no value of a submission; known are {string.Join(", ", Names)}.";
        if (value.Length == 0)
            return null;
        return _values.TryAdd(name, value) || _values[name] == value ? null : $"{name} is said twice: '{_values[name]}' and '{value}'.";
    }

    /// <summary>The submission that is asked for; the values satisfy the <see cref="SubmissionRequestRules"/>.</summary>
    public Submission Of(IReadOnlyList<SubmittedFile> files, Caller sender) => new()
    {
        Mode = Enum.Parse<SubmissionMode>(Mode, ignoreCase: true), Draft = Draft, Dataflow = Dataflow, Agreement = Agreement, Map = Map, Note = Note,
        Without = OptionalRules.TryParse(Without ?? "", out var rules, out _) && !rules.IsEmpty ? rules.ToString() : null,
        Actor = sender.Name, Scopes = sender.Scopes, Files = files,
    };

    string? Value(string name) => _values.GetValueOrDefault(name);
}

/// <summary>What the values of a submission must satisfy.</summary>
sealed class SubmissionRequestRules : AbstractValidator<SubmissionRequest>
{
    public SubmissionRequestRules()
    {
        RuleFor(r => r.Mode).Must(m => m is "check" or "draft" or "publish").WithMessage(r => $"mode is '{r.Mode}': expected check, draft or publish.");
        RuleFor(r => r.Draft).Matches("^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$").When(r => r.Draft is not null)
            .WithMessage(r => $"draft is '{r.Draft}': expected a name of letters, digits and . _ -, as 2026.Q1.G.01.");
        RuleFor(r => r.Draft).NotNull().When(r => r.Mode == "draft").WithMessage("draft is missing: the name of the draft, as draft=2026.Q1.G.01.");
        RuleFor(r => r.Draft).Null().When(r => r.Mode is "check" or "publish").WithMessage(r => $"draft is '{r.Draft}', but the mode is {r.Mode}: leave one of them out.");
        RuleFor(r => r.Dataflow).Must(d => d is null || IsFlow(d)).WithMessage(r => $"dataflow is '{r.Dataflow}': expected AGENCY:ID or AGENCY:ID(VERSION), as IAEG-SDGs:DF_SDG_GLC.");
        RuleFor(r => r.Agreement).Must(a => a is null || IsFlow(a)).WithMessage(r => $"agreement is '{r.Agreement}': expected a provision agreement as AGENCY:ID.");
        RuleFor(r => r.Map).Must(m => m is null || MapName.IsName(m)).WithMessage(r => $"map is '{r.Map}': expected a structure map as ID, AGENCY:ID, AGENCY:ID(VERSION) or a URN.");
        RuleFor(r => r.Without).Must(w => OptionalRules.TryParse(w ?? "", out _, out _)).WithMessage(r => $"without: {FaultOf(r.Without!)}.");
        RuleFor(r => r.Note).MaximumLength(2000).WithMessage("note is longer than 2000 characters.");
        RuleFor(r => r.FileName).MaximumLength(255).WithMessage("filename is longer than 255 characters.");
        RuleFor(r => r.Key).Matches("^[!-~]{1,255}$").When(r => r.Key is not null).WithMessage("Idempotency-Key: expected 1 to 255 visible ASCII characters.");
    }

    static string? FaultOf(string rules)
    {
        OptionalRules.TryParse(rules, out _, out var fault);
        return fault;
    }

    /// <summary>Whether a text names a flow, or another structure, as a whole.</summary>
    public static bool IsFlow(string text) => Urn.TrySplit(text, out _, out _, out _, out var item) && item is null;
}

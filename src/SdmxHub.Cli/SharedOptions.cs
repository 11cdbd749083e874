using System.CommandLine;
using System.CommandLine.Parsing;
using Sdmx;
using Sdmx.Formats;
using Sdmx.Mapping;

namespace SdmxHub.Cli;

/// <summary>The options that several commands take, each described once.</summary>
static class SharedOptions
{
    /// <summary><c>--store</c>.</summary>
    public static readonly Option<string> Store = new("--store") { Description = "The store: sqlite:PATH. Else the setting Store, which is sqlite:sdmxhub.db unless set.", HelpName = "URL" };

    /// <summary><c>--urls</c>.</summary>
    public static readonly Option<string> Urls = new("--urls") { Description = "The addresses to serve on, separated by semicolons. Else the setting Urls, which is http://127.0.0.1:5080 unless set.", HelpName = "URLS" };

    /// <summary><c>--structures</c>.</summary>
    public static readonly Option<string[]> Structures = new("--structures")
    {
        Description = "Structure messages to use besides the shipped dsd/ and msd/: a file, or a folder and all messages in and below it. May be repeated.",
        HelpName = "DIR|FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary><c>--dataflow</c>.</summary>
    public static readonly Option<Urn?> Dataflow = new("--dataflow")
    {
        Description = "The dataflow for data that name only a data structure.",
        HelpName = "AGENCY:ID[(VERSION)]",
        CustomParser = ParseDataflow,
    };

    /// <summary><c>--agreement</c>.</summary>
    public static readonly Option<Urn?> Agreement = new("--agreement")
    {
        Description = "The provision agreement that data are sent under: its constraints count, and new series become its.",
        HelpName = "AGENCY:ID",
        CustomParser = result => ParseUrn(result, ArtefactType.ProvisionAgreement, "provision agreement: write AGENCY:ID, as IAEG-SDGs:PA_KG"),
    };

    /// <summary><c>--without</c>.</summary>
    public static readonly Option<OptionalRules> Without = new("--without")
    {
        Description = "Rules of the SDG domain to leave out, as SDH5002,SDH5003; the rules of the standard always hold.",
        HelpName = "CODE[,CODE]",
        CustomParser = ParseRules,
    };

    /// <summary><c>--map</c>.</summary>
    public static readonly Option<string?> Map = new("--map")
    {
        Description = "The structure map that data are read through: they are checked and kept as data of its target.",
        HelpName = "URN|AGENCY:ID|ID",
        CustomParser = ParseMap,
    };

    /// <summary><c>--report</c>.</summary>
    public static readonly Option<string> Report = ReportOption();

    /// <summary><c>--lang</c>.</summary>
    public static readonly Option<string?> Language = LanguageOption();

    /// <summary><c>--quiet</c>: everywhere.</summary>
    public static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "No progress and no notes; results and faults only.", Recursive = true };

    /// <summary><c>--debug</c>: everywhere.</summary>
    public static readonly Option<bool> Debug = new("--debug") { Description = "On a fault of sdmxhub itself, show where in the program it arose.", Recursive = true };

    /// <summary>The options of every command.</summary>
    public static IReadOnlyList<Option> Everywhere { get; } = [Quiet, Debug, Settings.File, Settings.Set, Settings.Print];

    /// <summary>The formats the hub writes, by id.</summary>
    public static string Formats => string.Join(", ", Format.All.Where(f => f.Write is not null || f.WriteStructures is not null).Select(f => f.Id));

    /// <summary>Reads <c>AGENCY:ID</c> or <c>AGENCY:ID(VERSION)</c> as a flow; without version it means the newest, written <c>~</c>.</summary>
    public static Urn? ParseDataflow(ArgumentResult result) =>
        ParseUrn(result, ArtefactType.Dataflow, "dataflow: write AGENCY:ID or AGENCY:ID(VERSION), as IAEG-SDGs:DF_SDG_GLC");

    static Urn? ParseUrn(ArgumentResult result, ArtefactType type, string expected)
    {
        var text = result.Tokens[0].Value;
        if (Urn.TrySplit(text, out var agency, out var id, out var version, out _))
            return new Urn(type, agency, id, version ?? "~");
        result.AddError($"'{text}' is no {expected}");
        return null;
    }

    static string? ParseMap(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (MapName.IsName(text))
            return text;
        result.AddError($"'{text}' is no structure map: write its URN, AGENCY:ID(VERSION), AGENCY:ID or ID, as NISR-SDGs:NATIONAL_TO_GLOBAL");
        return null;
    }

    static OptionalRules ParseRules(ArgumentResult result)
    {
        if (!OptionalRules.TryParse(string.Join(',', result.Tokens.Select(t => t.Value)), out var rules, out var fault))
            result.AddError(fault!);
        return rules;
    }

    static Option<string?> LanguageOption()
    {
        var option = new Option<string?>("--lang") { Description = "In a text report: the language in which the rules of the SDG domain say what they mean.", HelpName = string.Join('|', IssueCodes.Languages) };
        option.AcceptOnlyFromAmong([.. IssueCodes.Languages]);
        return option;
    }

    static Option<string> ReportOption()
    {
        var option = new Option<string>("--report")
        {
            Description = "How the report is written: text for people, json or csv for programs.",
            HelpName = "text|json|csv",
            DefaultValueFactory = _ => "text",
        };
        option.AcceptOnlyFromAmong("text", "json", "csv");
        return option;
    }
}

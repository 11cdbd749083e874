using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary><c>sdmxhub keys</c>: who may send to a store.</summary>
static class KeysCommand
{
    static readonly string[] Columns = ["id", "name", "role", "scopes", "created", "by", "expires", "revoked", "used"];

    static readonly Option<string> RoleOption = RoleOf();

    static readonly Option<string[]> Scope = new("--scope")
    {
        Description = "What the role holds for: agencies, providers, flows or areas, a colon, and ids, as areas:417,762; what is not named is not limited. May be repeated.",
        HelpName = "NAME:ID,ID",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    static readonly Option<DateTimeOffset?> Expires = new("--expires")
    {
        Description = "From when on the key no longer holds, as 2027-01-01 (UTC); never when left out.",
        HelpName = "DATE",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant))
                return instant;
            result.AddError($"'{result.Tokens[0].Value}' is no date: write 2027-01-01 or 2027-01-01T12:00:00Z");
            return null;
        },
    };

    static readonly string[] Examples =
    [
        "sdmxhub keys first --store sqlite:sdg.db",
        "sdmxhub keys make 'Kyrgyz office' --role provider --scope areas:417 --expires 2027-01-01 --store sqlite:sdg.db",
        "sdmxhub keys list --to https://hub.example.org",
        "sdmxhub keys revoke 0a1b2c3d4e5f --store sqlite:sdg.db",
    ];

    /// <summary>Makes the command.</summary>
    public static HubCommand Make(Terminal terminal)
    {
        var command = new HubCommand("keys", "Makes, lists and revokes the keys of those who may send.")
        {
            Details =
            [
                "On a store of this machine whoever may write its files may do so; with --to, on a hub elsewhere, an administrator's key. 'first' makes an administrator where there is none.",
                "A key is printed when it is made and never again: only a hash of it is kept.",
            ],
            Examples = Examples,
        };
        var name = SharedArguments.Word("NAME", "Whose key it is, for people and logs.");
        var id = SharedArguments.Word("ID", "The key's public part, as list gives it.");
        command.Add(Part("make", "Makes a key and prints it.", [name, RoleOption, Scope, Expires, SharedOptions.Store, HubClient.To], terminal,
            (words, ring, ct) => MakeKey(words, words.GetRequiredValue(name), ring, terminal, ct)));
        command.Add(Part("list", "Lists all keys, without their secrets.", [SharedOptions.Store, HubClient.To, SharedOptions.Report], terminal,
            (words, ring, ct) => List(words, ring, terminal, ct)));
        command.Add(Part("revoke", "Ends a key at once and for ever.", [id, SharedOptions.Store, HubClient.To], terminal,
            (words, ring, ct) => Revoke(words.GetRequiredValue(id), ring, terminal, ct)));
        command.Add(Part("first", "Makes the key of the first administrator of a store on this machine.", [SharedOptions.Store], terminal,
            (_, ring, _) => Task.FromResult(First((StoreKeys)ring, terminal))));
        return command;
    }

    static HubCommand Part(string name, string summary, ReadOnlySpan<Symbol> symbols, Terminal terminal, Func<ParseResult, KeyRing, CancellationToken, Task<int>> run)
    {
        var part = new HubCommand(name, summary) { Examples = [.. Examples.Where(e => e.StartsWith($"sdmxhub keys {name} ", StringComparison.Ordinal))] };
        part.Take(symbols);
        part.SetAction(async (parsed, ct) =>
        {
            if (Settings.Read(parsed, terminal) is not { } settings)
                return ExitCode.Unusable;
            using var ring = Ring(parsed, settings, out var fault);
            return ring is null ? terminal.Fail(fault!) : await run(parsed, ring, ct);
        });
        return part;
    }

    static KeyRing? Ring(ParseResult parsed, HubOptions settings, out string? fault)
    {
        fault = null;
        if (parsed.CommandResult.Command.Options.Contains(HubClient.To) && parsed.GetValue(HubClient.To) is { } address)
            return new HubKeys(new HubClient(address));
        return Stores.OpenExisting(settings.Store, out fault) is { } store ? new StoreKeys(store) : null;
    }

    static async Task<int> MakeKey(ParseResult words, string name, KeyRing ring, Terminal terminal, CancellationToken ct)
    {
        var request = new KeyRequest(name, words.GetRequiredValue(RoleOption), string.Join(' ', words.GetValue(Scope) ?? []), words.GetValue(Expires));
        if (new KeyRequestRules(TimeProvider.System).Validate(request) is { IsValid: false } result)
            return terminal.Fail(string.Join(' ', result.Errors.Select(e => e.ErrorMessage)).TrimEnd('.'));
        return Tell(await ring.Make(request, ct), terminal);
    }

    static int First(StoreKeys ring, Terminal terminal) =>
        ring.Keys.MakeFirst(null, Environment.UserName, out var secret) is { } key
            ? Tell(new(key, secret!), terminal)
            : terminal.Fail("there is an administrator already; 'sdmxhub keys make NAME --role administrator' makes another");

    static int Tell(MadeKey made, Terminal terminal)
    {
        terminal.Note($"key {made.Key.Id} of '{made.Key.Name}', {made.Key.Role.ToName()}{(made.Key.Scopes == Scopes.All ? "" : $", {made.Key.Scopes}")}; it is not shown again");
        terminal.Text.WriteLine(made.Secret);
        return ExitCode.Fine;
    }

    static async Task<int> Revoke(string id, KeyRing ring, Terminal terminal, CancellationToken ct)
    {
        if (!await ring.Revoke(id, ct))
            return terminal.Fail($"there is no key '{id}'");
        terminal.Text.WriteLine($"{id}: revoked");
        return ExitCode.Fine;
    }

    static async Task<int> List(ParseResult words, KeyRing ring, Terminal terminal, CancellationToken ct)
    {
        var keys = await ring.List(ct);
        switch (words.GetRequiredValue(SharedOptions.Report))
        {
            case "json":
                terminal.Text.WriteLine(JsonSerializer.Serialize(keys, KeyJson.Default.IReadOnlyListApiKey));
                break;
            case "csv":
                terminal.Text.WriteLine(string.Join(',', Columns));
                foreach (var key in keys)
                    terminal.Text.WriteLine(CsvLine.Of(Cells(key)));
                break;
            default:
                var table = Terminal.Table(Columns);
                foreach (var key in keys)
                    table.AddCells(Cells(key));
                terminal.Write(table);
                break;
        }

        return ExitCode.Fine;
    }

    static string[] Cells(ApiKey key) =>
        [key.Id, key.Name, key.Role.ToName(), key.Scopes.ToString(), At(key.Created), key.CreatedBy, At(key.Expires), At(key.Revoked), At(key.LastUsed)];

    static string At(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";

    static Option<string> RoleOf()
    {
        var option = new Option<string>("--role") { Description = $"What the key may do: {string.Join(", ", Roles.Names)}; each may do what those before it may.", HelpName = "ROLE", Required = true };
        option.AcceptOnlyFromAmong([.. Roles.Names]);
        return option;
    }
}

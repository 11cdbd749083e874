using System.Text;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Access;

/// <summary>Keys: made once, kept as hashes, ended by time or by hand.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ApiKeysTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("sdmxhub-keys-").FullName;
    readonly SetClock _clock = new();
    readonly Store _store;
    readonly Intake _intake;
    readonly ApiKeys _keys;

    public ApiKeysTests()
    {
        _store = Store.Open($"sqlite:{Path.Combine(_folder, "hub.db")}", _clock);
        _intake = Intake.Open(_store, null, _clock);
        _keys = new(_intake);
    }

    public void Dispose()
    {
        _intake.Dispose();
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public void A_key_is_known_by_its_secret_with_all_it_was_made_with()
    {
        Scopes.TryParse("agencies:WHO flows:IAEG-SDGs:DF_SDG_GLC,AGY:DF areas:417", out var scopes, out _);
        var made = _keys.Make("Kyrgyz office", Role.Provider, scopes!, _clock.Now.AddDays(1), "root", out var secret);

        var known = _keys.Verify(secret);

        Assert.That(known, Is.EqualTo(made));
        Assert.That((known!.Scopes, known.Created, known.CreatedBy), Is.EqualTo((scopes, _clock.Now, "root")));
        Assert.That(secret, Does.Match($"^sdmxhub_{made.Id}_[0-9a-f]{{64}}$"));
    }

    [Test]
    public void Neither_the_secret_nor_the_first_token_is_kept()
    {
        var token = _keys.MakeFirstToken()!;
        _keys.Make("a", Role.Administrator, Scopes.All, null, "root", out var secret);

        var kept = string.Concat(Directory.GetFiles(_intake.Folder).Select(file => Encoding.Latin1.GetString(ReadShared(file))));

        Assert.That(kept, Does.Contain(secret.Split('_')[1]));
        Assert.That(kept, Does.Not.Contain(secret.Split('_')[2]).And.Not.Contain(token));
    }

    [Test]
    public void Wrong_secrets_unknown_ids_and_other_texts_are_no_keys()
    {
        var key = _keys.Make("a", Role.Reader, Scopes.All, null, "root", out var secret);
        string[] wrong =
        [
            "", "sdmxhub_", secret[..^1], secret + "0", secret.ToUpperInvariant(), secret[..^1] + (secret[^1] == '0' ? '1' : '0'),
            $"sdmxhub_{new string('0', 12)}_{secret.Split('_')[2]}", $"sdmxhub_{key.Id}_{new string('0', 64)}",
        ];

        Assert.That(wrong.Select(_keys.Verify), Is.All.Null);
    }

    [Test]
    public void A_key_holds_until_it_expires()
    {
        _keys.Make("a", Role.Reader, Scopes.All, _clock.Now.AddHours(1), "root", out var secret);

        _clock.Now = _clock.Now.AddHours(1).AddMicroseconds(-1);
        var before = _keys.Verify(secret);
        _clock.Now = _clock.Now.AddMicroseconds(1);

        Assert.That((before is null, _keys.Verify(secret)), Is.EqualTo((false, (ApiKey?)null)));
    }

    [Test]
    public void A_key_that_another_process_revokes_holds_no_longer()
    {
        var key = _keys.Make("a", Role.Reader, Scopes.All, null, "root", out var secret);
        using var other = Intake.Open(_store, null, _clock);

        var revoked = new ApiKeys(other).Revoke(key.Id);

        Assert.That((revoked, _keys.Verify(secret), _keys.List().Single().Revoked), Is.EqualTo((true, (ApiKey?)null, (DateTimeOffset?)_clock.Now)));
        Assert.That(_keys.Revoke("nobody"), Is.False);
    }

    [Test]
    public void A_use_is_noted_at_most_once_a_minute()
    {
        _keys.Make("a", Role.Reader, Scopes.All, null, "root", out var secret);
        var start = _clock.Now;
        var noted = new List<DateTimeOffset?>();

        foreach (var seconds in (int[])[0, 59, 60, 100, 121])
        {
            _clock.Now = start.AddSeconds(seconds);
            _keys.Verify(secret);
            noted.Add(_keys.List().Single().LastUsed);
        }

        Assert.That(noted.Select(at => (at!.Value - start).TotalSeconds), Is.EqualTo(new[] { 0, 0, 60, 60, 121 }));
    }

    [Test]
    public void The_first_token_makes_one_administrator_once()
    {
        var token = _keys.MakeFirstToken()!;

        var wrong = _keys.MakeFirst(new string('0', 64), "mallory", out _);
        var first = _keys.MakeFirst(token, "root", out var secret);
        var second = _keys.MakeFirst(token, "mallory", out _);

        Assert.That((wrong, second, _keys.MakeFirstToken()), Is.EqualTo(((ApiKey?)null, (ApiKey?)null, (string?)null)));
        Assert.That((_keys.Verify(secret!)!.Name, first!.Role), Is.EqualTo(("root", Role.Administrator)));
    }

    [Test]
    public void The_first_token_holds_for_an_hour_and_until_the_next_one()
    {
        var old = _keys.MakeFirstToken()!;
        var late = _keys.MakeFirstToken()!;

        Assert.That(_keys.MakeFirst(old, "mallory", out _), Is.Null);
        _clock.Now = _clock.Now.AddHours(1);
        Assert.That(_keys.MakeFirst(late, "mallory", out _), Is.Null);
    }

    [Test]
    public void Who_has_the_store_in_hand_needs_no_token_but_only_while_there_is_no_administrator()
    {
        _keys.Make("gone", Role.Administrator, Scopes.All, _clock.Now.AddSeconds(1), "root", out _);
        var tooEarly = _keys.MakeFirst(null, "root", out _);
        _clock.Now = _clock.Now.AddSeconds(1);

        Assert.That((tooEarly, _keys.MakeFirst(null, "root", out _)?.Name), Is.EqualTo(((ApiKey?)null, "root")));
    }

    [TestCase("", "")]
    [TestCase(" areas:417  flows:AGY:DF ", "flows:AGY:DF areas:417")]
    [TestCase("areas:", "areas:")]
    public void Scopes_read_back_as_written(string text, string written)
    {
        Scopes.TryParse(text, out var scopes, out _);

        Assert.That(scopes!.ToString(), Is.EqualTo(written));
        Scopes.TryParse(written, out var again, out _);
        Assert.That(again, Is.EqualTo(scopes));
    }

    [TestCase("area:417", "'area:417'")]
    [TestCase("417", "'417'")]
    [TestCase("areas:417 areas:4", "'areas:4'")]
    public void What_is_no_scope_is_named(string text, string named)
    {
        Scopes.TryParse(text, out var scopes, out var fault);

        Assert.That((scopes, fault), Is.EqualTo(((Scopes?)null, $"{named} is no scope: expected NAME:ID,ID... with one of agencies, providers, flows, areas, each once.")));
    }

    static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

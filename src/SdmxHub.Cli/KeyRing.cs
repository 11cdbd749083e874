using System.Net.Http.Json;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary>The keys that a command is about: of a store on this machine, or of a hub elsewhere.</summary>
abstract class KeyRing : IDisposable
{
    /// <summary>Makes a key out of a request that satisfies <see cref="KeyRequestRules"/>.</summary>
    public abstract Task<MadeKey> Make(KeyRequest request, CancellationToken ct);

    /// <summary>All keys.</summary>
    public abstract Task<IReadOnlyList<ApiKey>> List(CancellationToken ct);

    /// <summary>Revokes one; false when there is none of this id.</summary>
    public abstract Task<bool> Revoke(string id, CancellationToken ct);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>The keys of a store, whoever may write its files.</summary>
sealed class StoreKeys(Store store) : KeyRing
{
    readonly Intake _intake = Intake.Open(store, null, TimeProvider.System);

    /// <summary>The keys themselves.</summary>
    public ApiKeys Keys => new(_intake);

    public override Task<MadeKey> Make(KeyRequest request, CancellationToken ct)
    {
        Roles.TryParse(request.Role!, out var role);
        Scopes.TryParse(request.Scopes ?? "", out var scopes, out _);
        var key = Keys.Make(request.Name!, role, scopes!, request.Expires, Environment.UserName, out var secret);
        return Task.FromResult(new MadeKey(key, secret));
    }

    public override Task<IReadOnlyList<ApiKey>> List(CancellationToken ct) => Task.FromResult(Keys.List());

    public override Task<bool> Revoke(string id, CancellationToken ct) => Task.FromResult(Keys.Revoke(id));

    public override void Dispose()
    {
        _intake.Dispose();
        store.Dispose();
    }
}

/// <summary>The keys of a hub elsewhere, by an administrator's key.</summary>
sealed class HubKeys(HubClient hub) : KeyRing
{
    public override Task<MadeKey> Make(KeyRequest request, CancellationToken ct) =>
        hub.Ask(HttpMethod.Post, "api/keys", JsonContent.Create(request, KeyJson.Default.KeyRequest), KeyJson.Default.MadeKey, ct);

    public override Task<IReadOnlyList<ApiKey>> List(CancellationToken ct) => hub.Ask(HttpMethod.Get, "api/keys", null, KeyJson.Default.IReadOnlyListApiKey, ct);

    public override async Task<bool> Revoke(string id, CancellationToken ct)
    {
        using var response = await hub.Send(HttpMethod.Delete, $"api/keys/{Uri.EscapeDataString(id)}", null, ct);
        return true;
    }

    public override void Dispose() => hub.Dispose();
}

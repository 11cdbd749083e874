using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SdmxHub.Storage;
using SdmxHub.Tests.Web;
using SdmxHub.Web;

namespace SdmxHub.Tests.Access;

/// <summary>The table of who may do what, cell by cell, and that every endpoint stands in it.</summary>
public class AccessTableTests
{
    // Columns: anonymous where everybody may read, anonymous where not, reader, provider, reviewer, administrator.
    static readonly (HubAction Action, int[] Status)[] ByRole =
    [
        (HubAction.Probe, [200, 200, 200, 200, 200, 200]),
        (HubAction.MakeFirstKey, [200, 200, 200, 200, 200, 200]),
        (HubAction.ReadPage, [200, 401, 200, 200, 200, 200]),
        (HubAction.ReadData, [200, 401, 200, 200, 200, 200]),
        (HubAction.ReadStructures, [200, 401, 200, 200, 200, 200]),
        (HubAction.Compare, [200, 401, 200, 200, 200, 200]),
        (HubAction.ReadLog, [200, 401, 200, 200, 200, 200]),
        (HubAction.ReadQuery, [200, 401, 200, 200, 200, 200]),
        (HubAction.SaveQuery, [401, 401, 200, 200, 200, 200]),
        (HubAction.Submit, [401, 401, 403, 200, 200, 200]),
        (HubAction.ReadSubmission, [401, 401, 403, 200, 200, 200]),
        (HubAction.CancelSubmission, [401, 401, 403, 200, 200, 200]),
        (HubAction.ReadDraft, [401, 401, 403, 200, 200, 200]),
        (HubAction.EditDraft, [401, 401, 403, 200, 200, 200]),
        (HubAction.Publish, [401, 401, 403, 403, 200, 200]),
        (HubAction.ManageKeys, [401, 401, 403, 403, 403, 200]),
    ];

    // Columns: a target out of the scope agencies, providers, flows, areas, each alone; then one that is a reviewer's, a provider's own, another provider's.
    static readonly (HubAction Action, int[] Status)[] ByScope =
    [
        (HubAction.Probe, [200, 200, 200, 200, 200, 200, 200]),
        (HubAction.MakeFirstKey, [200, 200, 200, 200, 200, 200, 200]),
        (HubAction.ReadPage, [200, 200, 200, 200, 200, 200, 200]),
        (HubAction.ReadData, [200, 200, 200, 200, 200, 200, 200]),
        (HubAction.ReadStructures, [200, 200, 200, 200, 200, 200, 200]),
        (HubAction.Compare, [200, 200, 200, 200, 200, 200, 200]),
        (HubAction.ReadLog, [200, 200, 200, 200, 200, 200, 200]),
        (HubAction.ReadQuery, [200, 200, 200, 200, 200, 200, 200]),
        (HubAction.SaveQuery, [200, 200, 200, 200, 200, 200, 403]),
        (HubAction.Submit, [403, 403, 403, 403, 200, 200, 200]),
        (HubAction.ReadSubmission, [200, 200, 200, 200, 200, 200, 403]),
        (HubAction.CancelSubmission, [200, 200, 200, 200, 200, 200, 403]),
        (HubAction.ReadDraft, [200, 200, 403, 200, 200, 200, 403]),
        (HubAction.EditDraft, [200, 200, 403, 200, 200, 200, 403]),
        (HubAction.Publish, [403, 403, 403, 403, 200, 200, 200]),
        (HubAction.ManageKeys, [200, 200, 200, 200, 200, 200, 200]),
    ];

    static IEnumerable<TestCaseData> Cells((HubAction Action, int[] Status)[] table) =>
        table.SelectMany(row => row.Status.Select((status, column) => new TestCaseData(row.Action, column, status)));

    static IEnumerable<TestCaseData> RoleCells => Cells(ByRole);

    static IEnumerable<TestCaseData> ScopeCells => Cells(ByScope);

    [Test]
    public void Every_action_has_its_row_in_both_tables_and_in_the_rules()
    {
        Assert.That(ByRole.Select(r => r.Action), Is.EqualTo(Enum.GetValues<HubAction>()));
        Assert.That(ByScope.Select(r => r.Action), Is.EqualTo(Enum.GetValues<HubAction>()));
        Assert.That(AccessRules.All.Select(r => r.Action), Is.EqualTo(Enum.GetValues<HubAction>()));
    }

    [TestCaseSource(nameof(RoleCells))]
    public void A_role_may_or_may_not(HubAction action, int column, int status)
    {
        var caller = column < 2 ? Caller.Anonymous : new Caller("somebody", (Role)(column - 2), Scopes.All);

        var refusal = AccessRules.Refuse(action, caller, anonymousRead: column != 1);

        Assert.That(refusal?.Status ?? 200, Is.EqualTo(status));
        if (status == 403)
            Assert.That(refusal!.Detail, Does.Contain(AccessRules.Of(action).Least!.Value.ToName()).And.Contain(caller.Role.ToName()));
    }

    [TestCaseSource(nameof(ScopeCells))]
    public void A_scope_covers_or_not(HubAction action, int column, int status)
    {
        var scopes = new Scopes(["WHO"], ["WHO:DP"], ["AGY:DF"], ["417"]);
        AccessTarget[] targets = [new(Agency: "ILO"), new(Provider: "WHO:DP2"), new(Flow: "AGY:DF2"), new(Area: "762")];
        AccessTarget covered = new("WHO", "WHO:DP", "AGY:DF", "417");
        var (caller, target) = column switch
        {
            < 4 => (new Caller("me", Role.Administrator, scopes), targets[column]),
            4 => (new Caller("me", Role.Reviewer, scopes), covered with { Owner = "other" }),
            5 => (new Caller("me", Role.Provider, scopes), covered with { Owner = "me" }),
            _ => (new Caller("me", Role.Provider, scopes), covered with { Owner = "other" }),
        };

        var refusal = AccessRules.Refuse(action, caller, target);

        Assert.That(refusal?.Status ?? 200, Is.EqualTo(status));
        if (status == 403)
            Assert.That(refusal!.Detail, Does.Contain(column < 4 ? Scopes.Names[column] : "reviewer"));
    }

    [TestCaseSource(nameof(ScopeCells))]
    public void Without_scopes_everything_is_covered_but_what_is_others(HubAction action, int column, int status)
    {
        AccessTarget target = new("ILO", "X:Y", "A:B", "1", column == 6 ? "other" : "me");

        var refusal = AccessRules.Refuse(action, new Caller("me", Role.Provider, Scopes.All), target);

        Assert.That(refusal?.Status ?? 200, Is.EqualTo(column == 6 ? status : 200));
    }

    [Test]
    public async Task Every_route_names_its_action()
    {
        await using var hub = await RunningHub.Start();

        var routes = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints;

        Assert.That(routes, Has.Count.GreaterThan(8));
        Assert.That(routes.Where(r => r.Metadata.GetMetadata<AccessRule>() is null).Select(r => r.DisplayName), Is.Empty);
    }

    [Test]
    public async Task Every_route_admits_whom_the_table_admits_and_nobody_else([Values] bool anonymousRead)
    {
        await using var hub = await RunningHub.Start(new HubOptions { AnonymousRead = anonymousRead, MaxFailedKeys = 1000 });
        string?[] keys = [null, .. Enum.GetValues<Role>().Select(role => hub.Key(role))];

        foreach (var route in hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var rule = route.Metadata.GetMetadata<AccessRule>()!;
            foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                for (var i = 0; i < keys.Length; i++)
                {
                    using var response = await hub.Send(new HttpMethod(method), Example(route), keys[i] is { } key ? [("Authorization", $"Bearer {key}")] : []);

                    var column = i == 0 ? (anonymousRead ? 0 : 1) : i + 1;
                    var expected = ByRole[(int)rule.Action].Status[column];
                    var refused = (int)response.StatusCode is 401 or 403 ? (int)response.StatusCode : 200;
                    Assert.That(refused, Is.EqualTo(expected), $"{method} {Example(route)} as {(i == 0 ? "anonymous" : ((Role)(i - 1)).ToName())}");
                    if (refused == 401)
                        Assert.That(response.Headers.WwwAuthenticate.Select(h => h.Scheme), Is.EqualTo(new[] { "Bearer", "Basic" }));
                }
            }
        }
    }

    [Test]
    public async Task The_page_prints_the_table()
    {
        var page = await File.ReadAllTextAsync(Facts.InProject("docs", "access.md"));

        foreach (var rule in AccessRules.All)
        {
            var counts = rule.Counts == ScopeParts.None ? "" : rule.Counts.ToString().ToLowerInvariant();
            Assert.That(page, Does.Contain($"| {rule.Action} | {rule.Least?.ToName() ?? "anybody"} | {counts} | {rule.OthersFrom?.ToName() ?? ""} | {rule.Budget.ToString().ToLowerInvariant()} |"));
        }
    }

    // A path that the route matches; what it means does not matter, as long as it is not 403 for a reason of its own.
    static string Example(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(s => s.Parts[0] switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        _ => "1",
    }));
}

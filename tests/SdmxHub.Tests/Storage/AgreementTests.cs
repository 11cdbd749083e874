using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Who may send what: scopes of a key, provision agreements with their constraints, and whose a series is.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AgreementTests : IDisposable
{
    const string Header = "STRUCTURE,STRUCTURE_ID,ACTION,FREQ,AREA,KIND,TIME_PERIOD,OBS_VALUE,AREA_NOTE,SOURCE";

    readonly string _folder = Directory.CreateTempSubdirectory("sdmxhub-agreements-").FullName;
    readonly TemporaryStore _temporary = new();

    public AgreementTests()
    {
        _temporary.PutSmallFlow();
        using var transaction = _temporary.Store.Begin("structures", "test");
        // PA_A: provider PA, area A. PA_BC: provider PBC, areas B and C by a constraint on the provider. PA_OTHER is about another flow.
        transaction.Put(
        [
            Agreement("PA_A", "PA"), Agreement("PA_BC", "PBC"), Agreement("PA_OTHER", "PA", "OTHER"),
            Constraint("CN_A", new Urn(ArtefactType.ProvisionAgreement, "T", "PA_A", "1.0"), "A"), Constraint("CN_BC", Provider("PBC"), "B", "C"),
        ]);
        transaction.Commit();
    }

    public void Dispose()
    {
        _temporary.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [TestCase("", "B", null)]
    [TestCase("flows:T:FLOW", "B", null)]
    [TestCase("flows:T:OTHER", "B", "scope flows does not cover T:FLOW")]
    [TestCase("providers:T:PA", "A", null)]
    [TestCase("providers:T:PA", "B", "AREA 'B' is not allowed by T:CN_A(1.0), which allows A")]
    [TestCase("providers:T:PBC", "C", null)]
    [TestCase("providers:T:PBC", "A", "AREA 'A' is not allowed by T:CN_BC(1.0)")]
    [TestCase("providers:T:NOBODY", "A", "no data provider in the sender's scope has an agreement about T:FLOW")]
    [TestCase("providers:T:PA,T:PBC", "A", "several agreements about T:FLOW: T:PA_A, T:PA_BC; name one")]
    [TestCase("flows:", "A", "scope flows does not cover")]
    [TestCase("providers:", "A", "no data provider in the sender's scope")]
    [TestCase("areas:", "A", "covers no area")]
    [TestCase("areas:A", "A", "has no dimension REF_AREA")]
    public void Scopes_say_what_may_be_sent(string scopes, string area, string? refusal)
    {
        using var report = Send(scopes, null, $"M,A,{area},x,2001,1,,");

        Assert.That(report.Issues.All.Select(i => (i.Code, i.Severity)).Distinct(), Is.EqualTo(refusal is null ? [] : new[] { (IssueCode.OutsideAgreement, Severity.Error) }));
        Assert.That(report.Issues.All.Select(i => i.Message).FirstOrDefault() ?? "", refusal is null ? Is.Empty : Does.Contain(refusal));
        Assert.That(report.Revision is null, Is.EqualTo(refusal is not null));
        Assert.That(_temporary.ReadHead(), Has.Count.EqualTo(refusal is null ? 1 : 0));
    }

    [TestCase("T:PA_A", "providers:T:PA,T:PBC", null)]
    [TestCase("T:PA_A", "", null)]
    [TestCase("T:PA_A", "providers:T:PBC", "is not about T:FLOW, or not of a data provider")]
    [TestCase("T:PA_OTHER", "", "is not about T:FLOW, or not of a data provider")]
    [TestCase("T:NO", "", "no provision agreement T:NO is held")]
    public void An_agreement_may_be_named(string agreement, string scopes, string? refusal)
    {
        using var report = Send(scopes, agreement, "M,A,A,x,2001,1,,");

        Assert.That(report.Issues.All.Select(i => i.Message).FirstOrDefault() ?? "", refusal is null ? Is.Empty : Does.Contain(refusal));
        Assert.That(report.Revision is null, Is.EqualTo(refusal is not null));
    }

    [TestCase("D,A,A,x,,,,", null)]
    [TestCase("D,,A,,,,,", null)]
    [TestCase("D,A,B,x,,,,", "AREA 'B' is not allowed")]
    [TestCase("D,A,,,,,,", "AREA left open is not allowed by T:CN_A(1.0), which allows A")]
    [TestCase("D,,,,,,,", "AREA left open is not allowed")]
    [TestCase("M,A,A,x,2001,1,a note,", null)]
    [TestCase("M,A,A,x,2001,1,,a source", "AREA left open is not allowed")]
    public void What_stands_for_several_series_must_be_covered_in_whole(string row, string? refusal)
    {
        _temporary.Load(DatasetAction.Merge, "A.A.x|2000|OBS_VALUE=1", "A.B.x|2000|OBS_VALUE=2");
        var before = _temporary.ReadHead();

        using var report = Send("providers:T:PA", null, row);

        Assert.That(report.Issues.All.Select(i => i.Message).FirstOrDefault() ?? "", refusal is null ? Is.Empty : Does.Contain(refusal));
        Assert.That(_temporary.ReadHead().SequenceEqual(before), Is.EqualTo(refusal is not null));
    }

    [Test]
    public void A_series_belongs_to_the_agreement_that_sent_it_first()
    {
        PutAgreement("PA_WIDE", "PW");
        Send("providers:T:PA", null, "M,A,A,x,2001,1,,").Dispose();

        using var other = Send("providers:T:PW", null, "M,A,B,x,2001,1,,\nSTRUCT,M,A,A,x,2002,1,,");
        using var own = Send("providers:T:PA", null, "M,A,A,x,2002,1,,");
        using var direct = Send("", null, "M,A,A,x,2003,1,,");

        var issue = other.Issues.All.Single();
        Assert.That((issue.Code, issue.Severity, issue.At.Line, issue.Key, issue.Value), Is.EqualTo((IssueCode.SeriesOfOther, Severity.Error, 3, "A.A.x", "T:PA_A")));
        Assert.That((other.Revision, own.Revision is null, direct.Revision is null), Is.EqualTo(((Revision?)null, false, false)));
        Assert.That(_temporary.ReadHead(), Has.Count.EqualTo(3));
    }

    [Test]
    public void A_series_without_owner_becomes_that_of_who_changes_it()
    {
        PutAgreement("PA_WIDE", "PW");
        _temporary.Load(DatasetAction.Merge, "A.A.x|2000|OBS_VALUE=1");
        Send("providers:T:PA", null, "M,A,A,x,2000,2,,").Dispose();

        using var other = Send("providers:T:PW", null, "M,A,A,x,2000,3,,");

        Assert.That(other.Issues.All.Select(i => i.Code), Is.EqualTo(new[] { IssueCode.SeriesOfOther }));
    }

    [Test]
    public void A_deletion_of_many_series_stops_at_one_of_another()
    {
        PutAgreement("PA_WIDE", "PW");
        Send("providers:T:PA", null, "M,A,A,x,2001,1,,").Dispose();
        Send("providers:T:PW", null, "M,A,B,x,2001,1,,").Dispose();
        var before = _temporary.ReadHead();

        using var report = Send("providers:T:PW", null, "D,A,,,,,,");

        var issue = report.Issues.All.Single();
        Assert.That((issue.Code, issue.Key, issue.Value, report.Revision), Is.EqualTo((IssueCode.SeriesOfOther, "A.A.x", "T:PA_A", (Revision?)null)));
        Assert.That(_temporary.ReadHead(), Is.EqualTo(before));
    }

    [Test]
    public void Owners_outlive_the_process_and_a_revision_says_under_which_agreement_it_was_sent()
    {
        using var first = Send("providers:T:PA", null, "M,A,A,x,2001,1,,");
        _temporary.Reopen();
        using var second = Send("", null, "M,A,A,x,2002,1,,");

        Assert.That((_temporary.Store.AgreementOf(first.Revision!.Number, "T:FLOW"), _temporary.Store.AgreementOf(second.Revision!.Number, "T:FLOW")), Is.EqualTo(("T:PA_A", (string?)null)));
        Assert.That(StoreCheck.Run(_temporary.Store, null, CancellationToken.None).Faults, Is.Empty);
    }

    [Test]
    public void A_draft_publishes_under_the_agreement_it_was_sent_under()
    {
        PutAgreement("PA_WIDE", "PW");
        using var intake = Intake.Open(_temporary.Store, Path.Combine(_folder, "intake"), TimeProvider.System);
        using var drafts = new Drafts(intake);
        var draft = drafts.Create("one", "test")!;
        Scopes.TryParse("providers:T:PA", out var scopes, out _);
        drafts.Stage(draft, Message("M,A,A,x,2001,1,,"), null, new LoadOptions { Scopes = scopes }, null, CancellationToken.None).Dispose();

        // Made anew, as when the store moves on, it is sent under the same.
        drafts.Refresh(draft, accept: false, CancellationToken.None);
        var outcome = drafts.Publish(draft, "test", isTrial: false, CancellationToken.None);
        using var other = Send("providers:T:PW", null, "M,A,A,x,2002,1,,");

        Assert.That(_temporary.Store.AgreementOf(outcome.Revision!.Number, "T:FLOW"), Is.EqualTo("T:PA_A"));
        Assert.That(other.Issues.All.Select(i => i.Code), Is.EqualTo(new[] { IssueCode.SeriesOfOther }));
    }

    [Test]
    public void A_draft_that_another_agreement_came_before_is_not_published()
    {
        PutAgreement("PA_WIDE", "PW");
        using var intake = Intake.Open(_temporary.Store, Path.Combine(_folder, "intake"), TimeProvider.System);
        using var drafts = new Drafts(intake);
        var draft = drafts.Create("one", "test")!;
        Scopes.TryParse("providers:T:PA", out var scopes, out _);
        drafts.Stage(draft, Message("M,A,A,x,2001,1,,"), null, new LoadOptions { Scopes = scopes }, null, CancellationToken.None).Dispose();
        Send("providers:T:PW", null, "M,A,A,x,2002,1,,").Dispose();

        var outcome = drafts.Publish(draft, "test", isTrial: false, CancellationToken.None);

        Assert.That((outcome.Revision, outcome.Refusal), Is.EqualTo(((Revision?)null, "The series A.A.x of T:FLOW belongs to the agreement T:PA_WIDE, which sent it first.")));
    }

    [TestCase("agencies:T", "U", "scope agencies does not cover U")]
    [TestCase("agencies:U", "U", null)]
    [TestCase("areas:A", "U", null)]
    public void Structures_are_an_agencys(string scopes, string agency, string? refusal)
    {
        using var report = SendStructure(scopes, new Codelist { Agency = agency, Id = "CL", Name = SmallFlow.Name("List") });

        Assert.That(report.Issues.All.Select(i => i.Message).FirstOrDefault() ?? "", refusal is null ? Is.Empty : Does.Contain(refusal));
    }

    [TestCase("areas:A")]
    [TestCase("flows:T:FLOW")]
    [TestCase("providers:T:PA")]
    public void Who_is_limited_does_not_widen_its_limits(string scopes)
    {
        using var report = SendStructure(scopes, Constraint("CN_A", new Urn(ArtefactType.ProvisionAgreement, "T", "PA_A", "1.0"), "A", "B"));

        Assert.That(report.Issues.All.Select(i => i.Code), Is.EqualTo(new[] { IssueCode.OutsideAgreement }));
    }

    LoadReport Send(string scopes, string? agreement, string rows)
    {
        Scopes.TryParse(scopes, out var read, out _);
        Urn? named = agreement is null ? null : new Urn(ArtefactType.ProvisionAgreement, agreement.Split(':')[0], agreement.Split(':')[1], "~");
        return Load.Run(Message(rows), _temporary.Store, new LoadOptions { Scopes = read, Agreement = named }, null, CancellationToken.None);
    }

    LoadReport SendStructure(string scopes, Artefact artefact)
    {
        Scopes.TryParse(scopes, out var read, out _);
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.xml");
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        Sdmx.Formats.Format.All.First(f => f.Id == "structure-xml-2.1").WriteStructures!(bytes, new StructureMessage(new MessageHeader { Id = "X", Sender = "T", Prepared = "2026-01-01" }, [artefact]), new WriterOptions());
        File.WriteAllBytes(file, bytes.WrittenSpan);
        return Load.Run(file, _temporary.Store, new LoadOptions { Scopes = read }, null, CancellationToken.None);
    }

    string Message(string rows)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.csv");
        File.WriteAllText(file, $"{Header}\n" + string.Join('\n', rows.Split('\n').Select(r => $"dataflow,T:FLOW(1.0),{r.Replace("STRUCT,", "")}")) + "\n");
        return file;
    }

    void PutAgreement(string id, string provider)
    {
        using var transaction = _temporary.Store.Begin("structures", "test");
        transaction.Put([Agreement(id, provider)]);
        transaction.Commit();
    }

    static ProvisionAgreement Agreement(string id, string provider, string flow = "FLOW") => new()
    {
        Agency = "T", Id = id, Name = SmallFlow.Name(id), Dataflow = new Urn(ArtefactType.Dataflow, "T", flow, "1.0"), DataProvider = Provider(provider),
    };

    static Urn Provider(string id) => new("DataProvider", "T", "DATA_PROVIDERS", "1.0", id);

    static DataConstraint Constraint(string id, Urn attachment, params string[] areas) => new()
    {
        Agency = "T", Id = id, Name = SmallFlow.Name(id), Attachment = [attachment],
        Regions = [new CubeRegion { Keys = [new MemberSelection { Component = "AREA", Values = areas.Select(a => new MemberValue(a)).ToValueArray() }] }],
    };
}

using System.IO.Compression;
using System.Text.Json.Nodes;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Submissions;

/// <summary>The life of a real submission over HTTP: the figures of Kyrgyzstan, with the errors that a typist makes.</summary>
public class RealSubmissionTests
{
    const string Manufacturing = "/sdmx/v2/data/dataflow/IAEG-SDGs/DF_SDG_GLC/*/A.N.NV_IND_MANF.KG?c[TIME_PERIOD]=2007&format=csv-2.0&attributes=none&draft=";

    [Test]
    public async Task It_is_refused_repaired_previewed_published_revised_compared_and_undone()
    {
        await using var sending = await Sending.Start();
        var structures = await sending.Finish("?mode=publish&filename=dsd.zip", Sending.Body(Shipped()));
        Assert.That(structures.State, Is.EqualTo(SubmissionState.Published), structures.Summary);
        var right = await File.ReadAllTextAsync(Facts.InProject("samples", "valid", "kyrgyzstan", "kyrgyzstan.csv"));
        var wrong = right.Replace(",NV_IND_MANF,", ",NV_IND_MANFF,", StringComparison.Ordinal);
        await Create(sending, "2026.Q1.N.KG");

        var refused = await sending.Finish("?draft=2026.Q1.N.KG&filename=kyrgyzstan.csv", Sending.Body(wrong));
        Assert.That(refused.State, Is.EqualTo(SubmissionState.Refused));
        Assert.That(await sending.Text($"/api/submissions/{refused.Id}/report?format=text"), Does.Contain("SDH2101 SERIES").And.Contain("NV_IND_MANFF"));
        var patch = await sending.Text($"/api/submissions/{refused.Id}/repairs");
        Assert.That(JsonNode.Parse(patch)!["repairs"]![0]!["replacement"]!.GetValue<string>(), Is.EqualTo("NV_IND_MANF"), patch);
        var staged = await Repair(sending, refused.Id, patch);
        Assert.That(staged.State, Is.EqualTo(SubmissionState.Staged), staged.Summary);

        Assert.That(await Value(sending, Manufacturing + "2026.Q1.N.KG"), Is.EqualTo("9.9"), "in the preview");
        Assert.That(await Value(sending, Manufacturing.Replace("&draft=", "", StringComparison.Ordinal)), Is.Empty, "nowhere else");
        var changes = JsonNode.Parse(await sending.Text("/api/changes?draft=2026.Q1.N.KG"))!["flows"]![0]!;
        Assert.That(changes["inserted"]!.GetValue<int>(), Is.EqualTo(right.Count(c => c == '\n') - 1));
        await Publish(sending, "2026.Q1.N.KG");
        Assert.That(await Value(sending, Manufacturing.Replace("&draft=", "", StringComparison.Ordinal)), Is.EqualTo("9.9"));

        await Create(sending, "2026.Q2.N.KG");
        string[] rows = right.Split('\n');
        var revision = rows[0] + "\n" + Array.Find(rows, r => r.Contains(",2007,9.9,", StringComparison.Ordinal))!.Replace(",9.9,", ",10.4,", StringComparison.Ordinal) + "\n";
        Assert.That((await sending.Finish("?draft=2026.Q2.N.KG", Sending.Body(revision))).State, Is.EqualTo(SubmissionState.Staged));
        await Publish(sending, "2026.Q2.N.KG");
        var difference = JsonNode.Parse(await sending.Text("/api/changes?from=2026.Q1.N.KG&to=2026.Q2.N.KG"))!["flows"]![0]!;
        Assert.That((difference["updated"]!.GetValue<int>(), difference["movers"]![0]!["before"]!.GetValue<string>(), difference["movers"]![0]!["after"]!.GetValue<string>()), Is.EqualTo((1, "9.9", "10.4")));

        Assert.That(await Undo(sending, "2026.Q1.N.KG"), Is.EqualTo(409), "what was revised since is in conflict");
        Assert.That(await Undo(sending, "2026.Q2.N.KG"), Is.EqualTo(200));
        Assert.That(await Value(sending, Manufacturing.Replace("&draft=", "", StringComparison.Ordinal)), Is.EqualTo("9.9"));
        Assert.That(await Value(sending, Manufacturing.Replace("&draft=", "&asOf=2026.Q2.N.KG", StringComparison.Ordinal)), Is.EqualTo("10.4"), "the release can still be asked for");
        Assert.That(await sending.Text($"/api/submissions/{refused.Id}/file"), Is.EqualTo(wrong), "what was sent is kept");
    }

    static byte[] Shipped()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var folder = Facts.InProject("dsd");
            foreach (var file in Directory.EnumerateFiles(folder, "*.xml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                zip.CreateEntryFromFile(file, Path.GetRelativePath(folder, file).Replace('\\', '/'));
        }

        return bytes.ToArray();
    }

    static async Task Create(Sending sending, string draft)
    {
        using var response = await sending.Send(HttpMethod.Post, "/api/drafts", Sending.Body($"{{\"name\":\"{draft}\"}}", "application/json"));
        Assert.That((int)response.StatusCode, Is.EqualTo(201));
    }

    static async Task<Submission> Repair(Sending sending, long id, string patch)
    {
        using var response = await sending.Send(HttpMethod.Post, $"/api/submissions/{id}/repair", Sending.Body(patch, "application/json"));
        return await sending.Ended(Sending.Read(await response.Content.ReadAsStringAsync()).Id);
    }

    static async Task Publish(Sending sending, string draft)
    {
        using var response = await sending.Send(HttpMethod.Post, $"/api/drafts/{draft}/publish");
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
    }

    static async Task<int> Undo(Sending sending, string release)
    {
        using var response = await sending.Send(HttpMethod.Post, $"/api/releases/{release}/undo");
        return (int)response.StatusCode;
    }

    /// <summary>The one value of an answer; nothing where there is none.</summary>
    static async Task<string> Value(Sending sending, string path)
    {
        var text = await sending.Text(path);
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines is [var head, var row] ? row.Split(',')[Array.IndexOf(head.Split(','), "OBS_VALUE")] : text.Length == 0 ? "" : text;
    }
}

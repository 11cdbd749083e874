using System.Diagnostics;
using System.Text.RegularExpressions;
using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Tests.Cli;
using SdmxHub.Tests.Web;

namespace SdmxHub.Tests.Submissions;

/// <summary>docs/push.md: what it tells to type works as it stands.</summary>
public partial class PushPageTests
{
    [Test]
    public async Task Every_example_on_the_page_works()
    {
        if (OperatingSystem.IsWindows() || !File.Exists("/usr/bin/curl"))
            Assert.Ignore("needs curl and a shell");
        await using var sender = await Sending.Start();
        using var folder = new TemporaryFolder();
        folder.Write("figures.csv", Sending.Csv("1,I1,2005,5.5"));
        folder.Write("more.csv", Sending.Csv("1,I2,2005,6.5"));
        PutMap(sender.Hub.Store);
        var commands = Commands().Matches(File.ReadAllText(Facts.InProject("docs", "push.md"))).Select(m => m.Value).ToList();
        Assert.That(commands, Has.Count.GreaterThan(5));

        foreach (var command in commands)
        {
            var (exit, output) = Shell(command + " --fail-with-body", Path.GetDirectoryName(folder.At("x"))!, sender);
            Assert.That(exit, Is.EqualTo(0), $"{command}\n{output}");
            if (command.Contains("/events", StringComparison.Ordinal))
                Assert.That(output, Does.Contain("event: end"));
            for (long id = 1; !command.Contains("/api/submissions/", StringComparison.Ordinal) && id < 5; id++)
                await Settle(sender, id);
        }

        Assert.That(await sender.Served("1", "I1", 2005), Is.EqualTo("5.5"));
    }

    /// <summary>The map that the page names, for the figures that the commands send.</summary>
    static void PutMap(Store store)
    {
        using var transaction = store.Begin("structures", "test");
        transaction.Put([new StructureMap
        {
            Agency = "NISR-SDGs", Id = "NATIONAL_TO_GLOBAL", Name = new("To the global flow"), Source = SmallStructures.Flow("DF_ONE"), Target = SmallStructures.Flow("DF_TWO"),
            ComponentMaps = [.. ((string[])["FREQ", "REF_AREA", "INDICATOR"]).Select(id => new ComponentMap { Sources = [id], Targets = [id] })],
        }]);
        transaction.Commit();
    }

    static async Task Settle(Sending sender, long id)
    {
        using var response = await sender.Send(HttpMethod.Get, $"/api/submissions/{id}");
        if (response.IsSuccessStatusCode)
            Assert.That((await sender.Ended(id)).State, Is.AnyOf(SubmissionState.Checked, SubmissionState.Published));
    }

    /// <summary>Runs a line of a page in a shell, with the hub and the key of a sender in its environment.</summary>
    internal static (int Exit, string Output) Shell(string command, string folder, Sending sender)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        start.Environment["HUB"] = sender.Hub.Client.BaseAddress!.OriginalString.TrimEnd('/');
        start.Environment["KEY"] = sender.Key;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    [GeneratedRegex("^curl .*$", RegexOptions.Multiline)]
    private static partial Regex Commands();
}

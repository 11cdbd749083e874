using System.Collections;
using System.Globalization;
using System.Text.RegularExpressions;
using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

[NonParallelizable]
public partial class HubOptionsTests
{
    [Test]
    public void The_defaults_are_valid()
    {
        var options = HubOptions.Read(null, [], out var faults);

        Assert.That((faults, options), Is.EqualTo((Array.Empty<string>(), new HubOptions())));
    }

    [Test]
    public void The_page_describes_every_setting_with_its_default()
    {
        var documented = Rows().Matches(File.ReadAllText(Facts.InProject("docs", "configuration.md")))
            .Select(m => (Name: m.Groups[1].Value, Default: m.Groups[2].Value == "(empty)" ? "" : m.Groups[2].Value.Trim('`')));

        var settings = Settings(new HubOptions(), "");

        Assert.That(documented, Is.EqualTo(settings));
    }

    [Test]
    public void The_command_line_beats_the_environment_and_the_environment_the_file()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, """{ "sender": "FILE", "basePath": "/file", "limits": { "maxDepth": 20, "maxText": 2000 } }""");
        Environment.SetEnvironmentVariable("SDMXHUB__BASEPATH", "/env");
        Environment.SetEnvironmentVariable("SDMXHUB__LIMITS__MAXDEPTH", "30");
        try
        {
            var options = HubOptions.Read(file, [new("Limits:MaxDepth", "40")], out var faults);

            Assert.That((faults.Count, options.Sender, options.BasePath, options.Limits.MaxDepth, options.Limits.MaxText), Is.EqualTo((0, "FILE", "/env", 40, 2000)));
        }
        finally
        {
            Environment.SetEnvironmentVariable("SDMXHUB__BASEPATH", null);
            Environment.SetEnvironmentVariable("SDMXHUB__LIMITS__MAXDEPTH", null);
            File.Delete(file);
        }
    }

    [TestCase("Store", "mysql:x", "Store is 'mysql:x'")]
    [TestCase("Urls", "here", "Urls is 'here'")]
    [TestCase("Urls", "", "Urls is ''")]
    [TestCase("BasePath", "hub/", "BasePath")]
    [TestCase("Structures", "/no/such/folder", "neither a file nor a folder")]
    [TestCase("Sender", "a b", "Sender")]
    [TestCase("CorsOrigins", "example.org", "CorsOrigins")]
    [TestCase("LogLevel", "loud", "LogLevel")]
    [TestCase("MaxObservations", "-1", "no limit")]
    [TestCase("MaxConnections", "0", "at least 1")]
    [TestCase("MaxConnections", "many", "many")]
    [TestCase("Limits:MaxDepth", "1", "8 to 1000")]
    [TestCase("Sendr", "X", "Sendr")]
    public void A_fault_names_the_setting(string name, string value, string message)
    {
        HubOptions.Read(null, [new(name, value)], out var faults);

        Assert.That(faults, Has.Count.EqualTo(1));
        Assert.That(faults[0], Does.Contain(message));
    }

    [Test]
    public void A_missing_file_is_a_fault_when_it_was_named()
    {
        HubOptions.Read("/no/such/sdmxhub.json", [], out var faults);

        Assert.That(faults.Single(), Does.Contain("sdmxhub.json"));
    }

    [Test]
    public void A_broken_file_is_a_fault()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "{ \"sender\": ");

        HubOptions.Read(file, [], out var faults);

        File.Delete(file);
        Assert.That(faults, Has.Count.EqualTo(1));
    }

    [Test]
    public void What_is_printed_reads_back_the_same()
    {
        var file = Path.GetTempFileName();
        var options = new HubOptions { Sender = "PRINTED", Limits = new() { MaxDepth = 12 } };
        File.WriteAllText(file, options.ToJson());

        var read = HubOptions.Read(file, [], out _);

        File.Delete(file);
        Assert.That(read, Is.EqualTo(options));
    }

    static IEnumerable<(string, string)> Settings(object value, string prefix) => value.GetType().GetProperties().Where(p => p.CanWrite).SelectMany(p =>
        p.PropertyType.IsPrimitive || p.PropertyType == typeof(string)
            ? [(prefix + p.Name, Text(p.GetValue(value)))]
            : Settings(p.GetValue(value)!, $"{prefix}{p.Name}:"));

    static string Text(object? value) => value is bool flag ? (flag ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture)!;

    [GeneratedRegex(@"^\| `([A-Z][\w:]*)` \| ([^|]*) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}

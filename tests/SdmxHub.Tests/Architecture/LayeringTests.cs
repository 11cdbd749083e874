using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SdmxHub.Tests.Architecture;

/// <summary>The shape that docs/architecture.md draws, held by tests.</summary>
public partial class LayeringTests
{
    static readonly string[] Line = ["SdmxHub.Cli", "SdmxHub.Web", "SdmxHub.Storage", "Sdmx"];

    [Test]
    public void Projects_refer_only_to_the_next_one_in_the_line([Range(0, 3)] int position)
    {
        var project = XDocument.Load(Facts.InProject("src", Line[position], Line[position] + ".csproj"));

        var references = project.Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.That(references, Is.EqualTo(Line.Skip(position + 1).Take(1)));
    }

    [Test]
    public void There_are_four_production_projects() =>
        Assert.That(Directory.GetDirectories(Facts.InProject("src")).Select(Path.GetFileName), Is.EquivalentTo(Line));

    [Test]
    public void The_model_needs_nothing_but_the_base_class_library()
    {
        var project = XDocument.Load(Facts.InProject("src", "Sdmx", "Sdmx.csproj"));

        Assert.That(project.Descendants("PackageReference"), Is.Empty);
    }

    [Test]
    public void Namespaces_form_no_cycle()
    {
        var uses = Sources().ToLookup(f => f.Namespace, f => f.Uses).ToDictionary(g => g.Key, g => g.SelectMany(u => u).ToHashSet());

        var cycles = uses.Keys.Where(start => Reachable(uses, start).Contains(start));

        Assert.That(cycles, Is.Empty, "namespaces that reach themselves");
    }

    /// <summary>Each file's namespace, and the other namespaces of the project whose types it names.</summary>
    static IEnumerable<(string Namespace, HashSet<string> Uses)> Sources()
    {
        var files = Directory.GetFiles(Facts.InProject("src"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}"))
            .Select(f => Comments().Replace(File.ReadAllText(f), "")).ToList();
        var declared = files.SelectMany(text => Types().Matches(text).Select(m => (Name: m.Groups[1].Value, Namespace: NamespaceOf(text))))
            .ToLookup(t => t.Name, t => t.Namespace);
        foreach (var text in files)
        {
            var own = NamespaceOf(text);
            var visible = Usings().Matches(text).Select(m => m.Groups[1].Value).Concat(WithEnclosing(own)).ToHashSet();
            var uses = Words().Matches(text).Select(m => m.Value).Distinct()
                .Select(word => declared[word].Distinct().ToList())
                .Where(owners => owners.Count == 1 && owners[0] != own && visible.Contains(owners[0]))
                .Select(owners => owners[0]).ToHashSet();
            yield return (own, uses);
        }
    }

    static HashSet<string> Reachable(Dictionary<string, HashSet<string>> uses, string start)
    {
        var reached = new HashSet<string>();
        var open = new Queue<string>(uses[start]);
        while (open.TryDequeue(out var next))
        {
            if (reached.Add(next) && uses.TryGetValue(next, out var more))
                more.ToList().ForEach(open.Enqueue);
        }

        return reached;
    }

    static string NamespaceOf(string text) => Namespaces().Match(text) is { Success: true } m ? m.Groups[1].Value : "";

    static IEnumerable<string> WithEnclosing(string name)
    {
        for (; name.Length > 0; name = name.Contains('.') ? name[..name.LastIndexOf('.')] : "")
            yield return name;
    }

    [GeneratedRegex(@"//[^\n]*|/\*.*?\*/|""(?:[^""\\\n]|\\.)*""", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();

    [GeneratedRegex(@"\b(?:class|struct|record|enum|interface|delegate)\s+(?:struct\s+|class\s+)?(\w+)")]
    private static partial Regex Types();

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Words();
}

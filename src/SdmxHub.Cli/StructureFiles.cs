using Sdmx;
using SdmxHub.Storage;
using SdmxHub.Web;

namespace SdmxHub.Cli;

/// <summary>The structures that a command starts with: the shipped ones and those of <c>--structures</c>.</summary>
static class StructureFiles
{
    /// <summary>Reads the shipped structures and the given ones, each in the place of one with the same URN.</summary>
    /// <returns>Null when a given file cannot be used; the terminal says why.</returns>
    public static StructureCatalog? Read(HubOptions settings, Terminal terminal)
    {
        var catalog = StructureCatalog.Empty.With(Shipped());
        foreach (var file in Given(settings))
        {
            using var issues = new IssueLog();
            var artefacts = Messages.ReadStructures(file, new ReadContext { Catalog = catalog, Issues = issues, FileName = file, Limits = settings.Limits });
            if (issues.HasErrors)
                return Refuse(issues, file, terminal);
            catalog = catalog.With(artefacts);
        }

        return catalog;
    }

    /// <summary>Gives a store that holds nothing yet the shipped structures, as one revision; then loads the given ones.</summary>
    /// <returns>False when a given file is refused; the terminal says why.</returns>
    public static bool Fill(Store store, HubOptions settings, string actor, Terminal terminal, CancellationToken ct)
    {
        if (IsEmpty(store))
        {
            using var transaction = store.Begin("structures", actor);
            transaction.Put(Shipped());
            var revision = transaction.Commit();
            terminal.Note($"new store {settings.Store}: the shipped structures are revision {revision.Number}");
        }

        foreach (var file in Given(settings))
        {
            using var loaded = Load.Run(file, store, new LoadOptions { Actor = actor, Limits = settings.Limits }, null, ct);
            if (loaded.Issues.HasErrors)
                return Refuse(loaded.Issues, file, terminal) is not null;
        }

        return true;
    }

    static List<Artefact> Shipped()
    {
        var artefacts = new List<Artefact>();
        foreach (var file in ShippedFolders.Messages(ShippedFolders.Dsd).Concat(ShippedFolders.Messages(ShippedFolders.Msd)))
        {
            using var issues = new IssueLog();
            artefacts.AddRange(Messages.ReadStructures(file, new ReadContext { Catalog = StructureCatalog.Empty, Issues = issues, FileName = file }));
            if (issues.HasErrors)
                throw new InvalidOperationException($"the shipped {file} cannot be read: {issues.All.First(i => i.Severity >= Severity.Error).Message}");
        }

        return artefacts;
    }

    static IEnumerable<string> Given(HubOptions settings) =>
        settings.Structures.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(path => Directory.Exists(path) ? InputFiles.MessagesBelow(path) : [path]);

    static StructureCatalog? Refuse(IssueLog issues, string file, Terminal terminal)
    {
        terminal.Fail($"the structures in {file} cannot be used:");
        foreach (var issue in issues.All.Where(i => i.Severity >= Severity.Error))
            IssueReport.WriteLine(issue, terminal.Error);
        return null;
    }

    static bool IsEmpty(Store store)
    {
        using var head = store.Head();
        return head.Revision == 0;
    }
}

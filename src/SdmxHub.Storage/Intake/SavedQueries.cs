namespace SdmxHub.Storage;

/// <summary>The saved queries of a store.</summary>
/// <remarks>Thread-safe; another process's changes count at once.</remarks>
/// <param name="intake">Where they are kept.</param>
public sealed class SavedQueries(Intake intake)
{
    const string Columns = "name, path, owner, saved_us, title, description";
    const string SelectAll = $"SELECT {Columns} FROM saved_query ORDER BY name";
    const string SelectOne = $"SELECT {Columns} FROM saved_query WHERE name = ?1";
    const string Put = """
        INSERT INTO saved_query (name, path, owner, saved_us, title, description) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (name) DO UPDATE SET path = ?2, saved_us = ?4, title = ?5, description = ?6 WHERE owner = ?3 RETURNING 1
        """;
    const string Delete = "DELETE FROM saved_query WHERE name = ?1 AND owner = ?2 RETURNING 1";

    /// <summary>All of them, by name.</summary>
    public IReadOnlyList<SavedQuery> All() => intake.Read(session =>
    {
        var queries = new List<SavedQuery>();
        using var rows = session.Prepare(SelectAll);
        while (rows.Step())
            queries.Add(Read(rows));
        return queries;
    });

    /// <summary>The one of that name, or null.</summary>
    public SavedQuery? Find(string name) => intake.Read(session =>
    {
        using var rows = session.Prepare(SelectOne).Bind(1, name);
        return rows.Step() ? Read(rows) : null;
    });

    /// <summary>Keeps a query, in the place of the one of its name and owner, if there is one.</summary>
    /// <returns>As it is kept, saved now; null where the name is another owner's.</returns>
    public SavedQuery? Save(string name, string path, string owner, string? title, string? description) => intake.Change(session =>
    {
        var now = intake.Now();
        using var rows = session.Prepare(Put).Bind(1, name).Bind(2, path).Bind(3, owner).Bind(4, now).Bind(5, title).Bind(6, description);
        return rows.Step() ? new SavedQuery(name, path, owner, Store.Instant(now)) { Title = title, Description = description } : null;
    });

    /// <summary>Drops a query.</summary>
    /// <returns>False when it is no longer there, or another's of the same name is.</returns>
    public bool Drop(SavedQuery query) => intake.Change(session =>
    {
        using var rows = session.Prepare(Delete).Bind(1, query.Name).Bind(2, query.Owner);
        return rows.Step();
    });

    static SavedQuery Read(Statement rows) => new(rows.Text(0), rows.Text(1), rows.Text(2), Store.Instant(rows.Long(3)))
    {
        Title = rows.IsNull(4) ? null : rows.Text(4),
        Description = rows.IsNull(5) ? null : rows.Text(5),
    };
}

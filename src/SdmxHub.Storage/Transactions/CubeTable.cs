using Sdmx;

namespace SdmxHub.Storage;

/// <summary>Writes the tables that only grow: <c>cube</c>, <c>component</c>, <c>code</c>.</summary>
static class CubeTable
{
    const string InsertCube = "INSERT INTO cube (dataflow, created_tx) VALUES (?1, ?2) RETURNING cube_id";
    const string InsertComponent = "INSERT INTO component (cube_id, comp, id, type) VALUES (?1, ?2, ?3, ?4)";
    const string InsertCode = "INSERT INTO code (cube_id, comp, code_id, code) VALUES (?1, ?2, ?3, ?4)";

    /// <summary>Makes the cube of a flow, with the components of the schema that its first data come by.</summary>
    public static Cube Create(Session session, string flow, DataSchema schema, long tx)
    {
        long id;
        using (var rows = session.Prepare(InsertCube).Bind(1, flow).Bind(2, tx))
        {
            rows.Step();
            id = rows.Long(0);
            rows.Step();
        }

        CubeComponent[] components = [.. schema.Components.Select((c, i) => new CubeComponent(i + 1, c.Id, CubeComponent.TypeOf(c), new()))];
        foreach (var component in components)
            Insert(session, id, component);
        return new Cube(id, flow, tx, components);
    }

    /// <summary>Adds a measure or attribute that a newer version of the structure brings.</summary>
    public static CubeComponent AddComponent(Session session, Cube cube, SchemaComponent definition)
    {
        var component = new CubeComponent(cube.Components.Length + 1, definition.Id, CubeComponent.TypeOf(definition), new());
        cube.Add(component);
        Insert(session, cube.Id, component);
        return component;
    }

    public static void AddCode(Session session, Cube cube, CubeComponent component, int number, string id) =>
        session.Prepare(InsertCode).Bind(1, cube.Id).Bind(2, component.Number).Bind(3, number).Bind(4, id).Run();

    /// <summary>What keeps data of <paramref name="schema"/> out of <paramref name="cube"/>, in words; null when nothing does.</summary>
    public static string? Refusal(Cube cube, DataSchema schema)
    {
        // Each query asks, and nearly all come by the same schema; what fitted once fits for good.
        if (ReferenceEquals(cube.Fitting, schema))
            return null;
        var stored = cube.Components.Where(IsKey).ToDictionary(c => c.Id, c => c.Type);
        var sent = schema.Components.Where(c => c.Role is ComponentRole.Dimension or ComponentRole.Time).ToDictionary(c => c.Id, CubeComponent.TypeOf);
        var missing = stored.Keys.Except(sent.Keys).ToList();
        var extra = sent.Keys.Except(stored.Keys).ToList();
        if (missing.Count + extra.Count > 0)
            return (missing.Count > 0 ? $"it lacks {string.Join(", ", missing)}" : "")
                + (missing.Count > 0 && extra.Count > 0 ? " and " : "")
                + (extra.Count > 0 ? $"it adds {string.Join(", ", extra)}" : "");
        foreach (var (id, type) in sent)
        {
            if (stored[id] != type)
                return $"{id} is '{type}' instead of '{stored[id]}'";
        }

        cube.Fitting = schema;
        return null;
    }

    static bool IsKey(CubeComponent component) => component.IsDimension || component.Type == CubeComponent.TimeType;

    static void Insert(Session session, long cube, CubeComponent component) =>
        session.Prepare(InsertComponent).Bind(1, cube).Bind(2, component.Number).Bind(3, component.Id).Bind(4, component.Type).Run();
}

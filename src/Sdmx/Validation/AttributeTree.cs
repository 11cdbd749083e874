namespace Sdmx.Validation;

/// <summary>The attributes that a report may have, as its metadata structure lays them out, each with what its values are held against.</summary>
/// <param name="Attributes">The topmost ones.</param>
/// <param name="All">Every one by id; of two with the same id the first.</param>
sealed record AttributeTree(IReadOnlyList<AttributeNode> Attributes, IReadOnlyDictionary<string, AttributeNode> All)
{
    /// <summary>The attributes of a report structure; of the whole structure, where it has none of that id or none is named.</summary>
    public static AttributeTree Of(StructureCatalog catalog, MetadataStructure msd, string? report)
    {
        var named = report is null ? null : msd.Reports.FirstOrDefault(r => r.Id == report);
        var attributes = named?.Attributes.AsEnumerable() ?? (msd.Attributes.IsEmpty ? msd.Reports.SelectMany(r => r.Attributes) : msd.Attributes);
        List<AttributeNode> nodes = [.. attributes.Select(a => AttributeNode.Of(catalog, a, null))];
        var all = new Dictionary<string, AttributeNode>(StringComparer.Ordinal);
        foreach (var node in nodes.SelectMany(n => n.WithDescendants))
            all.TryAdd(node.Definition.Id, node);
        return new(nodes, all);
    }
}

/// <summary>One attribute of a metadata structure with its representation looked up.</summary>
sealed record AttributeNode(MetadataAttribute Definition, AttributeNode? Parent, CodeIndex? Codes, TextFormat Text, ValueFormat? Format)
{
    /// <summary>The attributes below.</summary>
    public IReadOnlyList<AttributeNode> Attributes { get; private set; } = [];

    /// <summary>This one and those below.</summary>
    public IEnumerable<AttributeNode> WithDescendants => Attributes.SelectMany(a => a.WithDescendants).Prepend(this);

    /// <summary>Where it belongs, in words.</summary>
    public string Place => Parent is null ? "at the top" : $"below {Parent.Definition.Id}";

    /// <summary>Looks an attribute up.</summary>
    public static AttributeNode Of(StructureCatalog catalog, MetadataAttribute attribute, AttributeNode? parent)
    {
        var representation = attribute.LocalRepresentation ?? catalog.Concept(attribute.ConceptIdentity)?.CoreRepresentation;
        var text = representation?.Format ?? new TextFormat();
        var node = new AttributeNode(attribute, parent, representation?.Enumeration is { } list ? catalog.Codes(list) : null, text, ValueFormat.Of(text));
        node.Attributes = [.. attribute.Attributes.Select(a => Of(catalog, a, node))];
        return node;
    }
}

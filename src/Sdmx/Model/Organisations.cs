namespace Sdmx;

/// <summary>How to reach an organisation.</summary>
public sealed record Contact
{
    /// <summary>The contact's id, or null.</summary>
    public string? Id { get; init; }

    /// <summary>The person's or office's names.</summary>
    public InternationalString Name { get; init; }

    /// <summary>The department.</summary>
    public InternationalString Department { get; init; }

    /// <summary>The role.</summary>
    public InternationalString Role { get; init; }

    /// <summary>Ways to reach it, in message order: element name (<c>Telephone Fax X400 URI Email</c>) and value.</summary>
    public ValueArray<(string Kind, string Value)> Channels { get; init; }
}

/// <summary>One agency, data provider, data consumer or organisation unit.</summary>
public sealed record Organisation : Item
{
    /// <summary>The id of the parent (organisation units only), or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The contacts.</summary>
    public ValueArray<Contact> Contacts { get; init; }
}

/// <summary>A list of organisations of one kind (SDMX information model, OrganisationScheme).</summary>
/// <param name="SchemeType">One of the organisation scheme types.</param>
public sealed record OrganisationScheme(ArtefactType SchemeType) : Artefact
{
    /// <inheritdoc/>
    public override ArtefactType Type => SchemeType;

    /// <summary>The organisations.</summary>
    public ValueArray<Organisation> Organisations { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Urn> References => [];
}

namespace Sdmx.Tests.Json;

/// <summary>What an artefact is once SDMX-JSON said it: the same in the words of the format (docs/formats.md).</summary>
static class JsonForm
{
    /// <summary>As 2.0 says it.</summary>
    public static Artefact Of(Artefact artefact) => (artefact with { IsFinal = null }) switch
    {
        DataStructure dsd => dsd with
        {
            // The schema demands a representation of time, and knows no position of it.
            Time = dsd.Time is { } time ? time with { Position = null, LocalRepresentation = time.LocalRepresentation ?? new() { Format = new() { Type = TextType.ObservationalTimePeriod } } } : null,
            Attributes = dsd.Attributes.Select(a => a with { Relationship = Grouped(dsd, a.Relationship) }).ToValueArray(),
        },
        OrganisationScheme scheme => scheme with
        {
            Organisations = scheme.Organisations.Select(o => o with { Contacts = o.Contacts.Select(ByKind).ToValueArray() }).ToValueArray(),
        },
        DataConstraint constraint => constraint with
        {
            KeySets = constraint.KeySets.Select(s => s with { Keys = s.Keys.SelectMany(Keys).ToValueArray() }).ToValueArray(),
        },
        var same => same,
    };

    static AttributeRelationship Grouped(DataStructure dsd, AttributeRelationship relationship) => relationship.AttachmentGroups.IsEmpty ? relationship : relationship with
    {
        AttachmentGroups = [],
        Dimensions = relationship.Dimensions.Concat(dsd.Groups.Where(g => relationship.AttachmentGroups.Contains(g.Id)).SelectMany(g => g.Dimensions)).Distinct().ToValueArray(),
    };

    static Contact ByKind(Contact contact)
    {
        string[] kinds = ["Telephone", "Fax", "X400", "URI", "Email"];
        return contact with { Channels = contact.Channels.OrderBy(c => Array.IndexOf(kinds, c.Kind)).ToValueArray() };
    }

    /// <summary>A key with several values is the keys that each of them makes, the first component outermost.</summary>
    static IEnumerable<DataKey> Keys(DataKey key)
    {
        IEnumerable<MemberSelection[]> keys = [[]];
        foreach (var part in key.Values)
            keys = keys.SelectMany(k => part.Values.Count < 2 ? [[.. k, part]] : part.Values.Select(v => (MemberSelection[])[.. k, part with { Values = [v] }]));
        return keys.Select(k => key with { Values = k.ToValueArray() });
    }
}

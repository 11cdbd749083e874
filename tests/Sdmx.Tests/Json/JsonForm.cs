namespace Sdmx.Tests.Json;

/// <summary>What an artefact is once SDMX-JSON said it: the same in the words of the format (docs/formats.md).</summary>
static class JsonForm
{
    /// <summary>As a format of structures says it.</summary>
    public static Artefact Of(Artefact artefact, string format = "structure-json-2.0") => format == "structure-json-1.0" ? OfLegacy(artefact) : (artefact with { IsFinal = null }) switch
    {
        DataStructure dsd => dsd with
        {
            // The schema demands a representation of time, and knows no position of it.
            Time = dsd.Time is { } time ? time with { Position = null, LocalRepresentation = time.LocalRepresentation ?? new() { Format = new() { Type = TextType.ObservationalTimePeriod } } } : null,
            Attributes = dsd.Attributes.Select(a => a with { Relationship = Grouped(dsd, a.Relationship) }).ToValueArray(),
        },
        DataConstraint constraint when format == "structure-json-2.1" => constraint,
        var other => InBoth(other),
    };

    // 1.0 says what SDMX-ML 2.1 says, in another order.
    static Artefact OfLegacy(Artefact artefact) => artefact switch
    {
        DataStructure dsd => dsd with
        {
            Dimensions = IsCounted(dsd) ? dsd.Dimensions.Select((d, i) => d with { Position = i + 1 }).ToValueArray() : dsd.Dimensions,
            Time = dsd.Time is { LocalRepresentation: null } time ? time with { LocalRepresentation = new() { Format = new() { Type = TextType.ObservationalTimePeriod } } } : dsd.Time,
            Measures = dsd.Measures.Select(m => m with { IsMandatory = false }).ToValueArray(),
            Attributes = dsd.Attributes.OrderBy(a => a.Id == "REPORTING_YEAR_START_DAY").ToValueArray(),
        },
        MetadataStructure msd => msd with
        {
            Targets = msd.Targets.Select(t => t with
            {
                Objects = t.Objects.OrderBy(o => Array.IndexOf(["KeyDescriptorValuesTarget", "DataSetTarget", "ConstraintContentTarget", "ReportPeriodTarget"], o.Kind) is >= 0 and var place ? place : 9).ToValueArray(),
            }).ToValueArray(),
        },
        var other => InBoth(other),
    };

    static bool IsCounted(DataStructure dsd) => dsd.Dimensions.Any(d => d.IsMeasureDimension)
        && dsd.Dimensions.Zip(dsd.Dimensions.Skip(1)).Any(p => p.First.Position is null || p.Second.Position is null || p.First.Position >= p.Second.Position);

    static Artefact InBoth(Artefact artefact) => artefact switch
    {
        OrganisationScheme scheme => scheme with
        {
            Organisations = scheme.Organisations.Select(o => o with { Contacts = o.Contacts.Select(ByKind).ToValueArray() }).ToValueArray(),
        },
        DataConstraint constraint => constraint with
        {
            KeySets = constraint.KeySets.Select(s => s with { Keys = s.Keys.SelectMany(Keys).ToValueArray() }).ToValueArray(),
        },
        _ => artefact,
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

namespace Sdmx;

/// <summary>The identity of an artefact, item or component, as every reference between artefacts holds it.</summary>
/// <remarks>Written <c>urn:sdmx:org.sdmx.infomodel.{package}.{Class}={agency}:{id}({version})[.{item}]</c>
/// (SDMX 3.0 section 2; checklist 3.2). Classes that SDMX renamed carry their 3.x name: a 2.1 <c>ContentConstraint</c> reads as <c>DataConstraint</c>.</remarks>
/// <param name="Class">The class in the information model: <c>Codelist</c>, <c>Code</c>, <c>Dimension</c>.</param>
/// <param name="Agency">The agency, dotted where nested; may hold a hyphen.</param>
/// <param name="Id">The maintainable's id.</param>
/// <param name="Version">The version's text; in a reference it may hold wildcards (3.x). Never empty: 2.1's default is <c>1.0</c>.</param>
/// <param name="Item">The item or component within the maintainable (dotted where nested), or null.</param>
public readonly record struct Urn(string Class, string Agency, string Id, string Version, string? Item = null)
{
    const string Prefix = "urn:sdmx:org.sdmx.infomodel.";

    /// <summary>The URN of a maintainable.</summary>
    public Urn(ArtefactType type, string agency, string id, string version) : this(ArtefactTypes.Of(type).Class, agency, id, version)
    {
    }

    /// <summary>The type of the maintainable that this names or that holds what this names.</summary>
    /// <exception cref="InvalidOperationException">The class is none the hub holds; <see cref="TryParse"/> never gives such a URN.</exception>
    public ArtefactType Type => ArtefactTypes.TryFromClass(Class, out var type)
        ? type
        : throw new InvalidOperationException($"'{Class}' is not a class of the information model");

    /// <summary>The URN of the maintainable itself, without item.</summary>
    public Urn Maintainable => Item is null && ArtefactTypes.Of(Type).Class == Class ? this : new(Type, Agency, Id, Version);

    /// <summary><c>AGENCY:ID(VERSION)</c>, as SDMX-CSV and messages to people name an artefact.</summary>
    public string ShortName => $"{Agency}:{Id}({Version}){(Item is null ? "" : "." + Item)}";

    /// <summary>Reads a URN; false when it is malformed or of a class that the hub does not hold.</summary>
    public static bool TryParse(string? text, out Urn urn)
    {
        urn = default;
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
            return false;
        var equals = text.IndexOf('=');
        var dot = equals < 0 ? -1 : text.LastIndexOf('.', equals);
        if (dot < Prefix.Length || !TrySplit(text[(equals + 1)..], out var agency, out var id, out var version, out var item))
            return false;
        var name = text[(dot + 1)..equals];
        if (name == "ContentConstraint")
            name = "DataConstraint";
        if (version is null || !ArtefactTypes.TryFromClass(name, out _))
            return false;
        urn = new Urn(name, agency, id, version, item);
        return true;
    }

    /// <summary>Splits <c>AGENCY:ID(VERSION)[.ITEM]</c>; <paramref name="version"/> is null when it is left out.</summary>
    public static bool TrySplit(string text, out string agency, out string id, out string? version, out string? item)
    {
        (agency, id, version, item) = ("", "", null, null);
        var colon = text.IndexOf(':');
        if (colon <= 0)
            return false;
        agency = text[..colon];
        var open = text.IndexOf('(', colon);
        if (open < 0)
        {
            id = text[(colon + 1)..];
            return id.Length > 0;
        }

        var close = text.IndexOf(')', open);
        if (close < 0)
            return false;
        id = text[(colon + 1)..open];
        version = text[(open + 1)..close];
        if (close + 1 < text.Length)
        {
            if (text[close + 1] != '.')
                return false;
            item = text[(close + 2)..];
        }

        return id.Length > 0 && version.Length > 0 && item != "";
    }

    /// <summary>The URN in full.</summary>
    public override string ToString() => Class is null ? "" : $"{Prefix}{ArtefactTypes.Of(Type).Package}.{Class}={ShortName}";
}

using System.Text.Json.Serialization;

namespace SdmxHub.Storage;

/// <summary>The repairs that the hub can think of, in the form in which they are confirmed: a <see cref="RepairPatch"/>, with the reasons.</summary>
/// <param name="Repairs">The repairs.</param>
public sealed record SuggestedRepairs(IReadOnlyList<RepairSuggestion> Repairs);

/// <summary>Repairs as their sender confirms them.</summary>
/// <param name="Repairs">What is to be read as something else.</param>
/// <param name="GoodOnly">Whether the series that still have an error are left out.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record RepairPatch(IReadOnlyList<RepairSuggestion>? Repairs, bool GoodOnly)
{
    /// <summary>The repairs, without the reasons that they may still have.</summary>
    [JsonIgnore]
    public IReadOnlyList<Repair> Confirmed => [.. (Repairs ?? []).Select(r => r.ToRepair())];
}

/// <summary>How repairs are written as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(SuggestedRepairs))]
[JsonSerializable(typeof(RepairPatch))]
public sealed partial class RepairJson : JsonSerializerContext;

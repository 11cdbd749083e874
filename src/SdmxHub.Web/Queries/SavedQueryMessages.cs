using System.Text.Json.Serialization;
using FluentValidation;
using SdmxHub.Storage;

namespace SdmxHub.Web;

/// <summary>What is sent to <c>PUT /api/queries/{name}</c>.</summary>
/// <param name="Path">The data query, of v1 or v2: its path, or its whole address.</param>
/// <param name="Title">What it is called, for people.</param>
/// <param name="Description">What it is for.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
sealed record SavedQueryRequest(string? Path, string? Title, string? Description);

/// <summary>What it must satisfy, before it is read as a query.</summary>
sealed class SavedQueryRequestRules : AbstractValidator<SavedQueryRequest>
{
    const int LongestPath = 16_000, LongestTitle = 200, LongestDescription = 4_000;

    public SavedQueryRequestRules()
    {
        RuleFor(q => q.Path).NotEmpty().WithMessage("path is missing: expected a data query such as /sdmx/v2/data/dataflow/AGENCY/ID/*/KEY?c[COMPONENT]=CODE.");
        RuleFor(q => q.Path).MaximumLength(LongestPath).WithMessage(q => $"path has {q.Path!.Length} characters: expected at most {LongestPath}.");
        RuleFor(q => q.Title).MaximumLength(LongestTitle).WithMessage(q => $"title has {q.Title!.Length} characters: expected at most {LongestTitle}.");
        RuleFor(q => q.Description).MaximumLength(LongestDescription).WithMessage(q => $"description has {q.Description!.Length} characters: expected at most {LongestDescription}.");
    }
}

/// <summary>A query that was just saved.</summary>
/// <param name="Query">As it is kept.</param>
/// <param name="Notes">Codes in it that there are not, or no data with, and the nearest: it is kept all the same.</param>
sealed record SavedQueryBody(SavedQuery Query, IReadOnlyList<string> Notes);

/// <summary>How saved queries are told as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SavedQueryRequest))]
[JsonSerializable(typeof(SavedQueryBody))]
[JsonSerializable(typeof(IReadOnlyList<SavedQuery>))]
sealed partial class SavedQueryJson : JsonSerializerContext;

namespace Sdmx;

/// <summary>What a data set is read by: its structure, and the flows its data may belong to as long as no key has told which.</summary>
/// <remarks>Made by <see cref="DatasetResolver"/>, one for each reference of a message.</remarks>
sealed class DatasetStructure(ReadContext context, DataSchema schema, IReadOnlyList<DataSchema> candidates)
{
    readonly HashSet<DataSchema> _chosen = [];

    /// <summary>The schema: the final one when <see cref="IsDecided"/>, else that of the structure alone.</summary>
    public DataSchema Schema { get; } = schema;

    /// <summary>Whether the flow is known, or there is none.</summary>
    public bool IsDecided => candidates.Count == 0;

    /// <summary>How many flows the data may belong to.</summary>
    public int CandidateCount => candidates.Count;

    /// <summary>The schema of the flow that admits a data set which begins with <paramref name="key"/>.</summary>
    /// <param name="key">Per dimension the code's number; -1 for one that is open.</param>
    /// <param name="codes">What the numbers mean.</param>
    /// <param name="at">The place of the key.</param>
    /// <returns>Null when none or several flows admit it: logged as <see cref="IssueCode.AmbiguousDataflow"/>.</returns>
    public DataSchema? Choose(ReadOnlySpan<int> key, CodeTables codes, Location at)
    {
        if (IsDecided)
            return Schema;
        DataSchema? chosen = candidates.Count == 1 ? candidates[0] : null;
        var count = candidates.Count == 1 ? 1 : 0;
        for (var i = 0; i < candidates.Count && candidates.Count > 1; i++)
        {
            if (!Admits(candidates[i], key, codes))
                continue;
            chosen = candidates[i];
            count++;
        }

        if (count != 1)
            return Undecided(count, key, codes, at);
        if (_chosen.Add(chosen!))
        {
            context.Issues.Add(new(IssueCode.DataflowChosen, at,
                $"The message names only {Schema.Structure.Urn.ShortName}; its data go to {chosen!.Urn.ShortName}.") { Value = chosen.Urn.ShortName });
        }

        return chosen;
    }

    DataSchema? Undecided(int count, ReadOnlySpan<int> key, CodeTables codes, Location at)
    {
        var text = new string[key.Length];
        for (var d = 0; d < key.Length; d++)
            text[d] = key[d] < 0 ? "" : codes.Dimensions[d][key[d]];
        var flows = string.Join(", ", candidates.Select(c => c.Urn.ShortName));
        context.Issues.Add(new(IssueCode.AmbiguousDataflow, at,
            $"The message names only {Schema.Structure.Urn.ShortName}, and of its flows ({flows}) {(count == 0 ? "none admits" : "more than one admits")} the first key of the data set. Give one with --dataflow.")
        {
            Key = string.Join('.', text),
        });
        return null;
    }

    static bool Admits(DataSchema flow, ReadOnlySpan<int> key, CodeTables codes)
    {
        foreach (var constraint in flow.Constraints)
        {
            var (included, inside) = (false, false);
            foreach (var region in constraint.Regions)
            {
                var holds = Holds(flow, region, key, codes);
                if (!region.IsIncluded && holds && !region.Keys.IsEmpty)
                    return false;
                included |= region.IsIncluded;
                inside |= region.IsIncluded && holds;
            }

            if (included && !inside)
                return false;
        }

        return true;
    }

    /// <summary>Whether the key lies in the region as far as codes tell; what is open, a period or a hierarchy decides nothing.</summary>
    static bool Holds(DataSchema flow, CubeRegion region, ReadOnlySpan<int> key, CodeTables codes)
    {
        foreach (var selection in region.Keys)
        {
            if (flow.Find(selection.Component) is not { Role: ComponentRole.Dimension } dimension || key[dimension.Index] < 0 || selection.Values.IsEmpty)
                continue;
            var code = codes.Dimensions[dimension.Index][key[dimension.Index]];
            var found = false;
            foreach (var value in selection.Values)
                found |= value.Value == code || value.Cascade != Cascade.None || value.Value.Contains('%');
            if (found != selection.IsIncluded)
                return false;
        }

        return true;
    }
}

using Sdmx;

namespace SdmxHub.Web;

/// <summary>Reads the values of <c>c[COMPONENT]</c>: alternatives with <c>,</c> of terms with <c>+</c>, each <c>[operator:]literal</c> (checklist 1.2).</summary>
static class Condition
{
    /// <summary>Reads the value of a condition on a dimension, attribute or measure.</summary>
    /// <param name="raw">The value as it stands in the URL: an encoded <c>,</c> or <c>+</c> is part of a literal.</param>
    /// <param name="isCode">Whether literals are codes; they hold neither, so encoded ones are operators that a client encoded.</param>
    public static ValueArray<ValueArray<FilterTerm>> Parse(string raw, bool isCode)
    {
        if (isCode)
            raw = raw.Replace("%2C", ",", StringComparison.OrdinalIgnoreCase).Replace("%2B", "+", StringComparison.OrdinalIgnoreCase);
        return [.. raw.Split(',').Select(all => all.Split('+').Select(Term).ToValueArray())];
    }

    /// <summary>Reads the value of a condition on time; false where a literal is no period or an operator is one of text.</summary>
    /// <remarks>Where encoded separators do not make sense as part of a period (only an offset holds a plus sign), they separate.</remarks>
    public static bool TryParsePeriods(string raw, out PeriodFilter filter) =>
        TryPeriods(Parse(raw, isCode: false), out filter) || TryPeriods(Parse(raw, isCode: true), out filter);

    static bool TryPeriods(ValueArray<ValueArray<FilterTerm>> alternatives, out PeriodFilter filter)
    {
        filter = new([]);
        var read = new List<ValueArray<PeriodTerm>>();
        foreach (var all in alternatives)
        {
            var terms = new List<PeriodTerm>();
            foreach (var term in all)
            {
                if (term.Operator > FilterOperator.Ge || !ParameterReader.TryPeriod(term.Value, out var period))
                    return false;
                terms.Add(new(term.Operator, period));
            }

            read.Add([.. terms]);
        }

        filter = new([.. read]);
        return true;
    }

    // Only the ten operators are taken for one: dateTimes hold colons too.
    static FilterTerm Term(string raw)
    {
        var text = Uri.UnescapeDataString(raw);
        FilterOperator? found = text.Length > 2 && text[2] == ':' ? text[..2] switch
        {
            "eq" => FilterOperator.Eq,
            "ne" => FilterOperator.Ne,
            "lt" => FilterOperator.Lt,
            "le" => FilterOperator.Le,
            "gt" => FilterOperator.Gt,
            "ge" => FilterOperator.Ge,
            "co" => FilterOperator.Co,
            "nc" => FilterOperator.Nc,
            "sw" => FilterOperator.Sw,
            "ew" => FilterOperator.Ew,
            _ => null,
        } : null;
        return found is { } @operator ? new(@operator, text[3..]) : new(FilterOperator.Eq, text);
    }
}

using Sdmx;

namespace SdmxHub.Storage;

/// <summary>The period filters of a query made ready to test observations (checklist 4.3).</summary>
/// <remarks>Reporting years of observations start on 1 January.</remarks>
sealed class PeriodTest(DataQuery query)
{
    readonly (FilterOperator Operator, PeriodBound Bound)[][][] _filters =
        [.. query.Period.Select(f => f.Alternatives.Select(a => a.Select(t => (t.Operator, new PeriodBound(t.Value, query.ReportingYearStart))).ToArray()).ToArray())];

    public bool IsUnbounded => _filters.Length == 0;

    public bool Passes(TimePeriod period)
    {
        foreach (var filter in _filters)
        {
            var any = false;
            foreach (var alternative in filter)
                any |= PassesAll(alternative, period);
            if (!any)
                return false;
        }

        return true;
    }

    static bool PassesAll((FilterOperator Operator, PeriodBound Bound)[] terms, TimePeriod period)
    {
        foreach (var (op, bound) in terms)
        {
            var passes = op switch
            {
                FilterOperator.Eq => bound.Eq(period),
                FilterOperator.Ne => bound.Ne(period),
                FilterOperator.Lt => bound.Lt(period),
                FilterOperator.Le => bound.Le(period),
                FilterOperator.Gt => bound.Gt(period),
                FilterOperator.Ge => bound.Ge(period),
                _ => throw new InvalidOperationException($"{op} does not apply to time"),
            };
            if (!passes)
                return false;
        }

        return true;
    }
}

using System.Globalization;
using Sdmx;

namespace SdmxHub.Storage;

/// <summary>A <see cref="ComponentFilter"/> made ready to test values.</summary>
/// <remarks>Values of a numeric component compare as numbers however they are spelt (<c>06</c>, <c>1E5</c>), everything else as text by ordinal.
/// NaN is no number's neighbour: it passes only <c>ne</c>. A value that is absent passes only <c>ne</c> and <c>nc</c>.</remarks>
sealed class TermTest
{
    // A value alone is looked up, for there may be thousands of them; what is more is tried one after the other.
    readonly (FilterTerm Term, decimal? Number)[][] _others;
    readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    readonly HashSet<decimal> _numbers = [];

    public TermTest(ComponentFilter filter)
    {
        foreach (var value in filter.Alternatives.Where(IsValue).Select(a => a[0].Value))
        {
            _texts.Add(value);
            if (Number(value) is { } number)
                _numbers.Add(number);
        }

        _others = [.. filter.Alternatives.Where(a => !IsValue(a)).Select(a => a.Select(t => (t, Number(t.Value))).ToArray())];
    }

    /// <summary>Tests a text; null is absent.</summary>
    public bool Passes(string? text) => Passes(text, null);

    /// <summary>Tests a number.</summary>
    public bool Passes(long mantissa, int scale) => Passes(null, DecimalText.ToDecimal(mantissa, scale));

    /// <summary>Tests a number by its text, which may be any spelling that XML Schema's double allows.</summary>
    public bool PassesNumber(string text)
    {
        if (Number(text) is { } number)
            return Passes(text, number);
        if (!DecimalText.TryParseDouble(text, out var value))
            return Passes(text, null);
        // NaN, and what is beyond decimals, is no number that a value alone names.
        return _texts.Contains(text) || _others.Any(alternative => alternative.All(t => IsOrder(t.Term.Operator) && t.Number is { } bound
            ? double.IsNaN(value) ? t.Term.Operator == FilterOperator.Ne : Compare(t.Term.Operator, value.CompareTo((double)bound))
            : Passes(t.Term, text)));
    }

    bool Passes(string? text, decimal? number)
    {
        // What is no number is not spelt as one.
        if (number is { } sought ? _numbers.Count > 0 && _numbers.Contains(sought) : text is not null && _texts.Contains(text))
            return true;
        foreach (var alternative in _others)
        {
            var all = true;
            foreach (var (term, bound) in alternative)
            {
                all = number is { } value && bound is { } limit && IsOrder(term.Operator)
                    ? Compare(term.Operator, value.CompareTo(limit))
                    : Passes(term, text ??= number?.ToString(CultureInfo.InvariantCulture));
                if (!all)
                    break;
            }

            if (all)
                return true;
        }

        return false;
    }

    static bool IsValue(ValueArray<FilterTerm> alternative) => alternative is [{ Operator: FilterOperator.Eq }];

    static bool IsOrder(FilterOperator op) => op <= FilterOperator.Ge;

    static bool Passes(FilterTerm term, string? text)
    {
        if (text is null)
            return term.Operator is FilterOperator.Ne or FilterOperator.Nc;
        return term.Operator switch
        {
            FilterOperator.Co => text.Contains(term.Value, StringComparison.Ordinal),
            FilterOperator.Nc => !text.Contains(term.Value, StringComparison.Ordinal),
            FilterOperator.Sw => text.StartsWith(term.Value, StringComparison.Ordinal),
            FilterOperator.Ew => text.EndsWith(term.Value, StringComparison.Ordinal),
            var op => Compare(op, string.CompareOrdinal(text, term.Value)),
        };
    }

    static bool Compare(FilterOperator op, int order) => op switch
    {
        FilterOperator.Eq => order == 0,
        FilterOperator.Ne => order != 0,
        FilterOperator.Lt => order < 0,
        FilterOperator.Le => order <= 0,
        FilterOperator.Gt => order > 0,
        FilterOperator.Ge => order >= 0,
        _ => throw new InvalidOperationException($"{op} is no comparison of order"),
    };

    static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}

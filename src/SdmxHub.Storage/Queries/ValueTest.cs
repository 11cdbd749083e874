using Sdmx;

namespace SdmxHub.Storage;

/// <summary>A filter on one measure or attribute, tested on stored values; each code is tested once.</summary>
sealed class ValueTest(SchemaComponent component, ComponentFilter filter, SchemaMap map)
{
    readonly TermTest _test = new(filter);
    readonly CubeComponent? _stored = map.Component(component.Index);
    bool?[] _codes = [];

    /// <summary>The measure or attribute.</summary>
    public SchemaComponent Component => component;

    bool IsNumeric { get; } = component.Codes is null && component.Format.Type is TextType.BigInteger or TextType.Integer or TextType.Long or TextType.Short
        or TextType.Decimal or TextType.Float or TextType.Double or TextType.Count or TextType.InclusiveValueRange or TextType.ExclusiveValueRange or TextType.Incremental;

    /// <summary>Tests a row; no chunk is an absent value.</summary>
    public bool Passes(Session session, Chunk? chunk, int row)
    {
        var column = _stored is null ? null : chunk?.Find(_stored.Number);
        var form = column?.Forms[row] ?? ValueForm.Absent;
        if (form == ValueForm.Absent)
            return _test.Passes(null);
        var bits = column!.Bits[row];
        // A text that spells a number is kept as one; it is compared as what the structure says it is.
        if (form >= ValueForm.Decimal && (IsNumeric || component.Role == ComponentRole.Measure))
            return _test.Passes(bits, form - ValueForm.Decimal);
        if (form != ValueForm.Code)
        {
            var text = map.Text(session, component.Index, form, bits);
            return text is not null && IsNumeric ? _test.PassesNumber(text) : _test.Passes(text);
        }

        if (bits >= _codes.Length)
            Array.Resize(ref _codes, (int)bits * 2 + 1);
        return _codes[bits] ??= _test.Passes(_stored!.Codes[(int)bits]);
    }
}

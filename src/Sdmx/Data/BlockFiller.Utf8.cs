using System.Text;

namespace Sdmx;

// values in UTF-8: what the last value of a component was resolved to is kept, for most repeat it
sealed partial class BlockFiller
{
    // longer values are not kept: comparing them is no gain
    const int MaxRemembered = 4096;

    readonly ShortTexts _shortTexts = new();
    LastValue[] _lastValues = [];

    /// <summary>The last value of one slot, and what it was resolved to.</summary>
    sealed class LastValue
    {
        byte[] _bytes = [];
        int _length;

        /// <summary>The code's number.</summary>
        public int Code { get; private set; }

        /// <summary>The text, where the value is none that has a code.</summary>
        public string? Text { get; private set; }

        public bool Is(ReadOnlySpan<byte> value) => value.SequenceEqual(_bytes.AsSpan(0, _length));

        public void Set(ReadOnlySpan<byte> value, int code, string? text)
        {
            _length = 0;
            if (value.Length > MaxRemembered)
                return;
            if (_bytes.Length < value.Length)
                _bytes = new byte[value.Length * 2];
            value.CopyTo(_bytes);
            (_length, Code, Text) = (value.Length, code, text);
        }
    }

    /// <summary>Gives a value to a slot of <see cref="Layout"/>; an empty text is no value.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="utf8">The value, well-formed.</param>
    public void Give(int slot, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return;
        var frame = _current;
        if (slot < _layout.DimensionCount)
            GiveCode(frame, slot, CodeOf(slot, utf8));
        else if (slot == _layout.TimeSlot)
            GiveTime(frame, TimePeriod.TryParse(utf8, out var period) ? period : TimePeriod.None, utf8);
        else
            GiveValue(frame, slot - _layout.FirstValueSlot, utf8);
    }

    /// <summary>Gives another value than before to a slot of an observation that is repeated; an empty text takes the value away.</summary>
    public void Change(int slot, ReadOnlySpan<byte> utf8)
    {
        var frame = _observation;
        if (slot < _layout.DimensionCount)
        {
            _isRepeated = false;
            frame.KeyCount += (utf8.IsEmpty ? 0 : 1) - (frame.Key[slot] >= 0 ? 1 : 0);
            frame.Key[slot] = utf8.IsEmpty ? -1 : CodeOf(slot, utf8);
        }
        else if (slot == _layout.TimeSlot)
        {
            frame.ForgetTime();
            Give(slot, utf8);
        }
        else
        {
            var column = slot - _layout.FirstValueSlot;
            _isRepeated &= !_layout.IsHeld[column];
            if (utf8.IsEmpty)
                frame.Remove(column);
            else
                SetValue(frame, column, utf8);
        }
    }

    int CodeOf(int dimension, ReadOnlySpan<byte> value)
    {
        var last = _lastValues[dimension];
        var code = last.Code;
        if (!last.Is(value))
            last.Set(value, code = Resolve(_dimensionCodes[dimension], value), null);
        return code;
    }

    void GiveTime(ValueFrame frame, TimePeriod period, ReadOnlySpan<byte> value)
    {
        if (frame.HasTime)
            Repeat(_layout.Schema.Time!.Id);
        frame.HasTime = true;
        frame.Period = period;
        frame.UnreadPeriod = period.Kind == PeriodKind.None ? Encoding.UTF8.GetString(value) : null;
    }

    void GiveValue(ValueFrame frame, int column, ReadOnlySpan<byte> value)
    {
        CheckPlace(frame, column);
        SetValue(frame, column, value);
    }

    void SetValue(ValueFrame frame, int column, ReadOnlySpan<byte> value)
    {
        var codes = _valueCodes[column];
        if (codes is null && _layout.IsNumeric(column) && DecimalText.TryParse(value, out var mantissa, out var scale))
        {
            frame.Set(column, (byte)(ValueForm.Decimal + scale), mantissa, null);
            return;
        }

        var last = _lastValues[_layout.FirstValueSlot + column];
        var (code, text) = (last.Code, last.Text);
        if (!last.Is(value))
        {
            (code, text) = codes is not null ? (Resolve(codes, value), null) : (0, _shortTexts.Get(value));
            last.Set(value, code, text);
        }

        if (codes is not null)
            frame.Set(column, ValueForm.Code, code, null);
        else
            frame.Set(column, ValueForm.Text, 0, text);
    }

    int Resolve(CodeTable codes, ReadOnlySpan<byte> value)
    {
        var before = codes.Count;
        return Keep(codes, codes.Resolve(value), before, value.Length);
    }
}

using System.Globalization;
using System.Text.Json;

namespace Sdmx.Json;

/// <summary>What the keys and arrays of one data set mean: which component each index stands for, given to the filler.</summary>
sealed class JsonKeys
{
    readonly BlockFiller _filler;
    readonly Slot[] _datasetDimensions;

    /// <summary>The keys of a data set that the filler has begun.</summary>
    public JsonKeys(JsonMessageStructure structure, BlockFiller filler)
    {
        _filler = filler;
        _datasetDimensions = Slots(structure.Dimensions, "dataSet");
        SeriesKey = Slots(structure.Dimensions, "series");
        ObservationKey = Slots(structure.Dimensions, "observation");
        DatasetAttributes = Slots(structure.Attributes, "dataSet");
        GroupAttributes = Slots(structure.Attributes, "dimensionGroup");
        SeriesAttributes = Slots(structure.Attributes, "series");
        var measures = Slots(structure.Measures, "observation");
        // They may be left out where the only one is OBS_VALUE (checklist 2.5).
        if (measures.Length == 0 && filler.Layout.Schema.MeasureCount == 1)
            measures = [new(filler.Layout.FirstValueSlot, filler.Layout.Schema.Values[0].Id, null)];
        ObservationValues = [.. measures, .. Slots(structure.Attributes, "observation")];
        GroupKey = InKeyOrder([.. _datasetDimensions, .. Slots(structure.Dimensions, "series"), .. Slots(structure.Dimensions, "observation")],
            [.. Components(structure.Dimensions, "dataSet"), .. Components(structure.Dimensions, "series"), .. Components(structure.Dimensions, "observation")]);
    }

    /// <summary>One component of an array or key; null where a key has a place that the message lists no dimension for.</summary>
    public sealed record Slot(int Index, string Id, IReadOnlyList<string?>? Values);

    /// <summary>The key of a series.</summary>
    public Slot?[] SeriesKey { get; }

    /// <summary>The key of an observation.</summary>
    public Slot?[] ObservationKey { get; }

    /// <summary>The key of a dimension group: every dimension, by key position.</summary>
    public Slot?[] GroupKey { get; }

    /// <summary>The data set's attributes.</summary>
    public Slot[] DatasetAttributes { get; }

    /// <summary>The attributes of dimension groups.</summary>
    public Slot[] GroupAttributes { get; }

    /// <summary>The attributes of series.</summary>
    public Slot[] SeriesAttributes { get; }

    /// <summary>The measures and the attributes of an observation.</summary>
    public Slot[] ObservationValues { get; }

    /// <summary>Gives the dimensions that have one value in the whole data set.</summary>
    public void GiveDatasetDimensions()
    {
        foreach (var slot in _datasetDimensions)
        {
            if (slot.Values is [{ } value, ..])
                Give(slot, value);
        }
    }

    /// <summary>Gives the dimensions of a key, indexes joined by colons; an empty place is an open dimension.</summary>
    public void GiveKey(ReadOnlySpan<char> key, Slot?[] slots)
    {
        var i = 0;
        foreach (var part in key.Split(':'))
        {
            var slot = i < slots.Length ? slots[i] : null;
            i++;
            if (key[part].IsEmpty)
                continue;
            if (slot is null)
                MeetUnexpected($"place {i.ToString(CultureInfo.InvariantCulture)} of key {key}");
            else
                GiveIndex(slot, key[part]);
        }
    }

    /// <summary>Gives the values of the array that the token starts. What stands behind the components' are annotations.</summary>
    public void GiveArray(JsonTokens tokens, Slot[] slots)
    {
        if (tokens.Type != JsonTokenType.StartArray)
        {
            tokens.Skip();
            return;
        }

        for (var i = 0; tokens.ReadElement(); i++)
            GiveElement(tokens, i < slots.Length ? slots[i] : null);
    }

    /// <summary>Gives a value.</summary>
    public void Give(Slot slot, ReadOnlySpan<char> text)
    {
        if (slot.Index >= 0)
            _filler.Give(slot.Index, text);
        else
            _filler.GiveUnknown(slot.Id);
    }

    // An index where the component lists values, the literal value otherwise (checklist 2.5, values).
    void GiveElement(JsonTokens tokens, Slot? slot)
    {
        if (slot is null)
            tokens.Skip();
        else if (tokens.Type is JsonTokenType.StartArray or JsonTokenType.StartObject)
            PassOver(tokens, slot);
        else if (tokens.Type == JsonTokenType.Number && slot.Values is not null)
            GiveIndex(slot, tokens.Text);
        else if (tokens.Type != JsonTokenType.Null)
            Give(slot, tokens.Text);
    }

    void PassOver(JsonTokens tokens, Slot slot)
    {
        MeetUnexpected($"{slot.Id} with several values or languages", tokens.Place);
        tokens.Skip();
    }

    void GiveIndex(Slot slot, ReadOnlySpan<char> index)
    {
        if (slot.Values is { } values && int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < values.Count && values[number] is { } value)
            Give(slot, value);
        else
            MeetUnexpected($"index {index} of {slot.Id}");
    }

    void MeetUnexpected(string what, JsonPlace place = default) => _filler.MeetUnexpected(what, place.Line, place.Position);

    Slot[] Slots(Dictionary<string, List<JsonComponent>> levels, string level) =>
        [.. Components(levels, level).Select(c => new Slot(_filler.Layout.Find(c.Id), c.Id, c.Values))];

    static List<JsonComponent> Components(Dictionary<string, List<JsonComponent>> levels, string level) => levels.GetValueOrDefault(level) ?? [];

    static Slot?[] InKeyOrder(Slot[] slots, JsonComponent[] components)
    {
        if (components.Any(c => c.KeyPosition is < 0 or > 1000))
            return slots;
        var ordered = new Slot?[components.Length == 0 ? 0 : components.Max(c => c.KeyPosition) + 1];
        for (var i = 0; i < slots.Length; i++)
            ordered[components[i].KeyPosition] = slots[i];
        return ordered;
    }
}

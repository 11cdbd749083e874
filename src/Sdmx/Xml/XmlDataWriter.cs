using System.Buffers;
using System.Security;
using System.Text;
using System.Xml;

namespace Sdmx.Xml;

/// <summary>What SDMX-ML data messages have in common: which element each row belongs to.</summary>
/// <remarks>
/// <para>Attributes go to the element of their holder: the data set, a group, a series. Those that depend on some dimensions which no group of the
/// structure names are repeated on every series, because 2.1 has no element for their holder; in the flat form, and where they depend on the dimension at
/// the observation, on every observation, series attributes likewise. Readers of the hub put them back. A holder that applies to nothing written is a
/// Series (flat: an Obs) with its key as far as it goes, an extension of 2.1 that loses nothing.</para>
/// <para>Groups precede the series of a DataSet, and its own attributes are in its start tag: where a row of either comes later, a second DataSet
/// element with the same structure and action goes on. Merge is written as Append, which means the same in 2.1.</para>
/// <para>3.x has the element Atts for any holder, and elements in any order: nothing is repeated there, and only attributes of the data set begin another DataSet.</para>
/// </remarks>
abstract class XmlDataWriter : DataWriter
{
    readonly List<DataSchema> _schemas = [];
    readonly HeldAttributes _onSeries = new();
    readonly HeldAttributes _onObservations = new();
    AttributeHolder? _ofDataset;
    Dictionary<ulong, string> _groups = [];
    byte[]?[] _seriesValues = [];
    byte[]?[] _observationValues = [];
    int[] _seriesKey = [];
    int[] _observationKey = [];
    TimePeriod _seriesPeriod;
    bool _isSeriesOpen;
    bool _isSetOpen;
    bool _isSetMet;
    bool _hasSeries;
    bool _isObservationKeySet;

    private protected XmlDataWriter(IBufferWriter<byte> output, WriterOptions options, SdmxMlVersion version) : base(output, options) =>
        (Out, Version) = (new Utf8Output(output), version);

    private protected SdmxMlVersion Version { get; }

    private protected Utf8Output Out { get; }

    /// <summary>How the rows are laid out that are written next.</summary>
    private protected RowPattern Pattern { get; } = new();

    /// <summary>What is the same in all of them.</summary>
    private protected Utf8Output Row => Pattern.Fixed;

    private protected ValueCells Cells { get; private set; } = null!;

    /// <summary>Per structure of the header the id that data sets name it by.</summary>
    private protected IReadOnlyList<string> StructureIds { get; private set; } = [];

    private protected Dataset Dataset { get; private set; } = null!;

    private protected ObservationLayout Layout { get; private set; }

    DataSchema Schema => Dataset.Schema;

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<DataSchema> schemas)
    {
        _schemas.AddRange(schemas.Distinct());
        StructureIds = IdsOf(_schemas);
        Out.Raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"u8);
        StartMessage(_schemas, [.. _schemas.Select(s => ObservationLayout.Of(s, Options.DimensionAtObservation))]);
        Out.Flush();
    }

    /// <inheritdoc/>
    public override void BeginDataset(Dataset dataset)
    {
        EndDataset();
        (Dataset, _isSetMet, _ofDataset, _isObservationKeySet) = (dataset, true, null, false);
        Layout = ObservationLayout.Of(dataset.Schema, Options.DimensionAtObservation);
        if (!ReferenceEquals(Cells?.Codes, dataset.Codes))
            Cells = dataset.Codes.Cells(Escaping.Xml);
        _groups = [];
        foreach (var group in Schema.Structure.Groups)
            _groups.TryAdd(HeldAttributes.MaskOf([.. Schema.Dimensions.Select(d => group.Dimensions.Contains(d.Id) ? 0 : -1)]), group.Id);
        (_seriesValues, _observationValues) = (new byte[Schema.Values.Count][], new byte[Schema.Values.Count][]);
        (_seriesKey, _observationKey) = (new int[Schema.Dimensions.Count], new int[Schema.Dimensions.Count]);
        EnterDataset();
    }

    /// <inheritdoc/>
    public override void Write(ObservationBlock block)
    {
        Span<int> key = stackalloc int[block.Key.Length];
        for (int row = 0, end = 0; row < block.Count;)
        {
            if (row == end)
                end = block.TakeKey(row, key);
            if (block.Kinds[row] == RowKind.Attributes)
                WriteHolder(block, row++, key);
            else
                row = WriteRows(block, row, end, key);
        }

        Out.Flush();
    }

    /// <inheritdoc/>
    public override void End()
    {
        EndDataset();
        if (Options.Notice is { } notice)
            WriteFooter(notice);
        EndMessage();
        Out.End();
    }

    // Some clients take the id for that of the data structure, as it is with most services; several of the same need a number, and no id has a point.
    static string[] IdsOf(List<DataSchema> schemas) =>
    [
        .. schemas.Select((schema, i) => schema.Structure.Id is var id && !XmlReader.IsName(id) ? $"S.{i + 1}"
            : schemas.FindIndex(s => s.Structure.Id == id) == i ? id : $"{id}.{i + 1}"),
    ];

    void WriteFooter(MessageNotice notice)
    {
        Out.Raw("<footer:Footer xmlns:footer=\""u8);
        Out.Raw(Encoding.UTF8.GetBytes(SdmxNamespaces.Footer));
        Out.Raw("\"><footer:Message code=\""u8);
        Out.Number(notice.Code);
        Out.Raw("\" severity=\"Warning\"><common:Text xml:lang=\"en\">"u8);
        Out.Raw(Encoding.UTF8.GetBytes(SecurityElement.Escape(notice.Text)));
        Out.Raw("</common:Text></footer:Message></footer:Footer>\n"u8);
    }

    /// <summary>Writes the root's start tag and the header.</summary>
    private protected abstract void StartMessage(IReadOnlyList<DataSchema> schemas, IReadOnlyList<ObservationLayout> layouts);

    /// <summary>Writes the root's end tag.</summary>
    private protected abstract void EndMessage();

    /// <summary>Makes ready for the data set just begun.</summary>
    private protected abstract void EnterDataset();

    /// <summary>Lays out a DataSet's start tag; <paramref name="structure"/> counts from 1.</summary>
    private protected abstract void LayOutDataset(int structure, byte[]?[]? values);

    /// <summary>Lays out a group.</summary>
    private protected abstract void LayOutGroup(string id, AttributeHolder holder);

    /// <summary>Lays out a holder's attributes with its key, in a version that has an element for them.</summary>
    private protected virtual void LayOutHolder(AttributeHolder holder) => throw new NotSupportedException();

    /// <summary>Lays out the start of a series. Dimensions that are open, or at the observation, are not part of its key; <paramref name="above"/> are
    /// values of wider holders to repeat on it.</summary>
    private protected abstract void LayOutSeries(ReadOnlySpan<int> key, TimePeriod period, byte[]?[] above);

    /// <summary>Ends the series.</summary>
    private protected abstract void EndSeries();

    /// <summary>Lays out observations in a series, or by themselves where the layout is flat; <paramref name="above"/> are values of wider holders to repeat
    /// on them.</summary>
    private protected abstract void LayOutObservation(ReadOnlySpan<int> key, byte[]?[]? above);

    /// <summary>Lays out the attributes of a DataSet that both kinds have, each behind <paramref name="prefix"/>.</summary>
    private protected void LayOutSetAttributes(ReadOnlySpan<byte> prefix)
    {
        SetAttribute(prefix, "action=\""u8, Version.Action(Dataset.Action));
        SetAttribute(prefix, "setID=\""u8, Dataset.Id);
        SetAttribute(prefix, "validFromDate=\""u8, Dataset.ValidFrom);
        SetAttribute(prefix, "validToDate=\""u8, Dataset.ValidTo);
    }

    void SetAttribute(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null)
            return;
        Row.Byte((byte)' ');
        Row.Raw(prefix);
        Row.Raw(name);
        Row.Text(value, Escaping.Xml);
        Row.Byte((byte)'"');
    }

    void WriteHolder(ObservationBlock block, int row, ReadOnlySpan<int> key)
    {
        _isObservationKeySet = false;
        var isSeries = !key.Contains(-1);
        if (isSeries && Layout.IsTimeSeries)
        {
            OpenSeries(key, TimePeriod.None, isNew: true, block, row);
            return;
        }

        var holder = new AttributeHolder(key.ToArray(), new byte[_seriesValues.Length][]);
        holder.Say(block, row, Cells);
        var isGroup = !isSeries && holder.HasValues && _groups.ContainsKey(HeldAttributes.MaskOf(key));
        if (isGroup)
            WriteHolder(holder, _groups[HeldAttributes.MaskOf(holder.Key)]);
        else if (Dataset.Action == DatasetAction.Delete)
            WriteAlone(holder);
        else if (Version.HasAtts && holder.HasValues && key.ContainsAnyExcept(-1))
            WriteHolder(holder, group: null);
        else if (isSeries)
            _onObservations.At(key, _seriesValues.Length).Say(holder);
        else if (!key.ContainsAnyExcept(-1))
            HoldForDataset(holder);
        else if (holder.HasValues)
            Hold(holder);
    }

    void Hold(AttributeHolder holder)
    {
        var onObservations = Layout.IsFlat || (Layout.IsCrossSection && holder.Key[Layout.Dimension] >= 0);
        (onObservations ? _onObservations : _onSeries).At(holder.Key, _seriesValues.Length).Say(holder);
    }

    void HoldForDataset(AttributeHolder holder)
    {
        CloseSet();
        _ofDataset ??= holder;
        _ofDataset.Say(holder);
    }

    void WriteHolder(AttributeHolder holder, string? group)
    {
        if (Version.HasAtts)
            CloseSeries();
        else if (_hasSeries)
            CloseSet();
        OpenSet();
        Pattern.Begin();
        if (group is not null)
            LayOutGroup(group, holder);
        else
            LayOutHolder(holder);
        Pattern.Write(Out);
    }

    // A holder by itself: its key as far as it goes, without observations. In a Delete set this is every holder, because
    // values repeated on what they apply to would delete less than was meant.
    void WriteAlone(AttributeHolder holder)
    {
        CloseSeries();
        if (!holder.Key.AsSpan().ContainsAnyExcept(-1))
        {
            HoldForDataset(holder);
            OpenSet();
            CloseSet();
            return;
        }

        OpenSet();
        _hasSeries = true;
        Pattern.Begin();
        if (Layout.IsFlat)
            LayOutObservation(holder.Key, holder.Values);
        else
            LayOutSeries(holder.Key, TimePeriod.None, holder.Values);
        Pattern.Write(Out);
        if (!Layout.IsFlat)
            EndSeries();
    }

    // Writes rows from the first on that are laid out alike, and gives the first that is not.
    int WriteRows(ObservationBlock block, int row, int end, ReadOnlySpan<int> key)
    {
        if (!Layout.IsFlat)
            OpenSeries(key, Layout.IsCrossSection ? block.Periods[row] : TimePeriod.None, isNew: false, null, 0);
        else
            OpenSet();
        _hasSeries = true;
        if (!Layout.IsTimeSeries && !(_isObservationKeySet && key.SequenceEqual(_observationKey)))
        {
            Array.Clear(_observationValues);
            _onObservations.Apply(key, _observationValues);
            key.CopyTo(_observationKey);
            _isObservationKeySet = true;
        }

        // In a cross-section the next period is another series.
        end = Pattern.Begin(block, row, Layout.IsCrossSection ? row + 1 : end, Cells);
        LayOutObservation(key, Layout.IsTimeSeries ? null : _observationValues);
        Pattern.Write(Out);
        return end;
    }

    void OpenSeries(ReadOnlySpan<int> key, TimePeriod period, bool isNew, ObservationBlock? block, int row)
    {
        if (_isSeriesOpen && !isNew && period == _seriesPeriod && IsSeriesKey(key))
            return;
        CloseSeries();
        OpenSet();
        Array.Clear(_seriesValues);
        key.CopyTo(_seriesKey);
        if (Layout.IsCrossSection)
            _seriesKey[Layout.Dimension] = -1;
        _seriesPeriod = period;
        _onSeries.Apply(_seriesKey, _seriesValues);
        if (block is null)
            Pattern.Begin();
        else
            Pattern.Begin(block, row, row + 1, Cells);
        LayOutSeries(_seriesKey, period, _seriesValues);
        Pattern.Write(Out);
        (_isSeriesOpen, _hasSeries) = (true, true);
    }

    bool IsSeriesKey(ReadOnlySpan<int> key)
    {
        for (var d = 0; d < key.Length; d++)
        {
            if (key[d] != _seriesKey[d] && d != Layout.Dimension)
                return false;
        }

        return true;
    }

    void CloseSeries()
    {
        if (_isSeriesOpen)
            EndSeries();
        _isSeriesOpen = false;
    }

    void OpenSet()
    {
        if (_isSetOpen)
            return;
        Pattern.Begin();
        LayOutDataset(_schemas.IndexOf(Schema) + 1, _ofDataset?.Values);
        Pattern.Write(Out);
        (_isSetOpen, _isSetMet, _hasSeries, _ofDataset) = (true, false, false, null);
    }

    void CloseSet()
    {
        CloseSeries();
        if (_isSetOpen)
            Out.Raw("</message:DataSet>\n"u8);
        _isSetOpen = false;
    }

    void EndDataset()
    {
        if (Dataset is null)
            return;
        foreach (var holder in _onSeries.Unused.Concat(_onObservations.Unused))
            WriteAlone(holder);
        // A data set without any row is still named; so are attributes said last.
        if (_isSetMet || _ofDataset is not null)
            OpenSet();
        CloseSet();
        _onSeries.Clear();
        _onObservations.Clear();
    }
}

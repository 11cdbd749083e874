using Sdmx;

namespace SdmxHub.Storage;

/// <content>The action Delete: at the lowest level of detail that a row gives (checklist 2.7). What does not exist is deleted already.</content>
sealed partial class CubeWriter
{
    void Delete(ObservationBlock block)
    {
        if (block.Count == 0)
        {
            // A Delete set that names nothing: everything.
            _key.AsSpan().Clear();
            DeleteUnder(_key, _ => true, static series => ForEachChunk(series, static chunk => chunk.RemoveRows()));
            return;
        }

        Span<int> sent = stackalloc int[block.Key.Length];
        for (var row = 0; row < block.Count; row++)
        {
            block.TakeKey(row, sent);
            if (!_resolver!.TryKey(sent, add: false, _key))
                continue;
            if (block.Kinds[row] == RowKind.Observation)
                DeleteObservation(block, row);
            else if (Named(block, row) is { Count: > 0 } columns)
                DeleteValues(block.Dataset.Schema, columns);
            else
                DeleteUnder(_key, _ => true, static series => ForEachChunk(series, static chunk => chunk.RemoveRows()));
        }
    }

    void DeleteObservation(ObservationBlock block, int row)
    {
        var period = block.Periods[row];
        var columns = Named(block, row);
        DeleteUnder(_key, IsSeries, series =>
        {
            var chunk = series.Chunk(Chunk.NumberOf(period));
            var at = chunk.Find(period);
            if (at < 0)
                return;
            if (columns.Count == 0)
                chunk.RemoveAt(at);
            foreach (var column in columns)
            {
                if (chunk.Find(_resolver!.Components[column].Number) is { } values)
                    values.Forms[at] = ValueForm.Absent;
            }
        });
    }

    /// <summary>Deletes single components under a key: of observations, or of the holders that an attribute is said on.</summary>
    void DeleteValues(DataSchema schema, List<int> columns)
    {
        foreach (var column in columns)
        {
            var component = schema.Values[column];
            var number = _resolver!.Components[column].Number;
            if (component.Level == AttachmentLevel.Observation)
            {
                DeleteUnder(_key, IsSeries, series => ForEachChunk(series, chunk => chunk.Find(number)?.Forms.AsSpan().Clear(), isAttribute: false));
                continue;
            }

            DeleteUnder(_key, row => IsHeldBy(component, row), series => series.Chunk(0).Find(number)?.Forms.AsSpan().Clear());
        }
    }

    /// <summary>The columns that a row names by any value; which value does not matter.</summary>
    static List<int> Named(ObservationBlock block, int row)
    {
        var columns = new List<int>();
        for (var c = 0; c < block.Values.Length; c++)
        {
            if (block.Values[c].IsUsed && block.Values[c].Forms[row] != ValueForm.Absent)
                columns.Add(c);
        }

        return columns;
    }

    bool IsSeries(int row) => !Cube.IsHolder(row);

    bool IsHeldBy(SchemaComponent attribute, int row)
    {
        for (var d = 0; d < Cube.Columns.Length; d++)
        {
            if (attribute.Holder[_resolver!.Dimensions[d]] == (Cube.Columns[d][row] == 0))
                return false;
        }

        return true;
    }

    /// <summary>Goes through the rows whose key has the codes of <paramref name="key"/> wherever that is not open.</summary>
    void DeleteUnder(ReadOnlySpan<int> key, Func<int, bool> applies, Action<SeriesWriter> delete)
    {
        // What an earlier row did must be written first: a new series has no row in the index before.
        _series.Flush();
        if (!key.Contains(0))
        {
            _series.Open(key, Cube.Keys.Find(key));
            if (_series.Exists && applies(Cube.Keys.Find(key)))
                delete(_series);
            return;
        }

        var rowKey = new int[key.Length];
        for (var row = 0; row < Cube.Count; row++)
        {
            if (!IsUnder(key, row) || !applies(row))
                continue;
            for (var d = 0; d < rowKey.Length; d++)
                rowKey[d] = Cube.Columns[d][row];
            _series.Open(rowKey, row);
            delete(_series);
        }

        _series.Flush();
    }

    bool IsUnder(ReadOnlySpan<int> key, int row)
    {
        for (var d = 0; d < key.Length; d++)
        {
            if (key[d] != 0 && Cube.Columns[d][row] != key[d])
                return false;
        }

        return true;
    }

    static void ForEachChunk(SeriesWriter series, Action<Chunk> change, bool isAttribute = true)
    {
        foreach (var number in series.Chunks())
        {
            if (isAttribute || number > 0)
                change(series.Chunk(number));
        }
    }
}

using System.Collections.Concurrent;

namespace SdmxHub.Storage;

/// <summary>Texts by their id in the table <c>text</c>, for readers. Thread-safe.</summary>
sealed class TextCache
{
    const int MaxTexts = 200_000;
    const string Select = "SELECT value FROM text WHERE text_id = ?1";

    readonly ConcurrentDictionary<long, string> _texts = new();

    public string Get(Session session, long id)
    {
        if (_texts.TryGetValue(id, out var known))
            return known;
        using var rows = session.Prepare(Select).Bind(1, id);
        if (!rows.Step())
            throw new StoreException($"The store is damaged: text {id} is missing.");
        var text = rows.Text(0);
        // Emptied rather than aged: what is in use comes back at once.
        if (_texts.Count >= MaxTexts)
            _texts.Clear();
        _texts[id] = text;
        return text;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace SdmxHub.Storage;

/// <summary>Interns texts in the table <c>text</c>: the same text always has the same id, so that values compare by id.</summary>
/// <remarks>Belongs to one transaction: ids it gave out are nobody's when the transaction is given up.</remarks>
sealed class TextIds(Session session)
{
    const int MaxKnown = 500_000;
    const string Select = "SELECT text_id FROM text WHERE hash = ?1 AND value = ?2";
    const string Insert = "INSERT INTO text (hash, value) VALUES (?1, ?2) RETURNING text_id";

    readonly Dictionary<string, long> _known = new(StringComparer.Ordinal);

    public long Intern(string text)
    {
        if (_known.TryGetValue(text, out var id))
            return id;
        var hash = Hash(text);
        id = Run(Select, hash, text);
        if (id == 0)
            id = Run(Insert, hash, text);
        if (_known.Count >= MaxKnown)
            _known.Clear();
        _known.Add(text, id);
        return id;
    }

    long Run(string sql, long hash, string text)
    {
        using var rows = session.Prepare(sql).Bind(1, hash).Bind(2, text);
        var id = rows.Step() ? rows.Long(0) : 0;
        // An INSERT with RETURNING is done only when stepped to its end.
        while (id != 0 && rows.Step())
        {
        }

        return id;
    }

    /// <summary>What a text is looked up by.</summary>
    public static long Hash(string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), digest);
        return BinaryPrimitives.ReadInt64LittleEndian(digest);
    }
}

using System.Globalization;
using System.Text;

namespace SdmxHub.Fuzz;

/// <summary>Damages inputs at random: the same seed and calls give the same bytes.</summary>
/// <remarks>AFL's havoc and splice, with tokens of the format; half of the places are borders between tokens of text.</remarks>
sealed class Mutator(Random random, IReadOnlyList<byte[]> tokens, int maxLength)
{
    static readonly string[] Numbers = ["0", "1", "-1", "7", "007", "255", "256", "4096", "65536", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808", "99999999999999999999", "1e400", "0.5", "1E-7"];

    readonly byte[] _bytes = new byte[maxLength];

    /// <summary>How many bytes <see cref="Bytes"/> has.</summary>
    public int Length { get; private set; }

    /// <summary>The mutated input; good until the next.</summary>
    public byte[] Bytes => _bytes;

    /// <summary>Makes the next input out of one of the corpus.</summary>
    public void Mutate(byte[] input, IReadOnlyList<byte[]> corpus)
    {
        Length = Math.Min(input.Length, maxLength);
        input.AsSpan(0, Length).CopyTo(_bytes);
        for (var count = 1 << random.Next(5); count > 0; count--)
            Step(corpus[random.Next(corpus.Count)]);
    }

    void Step(byte[] other)
    {
        var at = Place();
        var length = Math.Min(RangeLength(), Length - at);
        switch (random.Next(14))
        {
            case 0 when at < Length:
                _bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < Length:
                _bytes[at] = (byte)random.Next(256);
                break;
            case 2 when at < Length:
                _bytes[at] += (byte)(random.Next(-35, 36));
                break;
            case 3:
                Delete(at, length);
                break;
            case 4:
                DeleteToBorder(at);
                break;
            case 5:
                Insert(Place(), _bytes.AsSpan(at, length).ToArray());
                break;
            case 6:
                Overwrite(Place(), _bytes.AsSpan(at, length).ToArray());
                break;
            case 7 or 8:
                Insert(at, tokens[random.Next(tokens.Count)]);
                break;
            case 9:
                Overwrite(at, tokens[random.Next(tokens.Count)]);
                break;
            case 10:
                Insert(at, PartOf(other));
                break;
            case 11:
                Splice(at, other);
                break;
            case 12:
                Renumber(at);
                break;
            default:
                Insert(at, Enumerable.Repeat((byte)random.Next(256), RangeLength()).ToArray());
                break;
        }
    }

    int RangeLength() => random.Next(4) switch
    {
        0 => random.Next(1, 200),
        1 => random.Next(1, 40),
        _ => random.Next(1, 6),
    };

    int Place()
    {
        var at = random.Next(Length + 1);
        return random.Next(2) == 0 ? at : Border(at);
    }

    /// <summary>The first place from <paramref name="at"/> on that letters and digits do not run over.</summary>
    int Border(int at)
    {
        while (at < Length && char.IsAsciiLetterOrDigit((char)_bytes[at]))
            at++;
        return at;
    }

    void Delete(int at, int length)
    {
        _bytes.AsSpan(at + length, Length - at - length).CopyTo(_bytes.AsSpan(at));
        Length -= length;
    }

    // a word, an element, a line: up to the next byte that is the same as the first
    void DeleteToBorder(int at)
    {
        if (at >= Length)
            return;
        var end = _bytes.AsSpan(at + 1, Length - at - 1).IndexOf(_bytes[at]);
        Delete(at, end < 0 ? 1 : end + 1);
    }

    void Insert(int at, ReadOnlySpan<byte> part)
    {
        at = Math.Min(at, Length);
        part = part[..Math.Min(part.Length, maxLength - Length)];
        _bytes.AsSpan(at, Length - at).CopyTo(_bytes.AsSpan(at + part.Length));
        part.CopyTo(_bytes.AsSpan(at));
        Length += part.Length;
    }

    void Overwrite(int at, ReadOnlySpan<byte> part)
    {
        part = part[..Math.Min(part.Length, maxLength - at)];
        part.CopyTo(_bytes.AsSpan(at));
        Length = Math.Max(Length, at + part.Length);
    }

    ReadOnlySpan<byte> PartOf(byte[] other)
    {
        var start = random.Next(other.Length + 1);
        return other.AsSpan(start, Math.Min(RangeLength(), other.Length - start));
    }

    void Splice(int at, byte[] other)
    {
        Length = at;
        Insert(at, other.AsSpan(random.Next(other.Length + 1)));
    }

    void Renumber(int at)
    {
        while (at < Length && !char.IsAsciiDigit((char)_bytes[at]))
            at++;
        var end = at;
        while (end < Length && char.IsAsciiDigit((char)_bytes[end]))
            end++;
        Delete(at, end - at);
        Insert(at, Encoding.ASCII.GetBytes(random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : random.Next(1 << random.Next(1, 31)).ToString(CultureInfo.InvariantCulture)));
    }
}

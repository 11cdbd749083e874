using System.Text.Json;
using System.Text.Unicode;

namespace Sdmx.Json;

/// <summary>The tokens of a JSON text in a stream, one after another, in constant memory.</summary>
/// <remarks>May start at any value of the text: then it must be read no further than that value's end. Ill-formed JSON is a <see cref="JsonException"/>,
/// a bound that is passed a <see cref="ContentLimitException"/>.</remarks>
sealed class JsonTokens
{
    readonly Stream _stream;
    readonly ReadLimits _limits;
    byte[] _buffer = new byte[64 * 1024];
    char[] _chars = new char[256];
    JsonReaderState _state;
    long _base;
    int _start;
    int _end;
    int _length;
    int _lineStartDistance;
    bool _isLast;

    /// <summary>Starts at a place that an earlier reading met, or at the beginning, where a byte order mark is passed over.</summary>
    public JsonTokens(Stream stream, ReadLimits limits, JsonPlace place = default)
    {
        (_stream, _limits, _base, Line, _lineStartDistance) = (stream, limits, place.Offset, Math.Max(place.Line, 1), Math.Max(place.Position - 1, 0));
        _state = new JsonReaderState(new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1 });
        stream.Position = place.Offset;
        Refill();
        if (place.Offset == 0 && _buffer.AsSpan(0, _end).StartsWith("\uFEFF"u8))
            _start = 3;
    }

    /// <summary>The kind of the token.</summary>
    public JsonTokenType Type { get; private set; }

    /// <summary>The text of a property name, a string, a number, <c>true</c>, <c>false</c>; good until the next token.</summary>
    public ReadOnlySpan<char> Text => _chars.AsSpan(0, _length);

    /// <summary>Where the token stands.</summary>
    public JsonPlace Place { get; private set; }

    /// <summary>The line of the last byte looked at, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Goes to the next token; false behind the last.</summary>
    public bool Read() => Read(true);

    /// <summary>Goes to the end of the object or array that the token starts; nowhere, where it starts none.</summary>
    public void Skip()
    {
        if (Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        for (var depth = 1; depth > 0 && Read(false);)
        {
            depth += Type switch
            {
                JsonTokenType.StartObject or JsonTokenType.StartArray => 1,
                JsonTokenType.EndObject or JsonTokenType.EndArray => -1,
                _ => 0,
            };
        }
    }

    /// <summary>Goes to the next property of the object that the token before started; false at its end.</summary>
    public bool ReadProperty() => Read() && Type == JsonTokenType.PropertyName;

    /// <summary>Goes to the next element of the array that the token before started; false at its end.</summary>
    public bool ReadElement() => Read() && Type != JsonTokenType.EndArray;

    bool Read(bool withText)
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isLast, _state);
            if (reader.Read())
            {
                Take(ref reader, withText);
                return true;
            }

            if (_isLast)
                return false;
            _state = reader.CurrentState;
            Advance((int)reader.BytesConsumed);
            Refill();
        }
    }

    void Take(ref Utf8JsonReader reader, bool withText)
    {
        Type = reader.TokenType;
        if ((Type is JsonTokenType.StartObject or JsonTokenType.StartArray) && reader.CurrentDepth >= _limits.MaxDepth)
            throw new ContentLimitException($"Objects and arrays are nested deeper than {_limits.MaxDepth}.");
        _state = reader.CurrentState;
        var consumed = (int)reader.BytesConsumed;
        var before = (int)reader.TokenStartIndex;
        if (withText)
            TakeText(ref reader);
        Advance(before);
        Place = new JsonPlace(_base + _start, Line, _lineStartDistance + 1);
        Advance(consumed - before);
    }

    void TakeText(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > _chars.Length)
            _chars = new char[Math.Max(reader.ValueSpan.Length, _chars.Length * 2)];
        if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            _length = CopyString(ref reader);
        else
            _length = System.Text.Encoding.UTF8.GetChars(reader.ValueSpan, _chars);
        if (_length > _limits.MaxText)
            throw new ContentLimitException($"A text is longer than {_limits.MaxText} characters.");
    }

    int CopyString(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.CopyString(_chars);
        }
        catch (InvalidOperationException e)
        {
            // its way to say that bytes are no UTF-8, or that an escape is half a surrogate pair
            if (!Utf8.IsValid(reader.ValueSpan))
                throw new JsonEncodingException("A string has bytes that are not UTF-8.");
            throw new JsonException("A string is not valid Unicode.", e);
        }
    }

    void Advance(int bytes)
    {
        var passed = _buffer.AsSpan(_start, bytes);
        var lines = passed.Count((byte)'\n');
        Line += lines;
        _lineStartDistance = lines == 0 ? _lineStartDistance + bytes : bytes - passed.LastIndexOf((byte)'\n') - 1;
        _start += bytes;
    }

    void Refill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_base, _end, _start) = (_base + _start, _end - _start, 0);
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length > _limits.MaxText * 6L)
                throw new ContentLimitException($"A text is longer than {_limits.MaxText} characters.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        // A byte order mark is looked for in one piece.
        var free = _buffer.AsSpan(_end);
        var read = _stream.ReadAtLeast(free, Math.Min(3, free.Length), throwOnEndOfStream: false);
        _end += read;
        _isLast = read == 0;
        if (_base + _end > _limits.MaxBytes)
            throw new ContentLimitException($"The message is longer than {_limits.MaxBytes} bytes.");
    }
}

/// <summary>Bytes of a string are not UTF-8.</summary>
sealed class JsonEncodingException(string message) : JsonException(message);

/// <summary>A place in a JSON text: bytes from 0, line and byte in the line from 1.</summary>
readonly record struct JsonPlace(long Offset, int Line, int Position);

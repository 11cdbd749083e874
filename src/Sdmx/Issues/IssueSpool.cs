using System.Text;

namespace Sdmx;

/// <summary>Findings in a temporary file, in the order they were added.</summary>
sealed class IssueSpool : IDisposable
{
    readonly FileStream _file = TemporaryFile.Create();
    readonly BinaryWriter _writer;

    internal IssueSpool() => _writer = new BinaryWriter(_file, Encoding.UTF8, leaveOpen: true);

    /// <summary>Adds a finding.</summary>
    internal void Add(Issue issue)
    {
        _writer.Write7BitEncodedInt((int)issue.Code);
        _writer.Write7BitEncodedInt(issue.At.Line);
        _writer.Write7BitEncodedInt(issue.At.Column);
        _writer.Write7BitEncodedInt(issue.At.Dataset);
        Write(issue.At.File);
        Write(issue.Message);
        Write(issue.Key);
        Write(issue.Component);
        Write(issue.Value);
        Write(issue.Expected);
        Write(issue.Nearest);
    }

    /// <summary>The first <paramref name="count"/> findings.</summary>
    internal IEnumerable<Issue> Read(int count)
    {
        _writer.Flush();
        _file.Flush();
        using var reader = new BinaryReader(TemporaryFile.OpenAgain(_file), Encoding.UTF8);
        for (var i = 0; i < count; i++)
            yield return Read(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _writer.Dispose();
        }
        finally
        {
            // Also when the disk has no room for what is still in the buffer.
            _file.Dispose();
        }
    }

    void Write(string? text)
    {
        _writer.Write(text is not null);
        if (text is not null)
            _writer.Write(text);
    }

    static Issue Read(BinaryReader reader)
    {
        var code = (IssueCode)reader.Read7BitEncodedInt();
        var (line, column, dataset) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        return new Issue(code, new Location(Text(), line, column, dataset), Text() ?? "")
        {
            Key = Text(),
            Component = Text(),
            Value = Text(),
            Expected = Text(),
            Nearest = Text(),
        };

        string? Text() => reader.ReadBoolean() ? reader.ReadString() : null;
    }
}

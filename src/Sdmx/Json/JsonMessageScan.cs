using System.Text.Json;

namespace Sdmx.Json;

/// <summary>The first reading of a SDMX-JSON data message: header, structures, and where the parts of each data set stand.</summary>
/// <remarks>Properties come in any order, and structures often come last: that is why a message is read twice.</remarks>
sealed class JsonMessageScan(JsonTokens tokens)
{
    readonly List<LocalisedString> _names = [];
    readonly List<string> _receivers = [];
    bool _hasDatasets;

    /// <summary>The header.</summary>
    public MessageHeader Header { get; private set; } = new();

    /// <summary>The structures.</summary>
    public List<JsonMessageStructure> Structures { get; } = [];

    /// <summary>The data sets.</summary>
    public List<JsonMessageDataset> Datasets { get; } = [];

    /// <summary>Reads the message to its end.</summary>
    public void Read()
    {
        if (!tokens.Read() || tokens.Type != JsonTokenType.StartObject)
            throw new JsonException("The message is no JSON object.");
        while (tokens.ReadProperty())
        {
            // drafts of 1.0 have a header, and the data beside it
            if (Is("meta") || Is("header"))
                ReadObject(ReadMeta);
            else if (Is("dataSets") || Is("structure"))
                ReadData();
            else if (Is("data"))
            {
                Expect(JsonTokenType.StartObject, "data");
                WalkObject(ReadData);
            }
            else
                SkipValue();
        }

        Header = Header with { Receivers = _receivers.ToValueArray(), Name = new(_names.ToValueArray()) };
        if (tokens.Read())
            throw new JsonException("Something follows the message's end.");
        if (!_hasDatasets)
            throw new JsonException("The message has no data.dataSets: it says nothing, or it is of another kind.");
    }

    // What the rest hangs on must be of its kind, else a message of another make would be one without data.
    void Expect(JsonTokenType type, string name)
    {
        tokens.Read();
        if (tokens.Type != type)
            throw new JsonException($"'{name}' is no {(type == JsonTokenType.StartObject ? "object" : "array")}.");
    }

    bool Is(string name) => tokens.Text.SequenceEqual(name);

    void SkipValue()
    {
        tokens.Read();
        tokens.Skip();
    }

    // Walks the properties of the object that is the next value; anything else is passed over.
    void ReadObject(Action property)
    {
        tokens.Read();
        WalkObject(property);
    }

    void WalkObject(Action property)
    {
        if (tokens.Type != JsonTokenType.StartObject)
        {
            tokens.Skip();
            return;
        }

        while (tokens.ReadProperty())
            property();
    }

    void ReadArray(Action element)
    {
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartArray)
        {
            tokens.Skip();
            return;
        }

        while (tokens.ReadElement())
            element();
    }

    string? ReadText()
    {
        tokens.Read();
        var text = tokens.Type is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False ? tokens.Text.ToString() : null;
        tokens.Skip();
        return text;
    }

    int ReadNumber(int absent) => int.TryParse(ReadText(), out var number) ? number : absent;

    void ReadMeta()
    {
        if (Is("id"))
            Header = Header with { Id = ReadText() };
        else if (Is("test"))
            Header = Header with { IsTest = ReadText() == "true" };
        else if (Is("prepared"))
            Header = Header with { Prepared = ReadText() };
        else if (Is("sender"))
            ReadObject(() => ReadParty(id => Header = Header with { Sender = id }));
        else if (Is("receivers"))
            ReadArray(() => WalkObject(() => ReadParty(id => _receivers.Add(id))));
        else if (Is("names"))
            ReadObject(() => _names.Add(new(tokens.Text.ToString(), ReadText() ?? "")));
        else
            SkipValue();
    }

    void ReadParty(Action<string> take)
    {
        if (!Is("id"))
            SkipValue();
        else if (ReadText() is { } id)
            take(id);
    }

    void ReadData()
    {
        if (Is("dataSets"))
        {
            _hasDatasets = true;
            Expect(JsonTokenType.StartArray, "dataSets");
            while (tokens.ReadElement())
                ReadDataset();
        }
        else if (Is("structures"))
        {
            Expect(JsonTokenType.StartArray, "structures");
            while (tokens.ReadElement())
                ReadStructure();
        }
        else if (Is("structure"))
        {
            // 1.0 has one
            Expect(JsonTokenType.StartObject, "structure");
            ReadStructure();
        }
        else
            SkipValue();
    }

    void ReadDataset()
    {
        if (tokens.Type != JsonTokenType.StartObject)
            throw new JsonException("A data set is no object.");
        var dataset = new JsonMessageDataset { Place = tokens.Place };
        WalkObject(() => ReadDatasetProperty(dataset));
        Datasets.Add(dataset);
    }

    void ReadDatasetProperty(JsonMessageDataset dataset)
    {
        var name = tokens.Text.ToString();
        switch (name)
        {
            case "structure":
                dataset.Structure = ReadNumber(-1);
                return;
            case "action":
                dataset.Action = ReadText();
                return;
            case "validFrom":
                dataset.ValidFrom = ReadText();
                return;
            case "validTo":
                dataset.ValidTo = ReadText();
                return;
        }

        tokens.Read();
        var place = tokens.Place;
        var isObject = tokens.Type == JsonTokenType.StartObject;
        if (!isObject && name is ("series" or "observations" or "dimensionGroupAttributes"))
            throw new JsonException($"'{name}' of a data set is no object.");
        if (name == "attributes" && tokens.Type == JsonTokenType.StartArray)
            dataset.Attributes = place;
        else if (name == "dimensionGroupAttributes" && isObject)
            dataset.Groups = place;
        else if (name == "series" && isObject)
            dataset.Series = place;
        else if (name == "observations" && isObject)
            dataset.Observations = place;
        tokens.Skip();
    }

    void ReadStructure()
    {
        var structure = new JsonMessageStructure();
        WalkObject(() =>
        {
            if (Is("links"))
                ReadArray(() => ReadLink(structure));
            else if (Is("annotations"))
                ReadArray(() => ReadAnnotation(structure));
            else if (Is("dimensions"))
                ReadObject(() => ReadLevel(structure.Dimensions));
            else if (Is("measures"))
                ReadObject(() => ReadLevel(structure.Measures));
            else if (Is("attributes"))
                ReadObject(() => ReadLevel(structure.Attributes));
            else
                SkipValue();
        });
        Structures.Add(structure);
    }

    void ReadAnnotation(JsonMessageStructure structure)
    {
        var (type, code, text) = ((string?)null, (string?)null, (string?)null);
        WalkObject(() =>
        {
            if (Is("type"))
                type = ReadText();
            else if (Is("title"))
                code = ReadText();
            else if (Is("text"))
                text = ReadText();
            else
                SkipValue();
        });
        if (type == JsonEnvelope.NoticeType)
            structure.Notices.Add((code, text));
    }

    void ReadLink(JsonMessageStructure structure)
    {
        var (urn, href) = ((string?)null, (string?)null);
        WalkObject(() =>
        {
            if (Is("urn"))
                urn = ReadText();
            else if (Is("href"))
                href = ReadText();
            else
                SkipValue();
        });
        if (urn is not null)
            structure.Links.Add(urn);
        else if (href is not null && ReferenceOf(href) is { } reference)
            structure.Links.Add(reference);
    }

    // In 1.0 the address of a structure may be all there is: .../dataflow/AGENCY/ID/VERSION.
    static string? ReferenceOf(string href)
    {
        var path = href.AsSpan()[..(href.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : href.Length)].ToString().Split('/');
        for (var i = 0; i + 2 < path.Length; i++)
        {
            var version = i + 3 < path.Length && path[i + 3] is { Length: > 0 } given and not "latest" ? given : "1.0";
            if (path[i] is "dataflow" or "datastructure")
                return new Urn(path[i] == "dataflow" ? ArtefactType.Dataflow : ArtefactType.DataStructure, path[i + 1], path[i + 2], version).ToString();
        }

        return null;
    }

    void ReadLevel(Dictionary<string, List<JsonComponent>> levels)
    {
        var name = tokens.Text.ToString();
        var components = levels[name == "dataset" ? "dataSet" : name] = [];
        ReadArray(() => components.Add(ReadComponent()));
    }

    JsonComponent ReadComponent()
    {
        var (id, position, values) = ("", -1, (List<string?>?)null);
        WalkObject(() =>
        {
            if (Is("id"))
                id = ReadText() ?? "";
            else if (Is("keyPosition"))
                position = ReadNumber(-1);
            else if (Is("values"))
                ReadArray(() => (values ??= []).Add(ReadValue()));
            else
                SkipValue();
        });
        return new JsonComponent(id, position, values);
    }

    string? ReadValue()
    {
        var (value, name) = ((string?)null, (string?)null);
        WalkObject(() =>
        {
            if (Is("id") || Is("value"))
                value = ReadText() ?? value;
            else if (Is("name"))
                name = ReadText();
            else
                SkipValue();
        });
        // a text of 1.0 has no id
        return value ?? name;
    }
}

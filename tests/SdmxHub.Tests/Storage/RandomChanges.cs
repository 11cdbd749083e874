using Sdmx;
using SdmxHub.Storage;

namespace SdmxHub.Tests.Storage;

/// <summary>Random changes of the small flow, the same to a store and to its model.</summary>
static class RandomChanges
{
    static readonly string[] Periods = ["2000", "2001", "2002", "2005", "2047", "2048", "2001-Q1", "2001-Q2", "2001-01", "2001-12-31", "2001Z", "2001-A1",
                                        "2001-01-01T10:00:00.5", "2001-01-01T10:00:00", "2000-01-01/P2Y"];
    static readonly string[] Numbers = ["1", "2", "100.0", "100", "-0.5", "1E5", "1E-05", "NaN", "0.000", "123456789012345678", "12.25", "1234567890123456789.5", "<5"];

    /// <summary>Makes a history of the small flow.</summary>
    /// <returns>The model at each revision.</returns>
    public static Dictionary<long, PlainModel> History(TemporaryStore temporary, Random random, int revisions)
    {
        temporary.PutSmallFlow();
        var model = new PlainModel();
        var history = new Dictionary<long, PlainModel> { [1] = model.Copy() };
        while (history.Count <= revisions)
        {
            using var transaction = temporary.Store.Begin("load", "test");
            for (var set = random.Next(1, 4); set > 0; set--)
                Append(transaction, model, random);
            history[transaction.Commit().Number] = model.Copy();
        }

        return history;
    }

    /// <summary>Adds an observation to every series that could be, so that an answer shows every holder; the same to the model.</summary>
    public static string[] Reveal(PlainModel model)
    {
        var rows = from frequency in SmallFlow.Frequencies from area in SmallFlow.Areas select $"{frequency}.{area}.x";
        string[] keys = [.. rows];
        foreach (var key in keys)
            model.Apply(DatasetAction.Merge, key, "1900", [("OBS_VALUE", "1")]);
        return [.. keys.Select(key => $"{key}|1900|OBS_VALUE=1")];
    }

    /// <summary>Appends a data set of random rows with a random action, and applies it to the model.</summary>
    public static void Append(StoreTransaction transaction, PlainModel model, Random random)
    {
        var action = random.Next(10) switch
        {
            < 3 => DatasetAction.Merge, 3 => DatasetAction.Append, 4 => DatasetAction.Information, < 7 => DatasetAction.Replace, _ => DatasetAction.Delete,
        };
        var rows = new List<string>();
        for (var i = random.Next(1, action == DatasetAction.Delete ? 4 : 15); i > 0; i--)
        {
            var (key, period, values) = action == DatasetAction.Delete ? RandomDelete(random) : RandomRow(random);
            model.Apply(action, key, period, values);
            rows.Add($"{key}|{period}|{string.Join('|', values.Select(v => $"{v.Component}={v.Value}"))}");
        }

        TemporaryStore.Append(transaction, action, [.. rows]);
    }

    static (string Key, string Period, (string Component, string Value)[] Values) RandomRow(Random random)
    {
        string area = Pick(random, SmallFlow.Areas), frequency = Pick(random, SmallFlow.Frequencies);
        var series = $"{frequency}.{area}.{Pick(random, ["x", "y"])}";
        return random.Next(10) switch
        {
            0 => ("..", "", [("SOURCE", Pick(random, ["s1", "s2", "5"]))]),
            1 => ($".{area}.", "", [("AREA_NOTE", Pick(random, ["n1", "n2"]))]),
            2 => (series, "", random.Next(4) == 0 ? [] : [("UNIT", Pick(random, ["PT", "KG"]))]),
            _ => (series, Pick(random, Periods), Subset(random, [("OBS_VALUE", Pick(random, Numbers)), ("STATUS", Pick(random, ["A", "P", "E"])), ("NOTE", Pick(random, ["abc", "d", "7.0"]))])),
        };
    }

    static (string Key, string Period, (string Component, string Value)[] Values) RandomDelete(Random random)
    {
        string area = Pick(random, [.. SmallFlow.Areas, "never"]), frequency = Pick(random, SmallFlow.Frequencies);
        var series = $"{frequency}.{area}.{Pick(random, ["x", "y"])}";
        return random.Next(16) switch
        {
            0 => ("..", "", []),
            1 => ($".{area}.", "", []),
            2 => (series, "", []),
            3 => ($"{frequency}..", "", [("OBS_VALUE", "0"), ("UNIT", "-")]),
            4 => ($".{area}.", "", [("AREA_NOTE", "-")]),
            5 => ("..", "", [("SOURCE", "-")]),
            6 => ($".{area}.", Pick(random, Periods), []),
            7 => (series, "", [("UNIT", "-")]),
            < 11 => (series, Pick(random, Periods), [("STATUS", "A")]),
            _ => (series, Pick(random, Periods), []),
        };
    }

    static (string Component, string Value)[] Subset(Random random, (string Component, string Value)[] values) => [.. values.Where(_ => random.Next(3) > 0)];

    public static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];
}

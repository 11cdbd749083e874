namespace Sdmx.Tests.Writers;

public sealed class CsvWriterTests
{
    [TestCase(CsvLabels.Id, CsvKeys.None, "STRUCTURE,STRUCTURE_ID,ACTION,AREA,ITEM,OBS_VALUE,SET_NOTE,OBS_STATUS", "datastructure,TEST:TIMELESS(1.0),R,XX,a,5,,NA")]
    [TestCase(CsvLabels.Both, CsvKeys.Series, "STRUCTURE,STRUCTURE_ID,ACTION,SERIES_KEY,AREA: The AREA,ITEM: The ITEM,OBS_VALUE: The OBS_VALUE,SET_NOTE: The SET_NOTE,OBS_STATUS: The OBS_STATUS",
        "datastructure,TEST:TIMELESS(1.0): No time,R,XX.a,XX: The XX,a,5,,NA: The NA")]
    [TestCase(CsvLabels.Name, CsvKeys.Obs, "STRUCTURE,STRUCTURE_ID,STRUCTURE_NAME,ACTION,OBS_KEY,AREA,The AREA,ITEM,The ITEM,OBS_VALUE,The OBS_VALUE,SET_NOTE,The SET_NOTE,OBS_STATUS,The OBS_STATUS",
        "datastructure,TEST:TIMELESS(1.0),No time,R,XX.a,XX,The XX,a,,5,,,,NA,The NA")]
    public void Labels_and_keys_are_written_as_asked_for(CsvLabels labels, CsvKeys keys, string head, string row)
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Timeless, action: DatasetAction.Replace), "- XX.a OBS_VALUE=5|OBS_STATUS=NA");

        var text = WriterSample.Write("csv-2.0", new WriterOptions { Labels = labels, Keys = keys }, block);

        Assert.That(text, Is.EqualTo($"{head}\r\n{row}\r\n"));
    }

    [Test]
    public void Names_come_in_the_language_asked_for()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Timeless), "- XX.a OBS_VALUE=5");

        var text = WriterSample.Write("csv-1.0", new WriterOptions { Labels = CsvLabels.Both, Languages = ["fr-CH"] }, block);

        Assert.That(text, Does.Contain("AREA: Le AREA").And.Contain("XX: Le XX"));
    }

    [Test]
    public void A_key_that_needs_quotes_is_quoted_whole()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema), "- A.XX.a,b 2010 OBS_VALUE=5");

        var text = WriterSample.Write("csv-2.0", new WriterOptions { Keys = CsvKeys.Both }, block);

        Assert.That(text, Does.Contain(",\"A.XX.a,b\",\"A.XX.a,b.2010\",A,XX,\"a,b\",2010,5,"));
    }

    [Test]
    public void Version_1_leaves_out_what_deletes()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.Schema, action: DatasetAction.Delete), "- A.XX.a 2010 OBS_VALUE=5");

        Assert.That(WriterSample.Write("csv-1.0", new WriterOptions(), block).Split("\r\n"), Has.Length.EqualTo(2));
    }

    [Test]
    public void Every_measure_has_its_column()
    {
        var block = WriterSample.Rows(WriterSample.Set(WriterSample.TwoMeasures), "- A.XX.a 2010 OBS_VALUE=5|SECOND=x");

        var text = WriterSample.Write("csv-2.0", new WriterOptions(), block);

        Assert.That(text, Does.Contain("TIME_PERIOD,OBS_VALUE,SECOND,COMMENT\r\n").And.Contain(",2010,5,x,\r\n"));
    }
}

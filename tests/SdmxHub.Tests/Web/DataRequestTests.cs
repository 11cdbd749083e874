using Sdmx;
using SdmxHub.Web;

namespace SdmxHub.Tests.Web;

/// <summary>From URL to queries, for both interfaces; no server, no store.</summary>
public class DataRequestTests
{
    [TestCase("DF_ONE", "DF_ONE(1.10)")]
    [TestCase("AGY,DF_ONE", "DF_ONE(1.10)")]
    [TestCase("all,DF_ONE,latest", "DF_ONE(1.10)")]
    [TestCase("AGY,DF_ONE,latest/all", "DF_ONE(1.10)")]
    [TestCase("AGY,DF_ONE,1.0", "DF_ONE(1.0)!")]
    [TestCase("AGY%2CDF_ONE%2C1.9", "DF_ONE(1.9)!")]
    [TestCase("AGY,DF_ONE,1.0/all/all", "DF_ONE(1.0)!")]
    [TestCase("DF_TWO/", "DF_TWO(1.0)")]
    public void V1_names_one_flow(string path, string flows) => Assert.That(Flows(ApiVersion.V1, path), Is.EqualTo(flows));

    // ! marks a flow whose version was named exactly. A pattern over versions gives the latest: all versions share one cube.
    [TestCase("dataflow/AGY/DF_ONE/1.0", "DF_ONE(1.0)!")]
    [TestCase("dataflow/AGY/DF_ONE", "DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/*", "DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/~", "DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/%7E", "DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/1.~", "DF_ONE(1.10)")]
    [TestCase("dataflow/AGY/DF_ONE/1.0,1.9", "DF_ONE(1.0)! DF_ONE(1.9)!")]
    [TestCase("dataflow/AGY/DF_ONE/*,1.9", "DF_ONE(1.10) DF_ONE(1.9)!")]
    [TestCase("dataflow/AGY/DF_ONE/~,1.10", "DF_ONE(1.10)!")]
    [TestCase("dataflow/AGY/*", "DF_ONE(1.10) DF_TWO(1.0)")]
    [TestCase("dataflow/AGY/DF_ONE,DF_TWO", "DF_ONE(1.10) DF_TWO(1.0)")]
    [TestCase("dataflow/AGY%2COTHER/DF_TWO", "DF_TWO(1.0)")]
    [TestCase("datastructure/AGY/DSD/1.0", "DF_ONE(1.10) DF_TWO(1.0)")]
    [TestCase("*/AGY/DSD", "DF_ONE(1.10) DF_TWO(1.0)")]
    [TestCase("*/AGY/DF_TWO", "DF_TWO(1.0)")]
    [TestCase("", "DF_ONE(1.10) DF_TWO(1.0)")]
    [TestCase("*", "DF_ONE(1.10) DF_TWO(1.0)")]
    public void V2_names_any_number_of_flows(string path, string flows) => Assert.That(Flows(ApiVersion.V2, path), Is.EqualTo(flows));

    [TestCase("A.1.I1", "A|1|I1")]
    [TestCase("A..I1", "A||I1")]
    [TestCase("A+Q..", "A,Q||")]
    [TestCase("A%2BQ.%2A.I1", "A,Q||I1")]
    [TestCase("A.NA+1+2.I1+I2", "A|NA,1,2|I1,I2")]
    [TestCase("A.NO_SUCH.I1", "A|NO_SUCH|I1")]
    [TestCase("..", "")]
    [TestCase("all", "")]
    [TestCase("", "")]
    public void V1_keys(string key, string pattern) => Assert.That(Keys(One(ApiVersion.V1, $"DF_ONE/{key}")), Is.EqualTo(pattern));

    [TestCase("A.1.I1", "A|1|I1")]
    [TestCase("A.*.I1", "A||I1")]
    [TestCase("A.%2A.I1", "A||I1")]
    [TestCase("A", "A")]
    [TestCase("A.1", "A|1")]
    [TestCase("A.1.I1,Q.2.I2", "A|1|I1 / Q|2|I2")]
    [TestCase("A.1.I1%2CQ", "A|1|I1 / Q")]
    [TestCase("A..I1", "A||I1")]
    [TestCase("A.1.I1,*", "")]
    [TestCase("*.*.*", "")]
    [TestCase("*", "")]
    public void V2_keys(string key, string pattern) => Assert.That(Keys(One(ApiVersion.V2, $"dataflow/AGY/DF_ONE/1.0/{key}")), Is.EqualTo(pattern));

    [Test]
    public void Three_hundred_areas_fit_in_one_key()
    {
        var areas = string.Join('+', Enumerable.Range(1, 300));

        var query = One(ApiVersion.V1, $"DF_ONE/A.{areas}.I1");

        Assert.That(query.Keys[0].Dimensions[1], Has.Count.EqualTo(300));
    }

    [TestCase("c[FREQ]=A", "FREQ: Eq A")]
    [TestCase("c%5BFREQ%5D=A,Q", "FREQ: Eq A | Eq Q")]
    [TestCase("c[FREQ]=A%2CQ", "FREQ: Eq A | Eq Q")]
    [TestCase("c[OBS_STATUS]=ne:A,B", "OBS_STATUS: Ne A | Eq B")]
    [TestCase("c[OBS_STATUS]=A,B+C", "OBS_STATUS: Eq A | Eq B & Eq C")]
    [TestCase("c[OBS_VALUE]=ge:1+le:5,ge:10+le:20", "OBS_VALUE: Ge 1 & Le 5 | Ge 10 & Le 20")]
    [TestCase("c[TITLE]=co:x%2Cy%2Bz", "TITLE: Co x,y+z")]
    [TestCase("c[TITLE]=sw:a:b,ew:c,nc:d,co:e,lt:f,gt:g", "TITLE: Sw a:b | Ew c | Nc d | Co e | Lt f | Gt g")]
    [TestCase("c[TITLE]=xx:a", "TITLE: Eq xx:a")]
    [TestCase("c[TITLE]=10:30:00", "TITLE: Eq 10:30:00")]
    [TestCase("c[FREQ]=A&c[REF_AREA]=NA", "FREQ: Eq A; REF_AREA: Eq NA")]
    public void V2_conditions(string parameters, string filters) =>
        Assert.That(Filters(One(ApiVersion.V2, $"dataflow/AGY/DF_ONE/1.0?{parameters}")), Is.EqualTo(filters));

    [TestCase("c[TIME_PERIOD]=2010", "Eq 2010")]
    [TestCase("c[TIME_PERIOD]=ge:2010+le:2015", "Ge 2010 & Le 2015")]
    [TestCase("c[TIME_PERIOD]=ge%3A2010%2Ble%3A2015", "Ge 2010 & Le 2015")]
    [TestCase("c[TIME_PERIOD]=2010%2C2012", "Eq 2010 | Eq 2012")]
    [TestCase("c[TIME_PERIOD]=ge:2010-Q1,lt:2000-06", "Ge 2010-Q1 | Lt 2000-06")]
    [TestCase("c[TIME_PERIOD]=ge:2010-01-01T00:00:00%2B01:00", "Ge 2010-01-01T00:00:00+01:00")]
    [TestCase("startPeriod=2010&endPeriod=2012-M03", "Ge 2010; Le 2012-M03")]
    [TestCase("c[TIME_PERIOD]=ne:2011&startPeriod=2010", "Ne 2011; Ge 2010")]
    public void V2_periods(string parameters, string period) =>
        Assert.That(Period(One(ApiVersion.V2, $"dataflow/AGY/DF_ONE/1.0?{parameters}")), Is.EqualTo(period));

    [TestCase("startPeriod=2010", "Ge 2010")]
    [TestCase("startPeriod=2010-Q1&endPeriod=2010-12-31", "Ge 2010-Q1; Le 2010-12-31")]
    [TestCase("startPeriod=2010-01-01T00:00:00Z", "Ge 2010-01-01T00:00:00Z")]
    [TestCase("startPeriod=2010-01-01T00:00:00%2B01:00", "Ge 2010-01-01T00:00:00+01:00")]
    [TestCase("startPeriod=2010-01-01T00:00:00+01:00", "Ge 2010-01-01T00:00:00+01:00")]
    [TestCase("startPeriod=2010-01-01T00:00:00%2001:00", "Ge 2010-01-01T00:00:00+01:00")]
    [TestCase("endPeriod=2010-D010", "Le 2010-D010")]
    [TestCase("startPeriod=", "")]
    public void V1_periods(string parameters, string period) => Assert.That(Period(One(ApiVersion.V1, $"DF_ONE?{parameters}")), Is.EqualTo(period));

    [TestCase("detail=full", "all", true)]
    [TestCase("", "all", true)]
    [TestCase("detail=dataonly", "", true)]
    [TestCase("detail=serieskeysonly", "", false)]
    [TestCase("detail=nodata", "all", false)]
    public void V1_detail(string parameters, string attributes, bool withObservations)
    {
        var query = One(ApiVersion.V1, $"DF_ONE?{parameters}");

        Assert.That((query.Attributes is { } a ? string.Join(',', a) : "all", query.WithObservations), Is.EqualTo((attributes, withObservations)));
    }

    [TestCase("", "*", "*", true)]
    [TestCase("attributes=dsd", "*", "*", true)]
    [TestCase("attributes=all&measures=all", "*", "*", true)]
    [TestCase("attributes=none", "", "*", true)]
    [TestCase("attributes=none&measures=none", "", "", false)]
    [TestCase("attributes=msd", "", "*", true)]
    [TestCase("attributes=dataset", "UNIT", "*", true)]
    [TestCase("attributes=series,OBS_STATUS", "TITLE,OBS_STATUS", "*", true)]
    [TestCase("attributes=obs,dataset", "UNIT,OBS_STATUS", "*", true)]
    [TestCase("attributes=series&measures=none", "TITLE", "", false)]
    [TestCase("attributes=obs&measures=none", "OBS_STATUS", "", true)]
    [TestCase("measures=OBS_VALUE", "*", "OBS_VALUE", true)]
    public void V2_attributes_and_measures(string parameters, string attributes, string measures, bool withObservations)
    {
        var query = One(ApiVersion.V2, $"dataflow/AGY/DF_ONE/1.0?{parameters}");

        Assert.That((Text(query.Attributes), Text(query.Measures), query.WithObservations), Is.EqualTo((attributes, measures, withObservations)));
    }

    [TestCase("", "TIME_PERIOD")]
    [TestCase("dimensionAtObservation=AllDimensions", "AllDimensions")]
    [TestCase("dimensionAtObservation=REF_AREA", "REF_AREA")]
    public void The_dimension_at_the_observation(string parameters, string expected) =>
        Assert.That(One(ApiVersion.V1, $"DF_ONE?{parameters}").DimensionAtObservation, Is.EqualTo(expected));

    [Test]
    public void Numbers_and_instants_are_carried_over()
    {
        DataRequest.TryParse(RequestTarget.Parse("/dataflow/AGY/DF_ONE/1.0?firstNObservations=2&lastNObservations=3&updatedAfter=2010&asOf=2026-03-01T12:00:00+01:00&reportingYearStartDay=--07-01"),
            ApiVersion.V2, out var request, out _);

        Assert.That((request!.FirstN, request.LastN, request.UpdatedAfter, request.AsOf, request.ReportingYearStart), Is.EqualTo(
            (2, 3, new DateTimeOffset(2010, 1, 1, 0, 0, 0, default), new Moment { Instant = new DateTimeOffset(2026, 3, 1, 11, 0, 0, default) }, new MonthDay(7, 1))));
    }

    [TestCase("asOf=12", null, 12L)]
    [TestCase("asOf=2026-03-01", "2026-03-01T00:00:00Z", null)]
    [TestCase("asOf=2026-03-01T12:00:00.123456Z", "2026-03-01T12:00:00.123456Z", null)]
    [TestCase("asOf=2026-03-01T12:00:00%2001:00", "2026-03-01T11:00:00Z", null)]
    [TestCase("asOf=2026.Q1.G.01", null, null, "2026.Q1.G.01")]
    [TestCase("draft=2026.Q1.G.01", null, null, null, "2026.Q1.G.01")]
    public void A_moment_is_an_instant_a_revision_a_release_or_a_draft(string parameters, string? instant, long? revision, string? release = null, string? draft = null)
    {
        DataRequest.TryParse(RequestTarget.Parse($"/DF_ONE?{parameters}"), ApiVersion.V1, out var request, out _);

        Assert.That(request!.AsOf, Is.EqualTo(
            new Moment { Instant = instant is null ? null : DateTimeOffset.Parse(instant, null), Revision = revision, Release = release, Draft = draft }));
    }

    [TestCase(ApiVersion.V1, "", 400, "names no dataflow")]
    [TestCase(ApiVersion.V1, "AGY,DF_ONE,1.0,x", 400, "is none")]
    [TestCase(ApiVersion.V1, "all", 400, "one flow only")]
    [TestCase(ApiVersion.V1, "AGY,DF_ONE+DF_TWO", 400, "one flow only")]
    [TestCase(ApiVersion.V1, "AGY,DF_ONE,~", 400, "version '~'")]
    [TestCase(ApiVersion.V1, "AGY,DF ONE", 400, "no identifier")]
    [TestCase(ApiVersion.V1, "DF_ONE/A/all/x", 400, "at most three")]
    [TestCase(ApiVersion.V1, "DF_ONE?startPeriod=2010-13", 400, "startPeriod=2010-13")]
    [TestCase(ApiVersion.V1, "DF_ONE?firstNObservations=0", 400, "from 1")]
    [TestCase(ApiVersion.V1, "DF_ONE?lastNObservations=-1", 400, "from 1")]
    [TestCase(ApiVersion.V1, "DF_ONE?lastNObservations=x", 400, "from 1")]
    [TestCase(ApiVersion.V1, "DF_ONE?detail=some", 400, "dataonly")]
    [TestCase(ApiVersion.V1, "DF_ONE?c[FREQ]=A", 400, "unknown")]
    [TestCase(ApiVersion.V1, "DF_ONE?startperiod=2010", 400, "Did you mean startPeriod?")]
    [TestCase(ApiVersion.V1, "DF_ONE?detail=full&detail=full", 400, "given twice")]
    [TestCase(ApiVersion.V1, "DF_ONE?asOf=*", 400, "number of a revision")]
    [TestCase(ApiVersion.V1, "DF_ONE?includeHistory=maybe", 400, "true, false")]
    [TestCase(ApiVersion.V1, "DF_ONE/all/P", 404, "Did you mean P1?")]
    [TestCase(ApiVersion.V1, "DF_ONE/all/OTHER,P1", 404, "No provider OTHER,P1 has an agreement about AGY:DF_ONE")]
    [TestCase(ApiVersion.V1, "DF_TWO/all/P1", 404, "No provider P1")]
    [TestCase(ApiVersion.V1, "DF_ONE/A.1", 403, "FREQ.REF_AREA.INDICATOR")]
    [TestCase(ApiVersion.V1, "DF_ONE/A.1.I1.2010", 403, "4 positions")]
    [TestCase(ApiVersion.V1, "DF_ONE?dimensionAtObservation=REF_ARE", 403, "Did you mean REF_AREA?")]
    [TestCase(ApiVersion.V1, "DF_ONNE", 404, "Did you mean DF_ONE?")]
    [TestCase(ApiVersion.V1, "AGY,DF_ONE,7.0", 404, "Held versions: 1.0, 1.9, 1.10")]
    [TestCase(ApiVersion.V1, "HUB,DF_ONE,latest", 404, "HUB:DF_ONE")]
    [TestCase(ApiVersion.V2, "DF_ONE", 400, "context 'DF_ONE'")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/latest", 400, "version 'latest'")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/2.3+", 400, "version")]
    [TestCase(ApiVersion.V2, "dataflow/AGY,*/DF_ONE", 400, "stands alone")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0/A+Q.1", 400, "c[DIMENSION]")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0/A/x", 400, "at most five")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?c[FREQ]=A&c[FREQ]=Q", 400, "given twice")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?c[FREQ]=", 400, "no value")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?detail=full", 400, "unknown")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?c[TIME_PERIOD]=ge:soon", 400, "time periods")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?c[TIME_PERIOD]=sw:2010", 400, "time periods")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?reportingYearStartDay=07-01", 400, "--07-01")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?asOf=2020-01-01&updatedAfter=2021-01-01", 400, "later")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?includeHistory=true&limit=1", 400, "exclude each other")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?limit=0", 400, "from 1")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?offset=-1", 400, "from 0")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?sort=FREQ:up", 400, ":asc")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?sort=FREK", 422, "Did you mean FREQ?")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?sort=series_key&dimensionAtObservation=AllDimensions", 422, "no series")]
    [TestCase(ApiVersion.V2, "provisionagreement/AGY/PA_ON", 204, "No provision agreement AGY:PA_ON(*) is held. Did you mean PA_ONE?")]
    [TestCase(ApiVersion.V2, "datastructure/AGY/DSD/2.0", 204, "No data structure AGY:DSD(2.0) is held. Held versions: 1.0.")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0/A.1.I1.2010", 422, "Time is not part")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?c[REF_ARA]=1", 422, "Did you mean REF_AREA?")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?attributes=OBS_STATU", 422, "Did you mean OBS_STATUS?")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?measures=VALUE", 422, "no component 'VALUE'")]
    [TestCase(ApiVersion.V2, "dataflow/AGY/DF_ONNE", 204, "Did you mean DF_ONE?")]
    [TestCase(ApiVersion.V2, "dataflow/AGI/DF_ONE", 204, "No dataflow AGI:DF_ONE(*) is held. Did you mean AGY:DF_ONE?")]
    public void A_fault_has_its_status_and_says_where(ApiVersion api, string path, int status, string message)
    {
        var error = Parse(api, path, out _);

        Assert.That((error?.Status(api), error?.Message), Is.EqualTo((status, error?.Message)));
        Assert.That(error!.Message, Does.Contain(message));
    }

    // Without a layout asked for: by series where that gives the order, else flat.
    [TestCase("sort=INDICATOR", "INDICATOR", "TIME_PERIOD")]
    [TestCase("sort=FREQ%2BREF_AREA:desc", "FREQ REF_AREA-", "TIME_PERIOD")]
    [TestCase("sort=FREQ+REF_AREA:desc+INDICATOR+TIME_PERIOD:desc", "FREQ REF_AREA- INDICATOR TIME_PERIOD-", "TIME_PERIOD")]
    [TestCase("sort=REF_AREA+TIME_PERIOD:desc", "REF_AREA TIME_PERIOD-", "AllDimensions")]
    [TestCase("sort=OBS_VALUE", "OBS_VALUE", "AllDimensions")]
    [TestCase("sort=OBS_VALUE&dimensionAtObservation=TIME_PERIOD", "OBS_VALUE", "TIME_PERIOD")]
    [TestCase("sort=*:desc", "FREQ- REF_AREA- INDICATOR- TIME_PERIOD-", "TIME_PERIOD")]
    [TestCase("sort=INDICATOR+*", "INDICATOR FREQ REF_AREA TIME_PERIOD", "TIME_PERIOD")]
    [TestCase("sort=series_key", "FREQ REF_AREA INDICATOR", "TIME_PERIOD")]
    [TestCase("sort=series_key&dimensionAtObservation=REF_AREA", "FREQ INDICATOR TIME_PERIOD", "REF_AREA")]
    public void V2_sorts(string parameters, string terms, string layout)
    {
        var query = One(ApiVersion.V2, $"dataflow/AGY/DF_ONE/1.0?{parameters}");

        Assert.That((string.Join(' ', query.Sort.Select(t => t.Component + (t.IsDescending ? "-" : ""))), query.DimensionAtObservation), Is.EqualTo((terms, layout)));
    }

    [TestCase(ApiVersion.V1, "DF_ONE/all/P1", "DF_ONE(1.10) AGY:PA_ONE(1.0)")]
    [TestCase(ApiVersion.V1, "DF_ONE/all/AGY,P1+NOBODY", "DF_ONE(1.10) AGY:PA_ONE(1.0)")]
    [TestCase(ApiVersion.V2, "provisionagreement/AGY/PA_ONE", "DF_ONE(1.10) AGY:PA_ONE(1.0)")]
    [TestCase(ApiVersion.V2, "*/AGY/PA_ONE", "DF_ONE(1.10) AGY:PA_ONE(1.0)")]
    [TestCase(ApiVersion.V2, "*/AGY/PA_ONE,DF_ONE", "DF_ONE(1.10)")]
    public void Agreements_and_providers_name_a_flow_and_whose_series(ApiVersion api, string path, string flow)
    {
        var query = One(api, path);

        Assert.That($"{query.Dataflow.Id}({query.Dataflow.Version}) {query.Agreement?.ShortName}".Trim(), Is.EqualTo(flow));
    }

    [Test]
    public void Parameters_of_the_form_are_no_fault_of_the_query() =>
        Assert.That(Parse(ApiVersion.V2, "dataflow/AGY/DF_ONE/1.0?format=csv&labels=both&keys=obs&lang=fr&timeFormat=original&formatVersion=2.0.0", out _), Is.Null);

    static SdmxError? Parse(ApiVersion api, string path, out ValueArray<DataQuery> queries)
    {
        queries = [];
        return DataRequest.TryParse(RequestTarget.Parse("/" + path), api, out var request, out var error)
            && request.TryResolve(SmallStructures.Catalog, out queries, out error) ? null : error;
    }

    static ValueArray<DataQuery> Queries(ApiVersion api, string path)
    {
        var error = Parse(api, path, out var queries);
        Assert.That(error, Is.Null);
        return queries;
    }

    static DataQuery One(ApiVersion api, string path) => Queries(api, path).Single();

    static string Flows(ApiVersion api, string path) =>
        string.Join(' ', Queries(api, path).Select(q => $"{q.Dataflow.Id}({q.Dataflow.Version}){(q.IsVersionPinned ? "!" : "")}"));

    static string Keys(DataQuery query) => string.Join(" / ", query.Keys.Select(k => string.Join('|', k.Dimensions.Select(d => string.Join(',', d)))));

    static string Filters(DataQuery query) => string.Join("; ", query.Filters.Select(f =>
        $"{f.Component}: {string.Join(" | ", f.Alternatives.Select(a => string.Join(" & ", a.Select(t => $"{t.Operator} {t.Value}"))))}"));

    static string Period(DataQuery query) => string.Join("; ", query.Period.Select(p =>
        string.Join(" | ", p.Alternatives.Select(a => string.Join(" & ", a.Select(t => $"{t.Operator} {t.Value}"))))));

    static string Text(ValueArray<string>? ids) => ids is { } list ? string.Join(',', list) : "*";
}

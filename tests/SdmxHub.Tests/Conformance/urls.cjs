// Builds URLs with sdmx-rest, the reference query builder from npm, one a line: "data|structure|availability URL".
// usage: node urls.cjs ADDRESS, with NODE_PATH naming the folder where sdmx-rest is installed.
const sdmx = require('sdmx-rest');

const address = process.argv[2];
const v1 = ['v1.0.0', 'v1.1.0', 'v1.2.0', 'v1.3.0', 'v1.4.0', 'v1.5.0'].map(api => sdmx.getService({ url: `${address}/sdmx/v1`, api }));
const v2 = [sdmx.getService({ url: `${address}/sdmx/v2`, api: 'v2.0.0' })];

function print(kind, services, make, queries) {
  for (const query of queries)
    for (const service of services)
      for (const skipDefaults of [false, true]) {
        let url;
        try {
          url = sdmx.getUrl(make(query), service, skipDefaults);
        } catch (refused) {
          continue; // not in this version of the standard
        }
        console.log(`${kind} ${url}`);
      }
}

print('data', v1, sdmx.getDataQuery, [
  { flow: 'DF_ONE' }, { flow: 'AGY,DF_ONE' }, { flow: 'AGY,DF_ONE,1.0' }, { flow: 'AGY,DF_ONE,latest' },
  { flow: 'DF_ONE', key: 'A.1.I1' }, { flow: 'DF_ONE', key: 'A..I1' }, { flow: 'DF_ONE', key: 'A.1+NA.I1+I2' }, { flow: 'DF_ONE', key: '..' + 'I1' },
  { flow: 'DF_ONE', key: [['A'], ['1', 'NA'], []] },
  { flow: 'DF_ONE', start: '2001', end: '2003' }, { flow: 'DF_ONE', start: '2000-Q1' }, { flow: 'DF_ONE', end: '2004-12-31' },
  { flow: 'DF_ONE', firstNObs: 1 }, { flow: 'DF_ONE', lastNObs: 2 }, { flow: 'DF_ONE', updatedAfter: '2016-03-04T09:57:00Z' },
  { flow: 'DF_ONE', detail: 'dataonly' }, { flow: 'DF_ONE', detail: 'nodata' }, { flow: 'DF_ONE', detail: 'serieskeysonly' },
  { flow: 'DF_ONE', obsDimension: 'REF_AREA' }, { flow: 'DF_ONE', obsDimension: 'AllDimensions' }, { flow: 'DF_ONE', obsDimension: 'TIME_PERIOD' },
  { flow: 'DF_ONE', history: true }, { flow: 'DF_ONE', provider: 'P1' }, { flow: 'DF_ONE', provider: 'AGY,P1' }, { flow: 'DF_ONE', provider: ['P1', 'P2'] },
]);

print('data', v2, sdmx.getDataQuery, [{ flow: 'AGY,DF_ONE,1.0' }, { flow: 'AGY,DF_ONE', key: 'A.1.I1' }, { flow: 'AGY,DF_ONE', lastNObs: 1 }]);

print('data', v2, sdmx.getDataQuery2, [
  {}, { context: 'dataflow=AGY:DF_ONE(1.0)' }, { context: 'dataflow=AGY:DF_ONE(*)' }, { context: 'datastructure=AGY:DSD(1.0)' }, { context: 'provisionagreement=AGY:PA_ONE(1.0)' },
  { context: 'dataflow=AGY,OTHER:DF_ONE,DF_TWO(~)' }, { context: 'dataflow=AGY:DF_ONE(1.0)', key: 'A.*.I1' }, { context: 'dataflow=AGY:DF_ONE(1.0)', key: 'A.1.I1,A.NA.I2' },
  { context: 'dataflow=AGY:DF_ONE(1.0)', filters: ['REF_AREA=1'] }, { context: 'dataflow=AGY:DF_ONE(1.0)', filters: ['TIME_PERIOD=ge:2001', 'REF_AREA=1,NA'] },
  { context: 'dataflow=AGY:DF_ONE(1.0)', filters: ['TIME_PERIOD=ge:2001+le:2003', 'OBS_VALUE=gt:1'] },
  { context: 'dataflow=AGY:DF_ONE(1.0)', attributes: 'series', measures: 'OBS_VALUE' }, { context: 'dataflow=AGY:DF_ONE(1.0)', attributes: 'none', measures: 'none' },
  { context: 'dataflow=AGY:DF_ONE(1.0)', firstNObs: 1, lastNObs: 1 }, { context: 'dataflow=AGY:DF_ONE(1.0)', updatedAfter: '2016-03-04T09:57:00Z' },
  { context: 'dataflow=AGY:DF_ONE(1.0)', history: true }, { context: 'dataflow=AGY:DF_ONE(1.0)', obsDimension: 'REF_AREA' },
]);

print('availability', v1, sdmx.getAvailabilityQuery, [
  { flow: 'AGY,DF_ONE,1.0' }, { flow: 'DF_ONE', key: 'A.1.I1' }, { flow: 'DF_ONE', component: 'REF_AREA' }, { flow: 'DF_ONE', mode: 'available', key: 'A.1.' },
  { flow: 'DF_ONE', start: '2001', end: '2002' }, { flow: 'DF_ONE', references: 'all' }, { flow: 'DF_ONE', references: 'codelist' }, { flow: 'DF_ONE', provider: 'P1' },
]);

print('availability', v2, sdmx.getAvailabilityQuery2, [
  {}, { context: 'dataflow=AGY:DF_ONE(1.0)' }, { context: 'dataflow=AGY:DF_ONE(1.0)', key: 'A.1' }, { context: 'dataflow=AGY:DF_ONE(1.0)', component: 'REF_AREA,FREQ' },
  { context: 'dataflow=AGY:DF_ONE(1.0)', filters: ['REF_AREA=1'], mode: 'available' }, { context: 'dataflow=AGY:DF_ONE(1.0)', references: 'codelist' },
  { context: 'datastructure=AGY:DSD(1.0)' }, { context: 'provisionagreement=AGY:PA_ONE(*)' },
]);

const types = ['datastructure', 'codelist', 'conceptscheme', 'dataflow', 'categoryscheme', 'agencyscheme', 'dataproviderscheme', 'contentconstraint', 'provisionagreement', 'categorisation', '*'];
for (const [services, every, or] of [[v1, 'all', '+'], [v2, '*', ',']])
  print('structure', services, sdmx.getMetadataQuery, [
    ...types.map(resource => ({ resource, agency: 'AGY' })), ...types.map(resource => ({ resource, version: every })),
    { resource: 'codelist', agency: 'AGY', id: 'CL_AREA', version: '1.0' }, { resource: 'codelist', agency: 'AGY', id: 'CL_AREA', item: 'NA' }, { resource: 'codelist', agency: `AGY${or}OTHER`, id: `CL_AREA${or}CL_FREQ` },
    { resource: 'dataflow', agency: 'AGY', id: 'DF_ONE', references: 'all' }, { resource: 'dataflow', agency: 'AGY', id: 'DF_ONE', references: 'descendants', detail: 'referencestubs' },
    { resource: 'datastructure', agency: 'AGY', id: 'DSD', references: 'children' }, { resource: 'datastructure', agency: 'AGY', id: 'DSD', references: 'parentsandsiblings' },
    { resource: 'datastructure', agency: 'AGY', id: 'DSD', references: 'codelist' }, { resource: 'dataflow', agency: 'AGY', detail: 'allstubs' }, { resource: 'dataflow', agency: 'AGY', detail: 'allcompletestubs' },
    { resource: 'dataflow', agency: 'AGY', id: 'DF_ONE', detail: 'referencepartial', references: 'all' },
  ]);

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { test } from 'node:test';

import { bandwidthChoice, bandwidthText } from '../../web-client/src/bandwidth.ts';
import { downloadsOf } from '../../web-client/src/downloads.ts';
import { makePacer } from '../../web-client/src/pacer.ts';
import { readState } from '../../web-client/src/state.ts';
import { viewWords } from '../../web-client/src/view_form.ts';
import { bandColour, bandName } from '../../web-client/src/views/bands.ts';
import { captureSentence, type Cells, className, classOf, COUNT_CLASSES } from '../../web-client/src/views/cells.ts';
import { type Comparison, comparisonDetails, comparisonSummary } from '../../web-client/src/views/compare.ts';
import { comparisonQuery } from '../../web-client/src/views/fetch.ts';

const PERIOD = '2023-10-01/2025-09-30';

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function cells(capture: Cells['capture']): Cells {
  return {
    type: 'FeatureCollection', features: [], numberMatched: 0, period: PERIOD, in_scope: 0, unmapped: 0, outside: 0, review: 0,
    filter_unknown: 0, hit_rate: null, cells: 0, fdr_significant: 0, false_discovery_rate: 0.05, cell_m: 150, capture,
  };
}

test('a bandwidth is shown as it is, on the slider or not; the default is not written', () => {
  assert.deepEqual([undefined, '300', '310', '1200', 'wide'].map(bandwidthText).map(plain), ['300 m', '300 m', '310 m', '1,200 m', 'wide (not known)']);
  assert.deepEqual(['300', '325'].map(bandwidthChoice), ['', '325']);
});

test('the closed view form says what is shown', () => {
  assert.equal(plain(viewWords(readState('?bandwidth=450'))), 'Hotspots, 450 m');
  assert.equal(plain(viewWords(readState('?show=bands'))), 'Density, 300 m');
  assert.equal(viewWords(readState('?show=cells&bandwidth=450')), 'Cells');
});

test('bands grow darker step by step and the last is open upwards', () => {
  const lightness = [0, 1, 2, 3, 4, 5].map((index) => Number(/(\d+),/.exec(bandColour(index, 6))?.[1]));
  assert.deepEqual(lightness, lightness.toSorted((a, b) => b - a));
  assert.equal(new Set(lightness).size, 6);
  assert.equal(bandColour(0, 1), bandColour(5, 6));
  assert.equal(bandName({ from_per_km2: 1000, to_per_km2: 2000, area_km2: 1 }), '1,000 to 2,000');
  assert.equal(bandName({ from_per_km2: 50, to_per_km2: null, area_km2: 1 }), '50 and more');
});

test('every count is in one class, and classes leave nothing between them', () => {
  for (let incidents = 1; incidents < 120; ++incidents) {
    const index = classOf(incidents);
    const next = COUNT_CLASSES[index + 1];
    assert.ok(incidents >= (COUNT_CLASSES[index]?.from ?? Infinity) && (!next || incidents < next.from), String(incidents));
  }
  assert.deepEqual(COUNT_CLASSES.map((_, index) => className(index)), ['1 to 4', '5 to 9', '10 to 24', '25 to 49', '50 and more']);
});

test('how few cells hold how much is told of twenty, or of all where there are fewer', () => {
  const steps = [1, 2, 5, 10, 20, 50].map((count) => ({ cells: count, area_share: count * 1e-5, share: count / 200 }));
  assert.equal(plain(captureSentence(cells(steps))), '20 cells, 0.02 % of the area, hold 10.0 % of incidents.');
  assert.equal(plain(captureSentence(cells(steps.slice(0, 1)))), '1 cell, 0.0010 % of the area, holds 0.5 % of incidents.');
  assert.equal(captureSentence(cells([])), '');
});

test('downloads carry the parameters that their answer takes', () => {
  const of = (search: string) => downloadsOf(readState(search), PERIOD).map(({ href }) => href);
  assert.deepEqual(of('?top=0.5&bandwidth=400'), ['collections/hotspots/items?top=0.5&bandwidth=400&limit=10000', 'density.tif?bandwidth=400']);
  assert.deepEqual(of('?show=bands&top=0.5'), ['collections/isobands/items?limit=10000', 'density.tif']);
  assert.deepEqual(of('?show=cells&top=0.5&bandwidth=400&group=robbery'), ['collections/cells/items?group=robbery&limit=10000']);
});

test('many calls at once ask once, and the last position is always asked for', async () => {
  let position = 0;
  const asked: number[] = [];
  const pacer = makePacer(async () => void asked.push(position));
  for (position = 1; position < 50; ++position) pacer.call();
  await pause(20);
  assert.deepEqual(asked, [50]);
  position = 51;
  pacer.call();
  position = 52;
  pacer.call();
  assert.deepEqual(asked, [50], 'not before the gap is over');
  await pause(200);
  assert.deepEqual(asked, [50, 52]);
});

test('a call that is taken back is not made', async () => {
  let asked = 0;
  const pacer = makePacer(async () => void ++asked);
  pacer.call();
  pacer.cancel();
  await pause(50);
  assert.equal(asked, 0);
});

function comparison(changes: Partial<Comparison> = {}): Comparison {
  const region = (direction: 'higher' | 'lower'): Comparison['features'][number] => ({
    type: 'Feature', geometry: { type: 'Polygon', coordinates: [] },
    properties: { kind: 'significant', direction, label: 'Granby Street, Castle', wards: ['Castle'], incidents: 45, with_incidents: 20, share: 0.045, with_share: 0.02 },
  });
  return {
    as: 'counts', first: { incidents: 1000, period: '2024-10-01/2025-09-30', source: null },
    with: { incidents: 1000, period: '2023-10-01/2024-09-30', source: null },
    totals: { incidents: 1000, with_incidents: 1000, ratio: 1, ratio_low: 0.92, ratio_high: 1.09 },
    test: { error_rate: 0.05, p: 0.002, tested_cells: 900 }, only_in_health: null,
    features: [region('higher'), region('higher'), region('lower')], ...changes,
  };
}

test('a comparison says how many places are higher and lower, or that none is', () => {
  assert.equal(comparisonSummary(comparison()), '2 places higher and 1 place lower, by more than chance explains.');
  assert.equal(comparisonSummary(comparison({ features: [] })), 'No place differs by more than chance explains.');
  const bands = comparison().features.map((feature) => ({ ...feature, properties: { ...feature.properties, kind: 'difference' as const } }));
  assert.equal(comparisonSummary(comparison({ features: bands })), 'No place differs by more than chance explains.', 'most of a difference is chance');
  assert.match(plain(comparisonDetails(comparison())[0] ?? ''), /1,000 incidents after 1,000, 1\.00 times as many a day \(0\.92 to 1\.09\)\.$/);
});

test('sources are named, told as shares of their own, and never added up', () => {
  const sources = comparison({
    as: 'shares', totals: null, first: { incidents: 900, period: '2024-10-01/2025-09-30', source: 'police' },
    with: { incidents: 400, period: '2024-10-01/2025-09-30', source: 'ed' },
  });
  assert.equal(comparisonSummary(sources), '2 places denser in police records and 1 place denser in emergency department records, by more than chance explains.');
  assert.match(comparisonDetails(sources)[0] ?? '', /900 police records beside 400 emergency department records, each as shares of their own\. Sources are never added/);
  assert.equal(comparisonSummary(comparison({ with: { incidents: 0, period: '2022-10-01/2023-09-30', source: null } })),
    'Nothing to compare: no mapped incident in 1 October 2022 to 30 September 2023.');
});

test('what a comparison asks for: the same months before, or two different sources', () => {
  const of = (search: string) => Object.fromEntries(comparisonQuery(readState(search), PERIOD));
  assert.deepEqual(of('?show=compare'), { with_datetime: '2021-10-01/2023-09-30' });
  assert.deepEqual(of('?show=compare&from=2025-01&to=2025-03'), { datetime: '2025-01-01/2025-03-31', with_datetime: '2024-10-01/2024-12-31' });
  assert.deepEqual(of('?show=compare&with=ed'), { source: 'police', with_source: 'ed' });
  assert.deepEqual(of('?show=compare&with=police&source=police'), { source: 'ed', with_source: 'police' });
  assert.deepEqual(of('?show=compare&with=ed&source=ambulance'), { source: 'ambulance', with_source: 'ed' });
});

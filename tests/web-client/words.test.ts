import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Hotspots } from '../../web-client/src/api.ts';
import { daysText, filterWords, hiddenChoices, parseHours, scopeField } from '../../web-client/src/filter_fields.ts';
import { area, count, counted, day, density, gridReference, listed, percent, period, shareOfArea } from '../../web-client/src/format.ts';
import { readState } from '../../web-client/src/state.ts';
import {
  bandOf, detailSentence, emptySentence, hitRateSentence, leftOutSentence, levelSentence, summarySentence,
  uncertaintySentence, whatAHotspotIs,
} from '../../web-client/src/words.ts';

// No-break spaces are right on the page, and unreadable here.
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function hotspot(rank: number, incidents: number): Hotspots['features'][number] {
  return {
    type: 'Feature', id: `h-${rank}`, geometry: { type: 'Polygon', coordinates: [] },
    properties: {
      rank, incidents, label: 'Granby Street, Castle', share: incidents / 1000, area_km2: 0.4, peak_per_km2: 812.4,
      top_percent: 0.25, wards: ['Castle'], hit_rate: 0.912,
    },
  };
}

function answer(changes: Partial<Hotspots> = {}): Hotspots {
  return {
    type: 'FeatureCollection', features: [hotspot(1, 150), hotspot(2, 50)], numberMatched: 2,
    period: '2023-10-01/2025-09-30', in_scope: 1100, unmapped: 80, outside: 20, review: 0, filter_unknown: 0,
    too_uncertain: 0, hit_rate: 0.912, bandwidth_m: 300, level_per_km2: 42.34, floor_reached: false, not_drawn: 0,
    not_drawn_incidents: 0, ...changes,
  };
}

test('figures are written as British readers write them', () => {
  assert.equal(count(1234567), '1,234,567');
  assert.equal(counted(1, 'incident', 'incidents'), '1 incident');
  assert.equal(counted(0, 'incident', 'incidents'), '0 incidents');
  assert.deepEqual([0.1234, 1, 0, 0.00042, 0.9996, null].map(percent).map(plain), ['12.3 %', '100 %', '0 %', '0.04 %', '100 %', 'unknown']);
  assert.deepEqual([0.0025, 0.000213, 0.0000123, 0.0213, 0.3, 0].map(shareOfArea).map(plain), ['0.25 %', '0.02 %', '0.0012 %', '2.1 %', '30 %', '0.00 %']);
  assert.deepEqual([0.0834, 1.234, 12.34, 2160.4].map(area).map(plain), ['0.083 km²', '1.23 km²', '12.3 km²', '2160 km²']);
  assert.deepEqual([812.4, 9.55].map(density).map(plain), ['812 per km²', '9.6 per km²']);
});

// Oracle: the letters on Ordnance Survey's maps of the national grid.
test('grid references have the letters of the national grid', () => {
  assert.equal(gridReference(458925, 304875), 'SK 589 048');
  assert.deepEqual([[464000, 299950], [500000, 300000], [400000, 200000], [530000, 180000], [51300, 5000], [440000, 1100000]]
    .map(([easting = 0, northing = 0]) => gridReference(easting, northing).slice(0, 2)), ['SP', 'TF', 'SP', 'TQ', 'SV', 'HU']);
});

test('days, months and periods keep their precision', () => {
  assert.equal(day('2025-03-01'), '1 March 2025');
  assert.equal(day('2025-03'), 'March 2025');
  assert.equal(day('soon'), 'soon');
  assert.equal(day('2025-13'), '2025-13');
  assert.equal(period('2024-10-01/2025-09-30'), '1 October 2024 to 30 September 2025');
  assert.deepEqual(['../..', '2024-10-01/..', '../2025-09'].map(period), ['All times', 'From 1 October 2024', 'Until September 2025']);
});

test('lists end with an and', () => {
  assert.deepEqual([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed), ['', 'a', 'a and b', 'a, b and c']);
});

test('the summary compares the hotspots’ incidents with all that are mapped', () => {
  assert.equal(plain(summarySentence(answer())), '2 hotspots hold 200 of 1,000 mapped incidents (20.0 %).');
  assert.equal(plain(summarySentence(answer({ features: [hotspot(1, 5)] }))), '1 hotspot holds 5 of 1,000 mapped incidents (0.5 %).');
});

test('everything left out is named, and nothing else', () => {
  const all = answer({ review: 7, filter_unknown: 3, too_uncertain: 2 });
  assert.equal(leftOutSentence(all),
    'Left out: 80 without a usable point, 20 outside the area, 7 waiting for a scope review, ' +
    '2 with a point less exact than the bandwidth and 3 where a filtered value is unknown.');
  assert.equal(leftOutSentence(answer({ unmapped: 0, outside: 0 })), '');
});

test('a hit rate below the published minimum is called so', () => {
  assert.equal(plain(hitRateSentence(0.85)), 'Hit rate 85.0 %.');
  assert.match(plain(hitRateSentence(0.849)), /below the published minimum of 85 %/);
  assert.equal(plain(hitRateSentence(null)), 'Hit rate unknown.');
});

test('a hotspot is never described without how sure it is', () => {
  const shown = answer();
  const text = plain(uncertaintySentence(hotspot(1, 150).properties, shown));
  for (const part of ['300 m', '91.2 %', '80 without a usable point', '20 outside']) assert.ok(text.includes(part), part);
  assert.match(plain(detailSentence(shown)), /^1 October 2023 to 30 September 2025\. Hit rate 91\.2 %\. Left out: /);
});

test('the legend names share, floor, least count and bandwidth', () => {
  const text = whatAHotspotIs('0.1', 500);
  for (const part of ['0.1 %', '3 times', 'at least 5 incidents', '500 m']) assert.ok(text.includes(part), part);
  assert.equal(plain(levelSentence(answer())), 'Here the line is at 42 per km².');
  assert.match(plain(levelSentence(answer({ floor_reached: true }))), /lowest it may be/);
  assert.match(plain(levelSentence(answer({ not_drawn: 3, not_drawn_incidents: 9 }))), /Not drawn: 3 places .* \(9 incidents together\)/);
});

test('no hotspots: the filters and the counts say why', () => {
  const text = emptySentence(answer({ features: [], in_scope: 104 }), 'Last 3 months, Homicide');
  assert.match(text, /^Last 3 months, Homicide: 104 incidents in scope, 4 of them mapped\. Left out: 80/);
});

test('ranks fall into the bands of the legend', () => {
  assert.deepEqual([1, 5, 6, 15, 16, 400].map(bandOf), [0, 0, 1, 1, 2, 2]);
});

test('filters read as words', () => {
  const scopes = scopeField([{ name: 'vrn-2021', title: 'VRN 2021' }, { name: 'police-uk-open', title: 'police.uk' }], 'vrn-2021');
  const { filters } = readState('?months=12&scope=police-uk-open&weapon=knife&hours=22-04&days=fri');
  assert.equal(filterWords(filters, scopes), 'Last 12 months, police.uk, Knife, hours 22-04, days fri');
  assert.equal(filterWords(readState('?from=2024-01&to=2024-06&group=arson').filters, scopes),
    'January 2024 to June 2024, offence group arson');
  assert.equal(hiddenChoices(filters), 4);
});

test('hours are two different hours; all days are no filter', () => {
  assert.deepEqual(parseHours('22-04'), ['22', '04']);
  for (const text of ['22-22', '24-02', '7-9', '', 'day']) assert.equal(parseHours(text), null, text);
  assert.equal(daysText(new Set(['sat', 'fri'])), 'fri,sat');
  assert.equal(daysText(new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])), '');
});

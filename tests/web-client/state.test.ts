import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readPosition, writePosition } from '../../web-client/src/map_position.ts';
import {
  AGAINST, analysisQuery, CHOICE_NAMES, defaultFilters, equalFilters, type Filters, readState, SHOWN, writeState,
} from '../../web-client/src/state.ts';

const DEFAULT_PERIOD = '2023-10-01/2025-09-30';

// A small generator with a seed, so that a failure can be repeated.
function randomNumbers(seed: number): () => number {
  let value = seed;
  return () => {
    value = (value * 1664525 + 1013904223) % 2 ** 32;
    return value / 2 ** 32;
  };
}

function randomFilters(random: () => number): Filters {
  const choices: Filters['choices'] = {};
  const values = ['knife', 'fri,sat', '22-04', 'a b&c=d#e', 'ü', '0.5', '%2C+'];
  for (const name of CHOICE_NAMES) {
    if (random() < 0.4) choices[name] = values[Math.floor(random() * values.length)] ?? '';
  }
  const period = random() < 0.5 ? { months: 1 + Math.floor(random() * 36) } : { from: '2024-01', to: '2024-06' };
  return { period, choices };
}

test('the state the page opens with has an empty address', () => {
  assert.equal(writeState({ filters: defaultFilters(), shown: 'hotspots', against: 'before', hotspot: null }), '');
  assert.deepEqual(readState(''), { filters: defaultFilters(), shown: 'hotspots', against: 'before', hotspot: null });
});

test('every state survives its address, and equal states have equal addresses', () => {
  const random = randomNumbers(20260101);
  for (let round = 0; round < 500; ++round) {
    const shown = SHOWN[Math.floor(random() * SHOWN.length)] ?? 'hotspots';
    const state = { filters: randomFilters(random), shown, against: AGAINST[Math.floor(random() * AGAINST.length)] ?? 'before', hotspot: random() < 0.5 ? 'a1b2-3' : null };
    const address = writeState(state);
    assert.deepEqual(readState(address), state, address);
    assert.equal(writeState(readState(address)), address);
  }
});

test('an address is readable', () => {
  const filters = { period: { months: 12 }, choices: { days: 'fri,sat', group: 'robbery', hours: '18-06' } };
  assert.equal(writeState({ filters, shown: 'bands', against: 'ed', hotspot: 'x-1' }),
    '?months=12&group=robbery&hours=18-06&days=fri,sat&show=bands&with=ed&hotspot=x-1');
});

test('a value nobody knows is kept, so that the service can say what would be right', () => {
  assert.equal(readState('?group=arson').filters.choices.group, 'arson');
  assert.equal(analysisQuery(readState('?group=arson').filters, DEFAULT_PERIOD).get('group'), 'arson');
});

test('a period that is none falls back to the default', () => {
  for (const search of ['?months=x', '?months=-3', '?months=1.5', '?from=2024-06&to=2024-01', '?from=2024-01']) {
    assert.deepEqual(readState(search).filters.period, { months: 24 }, search);
  }
});

test('a request carries the choices and the period, but neither hotspot nor months', () => {
  const { filters } = readState('?months=6&weapon=knife&age=under-25&hotspot=x');
  const query = analysisQuery(filters, DEFAULT_PERIOD);
  assert.deepEqual(Object.fromEntries(query), { age: 'under-25', weapon: 'knife', datetime: '2025-04-01/2025-09-30' });
  assert.equal(analysisQuery(defaultFilters(), DEFAULT_PERIOD).toString(), '');
});

test('parameters that an answer does not take are left out', () => {
  const { filters } = readState('?top=0.5&bandwidth=500&group=robbery&show=cells');
  assert.equal(analysisQuery(filters, DEFAULT_PERIOD, ['top', 'bandwidth']).toString(), 'group=robbery');
});

test('a view that nobody knows is the one the page opens with', () => {
  assert.equal(readState('?show=everything').shown, 'hotspots');
});

test('filters are equal when they ask for the same', () => {
  assert.ok(equalFilters(readState('?group=robbery&days=fri').filters, readState('?days=fri&group=robbery').filters));
  assert.ok(!equalFilters(readState('?group=robbery').filters, defaultFilters()));
});

test('a map position survives its address; what is none is nothing', () => {
  const position = { zoom: 11.52, latitude: 52.63668, longitude: -1.1398 };
  assert.deepEqual(readPosition(writePosition(position)), position);
  for (const hash of ['', '#', '#11/52', '#x/y/z', '#99/52/-1', '#11/95/-1', '#11/52/-191', '#../.../.']) {
    assert.equal(readPosition(hash), null, hash);
  }
});

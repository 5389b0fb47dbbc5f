import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Evaluation, Forecast } from '../../web-client/src/checks/api.ts';
import { testPeriods } from '../../web-client/src/checks/periods.ts';
import { evaluationRows, evaluationSentence, stabilitySentence, survivalWords } from '../../web-client/src/checks/words.ts';
import { monthsAfter } from '../../web-client/src/period.ts';

const RECORDS = '2023-10-01/2025-09-30';

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function forecast(value: number, low: number, high: number): Forecast {
  return {
    places: 12, area_share: 0.0025, incidents_next: 100, hit_rate: { value, low, high }, pai: { value: value / 0.0025, low: 30, high: 50 },
    pei: { value: 0.8123, low: 0.7, high: 0.9 }, rri: { value: 0.951, low: 0.8, high: 1.13 },
  };
}

function evaluation(changes: Partial<Evaluation> = {}): Evaluation {
  return {
    first: { period: '2023-10-01/2025-06-30', incidents: 9000 }, next: { period: '2025-07-01/2025-09-30', incidents: 1000 },
    hotspots: forecast(0.1, 0.082, 0.12), cells: forecast(0.11, 0.091, 0.131),
    chance: { area_share: 0.00251, hit_rate: { expected: 0.0025, low: 0, high: 0.006 }, pai: { expected: 1, low: 0, high: 2.4 } },
    ...changes,
  };
}

test('where records go on, the test is on the three months after the period shown', () => {
  assert.deepEqual(testPeriods('2024-01-01/2024-12-31', RECORDS), { datetime: '2024-01-01/2024-12-31', next: '2025-01-01/2025-03-31' });
  assert.deepEqual(testPeriods('2024-01/2025-06', RECORDS), { datetime: '2024-01-01/2025-06-30', next: '2025-07-01/2025-09-30' });
});

test('where they do not, the last months shown are kept back', () => {
  assert.deepEqual(testPeriods(RECORDS, RECORDS), { datetime: '2023-10-01/2025-06-30', next: '2025-07-01/2025-09-30' });
  assert.deepEqual(testPeriods('2025-07-01/2025-09-30', RECORDS), { datetime: '2025-07-01/2025-08-31', next: '2025-09-01/2025-09-30' });
  assert.deepEqual(testPeriods('2025-04-01/2025-09-30', RECORDS), { datetime: '2025-04-01/2025-08-31', next: '2025-09-01/2025-09-30' });
  assert.equal(testPeriods('2025-09-01/2025-09-30', RECORDS), null);
  assert.equal(testPeriods('../..', RECORDS), null);
});

test('the two periods of a test always meet and never overlap', () => {
  for (let month = 1; month <= 12; ++month) {
    for (const day of ['28', '15', '30']) {
      const last = `2025-${String(month).padStart(2, '0')}-${month === 2 && day === '30' ? '28' : day}`;
      const periods = testPeriods(`2023-05-11/${last}`, `2023-05-11/${last}`);
      assert.ok(periods, last);
      const end = new Date(`${periods.datetime.split('/')[1]}T00:00:00Z`).getTime();
      assert.equal(new Date(`${periods.next.split('/')[0]}T00:00:00Z`).getTime() - end, 86_400_000, last);
      assert.ok(periods.next.endsWith(last));
    }
  }
  assert.equal(monthsAfter('2024-11-30', 3), '2025-02-28');
});

test('survival is told with the number of runs', () => {
  assert.equal(plain(survivalWords(0.931, 203)), 'survives 93 % of 203 runs');
});

test('stability says how many hotspots are firm and how many are not', () => {
  const hotspots = [0.99, 0.9, 0.7, 0.3].map((survival, index) => ({ id: `h-${index}`, survival, runs: 203 }));
  assert.equal(plain(stabilitySentence({ runs: { all: 203 }, hotspots })),
    'Of 4 hotspots, 2 survive 90 % or more of 203 runs, and 1 fewer than half: read those with care.');
  assert.match(stabilitySentence({ runs: { all: 203 }, hotspots: hotspots.slice(0, 3) }), /none fewer than half\.$/);
});

test('the back-test names both periods, the share of area, and chance', () => {
  const text = plain(evaluationSentence(evaluation()));
  assert.match(text, /found in 1 October 2023 to 30 June 2025, tested on 1 July 2025 to 30 September 2025: 0\.25 % of the area held 10\.0 % of 1,000 incidents; by chance it would be 0\.25 %\./);
  assert.match(text, /ranked cells of the same area held 11\.0 %: no clear difference\.$/);
});

test('hotspots and cells differ only where their intervals do not meet', () => {
  assert.match(evaluationSentence(evaluation({ cells: forecast(0.05, 0.04, 0.07) })), /the hotspots did better/);
  assert.match(evaluationSentence(evaluation({ cells: forecast(0.2, 0.17, 0.23) })), /the cells did better/);
});

test('without incidents or hotspots the back-test says so and shows unknowns', () => {
  assert.match(evaluationSentence(evaluation({ next: { period: '2025-10', incidents: 0 } })), /no incident to test them on/);
  const none = { ...forecast(0, 0, 0), places: 0, hit_rate: null, pai: null, pei: null, rri: null };
  assert.match(evaluationSentence(evaluation({ hotspots: none })), /no hotspot was found to test/);
  assert.deepEqual(evaluationRows(evaluation({ hotspots: none })).map((row) => row[1][0]).slice(1), Array(4).fill('unknown'));
});

test('every measure stands with its interval, hotspots beside cells beside chance', () => {
  const rows = evaluationRows(evaluation());
  assert.deepEqual(rows.map(([name]) => name), ['Area, %', 'Incidents, %', 'PAI', 'PEI', 'RRI']);
  assert.deepEqual(rows[1], ['Incidents, %', ['10.0', '8.2 to 12.0'], ['11.0', '9.1 to 13.1'], ['0.3', '0.0 to 0.6']]);
  assert.deepEqual(rows[3], ['PEI', ['0.81', '0.70 to 0.90'], ['0.81', '0.70 to 0.90'], ['–', '']]);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Change, KnownShare, Rates, Times } from '../../web-client/src/why/api.ts';
import { cellText, hourRows, sum, timed, timesNote, timesSentence } from '../../web-client/src/why/hours.ts';
import { changeSentences, comparedPeriods, knownShareWords, mayBeChance } from '../../web-client/src/why/words.ts';

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

// `counts`: weekday, hour, incidents.
function times(counts: [number, number, number][], changes: Partial<Times> = {}): Times {
  const incidents = WEEKDAYS.map(() => Array<number>(24).fill(0));
  for (const [day, hour, value] of counts) (incidents[day] as number[])[hour] = value;
  return { weekdays: WEEKDAYS, incidents, hour_unknown: Array<number>(7).fill(0), unknown: 0, spread: 0, ...changes };
}

function rates(changes: Partial<Rates> = {}): Rates {
  return {
    now: 112, before: 100, in_either: 0, difference: 12, rate_ratio: 1.12, rate_ratio_low: 0.85, rate_ratio_high: 1.48, ...changes,
  };
}

function change(changes: Partial<Change> = {}): Change {
  return {
    period: '2023-10-01/2025-09-30', period_before: '2021-10-01/2023-09-30', days: 731, days_before: 730, here: rates(),
    area: null, reason: null, ...changes,
  };
}

test('rows of hours hold every incident of the table once, however many hours a row has', () => {
  const table = times([[0, 0, 3], [4, 23, 2.5], [6, 4, 1], [6, 3, 0.5]]);
  for (const hours of [1, 4, 24]) {
    const rows = hourRows(table, hours);
    assert.equal(rows.length, 24 / hours);
    assert.equal(sum(rows.map((row) => sum(row.counts))), 7);
  }
  assert.equal(timed(table), 7);
  assert.deepEqual(hourRows(table, 4).at(-1), { name: '20:00 to 00:00', counts: [0, 0, 0, 0, 2.5, 0, 0] });
});

test('the busiest hours may lie across midnight, the busiest days are in the week’s order', () => {
  const text = timesSentence(times([[5, 1, 6], [4, 22, 3], [0, 12, 1]]));
  assert.equal(plain(text), 'The busiest hours are 20:00 to 04:00 (90.0 %), the busiest days Friday and Saturday (90.0 %).');
});

test('without a known hour there is no sentence, and the note says how many are unknown', () => {
  const none = times([], { unknown: 12, hour_unknown: [0, 0, 0, 0, 2, 0.5, 0] });
  assert.equal(timesSentence(none), '');
  assert.equal(timesNote(none), 'Not in the table: 3 of a known day, but no known hour and 12 of no known day.');
  assert.match(timesNote(times([[0, 0, 1]], { spread: 1 })), /^1 incident known only to lie between two times is shared out/);
  assert.equal(timesNote(times([[0, 0, 1]])), '');
});

test('counts in the table are whole, and a part of one is not nothing', () => {
  assert.deepEqual([0, 0.01, 0.49, 0.5, 1, 11.6, 12.04].map(cellText), ['0', '<1', '<1', '1', '1', '12', '12']);
});

test('a change is called chance exactly where its interval holds 1', () => {
  assert.ok(mayBeChance(rates()));
  assert.ok(mayBeChance(rates({ rate_ratio_low: 1 })));
  assert.ok(!mayBeChance(rates({ rate_ratio_low: 1.01 })));
  assert.ok(!mayBeChance(rates({ rate_ratio_low: 0.4, rate_ratio_high: 0.99 })));
  assert.ok(!mayBeChance(rates({ rate_ratio: null, rate_ratio_low: 1.3, rate_ratio_high: null })));
});

test('the change is told first, with its interval, and a rise with the warning that it may be selection', () => {
  const [first, second, third] = changeSentences(change({ area: rates({ rate_ratio: 1.02, rate_ratio_low: 0.99, rate_ratio_high: 1.05 }) })).map(plain);
  assert.equal(first, '12 more than in the period before (112 after 100); the change may be chance.');
  assert.equal(second, 'Here 1.12 times as many a day (0.85 to 1.48); in the whole area 1.02 (0.99 to 1.05), with 95 % confidence.');
  assert.match(third ?? '', /part of a rise is to be expected/);
  const fewer = rates({ now: 50, before: 100, difference: -50, rate_ratio: 0.5, rate_ratio_low: 0.35, rate_ratio_high: 0.7 });
  assert.equal(changeSentences(change({ here: fewer }))[0], '50 fewer than in the period before (50 after 100); more than chance explains.');
  assert.equal(changeSentences(change({ here: fewer })).length, 2);
});

test('nothing before has no ratio, only its lower end', () => {
  const here = rates({ now: 9, before: 0, difference: 9, rate_ratio: null, rate_ratio_low: 2.3, rate_ratio_high: null });
  assert.equal(plain(changeSentences(change({ here }))[1] ?? ''), 'Here at least 2.30 times as many a day, with 95 % confidence.');
});

test('where the record does not cover both periods, the reason stands instead of figures', () => {
  const without = change({ here: null, reason: 'the records begin in 2023-10' });
  assert.deepEqual(changeSentences(without), ['No comparison: the records begin in 2023-10.']);
  assert.equal(comparedPeriods(without), '');
  assert.equal(comparedPeriods(change()), '1 October 2023 to 30 September 2025, compared with 1 October 2021 to 30 September 2023.');
});

test('a share is of what is known, and the unknown stands beside it', () => {
  const share: KnownShare = { incidents: 24, known: 77, unknown: 12, share: 0.31169, share_low: 0.211, share_high: 0.427 };
  assert.equal(plain(knownShareWords(share)), '31.2 % (24 of 77, 95 % interval 21 to 43 %); unknown for 12');
  assert.equal(knownShareWords({ ...share, incidents: 0, known: 0, unknown: 12, share: null, share_low: null, share_high: null }), 'unknown for all 12');
});

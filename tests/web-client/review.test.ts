import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readPoint, writePoint } from '../../web-client/src/data/point_input.ts';
import type { HandDecision, ReviewItem } from '../../web-client/src/data/review_api.ts';
import {
  aliasByDefault, aliasHint, candidateFacts, decidedSentence, historyWords, isDecided, itemFacts, listSentence, nextRecord,
  reasonLong, reasonShort,
} from '../../web-client/src/data/review_words.ts';

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function item(changes: Partial<ReviewItem> = {}): ReviewItem {
  return {
    id: 7, incident_id: 'P-1', source: 'ed', occurred_from: '2026-10-01T21:10:00Z', location_text: 'High Street', reason: 'ambiguous',
    status: 'ambiguous', level: null, longitude: null, latitude: null, uncertainty_m: null, score: null, matched_text: null,
    candidates: [], ...changes,
  };
}

function decision(changes: Partial<HandDecision> = {}): HandDecision {
  return {
    decided: '2026-11-22T15:04:00Z', decided_by: 'desk', decision: 'candidate', longitude: -1.13598, latitude: 52.63573,
    uncertainty_m: 100, label: 'High Street, Castle', alias: false, note: null, ...changes,
  };
}

test('a point is read in degrees in either order, or in metres of the grid', () => {
  const degrees = { point: { longitude: -1.1334, latitude: 52.6366 } };
  for (const text of ['-1.1334, 52.6366', '52.6366,-1.1334', ' 52.6366   -1.1334 ', '-1.1334;52.6366', '+52.6366, -1.1334']) {
    assert.deepEqual(readPoint(text), degrees, text);
  }
  for (const text of ['458740 304670', '458740, 304670', '458740,304670', '458740.0\t304670.0']) {
    assert.deepEqual(readPoint(text), { point: { easting: 458740, northing: 304670 } }, text);
  }
  // Rutland's east is near longitude 0; the figures 0.5 and 52 are still told apart.
  assert.deepEqual(readPoint('52, 0.5'), { point: { longitude: 0.5, latitude: 52 } });
});

test('what is no point in Britain is refused with what would be right', () => {
  for (const text of ['', 'Oakham', '52.6', '52.6, -1.1, 9', '1e5 2e5', 'NaN NaN', '52°N 1°W', '1,2,3']) {
    const read = readPoint(text);
    assert.ok('fault' in read && /Two numbers are needed.*For example/.test(read.fault), text);
  }
  for (const text of ['12, 99', '0, 0', '800000, 304670', '-1.1, -52.6', '52.6, 52.6']) {
    const read = readPoint(text);
    assert.ok('fault' in read && read.fault.startsWith(`${text} is not in Britain`), text);
  }
});

test('a point that the map writes is read back to a tenth of a metre', () => {
  for (let i = 0; i < 500; ++i) {
    const point = { longitude: -8.9 + (i * 10.8) / 500, latitude: 49.1 + (i * 11.8) / 500 };
    const read = readPoint(writePoint(point));
    assert.ok('point' in read && 'longitude' in read.point, writePoint(point));
    assert.ok(Math.abs(read.point.longitude - point.longitude) < 1e-6 && Math.abs(read.point.latitude - point.latitude) < 1e-6);
  }
});

test('the next record is the one after, else the first that is left, else none', () => {
  assert.equal(nextRecord([1, 2, 3, 4], 2, [1, 3, 4, 5]), 3);
  assert.equal(nextRecord([1, 2, 3, 4], 2, [1, 4, 5]), 4, '3 had the same text and went, too');
  assert.equal(nextRecord([1, 2], 2, [1, 5]), 1);
  assert.equal(nextRecord([1, 2], 2, [2]), null, 'the decided one is not its own next');
  assert.equal(nextRecord([1, 2], 9, [1, 2]), 1, 'opened by a link, not from the list');
  assert.equal(nextRecord([1], 1, []), null);
});

test('the same text elsewhere follows unless the text fits several places', () => {
  assert.equal(aliasByDefault({ reason: 'ambiguous', history: [] }), false);
  for (const reason of ['unmatched', 'uncertain'] as const) assert.equal(aliasByDefault({ reason, history: [] }), true);
  for (const alias of [true, false]) {
    assert.equal(aliasByDefault({ reason: null, history: [decision({ alias })] }), alias, 'as the decision that stands');
  }
  assert.equal(aliasByDefault({ reason: 'ambiguous', history: [decision({ alias: true }), decision({ decision: 'automatic' })] }), false);
  assert.match(aliasHint({ reason: 'ambiguous' }), /every other record with this very text.*Off here, because/);
  assert.doesNotMatch(aliasHint({ reason: 'unmatched' }), /Off here/);
});

test('why a record is here is said short in the list and in full above the form', () => {
  assert.equal(reasonShort('unmatched'), 'Not found');
  assert.equal(reasonShort(null), 'Settled');
  assert.equal(plain(reasonLong(item({ reason: 'uncertain', score: 0.724, matched_text: 'Granby Street' }))),
    'A place was found, but it may well be wrong. Found: Granby Street, right with a probability of 72.4 %.');
  assert.equal(itemFacts(item({ counts: false })), 'P-1 · Emergency department · 1 October 2026, 22:10 · out of scope');
  assert.equal(itemFacts(item({ counts: true })), 'P-1 · Emergency department · 1 October 2026, 22:10');
  assert.equal(candidateFacts({ level: 'grid_ref', uncertainty_m: 50 }), 'grid ref, within about 50 m');
  assert.equal(candidateFacts({ level: 'street', uncertainty_m: null }), 'street');
});

test('history says what, how far it reaches, who, when and why', () => {
  assert.equal(historyWords(decision({ alias: true, note: 'CCTV' })),
    'Placed at High Street, Castle, within about 100 m, for the same text elsewhere too. By desk, 22 November 2026, 15:04. Note: CCTV');
  assert.equal(historyWords(decision({ decision: 'point', label: null, decided_by: null, uncertainty_m: 25 })),
    'Placed at the point -1.13598, 52.63573, within about 25 m. 22 November 2026, 15:04.');
  assert.match(historyWords(decision({ decision: 'cannot_be_placed', uncertainty_m: null })), /^Cannot be placed\. By desk/);
});

test('a decision can be taken back only while it stands', () => {
  assert.equal(isDecided([]), false);
  assert.equal(isDecided([decision()]), true);
  assert.equal(isDecided([decision(), decision({ decision: 'automatic' })]), false);
});

test('saving is answered with what follows from it', () => {
  const decided = (also_changed: number) => ({ ...item(), history: [decision()], also_changed });
  assert.equal(decidedSentence(decided(0)), 'Saved: “High Street”. Placed at High Street, Castle, within about 100 m.');
  assert.match(decidedSentence(decided(1)), /1 other record of the same text changed with it\.$/);
  assert.match(decidedSentence(decided(1200)), /1,200 other records/);
});

test('the list says where in it one is', () => {
  assert.equal(listSentence(50, 50, 1700), 'Records 51 to 100 of 1,700.');
  assert.equal(listSentence(0, 0, 0), 'No record needs a person.');
  assert.equal(listSentence(50, 0, 3), 'Nothing here: the list has 3 records.');
});

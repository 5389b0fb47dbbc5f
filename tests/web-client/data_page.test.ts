import assert from 'node:assert/strict';
import { test } from 'node:test';

import { moment } from '../../web-client/src/format.ts';
import { parseAnswer, Problem, problemOf } from '../../web-client/src/http.ts';
import { type Import, type Quality, uploadAddress } from '../../web-client/src/data/api.ts';
import {
  countsLine, fileNames, locatedSentence, newestFirst, progressSentence, rejectPlace, rejectValue, shareRead, undoneSentence,
  undoQuestion, unusedSentences,
} from '../../web-client/src/data/import_words.ts';
import {
  belowSentence, groupName, isOnMap, orderedGroupings, overallDetails, overallSentence, trapName, trapOrigin,
} from '../../web-client/src/data/quality_words.ts';
import { type DataState, dataState, PAGE_SIZE, PARTS, readDataState, writeDataState } from '../../web-client/src/data/state.ts';

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function imported(changes: Partial<Import> = {}): Import {
  return {
    id: 'u1', state: 'done', files: ['/srv/in/week.csv'], format: 'vrn', started: '2026-11-22T15:04:59Z', rows: 1250,
    stored: 1200, updated: 30, duplicate: 18, rejected: 2, progress: null, error: null, undone: null, undone_by: null, ...changes,
  };
}

const COUNTS = {
  records: 1000, mapped: 800, unmapped: 150, outside: 50, hit_rate: 800 / 950, below_gate: true, on_default_points: 8,
  default_point_share: 0.01,
};

function quality(changes: Partial<Quality> = {}): Quality {
  return {
    ...COUNTS, gate: { least_hit_rate: 0.85, source: '' }, groupings: [], dependence: [], dependence_source: '', traps: [],
    ...changes,
  };
}

test('every state comes back from its own address, and equal states have equal addresses', () => {
  const states: DataState[] = PARTS.map((part) => dataState(part));
  states.push(
    dataState('imports', { importId: 'uRii4&hZ=n/3' }), dataState('review', { reason: 'ambiguous', offset: 2 * PAGE_SIZE, item: 20001 }),
    dataState('review', { reason: 'what & ever' }));
  for (const state of states) assert.deepEqual(readDataState(writeDataState(state)), state);
  assert.equal(new Set(states.map(writeDataState)).size, states.length);
  assert.equal(writeDataState(dataState('imports')), '');
});

test('an address that makes no sense opens what is nearest', () => {
  assert.deepEqual(readDataState('?part=nonsense&item=7'), dataState('imports'));
  assert.deepEqual(readDataState('?part=review&item=-3&offset=1e9'), dataState('review'));
  assert.deepEqual(readDataState(`?part=review&offset=${PAGE_SIZE + 7}`), dataState('review', { offset: PAGE_SIZE }));
});

test('a problem is the service’s words where it has some, ours where it has none', () => {
  const said = problemOf(400, 'Bad Request', '{"title":"Bad mapping","detail":"expected columns","parameter":"mapping"}');
  assert.deepEqual([said.title, said.message, said.parameter, said.status], ['Bad mapping', 'expected columns', 'mapping', 400]);
  assert.equal(problemOf(502, 'Bad Gateway', '<html>').message, 'The service answered 502 Bad Gateway.');
  assert.equal(problemOf(413, '', '{}').message, 'The service answered 413.');
  assert.throws(() => parseAnswer(200, '{"id": "u'), (error: unknown) => error instanceof Problem && /cut off/.test(error.message));
});

test('a file is sent under its own name, whatever is in it', () => {
  const upload = { file: new File([], 'Q3 & "late" rows.csv'), mapping: null, format: '', source: '' };
  const query = new URL(uploadAddress(upload), 'http://localhost/').searchParams;
  assert.deepEqual([...query], [['name', 'Q3 & "late" rows.csv']]);
  const chosen = new URL(uploadAddress({ ...upload, format: 'istv', source: 'ed' }), 'http://localhost/').searchParams;
  assert.deepEqual([chosen.get('format'), chosen.get('source')], ['istv', 'ed']);
});

test('the counts of an import are written as the sum that they are', () => {
  assert.equal(countsLine(imported()), '1,250 rows = 1,200 new + 30 updated + 18 known already + 2 rejected');
  assert.equal(countsLine(imported({ rows: null, stored: null })), '');
  assert.equal(fileNames(imported({ files: ['C:\\in\\a.csv', '/x/b.csv', 'c.zip'] })), 'a.csv, b.csv and c.zip');
  assert.equal(fileNames(imported({ files: [] })), 'Unnamed file');
  const starts = ['2026-01-02T00:00:00Z', '2026-03-01T00:00:00Z', '2025-12-31T23:59:59Z'].map((started) => ({ started }));
  assert.deepEqual(newestFirst(starts).map(({ started }) => started.slice(0, 7)), ['2026-03', '2026-01', '2025-12']);
});

test('progress is said in rows and share, and never over the whole', () => {
  const running = (bytes: number, all: number) => imported({ state: 'running', progress: { bytes, bytes_in_all: all, rows: 1 } });
  assert.equal(plain(progressSentence(running(25, 100))), '1 row read, 25.0 % of the file.');
  assert.match(progressSentence(running(100, 100)), /Places are looked up/);
  assert.equal(progressSentence(imported({ state: 'queued' })), 'The file has arrived and waits for its turn.');
  assert.deepEqual([running(120, 100), running(0, 0), imported()].map(shareRead), [1, null, null]);
});

test('what was rejected or not used is named', () => {
  const reject = { file: 'a.csv', line: 1207, field: 'northing', value: 'abc', reason: 'not a number' };
  assert.equal(rejectPlace(reject, ['a.csv']), '1,207');
  assert.equal(rejectPlace(reject, ['a.csv', 'b.csv']), 'a.csv, line 1,207');
  assert.equal(rejectValue(reject), 'northing: abc');
  assert.equal(rejectValue({ ...reject, field: null, value: null }), 'The whole row');
  const table = { name: 't', unmapped_columns: ['Crew', 'Shift'], unmapped_words: { Weapon: ['sword', 'axe'] } };
  assert.deepEqual(unusedSentences({ report: { tables: [table, table], left_out: ['readme.txt'] } }), [
    'Columns that no format or mapping knows, kept beside the record: Crew and Shift.',
    'Words that are not known, taken as unknown: Weapon (sword, axe).',
    'Left out of the zip: readme.txt.',
  ]);
  assert.deepEqual(unusedSentences({ report: null }), []);
});

test('an import says how many of its records could be located, against the gate', () => {
  assert.equal(plain(locatedSentence({ quality: COUNTS })),
    '800 of 950 records inside the area could be located (hit rate 84.2 %, below the gate of 85 %).');
  assert.equal(locatedSentence({ quality: { ...COUNTS, hit_rate: null } }), '');
});

test('undoing is asked and answered with what goes, what comes back and what stays', () => {
  assert.match(undoQuestion(imported({ stored: 1, updated: 2 })), /week\.csv\? Its 1 new record goes\. Its 2 updated records are set back to before\./);
  assert.equal(undoQuestion(imported({ stored: 0, updated: 0 })), 'Undo the import of week.csv? Records that a later import has too stay.');
  assert.equal(undoneSentence({ ...imported(), removed: 1, restored: 2, kept: 3 }),
    'The import of week.csv is undone: 1 record removed, 2 set back, 3 kept because a later import has them too.');
});

test('quality is said against the gate in words, as the service judged it', () => {
  assert.equal(plain(overallSentence(quality())), 'Hit rate 84.2 %, below the gate of 85 %.');
  assert.equal(plain(overallSentence(quality({ hit_rate: 0.85, below_gate: false }))), 'Hit rate 85.0 %, above the gate of 85 %.');
  assert.equal(overallSentence(quality({ hit_rate: null, below_gate: null })), 'There are no records to locate.');
  assert.deepEqual(overallDetails(quality()).map(plain), [
    '800 of 950 records inside the area could be located, 150 could not; 50 more are outside it.',
    '8 located records lie on suspicious points (1.0 % of those located), listed below.',
  ]);
});

test('groups come in one order, months newest first, and are named for people', () => {
  const grouping = (by: string, labels: string[]) => ({
    by, rule: '', groups_with_rate: 3, groups_below_gate: 1, records_below_gate: 9, share_of_records_below_gate: 0.05,
    groups: labels.map((label) => ({ ...COUNTS, key: label, label })),
  });
  const ordered = orderedGroupings([grouping('new_one', ['x']), grouping('month', ['2026-01', '2026-02']), grouping('source', ['ed'])]);
  assert.deepEqual(ordered.map(({ by }) => by), ['source', 'month', 'new_one']);
  assert.deepEqual(ordered[1]?.groups.map(({ label }) => label), ['2026-02', '2026-01']);
  assert.equal(groupName('month', { key: '2026-02', label: '2026-02' }), 'February 2026');
  assert.equal(groupName('source', { key: 'ed', label: 'ed' }), 'Emergency department');
  assert.equal(groupName('import', { key: '2', label: '/srv/a.csv\n/srv/b.csv' }), 'a.csv, b.csv');
  assert.equal(plain(belowSentence(grouping('source', []))), '1 of 3 below the gate, with 5.0 % of the records');
  assert.equal(belowSentence({ ...grouping('source', []), groups_below_gate: 0 }), 'none of 3 below the gate');
});

test('a suspicious point has a name or its grid figures, and a link only where the map reaches', () => {
  const trap = {
    kind: 'stack', reason: '', name: null, level: 'given', easting: 458590, northing: 303590, longitude: -1.13, latitude: 52.62, records: 9,
  };
  assert.equal(trapName(trap), 'Easting 458,590, northing 303,590');
  assert.equal(trapName({ ...trap, name: 'Infirmary' }), 'Infirmary');
  assert.equal(trapOrigin(trap), 'by given coordinates');
  assert.equal(trapOrigin({ level: 'poi' }), 'by location text (poi)');
  assert.equal(isOnMap(trap), true);
  assert.equal(isOnMap({ longitude: -7.56, latitude: 49.77 }), false);
  assert.equal(isOnMap({ longitude: null, latitude: null }), false);
});

test('moments are London’s, days and months stay what they are', () => {
  assert.equal(moment('2026-07-14T21:30:00Z'), '14 July 2026, 22:30');
  assert.equal(moment('2026-01-14T23:05:00Z'), '14 January 2026, 23:05');
  assert.equal(moment('2026-07-14T23:30:00Z'), '15 July 2026, 00:30');
  assert.deepEqual(['2026-07-14', '2026-07', 'soon', 'Tuesday'].map(moment), ['14 July 2026', 'July 2026', 'soon', 'Tuesday']);
});

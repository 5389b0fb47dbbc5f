// Imports in words: how far one is, what became of its rows, what undoing it does.
import { count, counted, listed, percent } from '../format.ts';
import type { Import, ImportDetails, ImportState, Reject, Undone } from './api.ts';

const STATES: Record<ImportState, string> = {
  queued: 'Waiting for its turn', running: 'Under way', done: 'Done', failed: 'Failed', cancelled: 'Cancelled',
  undone: 'Undone',
};

export function stateWords(state: ImportState): string {
  return STATES[state] ?? state;
}

export function isOver(state: ImportState): boolean {
  return state !== 'queued' && state !== 'running';
}

// The service lists what left no record first.
export function newestFirst<Shown extends Pick<Import, 'started'>>(imports: readonly Shown[]): Shown[] {
  return [...imports].sort((a, b) => Date.parse(b.started) - Date.parse(a.started));
}

// Names without the folders of whoever sent them.
export function fileNames({ files }: Pick<Import, 'files'>): string {
  return listed(files.map((name) => name.split(/[\\/]/).pop() || name)) || 'Unnamed file';
}

// How much of the file is read, 0 to 1; null while nobody knows.
export function shareRead({ progress }: Pick<Import, 'progress'>): number | null {
  if (!progress || progress.bytes_in_all <= 0) return null;
  return Math.min(1, progress.bytes / progress.bytes_in_all);
}

export function progressSentence(shown: Pick<Import, 'state' | 'progress'>): string {
  const share = shareRead(shown);
  if (shown.state === 'queued') return 'The file has arrived and waits for its turn.';
  if (share === null || !shown.progress) return 'The file is being read.';
  const rows = counted(shown.progress.rows, 'row', 'rows');
  return share < 1
    ? `${rows} read, ${percent(share)} of the file.`
    : `${rows} read. Places are looked up and the records are stored.`;
}

export interface RowCount {
  name: string;
  count: number;
}

// What became of the rows, in the order in which they add up; none before the import is done.
export function rowCounts({ rows, stored, updated, duplicate, rejected }: Import): RowCount[] {
  if (rows === null) return [];
  return [
    { name: 'Rows read', count: rows },
    { name: 'New records', count: stored ?? 0 },
    { name: 'Updated', count: updated ?? 0 },
    { name: 'Known already', count: duplicate ?? 0 },
    { name: 'Rejected', count: rejected ?? 0 },
  ];
}

// "11 rows = 9 new + 0 updated + 0 known already + 2 rejected"
export function countsLine(shown: Import): string {
  const [rows, stored, updated, duplicate, rejected] = rowCounts(shown).map((part) => part.count);
  if (rows === undefined) return '';
  return `${counted(rows, 'row', 'rows')} = ${count(stored ?? 0)} new + ${count(updated ?? 0)} updated + ` +
    `${count(duplicate ?? 0)} known already + ${count(rejected ?? 0)} rejected`;
}

// How many of the import's records could be located; empty where nothing was to be.
export function locatedSentence({ quality }: Pick<ImportDetails, 'quality'>): string {
  if (!quality || quality.hit_rate === null) return '';
  const tried = quality.records - quality.outside;
  const gate = quality.below_gate ? 'below the gate of 85 %' : 'above the gate of 85 %';
  return `${count(quality.mapped)} of ${counted(tried, 'record', 'records')} inside the area could be located ` +
    `(hit rate ${percent(quality.hit_rate)}, ${gate}).`;
}

// What was in the file and is not in the records: columns, words, members of a zip.
export function unusedSentences({ report }: Pick<ImportDetails, 'report'>): string[] {
  const tables = report?.tables ?? [];
  const columns = [...new Set(tables.flatMap(({ unmapped_columns }) => unmapped_columns))];
  const words = tables.flatMap(({ unmapped_words }) => Object.entries(unmapped_words)
    .map(([column, values]) => `${column} (${values.join(', ')})`));
  const files = report?.left_out ?? [];
  return [
    columns.length > 0 ? `Columns that no format or mapping knows, kept beside the record: ${listed(columns)}.` : '',
    words.length > 0 ? `Words that are not known, taken as unknown: ${listed([...new Set(words)])}.` : '',
    files.length > 0 ? `Left out of the zip: ${listed(files)}.` : '',
  ].filter(Boolean);
}

// "line 7"; with the file where the import has several.
export function rejectPlace({ file, line }: Reject, files: readonly string[]): string {
  return files.length > 1 ? `${file}, line ${count(line)}` : count(line);
}

// "occurred_from: not a date"
export function rejectValue({ field, value }: Reject): string {
  const said = value ?? '(nothing)';
  return field ? `${field}: ${said}` : value ?? 'The whole row';
}

export function undoQuestion(shown: Import): string {
  const { stored, updated } = shown;
  return [
    `Undo the import of ${fileNames(shown)}?`,
    stored ? `Its ${counted(stored, 'new record goes', 'new records go')}.` : '',
    updated ? `Its ${counted(updated, 'updated record is', 'updated records are')} set back to before.` : '',
    'Records that a later import has too stay.',
  ].filter(Boolean).join(' ');
}

export function undoneSentence(undone: Undone): string {
  return `The import of ${fileNames(undone)} is undone: ${counted(undone.removed, 'record', 'records')} removed, ` +
    `${count(undone.restored)} set back, ${count(undone.kept)} kept because a later import has them too.`;
}

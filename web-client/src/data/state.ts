// What the data page shows, as a value, and its address, so that a part, an import or a record can be
// linked to and back and forward work.

export const PARTS = ['imports', 'quality', 'review'] as const;
export type Part = (typeof PARTS)[number];

export interface DataState {
  part: Part;
  importId: string | null; // whose counts are open
  reason: string; // of the review list; '' for all
  offset: number;
  item: number | null; // id of the record under review
}

// One of the page's three parts.
export interface DataPart {
  // Shows what the state says of it, asking the service anew.
  show(state: DataState): void;
}

export type GoTo = (state: DataState, way: 'push' | 'replace') => void;

export const PAGE_SIZE = 50;

export function dataState(part: Part, more: Partial<DataState> = {}): DataState {
  return { part, importId: null, reason: '', offset: 0, item: null, ...more };
}

function whole(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

export function readDataState(search: string): DataState {
  const query = new URLSearchParams(search);
  const part = PARTS.find((name) => name === query.get('part')) ?? 'imports';
  if (part === 'imports') return dataState(part, { importId: query.get('import') || null });
  if (part === 'quality') return dataState(part);
  const offset = whole(query.get('offset')) ?? 0;
  return dataState(part, {
    reason: query.get('reason') ?? '', offset: offset - (offset % PAGE_SIZE), item: whole(query.get('item')),
  });
}

// "" for the part that the page opens with, else "?..." with the parameters in one fixed order.
export function writeDataState({ part, importId, reason, offset, item }: DataState): string {
  const query = new URLSearchParams();
  if (part !== 'imports') query.set('part', part);
  if (part === 'imports' && importId) query.set('import', importId);
  if (part === 'review') {
    if (reason) query.set('reason', reason);
    if (offset > 0) query.set('offset', String(offset));
    if (item !== null) query.set('item', String(item));
  }
  const text = query.toString();
  return text ? `?${text}` : '';
}

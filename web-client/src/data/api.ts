// What the data page asks the service for. Addresses are relative to the page.
import { getJson, noAnswer, parseAnswer, Problem, problemOf, sendJson } from '../http.ts';
import { leadToSignIn } from '../sign_in.ts';

export type ImportState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'undone';

export interface Import {
  id: string;
  state: ImportState;
  files: string[];
  format: string | null;
  started: string;
  rows: number | null; // the counts are null until it is done
  stored: number | null;
  updated: number | null;
  duplicate: number | null;
  rejected: number | null;
  progress: { bytes: number; bytes_in_all: number; rows: number } | null;
  error: string | null;
  undone: string | null;
  undone_by: string | null;
}

export interface Reject {
  file: string;
  line: number;
  field: string | null;
  value: string | null;
  reason: string;
}

export interface ImportDetails extends Import {
  first_rejects?: Reject[]; // the rest only once it is done
  report?: {
    left_out?: string[]; // members of a zip that are no tables
    tables?: { name: string; unmapped_columns: string[]; unmapped_words: Record<string, string[]> }[];
  } | null;
  quality?: { records: number; mapped: number; outside: number; hit_rate: number | null; below_gate: boolean | null };
}

export interface Undone extends Import {
  removed: number;
  restored: number;
  kept: number;
}

export interface Upload {
  file: File;
  mapping: File | null;
  format: string; // '' for automatic
  source: string;
}

const onImport = (id: string) => `imports/${encodeURIComponent(id)}`;

export function fetchImports(signal?: AbortSignal): Promise<Import[]> {
  return getJson<{ imports: Import[] }>('imports', signal).then(({ imports }) => imports);
}

export function fetchImport(id: string, signal?: AbortSignal): Promise<ImportDetails> {
  return getJson<ImportDetails>(onImport(id), signal);
}

// Cancels one under way; the answer to one that is done says what undoing it did.
export function deleteImport(id: string): Promise<Import | Undone> {
  return sendJson<Import | Undone>('DELETE', onImport(id));
}

export function rejectsAddress(id: string): string {
  return `${onImport(id)}/rejects.csv`;
}

export function uploadAddress({ file, format, source }: Upload): string {
  const query = new URLSearchParams({ name: file.name });
  if (format) query.set('format', format);
  if (source) query.set('source', source);
  return `imports?${query}`;
}

// The file as the body; beside a mapping, both as a form. XMLHttpRequest, because fetch does not say
// how much is sent. Rejects with Problem, and with an AbortError once `signal` is aborted.
export function sendFile(upload: Upload, sent: (share: number) => void, signal: AbortSignal): Promise<Import> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', uploadAddress(upload));
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(noAnswer());
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.onload = () => {
      const { status, statusText, responseText } = request;
      if (status === 401) leadToSignIn();
      if (status < 200 || status > 299) return reject(problemOf(status, statusText, responseText));
      try {
        resolve(parseAnswer<Import>(status, responseText));
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener('abort', () => request.abort());
    if (upload.mapping) {
      const form = new FormData();
      form.set('file', upload.file);
      form.set('mapping', upload.mapping);
      request.send(form);
    } else {
      request.setRequestHeader('Content-Type', 'application/octet-stream');
      request.send(upload.file);
    }
  });
}

// Calls `progress` until the import is over, then resolves. A line that breaks is taken up again by
// the browser; where the service refuses, the import itself says how far it is.
export function followImport(id: string, progress: (state: Import) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const events = new EventSource(`${onImport(id)}/events`);
    const end = () => {
      events.close();
      resolve();
    };
    const read = (event: Event) => JSON.parse((event as MessageEvent<string>).data) as Import;
    events.addEventListener('progress', (event) => progress(read(event)));
    for (const over of ['done', 'failed', 'cancelled', 'undone']) events.addEventListener(over, end);
    events.onerror = () => {
      if (events.readyState !== EventSource.CLOSED) return;
      fetchImport(id).then(({ state }) => {
        if (state !== 'queued' && state !== 'running') end();
        else reject(new Problem(0, 'No news', 'How far the import is cannot be followed. It goes on: see the list.'));
      }, reject);
    };
    signal.addEventListener('abort', end);
  });
}

export interface QualityCounts {
  records: number;
  mapped: number;
  unmapped: number;
  outside: number;
  hit_rate: number | null;
  below_gate: boolean | null;
  on_default_points: number;
  default_point_share: number | null;
}

export interface QualityGroup extends QualityCounts {
  key: string;
  label: string;
}

export interface Grouping {
  by: string;
  rule: string;
  groups_with_rate: number;
  groups_below_gate: number;
  records_below_gate: number;
  share_of_records_below_gate: number | null;
  groups: QualityGroup[];
}

export interface Dependence {
  on: string;
  n: number;
  cramers_v_corrected: number | null;
  reading: string;
}

export interface Trap {
  kind: string;
  reason: string;
  name: string | null;
  level: string | null;
  easting: number | null;
  northing: number | null;
  longitude: number | null;
  latitude: number | null;
  records: number;
}

export interface Quality extends QualityCounts {
  gate: { least_hit_rate: number; source: string };
  groupings: Grouping[];
  dependence: Dependence[];
  dependence_source: string;
  traps: Trap[];
}

export function fetchQuality(signal?: AbortSignal): Promise<Quality> {
  return getJson<Quality>('quality', signal);
}

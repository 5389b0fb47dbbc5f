// The data page on a service of its own: what these tests import must not reach the others' figures.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { binary, startService } from './service.mjs';

const HEADER = 'incident_id,occurred_from,source,offence_code,offence,location_text,place_type,domestic,weapon';

// Rows of the format vrn, one a location text.
export function csv(prefix, texts) {
  const rows = texts.map((text, index) =>
    `${prefix}-${index + 1},2026-10-0${(index % 9) + 1}T22:10,police,8N,Assault with injury,"${text}",public,no,none`);
  return [HEADER, ...rows, ''].join('\n');
}

// A file as Playwright hands it to an <input type="file">.
export function file(name, text, mimeType = 'text/csv') {
  return { name, mimeType, buffer: Buffer.from(text) };
}

export async function startOwnService() {
  const folder = mkdtempSync(join(tmpdir(), 'llr-e2e-data-'));
  const service = await startService(binary, folder);
  const json = async (path, init) => {
    const response = await fetch(service.address + path, init);
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  // Imports without the page, and waits for the end.
  const load = async (name, text) => {
    const { id } = await json(`/imports?name=${name}`, { method: 'POST', body: text });
    await (await fetch(`${service.address}/imports/${id}/events`)).text();
    return json(`/imports/${id}`);
  };
  const stop = async () => {
    const code = await service.stop();
    rmSync(folder, { recursive: true, force: true });
    return code;
  };
  return { address: service.address, json, load, stop };
}

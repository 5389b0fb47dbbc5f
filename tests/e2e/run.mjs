// Runs every *.test.mjs of this folder against one service on fresh demo data:
//   node run.mjs --binary build/release/llr-hotspots --output FOLDER [test file ...]
// Screenshots are written to FOLDER.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { credentials, startService } from './service.mjs';

const { values, positionals } = parseArgs({
  options: { binary: { type: 'string' }, output: { type: 'string' } }, allowPositionals: true,
});
if (!values.binary || !values.output) {
  console.error('usage: node run.mjs --binary LLR-HOTSPOTS --output FOLDER [test file ...]');
  process.exit(2);
}
const binary = resolve(values.binary);
const output = resolve(values.output);
const here = import.meta.dirname;
const all = readdirSync(here).filter((name) => name.endsWith('.test.mjs')).sort();
const files = (positionals.length > 0 ? positionals : all).map((name) => join(here, name));

mkdirSync(output, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'llr-e2e-'));
let failed = true;
try {
  const service = await startService(binary, data);
  const environment = {
    ...process.env, LLR_E2E_ADDRESS: service.address, LLR_E2E_BINARY: binary, LLR_E2E_DATA: data, LLR_E2E_OUTPUT: output,
    LLR_E2E_CREDENTIALS: JSON.stringify(credentials(service.address)),
  };
  const tests = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files],
    { env: environment, stdio: 'inherit' });
  const [code] = await once(tests, 'exit');
  const stopped = await service.stop();
  if (stopped !== 0) console.error(`the service ended with ${stopped} on SIGTERM, not with 0`);
  failed = code !== 0 || stopped !== 0;
} finally {
  rmSync(data, { recursive: true, force: true });
}
process.exit(failed ? 1 : 0);

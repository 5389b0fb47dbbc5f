// Runs every *.test.mjs of this folder, two at a time, each of the two against a service of its own on fresh demo data:
//   node run.mjs --binary build/release/llr-hotspots --output FOLDER [test file ...]
// Screenshots are written to FOLDER.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { credentials, startService } from './service.mjs';

const WORKERS = 2;

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

// One file against a service; what it says is told when it ends, so that two do not mix.
async function runFile(file, environment) {
  const began = performance.now();
  const tests = spawn(process.execPath, ['--test', '--test-reporter=spec', file],
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [tests.stdout, tests.stderr]) stream.on('data', (chunk) => said.push(chunk));
  const [code] = await once(tests, 'close');
  process.stdout.write(Buffer.concat(said));
  console.log(`${file}: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
  return code === 0;
}

// A service on fresh demo data, and one file after another of those that nobody has taken yet.
async function work(waiting) {
  const data = mkdtempSync(join(tmpdir(), 'llr-e2e-'));
  let passed = true;
  try {
    const service = await startService(binary, data);
    const environment = {
      ...process.env, LLR_E2E_ADDRESS: service.address, LLR_E2E_BINARY: binary, LLR_E2E_DATA: data, LLR_E2E_OUTPUT: output,
      LLR_E2E_CREDENTIALS: JSON.stringify(credentials(service.address)),
    };
    while (waiting.length > 0) passed = await runFile(waiting.shift(), environment) && passed;
    const stopped = await service.stop();
    if (stopped !== 0) console.error(`the service ended with ${stopped} on SIGTERM, not with 0`);
    return passed && stopped === 0;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const waiting = files.toSorted((a, b) => statSync(b).size - statSync(a).size); // the longest first
const workers = await Promise.all(Array.from({ length: Math.min(WORKERS, files.length) }, () => work(waiting)));
process.exit(workers.every(Boolean) ? 0 : 1);

// Runs the real binary on a free port of this machine and stops it again.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const START_LIMIT_MS = 120_000;
const STOP_LIMIT_MS = 30_000;

export const DEMO_PASSWORD = 'only for these tests'; // of the accounts panel, inspector, analyst and admin

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// What is sent to each service that was started here, by its address.
const signedIn = new Map();

export function credentials(address) {
  return signedIn.get(address) ?? {};
}

// Node's fetch knows no sessions, and what calls it here need not either: it asks as an administrator.
const plainFetch = globalThis.fetch;
globalThis.fetch = (target, init = {}) => {
  const headers = new Headers(init.headers ?? target.headers);
  const { origin } = new URL(target.url ?? target);
  for (const [name, value] of Object.entries(credentials(origin))) if (!headers.has(name)) headers.set(name, value);
  return plainFetch(target, { ...init, headers });
};

async function isHealthy(address) {
  try {
    return (await fetch(`${address}/health`)).ok;
  } catch {
    return false;
  }
}

function makeKey(program, folder, role) {
  return execFileSync(program, ['key', 'create', '--role', role, '--name', `e2e ${role}`, '--data', folder],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

// Resolves when /health answers 200. `stop` sends SIGTERM and gives the exit code.
export async function startService(binary, dataFolder) {
  const key = makeKey(binary, dataFolder, 'admin');
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  signedIn.set(address, { authorization: `Bearer ${key}` });
  const child = spawn(binary, ['serve', '--demo', '--data', dataFolder, '--listen', `127.0.0.1:${port}`],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LLR_HOTSPOTS_DEMO_PASSWORD: DEMO_PASSWORD } });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => output.push(chunk));
  const exited = once(child, 'exit').then(([code]) => code);
  let exitCode; // undefined while it runs
  void exited.then((code) => (exitCode = code));
  const fail = (why) => {
    child.kill('SIGKILL');
    throw new Error(`${binary} ${why}; its output:\n${Buffer.concat(output)}`);
  };
  const deadline = Date.now() + START_LIMIT_MS;
  while (!(await isHealthy(address))) {
    if (exitCode !== undefined) fail(`ended with ${exitCode} before it answered`);
    if (Date.now() > deadline) fail(`did not answer within ${START_LIMIT_MS / 1000} s`);
    await pause(100);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    const code = await Promise.race([exited, pause(STOP_LIMIT_MS, 'late', { ref: false })]);
    if (code === 'late') fail('did not stop on SIGTERM');
    return code;
  };
  return { address, stop };
}

// The service that run.mjs started for all test files.
export const address = process.env.LLR_E2E_ADDRESS;
export const binary = process.env.LLR_E2E_BINARY;
export const dataFolder = process.env.LLR_E2E_DATA;
export const outputFolder = process.env.LLR_E2E_OUTPUT;
if (address) signedIn.set(address, JSON.parse(process.env.LLR_E2E_CREDENTIALS));

// A key of the role, once the service knows it.
export async function keyFor(role) {
  const key = makeKey(binary, dataFolder, role);
  while ((await fetch(`${address}/conformance`, { headers: { authorization: `Bearer ${key}` } })).status === 401) {
    await pause(100);
  }
  return key;
}

export async function getJson(path) {
  const response = await fetch(`${address}${path}`);
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}

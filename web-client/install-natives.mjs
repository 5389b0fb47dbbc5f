// Runs after `npm ci`. npm leaves out optional packages whose `engines` its own Node does not meet: on
// Debian 12's Node 18 that is the native part of Vite's bundler. This script runs on the pinned Node,
// and lets the same npm, on the same Node, add from package-lock.json what is missing.
import { spawnSync } from 'node:child_process';

async function loads() {
  try {
    await import('rolldown');
    return true;
  } catch {
    return false;
  }
}

const npm = process.env.npm_execpath;
if (!(await loads())) {
  if (!npm) throw new Error('run this through npm: npm run postinstall');
  // Without scripts: not this one again, and the pinned Node stays as it was installed.
  const { status } = spawnSync(process.execPath, [npm, 'install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'],
    { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}

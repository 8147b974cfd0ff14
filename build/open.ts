// `npm start`: builds what is missing or older than its sources, then serves the live workspace.
// `npm start -- --port 8080` passes the rest on to `meterbook serve`.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { isBuildNeeded } from './freshness.ts';

const root = join(import.meta.dirname, '..');

if (isBuildNeeded(root)) await import('./bundle.ts');

// On standard error, so that with --json the first line of standard output is still the host's.
console.error('This version has no desktop window yet: Meterbook is served to the browser, at the link below. Ctrl+C ends it.');
const host = spawn(process.execPath, ['dist/main/cli.js', 'serve', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
// A terminal sends Ctrl+C to the whole group, so the host has it already: here it only must not end the wait.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => host.kill(signal));
host.on('exit', (status, signal) => process.exit(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));

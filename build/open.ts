// `npm start`: builds what is missing or older than its sources, then opens the live workspace: in the desktop window where there can be
// one, else in the browser. `npm start -- --browser` takes the browser; `npm start -- --port 8080` passes the rest on to `meterbook serve`.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { electronBinary, fetchElectron, fetchFailedMsAgo, runWindow } from './electron-binary.ts';
import { isBuildNeeded } from './freshness.ts';
import { chooseOpening, servedInBrowser, type Opening } from './window-choice.ts';

const root = join(import.meta.dirname, '..');
const electronPackage = join(root, 'node_modules/electron');

if (isBuildNeeded(root)) await import('./bundle.ts');
// A terminal sends Ctrl+C to the whole group, so whatever runs has it already: here it only must not end the wait.
process.on('SIGINT', () => {});
const opening = await openWindow();
if (opening !== null) serve(opening);

/** What is left to open when there is no window; null when there was one. */
async function openWindow(): Promise<Extract<Opening, { kind: 'browser' }> | null> {
  const opening = chooseOpening({
    words: process.argv.slice(2),
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    hasElectron: electronBinary(electronPackage) !== null,
    failedMsAgo: fetchFailedMsAgo(electronPackage, performance.timeOrigin + performance.now()),
  });
  if (opening.kind === 'browser') return opening;
  if (opening.kind === 'fetch') {
    console.error('Fetching Electron for the desktop window, once…');
    if (!(await fetchElectron(electronPackage))) return servedInBrowser('Electron could not be fetched for the window');
  }
  const ended = await runWindow(electronBinary(electronPackage) ?? '', join(root, 'dist/main/desktop.js'));
  if (!ended.hasOpened) return servedInBrowser('The desktop window did not open');
  process.exitCode = ended.status;
  return null;
}

function serve({ line, words }: Extract<Opening, { kind: 'browser' }>): void {
  // On standard error, so that with --json the first line of standard output is still the host's.
  console.error(line);
  const host = spawn(process.execPath, ['dist/main/cli.js', 'serve', ...words], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => host.kill(signal));
  host.on('exit', (status, signal) => process.exit(status ?? 128 + (signal === null ? 0 : constants.signals[signal])));
}

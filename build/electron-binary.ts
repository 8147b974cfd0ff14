import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FETCH_LIMIT_MS = 60_000;
/** A window that ends with an error so soon never opened: a library of the system is missing, or the display. */
const OPENING_MS = 10_000;

/** Where Electron's own program lies; null where it was not fetched. Never asks the `electron` package: that would fetch it. */
export function electronBinary(packageFolder: string): string | null {
  const pathFile = join(packageFolder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packageFolder, 'dist');
  const binary = join(folder, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}

/** Beside the installed packages, so that a fresh installation tries anew. */
function failureMark(packageFolder: string): string {
  return join(dirname(packageFolder), '.cache', 'meterbook-electron-fetch-failed');
}

/** How long ago fetching failed; null when it did not. */
export function fetchFailedMsAgo(packageFolder: string, nowMs: number): number | null {
  const mark = statSync(failureMark(packageFolder), { throwIfNoEntry: false });
  return mark === undefined ? null : Math.max(0, nowMs - mark.mtimeMs);
}

/** Fetches Electron's program once, with a time limit. Its answer is whether it is there; a failure is remembered. */
export async function fetchElectron(packageFolder: string, limitMs = FETCH_LIMIT_MS): Promise<boolean> {
  const installer = join(packageFolder, 'install.js');
  const mark = failureMark(packageFolder);
  // What it prints about a network that is not there is no news to anybody: one line follows.
  const status = await new Promise<number | null>((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore', timeout: limitMs, killSignal: 'SIGKILL' });
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  if (status === 0 && electronBinary(packageFolder) !== null) {
    rmSync(mark, { force: true });
    return true;
  }
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, '');
  return false;
}

export interface WindowEnd {
  /** Whether a window can have been seen. */
  readonly hasOpened: boolean;
  readonly status: number;
}

/** Runs the desktop app until it ends. */
export function runWindow(binary: string, entry: string): Promise<WindowEnd> {
  const startedAt = performance.now();
  // Set by some editors' terminals; with it Electron is a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...environment } = process.env;
  const child = spawn(binary, [entry], { stdio: 'inherit', env: environment });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.once(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.once('error', () => resolve({ hasOpened: false, status: 1 }));
    child.once('exit', (code, signal) => {
      const status = code ?? (signal === null ? 0 : 1);
      const hasOpened = status === 0 || performance.now() - startedAt > OPENING_MS;
      resolve({ hasOpened, status });
    });
  });
}

// The browser tests on the built program: the journeys, every route on several books, accessibility. The last line counts them.
// Words behind it go on to Playwright: `npx node build/screens.ts tests/screens/taxes.spec.ts`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright/test';
import { findChromium, installChromium, NO_CHROMIUM } from './chromium.ts';

const root = join(import.meta.dirname, '..');
const named = process.env['METERBOOK_CHROMIUM'];
const workDir = mkdtempSync(join(tmpdir(), 'meterbook-screens-report-'));
const report = join(workDir, 'report.json');

/** What Playwright's JSON reporter writes, as far as it is used here. */
interface Report {
  readonly stats: { readonly expected: number; readonly unexpected: number; readonly flaky: number; readonly skipped: number };
  readonly errors: readonly { readonly message?: string }[];
}

function readReport(): Report | null {
  try {
    return JSON.parse(readFileSync(report, 'utf8')) as Report;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function runPlaywright(): Promise<number | null> {
  const words = ['node_modules/playwright/cli.js', 'test', '--reporter=list,json', ...process.argv.slice(2)];
  const child = spawn(process.execPath, words, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
  });
  return new Promise((resolve) => child.once('exit', resolve));
}

try {
  const found =
    findChromium(named, chromium.executablePath()) ?? (installChromium() ? findChromium(named, chromium.executablePath()) : null);
  if (found === null) {
    console.log(`${NO_CHROMIUM}\n0 passed, 1 failed`);
    process.exitCode = 1;
  } else {
    const status = await runPlaywright();
    const { stats, errors } = readReport() ?? { stats: { expected: 0, unexpected: 1, flaky: 0, skipped: 0 }, errors: [] };
    for (const { message } of errors) console.log(message);
    // A test that passes at the second try has failed once, and a skipped one has shown nothing.
    const failed = stats.unexpected + stats.flaky + stats.skipped + errors.length;
    console.log(`${stats.expected} passed, ${failed === 0 && status !== 0 ? 1 : failed} failed`);
    process.exitCode = failed === 0 && status === 0 ? 0 : 1;
  }
} finally {
  rmSync(workDir, { recursive: true, force: true });
}

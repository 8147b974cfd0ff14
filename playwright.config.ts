import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'playwright/test';
import { distFolder } from './build/dist-folder.ts';
import { CHROMIUM_ARGUMENTS, chromiumPath } from './tests/screens/support/browser.ts';

/** A project for each file: a worker, and with it a host and its books, is never handed on from one file to the next. */
const projects = readdirSync(join(import.meta.dirname, 'tests/screens'))
  .filter((name) => name.endsWith('.spec.ts'))
  .map((name) => ({ name: name.replace('.spec.ts', ''), testMatch: `**/${name}`, use: { file: name } }));

export default defineConfig<object, { file: string }>({
  projects,
  testDir: 'tests/screens',
  outputDir: `${distFolder()}/screen-tests`,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 5_000 },
  reporter: [['list']],
  use: {
    viewport: { width: 1360, height: 860 },
    locale: 'en-US',
    timezoneId: 'UTC',
    contextOptions: { reducedMotion: 'reduce' },
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: { executablePath: chromiumPath(), args: [...CHROMIUM_ARGUMENTS] },
    screenshot: 'only-on-failure',
  },
});

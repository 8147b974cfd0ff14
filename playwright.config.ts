import { defineConfig } from 'playwright/test';
import { distFolder } from './build/dist-folder.ts';
import { CHROMIUM_ARGUMENTS, chromiumPath } from './tests/screens/support/browser.ts';

export default defineConfig({
  testDir: 'tests/screens',
  testMatch: '**/*.spec.ts',
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

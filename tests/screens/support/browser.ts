import { existsSync } from 'node:fs';
import { chromium } from 'playwright/test';

/** A given path, Debian's, or Playwright's own download, in this order. */
export function chromiumPath(): string {
  const candidates = [process.env['METERBOOK_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', chromium.executablePath()];
  const found = candidates.find((path) => path !== '' && existsSync(path));
  if (found === undefined)
    throw new Error('No Chromium here. Install it (Debian: apt-get install -y chromium), or set METERBOOK_CHROMIUM to its path.');
  return found;
}

/** Nothing that calls out, and nothing that a container lacks. */
export const CHROMIUM_ARGUMENTS: readonly string[] = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

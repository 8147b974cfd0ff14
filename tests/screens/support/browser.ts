import { chromium } from 'playwright/test';
import { findChromium, NO_CHROMIUM } from '../../../build/chromium.ts';

/** The browser that the tests drive. */
export function chromiumPath(): string {
  const found = findChromium(process.env['METERBOOK_CHROMIUM'], chromium.executablePath());
  if (found === null) throw new Error(NO_CHROMIUM);
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

import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { loadConfigFromFile } from 'vite';
import { readTelemetryChoice } from '../../main/headless/telemetry-settings.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

/** What a bundle made under an environment puts in for the collector's address. */
async function bundledAddress(url: string): Promise<unknown> {
  vi.stubEnv('METERBOOK_TELEMETRY_URL', url);
  const file = join(import.meta.dirname, '..', '..', 'build', 'host.config.ts');
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' }, file);
  return loaded?.config.define?.['__TELEMETRY_URL__'];
}

test('the collector’s address is put in when the program is built', async () => {
  expect(await bundledAddress('https://telemetry.example/v1')).toBe('"https://telemetry.example/v1"');
  vi.stubGlobal('__TELEMETRY_URL__', 'https://telemetry.example/v1');
  expect(readTelemetryChoice({}, 'desktop')).toEqual({ collectorUrl: 'https://telemetry.example/v1', host: 'desktop', enforcedBy: null });
});

test('a build without one knows none, and one that is no address ends the build', async () => {
  expect(await bundledAddress('')).toBe('""');
  vi.stubGlobal('__TELEMETRY_URL__', '');
  expect(readTelemetryChoice({}, 'headless').collectorUrl).toBeNull();
  await expect(bundledAddress('ftp://telemetry.example')).rejects.toThrow('METERBOOK_TELEMETRY_URL');
});

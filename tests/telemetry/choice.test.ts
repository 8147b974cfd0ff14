import { expect, test } from 'vitest';
import { readTelemetryChoice } from '../../main/headless/telemetry-settings.ts';

test.each([
  [{}, null],
  [{ METERBOOK_DISABLE_ANALYTICS: '1' }, 'METERBOOK_DISABLE_ANALYTICS'],
  [{ METERBOOK_DISABLE_ANALYTICS: 'true' }, 'METERBOOK_DISABLE_ANALYTICS'],
  [{ METERBOOK_DISABLE_ANALYTICS: '0' }, null],
  [{ DO_NOT_TRACK: '1' }, 'DO_NOT_TRACK'],
  [{ DO_NOT_TRACK: '0' }, null],
  [{ DO_NOT_TRACK: '' }, null],
  [{ CI: 'true' }, 'CI'],
  [{ CI: 'false' }, null],
  [{ METERBOOK_DISABLE_ANALYTICS: '0', DO_NOT_TRACK: 'yes' }, 'DO_NOT_TRACK'],
] as const)('%o is held at off by %s', (environment, enforcedBy) => {
  expect(readTelemetryChoice(environment, 'headless')).toEqual({ collectorUrl: null, host: 'headless', enforcedBy });
});

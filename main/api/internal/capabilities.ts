import { z } from 'zod';
import { formatInstant } from '../../../shared/dates.ts';
import type { CapabilitiesAnswer } from '../../../shared/internal/capabilities.ts';
import { ok } from '../../../shared/result.ts';
import { VERSION } from '../../../shared/version.ts';
import { route, type Route } from '../route.ts';

/** Rule: ui.md § 5, last paragraph. */
export const capabilityRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/capabilities',
    access: 'session',
    summary: 'What this host can do',
    tag: 'internal',
    answer: z.unknown(),
    respond: async ({ services }) => {
      const { host, isSandbox, testClock, sample } = services;
      const url = new URL(host.baseUrl());
      const answer: CapabilitiesAnswer = {
        version: VERSION,
        is_sandbox: isSandbox,
        test_clock: testClock === null ? null : { now: formatInstant(testClock.now()), is_set: testClock.isSet() },
        base_url: url.origin,
        port: Number(url.port === '' ? '80' : url.port),
        data_folder: host.dataFolder,
        secret_store: host.secretStore?.kind ?? 'unknown',
        is_sample_loaded: (await sample.state()).is_loaded,
        has_save_dialog: false,
        has_notifications: false,
        has_tray: false,
        can_reveal_folder: false,
        can_update: false,
      };
      return ok(answer);
    },
  }),
];

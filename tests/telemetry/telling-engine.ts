import type { TelemetryChoice } from '../../main/engine.ts';
import type { TelemetryAnswer, TelemetryLogEntry, TelemetryLogAnswer } from '../../shared/internal/telemetry.ts';
import { internalClient } from '../support/internal-client.ts';
import { createTestEngine, type TestEngine, type TestEngineOptions } from '../support/test-engine.ts';

const HOUR_MS = 3_600_000;

/** A running engine that knows a collector, and the screens' way to its switch. */
export interface TellingEngine {
  readonly books: TestEngine;
  state(): Promise<TelemetryAnswer>;
  announce(): Promise<TelemetryAnswer>;
  switchTo(isOn: boolean): Promise<TelemetryAnswer>;
  log(): Promise<readonly TelemetryLogEntry[]>;
  /** Lets hours pass one by one; whatever is sent meanwhile has its answer. */
  hours(count: number): Promise<void>;
  close(): Promise<void>;
}

export async function openTelling(
  choice: Partial<TelemetryChoice>,
  options: Omit<TestEngineOptions, 'telemetry'> = {},
): Promise<TellingEngine> {
  const telemetry = { collectorUrl: null, host: 'headless', enforcedBy: null, ...choice } as const;
  const books = await createTestEngine({ isLive: true, now: '2026-03-01T00:00:00Z', ...options, telemetry });
  const screens = internalClient(books);
  books.engine.start();
  return {
    books,
    state: async () => (await screens.get<TelemetryAnswer>('/telemetry')).body,
    announce: async () => (await screens.post<TelemetryAnswer>('/telemetry/announced', {})).body,
    switchTo: async (isOn) => (await screens.put<TelemetryAnswer>('/telemetry', { is_on: isOn })).body,
    log: async () => (await screens.get<TelemetryLogAnswer>('/telemetry/log')).body.messages,
    hours: async (count) => {
      for (let hour = 0; hour < count; hour += 1) {
        books.timer.advance(HOUR_MS);
        await books.engine.services.telemetry.idle();
      }
    },
    close: () => books.close(),
  };
}

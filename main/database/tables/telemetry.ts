import type { Instant } from '../../../shared/dates.ts';
import type { TelemetryResult } from '../../../shared/internal/telemetry.ts';
import { booleanColumn, defineTable, idColumn, instantColumn, nullableInstant, nullableInteger, sequenceColumn, text } from '../columns.ts';

/** What was decided about telemetry. One row for each workspace, or none. */
export interface TelemetrySettings {
  readonly organizationId: string;
  readonly isOn: boolean;
  /** Random, says nothing; made anew when its owner wants. */
  readonly installationId: string;
  /** When the switch was first shown. */
  readonly announcedAt: Instant | null;
  readonly lastTryAt: Instant | null;
}

export const telemetrySettings = defineTable<TelemetrySettings>('telemetry_settings', {
  organizationId: idColumn,
  isOn: booleanColumn,
  installationId: text,
  announcedAt: nullableInstant,
  lastTryAt: nullableInstant,
});

/** One message, word for word. */
export interface SentTelemetry {
  readonly id: string;
  readonly sequence: number;
  readonly sentAt: Instant;
  readonly body: string;
  readonly result: TelemetryResult;
  readonly httpStatus: number | null;
}

export const telemetryMessages = defineTable<SentTelemetry>('telemetry_messages', {
  id: idColumn,
  sequence: sequenceColumn,
  sentAt: instantColumn,
  body: text,
  result: text,
  httpStatus: nullableInteger,
});

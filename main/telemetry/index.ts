/**
 * Owns: the daily message about how much this program is used: its closed content, the switch, the log of what was sent.
 * Does not own: who looks at it (api/internal/telemetry.ts); the schema is in shared/internal/telemetry.ts, what is counted in
 * database/telemetry-queries.ts.
 * Start reading at: telemetry.ts.
 */
export { Telemetry, NO_TELEMETRY, type TelemetryChoice, type TelemetryState } from './telemetry.ts';

import { TELEMETRY_VARIABLES, type TelemetryVariable } from '../../shared/internal/telemetry.ts';
import type { TelemetryChoice } from '../engine.ts';

/** The collector's address, put in when the host is bundled; nothing where it is not, or where the builder named none. */
declare const __TELEMETRY_URL__: string | undefined;

type Environment = Readonly<Record<string, string | undefined>>;

/** Words that say "no" in a variable that is set. */
const NO: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'off']);

/** Where telemetry goes by the build, and whether the environment forbids it. Rule: reliability-and-security.md § 7 "Telemetry". */
export function readTelemetryChoice(environment: Environment, host: TelemetryChoice['host']): TelemetryChoice {
  const collectorUrl = typeof __TELEMETRY_URL__ === 'undefined' || __TELEMETRY_URL__ === '' ? null : __TELEMETRY_URL__;
  return { collectorUrl, host, enforcedBy: enforcedBy(environment) };
}

function enforcedBy(environment: Environment): TelemetryVariable | null {
  return TELEMETRY_VARIABLES.find((name) => !NO.has((environment[name] ?? '').trim().toLowerCase())) ?? null;
}

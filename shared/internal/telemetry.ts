import { z } from 'zod';

// What telemetry may say, and what the screens and the server agree on about it. Rule: reliability-and-security.md § 7 "Telemetry".

/** How many there are, coarsely. */
export const COUNT_BUCKETS = ['0', '1-9', '10-99', '100-999', '1000-9999', '10000-99999', '100000-999999', '1000000+'] as const;
export type CountBucket = (typeof COUNT_BUCKETS)[number];

export const COUNTED_THINGS = ['billable_metrics', 'plans', 'customers', 'subscriptions', 'events', 'invoices'] as const;
export type CountedThing = (typeof COUNTED_THINGS)[number];

export const USED_FEATURES = [
  'add_ons',
  'coupons',
  'credit_notes',
  'minimum_commitments',
  'payment_provider',
  'plan_overrides',
  'sample_company',
  'taxes',
  'wallets',
  'webhooks',
] as const;
export type UsedFeature = (typeof USED_FEATURES)[number];

export const TOLD_CHARGE_MODELS = ['standard', 'graduated', 'package', 'percentage', 'volume', 'graduated_percentage', 'dynamic'] as const;
export type ToldChargeModel = (typeof TOLD_CHARGE_MODELS)[number];

function fieldsOf<Name extends string, Field extends z.ZodType>(names: readonly Name[], field: Field): z.ZodObject<Record<Name, Field>> {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, field])) as Record<Name, Field>);
}

/** Closed: numbers, truths and words of this program. No field can hold a text that somebody typed. */
export const telemetryMessage = z.strictObject({
  event: z.enum(['daily_summary']),
  installation_id: z.string().regex(/^[0-9a-f]{32}$/),
  app_version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  architecture: z.enum(['x64', 'arm64', 'other']),
  node_major: z.int().min(0).max(999),
  host: z.enum(['headless', 'desktop']),
  counts: fieldsOf(COUNTED_THINGS, z.enum(COUNT_BUCKETS)),
  features: fieldsOf(USED_FEATURES, z.boolean()),
  charge_models: fieldsOf(TOLD_CHARGE_MODELS, z.boolean()),
});
export type TelemetryMessage = z.infer<typeof telemetryMessage>;

/** Where the switch is held at "off" by the environment. */
export const TELEMETRY_VARIABLES = ['METERBOOK_DISABLE_ANALYTICS', 'DO_NOT_TRACK', 'CI'] as const;
export type TelemetryVariable = (typeof TELEMETRY_VARIABLES)[number];

/** `sending` is one on its way, `given_up` one that was switched off or whose program ended meanwhile. */
export const TELEMETRY_RESULTS = ['sending', 'received', 'refused', 'timeout', 'unreachable', 'given_up'] as const;
export type TelemetryResult = (typeof TELEMETRY_RESULTS)[number];

export interface TelemetryAnswer {
  /** The switch; what holds it at "off" is `enforced_by`. */
  readonly is_on: boolean;
  readonly enforced_by: TelemetryVariable | null;
  readonly is_sandbox: boolean;
  /** Where messages go; null in a build that has no collector. */
  readonly collector_url: string | null;
  /** When the switch was first shown: nothing is sent before. */
  readonly announced_at: string | null;
  /** When the next message goes at the earliest; null when none does. */
  readonly next_at: string | null;
  readonly installation_id: string;
  /** What a message would say now. */
  readonly example: TelemetryMessage;
  /** JSON Schema of everything that a message can say. */
  readonly schema: unknown;
}

export interface TelemetryLogEntry {
  readonly id: string;
  readonly sent_at: string;
  readonly result: TelemetryResult;
  readonly http_status: number | null;
  /** The exact text that was sent. */
  readonly body: string;
}

/** Newest first. */
export interface TelemetryLogAnswer {
  readonly messages: readonly TelemetryLogEntry[];
}

export const telemetryBody = z.strictObject({ is_on: z.boolean() });

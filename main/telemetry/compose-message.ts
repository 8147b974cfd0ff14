import {
  COUNTED_THINGS,
  telemetryMessage,
  TOLD_CHARGE_MODELS,
  USED_FEATURES,
  type CountBucket,
  type TelemetryMessage,
} from '../../shared/internal/telemetry.ts';
import { VERSION } from '../../shared/version.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { countThings, isFeatureUsed, usedChargeModels } from '../database/telemetry-queries.ts';

/** A bucket, and the first count that is too large for it. */
const BUCKET_ENDS: readonly (readonly [CountBucket, number])[] = [
  ['0', 1],
  ['1-9', 10],
  ['10-99', 100],
  ['100-999', 1_000],
  ['1000-9999', 10_000],
  ['10000-99999', 100_000],
  ['100000-999999', 1_000_000],
];

export function bucketOf(count: number): CountBucket {
  return BUCKET_ENDS.find(([, end]) => count < end)?.[0] ?? '1000000+';
}

export interface MessageAuthor {
  readonly installationId: string;
  readonly host: TelemetryMessage['host'];
}

/** What is said of these books. Everything in it is a number, a truth or a word of this program: the schema refuses the rest. */
export function composeMessage(db: ReadDatabase, { installationId, host }: MessageAuthor): TelemetryMessage {
  const models = usedChargeModels(db);
  return telemetryMessage.parse({
    event: 'daily_summary',
    installation_id: installationId,
    app_version: VERSION,
    platform: knownOf(['linux', 'darwin', 'win32'], process.platform),
    architecture: knownOf(['x64', 'arm64'], process.arch),
    node_major: Number(process.versions.node.split('.')[0]),
    host,
    counts: byName(COUNTED_THINGS, (thing) => bucketOf(countThings(db, thing))),
    features: byName(USED_FEATURES, (feature) => isFeatureUsed(db, feature)),
    charge_models: byName(TOLD_CHARGE_MODELS, (model) => models.has(model)),
  });
}

function knownOf(known: readonly string[], word: string): string {
  return known.includes(word) ? word : 'other';
}

function byName<Name extends string, Value>(names: readonly Name[], valueOf: (name: Name) => Value): Record<Name, Value> {
  return Object.fromEntries(names.map((name) => [name, valueOf(name)])) as Record<Name, Value>;
}

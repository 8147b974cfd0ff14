import type { Instant } from '../../shared/dates.ts';
import type { ReadDatabase } from './read-database.ts';

const ACTIVE_KEY = `SELECT "id", "name" FROM "api_keys"
  WHERE "key_hash" = ? AND "revoked_at" IS NULL AND ("expires_at" IS NULL OR "expires_at" > ?)`;

export interface ActiveKey {
  readonly id: string;
  readonly name: string | null;
}

/** The key with this hash, where it may be used now. Asked on every call of the API. */
export function findActiveKey(read: ReadDatabase, keyHash: string, now: Instant): ActiveKey | null {
  return read.select<ActiveKey>(ACTIVE_KEY).get(keyHash, now.epochMilliseconds) ?? null;
}

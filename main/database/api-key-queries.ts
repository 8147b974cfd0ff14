import type { Instant } from '../../shared/dates.ts';
import type { ReadDatabase } from './read-database.ts';

const ACTIVE_KEY = `SELECT "id" FROM "api_keys"
  WHERE "key_hash" = ? AND "revoked_at" IS NULL AND ("expires_at" IS NULL OR "expires_at" > ?)`;

/** Whether a key with this hash may be used now. Asked on every call of the API. */
export function isActiveKeyHash(read: ReadDatabase, keyHash: string, now: Instant): boolean {
  return read.select(ACTIVE_KEY).get(keyHash, now.epochMilliseconds) !== undefined;
}

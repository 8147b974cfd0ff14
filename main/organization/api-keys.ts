import { hash } from 'node:crypto';
import { IsNull } from 'typeorm';
import type { Instant } from '../../shared/dates.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import { findActiveKey, type ActiveKey } from '../database/api-key-queries.ts';
import { insertRow, updateRows } from '../database/rows.ts';
import { apiKeys, type ApiKey } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { ServiceContext } from '../service-context.ts';

const KEY_BYTES = 32;
/** Lets a scanner for leaked secrets know one when it sees it. */
export const KEY_PREFIX = 'mbk_';
const LAST_SHOWN = 4;

/** A key that may be used. */
export type KnownKey = ActiveKey | typeof KEY_OF_THIS_RUN;

const KEY_OF_THIS_RUN = { id: null, name: 'key of this run' } as const;

/** A new key, in the only moment in which it can be shown. */
export interface CreatedApiKey {
  readonly key: string;
  readonly apiKey: Omit<ApiKey, 'sequence'>;
}

/** Makes a key that is stored as its hash: what is shown now can never be shown again. */
export async function createApiKey(
  context: ServiceContext,
  input: { readonly name: string | null; readonly expiresAt?: Instant },
): Promise<CreatedApiKey> {
  return context.database.unitOfWork.write('create api key', (tx) => insertKey(tx, context, input));
}

async function insertKey(
  tx: Transaction,
  context: ServiceContext,
  input: { readonly name: string | null; readonly expiresAt?: Instant },
): Promise<CreatedApiKey> {
  const key = newKey(context.random);
  const apiKey: Omit<ApiKey, 'sequence'> = {
    id: context.random.uuid(),
    organizationId: context.organizationId,
    name: input.name,
    keyHash: hashOf(key),
    last4: key.slice(-LAST_SHOWN),
    createdAt: context.clock.now(),
    expiresAt: input.expiresAt ?? null,
    revokedAt: null,
    lastUsedAt: null,
  };
  await insertRow(tx, apiKeys, apiKey);
  return { key, apiKey };
}

/** Keys that were not revoked, the newest first. */
export async function listApiKeys(context: ServiceContext): Promise<readonly ApiKey[]> {
  const where = { organizationId: context.organizationId, revokedAt: IsNull() };
  return context.database.read.manager.find(apiKeys, { where, order: { sequence: 'DESC' } });
}

export async function revokeApiKey(context: ServiceContext, id: string): Promise<Result<null>> {
  return context.database.unitOfWork.write('revoke api key', async (tx): Promise<Result<null>> => {
    const where = { id, organizationId: context.organizationId, revokedAt: IsNull() };
    if (!(await tx.manager.existsBy(apiKeys, where))) return notFound('api_key');
    await updateRows(tx, apiKeys, { where, set: { revokedAt: context.clock.now() } });
    return ok(null);
  });
}

/** For books that were copied: the keys of the original open the original alone. */
export async function revokeAllApiKeys(context: ServiceContext, tx: Transaction): Promise<void> {
  const where = { organizationId: context.organizationId, revokedAt: IsNull() };
  await updateRows(tx, apiKeys, { where, set: { revokedAt: context.clock.now() } });
}

export async function renameApiKey(context: ServiceContext, id: string, name: string | null): Promise<Result<ApiKey>> {
  return context.database.unitOfWork.write('rename api key', async (tx): Promise<Result<ApiKey>> => {
    const where = { id, organizationId: context.organizationId, revokedAt: IsNull() };
    const key = await tx.manager.findOneBy(apiKeys, where);
    if (key === null) return notFound('api_key');
    await updateRows(tx, apiKeys, { where, set: { name } });
    return ok({ ...key, name });
  });
}

/** A key that was not revoked. */
export async function findApiKey(context: ServiceContext, id: string): Promise<Result<ApiKey>> {
  const where = { id, organizationId: context.organizationId, revokedAt: IsNull() };
  const key = await context.database.read.manager.findOneBy(apiKeys, where);
  return key === null ? notFound('api_key') : ok(key);
}

/** Makes a successor of a key, which itself stays good until the chosen moment. */
export async function rotateApiKey(context: ServiceContext, id: string, oldKeyUntil: Instant): Promise<Result<CreatedApiKey>> {
  return context.database.unitOfWork.write('rotate api key', async (tx): Promise<Result<CreatedApiKey>> => {
    const where = { id, organizationId: context.organizationId, revokedAt: IsNull() };
    const old = await tx.manager.findOneBy(apiKeys, where);
    if (old === null) return notFound('api_key');
    await updateRows(tx, apiKeys, { where, set: { expiresAt: oldKeyUntil } });
    return ok(await insertKey(tx, context, { name: old.name }));
  });
}

/** Which keys open the API: the stored ones, and those of this run, which are kept in memory only and die with it. */
export class ApiKeyRing {
  readonly #context: ServiceContext;
  readonly #systemClock: Clock;
  readonly #hashesOfThisRun = new Set<string>();

  /** Keys expire by the computer's clock, also in a sandbox whose own clock stands still. */
  constructor(context: ServiceContext, systemClock: Clock) {
    this.#context = context;
    this.#systemClock = systemClock;
  }

  /** A key that ends with the process. */
  mintForThisRun(): string {
    const key = newKey(this.#context.random);
    this.#hashesOfThisRun.add(hashOf(key));
    return key;
  }

  /** Whose key it is; null for one that opens nothing. */
  find(key: string): KnownKey | null {
    const keyHash = hashOf(key);
    if (this.#hashesOfThisRun.has(keyHash)) return KEY_OF_THIS_RUN;
    return findActiveKey(this.#context.database.read, keyHash, this.#systemClock.now());
  }
}

function newKey(random: Random): string {
  return `${KEY_PREFIX}${Buffer.from(random.bytes(KEY_BYTES)).toString('base64url')}`;
}

function hashOf(key: string): string {
  return hash('sha256', key, 'hex');
}

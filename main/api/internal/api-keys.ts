import { z } from 'zod';
import { formatInstant, isBefore, type Instant } from '../../../shared/dates.ts';
import {
  apiKeyInput,
  rotationInput,
  type ApiKeyAnswer,
  type ApiKeyStatus,
  type NewApiKeyAnswer,
} from '../../../shared/internal/developers.ts';
import { ok, type Result } from '../../../shared/result.ts';
import {
  createApiKey,
  findApiKey,
  KEY_PREFIX,
  listApiKeys,
  renameApiKey,
  revokeApiKey,
  rotateApiKey,
  type ApiKey,
  type CreatedApiKey,
} from '../../organization/index.ts';
import { route, type Route } from '../route.ts';
import type { ApiServices } from '../services.ts';

const shared = { access: 'session', tag: 'internal', answer: z.unknown() } as const;

/** Keys of the API. Rule: ui.md § 4.11 "API keys", reliability-and-security.md § 5 "Keys". */
export const apiKeyRoutes: readonly Route[] = [
  route({
    ...shared,
    method: 'get',
    path: '/api_keys',
    summary: 'The keys that were not revoked, newest first',
    respond: async ({ services, context }) => {
      const now = services.host.now();
      return ok({ api_keys: (await listApiKeys(context)).map((key) => serializeApiKey(key, now)), meta: {} });
    },
  }),
  route({
    ...shared,
    method: 'post',
    path: '/api_keys',
    summary: 'Make a key; this answer is the only one that shows it',
    wrapper: 'api_key',
    optionalBody: true,
    body: apiKeyInput,
    respond: async ({ services, context, body }) => newKeyResult(services, ok(await createApiKey(context, { name: nameOf(body.name) }))),
  }),
  route({
    ...shared,
    method: 'get',
    path: '/api_keys/:id',
    summary: 'One key',
    respond: async ({ services, context, pathValues }) => keyResult(services, await findApiKey(context, pathValues['id'] ?? '')),
  }),
  route({
    ...shared,
    method: 'put',
    path: '/api_keys/:id',
    summary: 'Rename a key',
    wrapper: 'api_key',
    body: apiKeyInput,
    respond: async ({ services, context, pathValues, body }) =>
      keyResult(services, await renameApiKey(context, pathValues['id'] ?? '', nameOf(body.name))),
  }),
  route({
    ...shared,
    method: 'post',
    path: '/api_keys/:id/rotate',
    summary: 'Make a successor of a key, which itself stays good for the chosen time',
    wrapper: 'rotation',
    body: rotationInput,
    respond: async ({ services, context, pathValues, body }) => {
      const oldKeyUntil = services.host.now().add({ seconds: body.overlap_seconds });
      return newKeyResult(services, await rotateApiKey(context, pathValues['id'] ?? '', oldKeyUntil));
    },
  }),
  route({
    ...shared,
    method: 'delete',
    path: '/api_keys/:id',
    summary: 'Revoke a key, at once',
    respond: async ({ services, context, pathValues }) => {
      const id = pathValues['id'] ?? '';
      const key = await findApiKey(context, id);
      const revoked = key.ok ? await revokeApiKey(context, id) : key;
      return revoked.ok ? keyResult(services, key) : revoked;
    },
  }),
];

function nameOf(name: string | null | undefined): string | null {
  const text = name?.trim() ?? '';
  return text === '' ? null : text;
}

function keyResult(services: ApiServices, result: Result<ApiKey>): Result<unknown> {
  return result.ok ? ok({ api_key: serializeApiKey(result.value, services.host.now()) }) : result;
}

function newKeyResult(services: ApiServices, result: Result<CreatedApiKey>): Result<NewApiKeyAnswer> {
  if (!result.ok) return result;
  const { apiKey, key } = result.value;
  return ok({ api_key: serializeApiKey(apiKey, services.host.now()), key });
}

function serializeApiKey(key: Omit<ApiKey, 'sequence'>, now: Instant): ApiKeyAnswer {
  return {
    lago_id: key.id,
    name: key.name,
    prefix: KEY_PREFIX,
    last4: key.last4,
    status: statusOf(key.expiresAt, now),
    created_at: formatInstant(key.createdAt),
    last_used_at: key.lastUsedAt === null ? null : formatInstant(key.lastUsedAt),
    expires_at: key.expiresAt === null ? null : formatInstant(key.expiresAt),
  };
}

/** Keys expire by the computer's clock. */
function statusOf(expiresAt: Instant | null, now: Instant): ApiKeyStatus {
  if (expiresAt === null) return 'active';
  return isBefore(now, expiresAt) ? 'expiring' : 'expired';
}

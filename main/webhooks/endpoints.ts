import { present } from '../../shared/assert.ts';
import type { Page } from '../../shared/page.ts';
import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { BASE_FIELD, VALUE_ALREADY_EXIST, VALUE_IS_MANDATORY } from '../../shared/wire/error-codes.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, insertRow, updateRows } from '../database/rows.ts';
import { webhookEndpoints, type WebhookEndpoint } from '../database/tables/organizations.ts';
import { webhookDeliveries, webhookKeys } from '../database/tables/webhooks.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { isKnownEventType } from './messages.ts';

export const MAX_ENDPOINTS = 10;

/** What a caller says about an endpoint: an absent key leaves the attribute as it is. */
export interface EndpointInput {
  readonly webhookUrl?: string | null;
  readonly signatureAlgo?: WebhookEndpoint['signatureAlgo'] | null;
  readonly name?: string | null;
  readonly eventTypes?: readonly string[] | null;
}

export interface EndpointChange {
  readonly input: EndpointInput;
  /** Fields that could not even be read. */
  readonly refused?: FieldErrors;
}

export async function findEndpoint(db: ReadDatabase, organizationId: string, id: string): Promise<Result<WebhookEndpoint>> {
  const endpoint = await db.manager.findOneBy(webhookEndpoints, { organizationId, id });
  return endpoint === null ? notFound('webhook_endpoint') : ok(endpoint);
}

/** Newest first. */
export async function listEndpoints(
  db: ReadDatabase,
  organizationId: string,
  page: Page,
): Promise<{ readonly rows: readonly WebhookEndpoint[]; readonly totalCount: number }> {
  const [rows, totalCount] = await db.manager.findAndCount(webhookEndpoints, {
    where: { organizationId },
    order: { createdAt: 'DESC', sequence: 'DESC' },
    skip: page.offset,
    take: page.limit,
  });
  return { rows, totalCount };
}

/** Makes an endpoint; it hears of everything that happens from then on. Rule: api.md § 15. */
export function createEndpoint(context: ServiceContext, { input, refused = {} }: EndpointChange): Promise<Result<WebhookEndpoint>> {
  return context.database.unitOfWork.write('create webhook endpoint', async (tx) => {
    const errors = { ...(await endpointErrors(context, tx, { input, existing: null })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    return ok(await insertEndpoint(context, tx, { ...input, webhookUrl: present(input.webhookUrl, 'the URL was checked') }));
  });
}

/** Changes an endpoint; what waits for it goes to its new URL. */
export function updateEndpoint(context: ServiceContext, id: string, change: EndpointChange): Promise<Result<WebhookEndpoint>> {
  const { input, refused = {} } = change;
  return context.database.unitOfWork.write('update webhook endpoint', async (tx) => {
    const found = await findEndpoint(tx, context.organizationId, id);
    if (!found.ok) return found;
    const existing = found.value;
    const errors = { ...(await endpointErrors(context, tx, { input, existing })), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const set = {
      name: input.name === undefined ? existing.name : input.name,
      eventTypes: input.eventTypes === undefined ? existing.eventTypes : input.eventTypes,
      signatureAlgo: input.signatureAlgo ?? existing.signatureAlgo,
      ...urlColumns(input.webhookUrl ?? existing.webhookUrl, existing),
    };
    await updateRows(tx, webhookEndpoints, { where: { id }, set });
    return ok({ ...existing, ...set });
  });
}

/** Deletes an endpoint with its messages, also those that it still waits for. */
export function deleteEndpoint(context: ServiceContext, id: string): Promise<Result<WebhookEndpoint>> {
  return context.database.unitOfWork.write('delete webhook endpoint', async (tx) => {
    const found = await findEndpoint(tx, context.organizationId, id);
    if (found.ok) await removeEndpoint(tx, id);
    return found;
  });
}

/** The one URL of 2022: makes, moves or deletes the endpoint that was made first. Rule: api.md § 2 `webhook_url`. */
export async function setFirstWebhookUrl(context: ServiceContext, tx: Transaction, webhookUrl: string | null): Promise<void> {
  const { organizationId } = context;
  const first = await tx.manager.findOne(webhookEndpoints, { where: { organizationId }, order: { sequence: 'ASC' } });
  if (first === null) {
    if (webhookUrl !== null) await insertEndpoint(context, tx, { webhookUrl });
  } else if (webhookUrl === null) await removeEndpoint(tx, first.id);
  else await updateRows(tx, webhookEndpoints, { where: { id: first.id }, set: urlColumns(webhookUrl, first) });
}

/**
 * For a sandbox that is a copy of live books: what the original has still to send is the original's, and what happens here from now on is kept
 * here. Giving an endpoint a URL anew makes it speak again. Rule: payments-and-webhooks.md § 10 "Delivery".
 */
export async function muteCopiedEndpoints(context: ServiceContext, tx: Transaction): Promise<void> {
  await updateRows(tx, webhookEndpoints, { where: { organizationId: context.organizationId }, set: { isMuted: true } });
  for (const status of ['pending', 'retrying'] as const) await deleteRows(tx, webhookDeliveries, { status });
  // What a sandbox signs must not pass for the original's.
  await deleteRows(tx, webhookKeys, { organizationId: context.organizationId });
}

/** An endpoint that is given another URL was set up here, whatever it was copied from. */
function urlColumns(webhookUrl: string, existing: WebhookEndpoint): Pick<WebhookEndpoint, 'webhookUrl' | 'isMuted'> {
  return { webhookUrl, isMuted: existing.isMuted && webhookUrl === existing.webhookUrl };
}

async function insertEndpoint(
  context: ServiceContext,
  tx: Transaction,
  input: EndpointInput & { readonly webhookUrl: string },
): Promise<WebhookEndpoint> {
  const id = context.random.uuid();
  await insertRow(tx, webhookEndpoints, {
    id,
    organizationId: context.organizationId,
    webhookUrl: input.webhookUrl,
    signatureAlgo: input.signatureAlgo ?? 'jwt',
    name: input.name ?? null,
    eventTypes: input.eventTypes ?? null,
    isMuted: false,
    createdAt: context.clock.now(),
  });
  return present(await tx.manager.findOneBy(webhookEndpoints, { id }), 'an endpoint just made is there');
}

async function removeEndpoint(tx: Transaction, id: string): Promise<void> {
  await deleteRows(tx, webhookDeliveries, { endpointId: id });
  await deleteRows(tx, webhookEndpoints, { id });
}

async function endpointErrors(
  context: ServiceContext,
  tx: Transaction,
  asked: { readonly input: EndpointInput; readonly existing: WebhookEndpoint | null },
): Promise<FieldErrors> {
  const { input, existing } = asked;
  const { organizationId } = context;
  const errors: Record<string, readonly string[]> = {};
  const url = input.webhookUrl;
  if (url === null || (url === undefined && existing === null)) errors['webhook_url'] = [VALUE_IS_MANDATORY];
  const isNew = typeof url === 'string' && url !== existing?.webhookUrl;
  if (isNew && (await tx.manager.existsBy(webhookEndpoints, { organizationId, webhookUrl: url })))
    errors['webhook_url'] = [VALUE_ALREADY_EXIST];
  if (input.eventTypes?.every(isKnownEventType) === false) errors['event_types'] = ['invalid_types'];
  const isFull = existing === null && (await tx.manager.countBy(webhookEndpoints, { organizationId })) >= MAX_ENDPOINTS;
  if (isFull) errors[BASE_FIELD] = ['exceeded_limit'];
  return errors;
}

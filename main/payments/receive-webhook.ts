import { badRequest, ok, type Result } from '../../shared/result.ts';
import { failpoint } from '../failpoint.ts';
import { enqueueJob } from '../invoicing/index.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { storeEvent } from './provider-events.ts';
import { findProviderRow } from './stripe/stripe-accounts.ts';
import { isSignedBy } from './stripe/stripe-signature.ts';
import { isEventType, readWireEvent } from './stripe/wire-event.ts';

/** A webhook as it came in. */
export interface ReceivedWebhook {
  readonly organizationId: string;
  readonly code: string | undefined;
  readonly bytes: Uint8Array;
  readonly signature: string | null;
}

/** Whoever sent it learns nothing from the answer but that it was not taken. */
const NOT_TAKEN = badRequest('the webhook is not signed by a provider of this organization');

/**
 * Takes an event in: its signature is checked over the bytes as they came, it is kept once, and what it causes is done afterwards. Anything wrong
 * is 400 and leaves nothing behind. Rule: payments-and-webhooks.md § 5.
 */
export async function receiveWebhook(desk: PaymentDesk, received: ReceivedWebhook): Promise<Result<null>> {
  const { context } = desk;
  if (received.organizationId !== context.organizationId || received.code === undefined) return NOT_TAKEN;
  const provider = await findProviderRow(context.database.read, context.organizationId, received.code);
  const secret = provider === null ? null : await desk.accounts.webhookSecret(provider);
  const { bytes, signature } = received;
  if (provider === null || secret === null || !isSignedBy(secret, { bytes, signature, receivedAt: realNow(desk) })) return NOT_TAKEN;
  const event = readWireEvent(parsed(bytes));
  if (event === null) return badRequest('the webhook is no event');
  if (!isEventType(event.type)) return ok(null);
  await context.database.unitOfWork.write('take a provider event in', async (tx) => {
    const isNew = await storeEvent(desk, tx, { provider, event });
    if (isNew) await enqueueJob(context, tx, { kind: 'provider_event', subjectId: event.id });
  });
  failpoint('after-event-stored');
  return ok(null);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

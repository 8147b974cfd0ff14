import type { ReadDatabase } from '../database/read-database.ts';
import { updateRows } from '../database/rows.ts';
import { paymentProviders } from '../database/tables/payments.ts';
import { ProviderUnavailable, type PaymentDesk } from './desk.ts';
import { storeEvent, takeStoredEvent } from './provider-events.ts';
import type { Asked, StripeAccount } from './stripe/stripe-accounts.ts';
import { EVENT_TYPES, readWireEvent, type WireEvent } from './stripe/wire-event.ts';

/** Events may become visible a little out of order: the list begins this much before the newest that was applied. */
const OVERLAP_SECONDS = 600;
const PAGE = 100;

export interface Pass {
  readonly checked: number;
  readonly changed: number;
}

/**
 * Reads the events that no webhook brought and applies them, oldest first, the way webhooks are. The cursor moves only when all of them are applied.
 * Rule: payments-and-webhooks.md § 6, step 3.
 */
export async function pollEvents(desk: PaymentDesk, account: StripeAccount): Promise<Pass> {
  const { provider } = account;
  const since = (provider.eventCursor ?? 0) - OVERLAP_SECONDS;
  const listed = await listEvents(desk, account, since);
  if (!listed.ok) throw new ProviderUnavailable('events are not read');
  const { ours, newest } = listed.value;
  let checked = 0;
  let changed = 0;
  for (const event of ours.toReversed()) {
    const isNew = await desk.context.database.unitOfWork.write('keep a provider event', (tx) => storeEvent(desk, tx, { provider, event }));
    const isChange = await takeStoredEvent(desk, event.id);
    checked += isNew ? 1 : 0;
    changed += isChange ? 1 : 0;
  }
  if (newest > (provider.eventCursor ?? 0)) {
    await desk.context.database.unitOfWork.write('move the event cursor', (tx) =>
      updateRows(tx, paymentProviders, { where: { id: provider.id }, set: { eventCursor: newest } }),
    );
  }
  return { checked, changed };
}

interface ListedEvents {
  /** Newest first. */
  readonly ours: readonly WireEvent[];
  /** Creation time of the newest of all, in Unix seconds; 0 when there is none. */
  readonly newest: number;
}

function listEvents(desk: PaymentDesk, account: StripeAccount, since: number): Promise<Asked<ListedEvents>> {
  const { read } = desk.context.database;
  return account.ask(async (client) => {
    const ours: WireEvent[] = [];
    let newest = 0;
    // To the end, however many there are: Stripe keeps thirty days, and of a shared account only our own are kept.
    for await (const listed of client.events.list({ types: [...EVENT_TYPES], created: { gte: since }, limit: PAGE })) {
      newest = Math.max(newest, listed.created);
      const event = readWireEvent(listed);
      if (event !== null && concernsUs(read, event)) ours.push(event);
    }
    return { ours, newest };
  });
}

const KNOWN_INTENT = `SELECT 1 AS "known" FROM "payments" WHERE "provider_payment_id" = ?`;
const KNOWN_CUSTOMER = `SELECT 1 AS "known" FROM "customers" WHERE "provider_customer_id" = ?`;
const KNOWN_METHOD = `SELECT 1 AS "known" FROM "customers" WHERE "provider_payment_method_id" = ? LIMIT 1`;
const KNOWN_REFUND = `SELECT 1 AS "known" FROM "refunds" WHERE "provider_refund_id" = ?`;

/** Whether an event is about something of ours: of a shared account only that is kept. */
function concernsUs(db: ReadDatabase, event: WireEvent): boolean {
  const object = event.data.object as Readonly<Record<string, unknown>>;
  const isKnown = (sql: string, id: unknown): boolean => typeof id === 'string' && db.select<{ known: number }>(sql).get(id) !== undefined;
  const metadata = (object['metadata'] ?? {}) as Readonly<Record<string, unknown>>;
  const [kind] = event.type.split('.');
  switch (kind) {
    case 'payment_intent':
      return metadata['lago_invoice_id'] !== undefined || isKnown(KNOWN_INTENT, object['id']);
    case 'setup_intent':
      return isKnown(KNOWN_CUSTOMER, object['customer']);
    case 'customer':
      return isKnown(KNOWN_CUSTOMER, object['id']);
    case 'payment_method':
      return isKnown(KNOWN_METHOD, object['id']);
    case 'charge':
      if (object['object'] === 'dispute') return isKnown(KNOWN_INTENT, object['payment_intent']);
      return metadata['lago_credit_note_id'] !== undefined || isKnown(KNOWN_REFUND, object['id']);
    default:
      return metadata['lago_credit_note_id'] !== undefined || isKnown(KNOWN_REFUND, object['id']);
  }
}

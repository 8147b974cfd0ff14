import { insertRow } from '../database/rows.ts';
import { providerEvents, type PaymentProvider } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { applyEvent } from './apply-event.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import type { WireEvent } from './stripe/wire-event.ts';

/** Keeps an event once, whichever way it came; false when it is there already. */
export async function storeEvent(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly provider: PaymentProvider; readonly event: WireEvent },
): Promise<boolean> {
  const { provider, event } = of;
  if (await tx.manager.existsBy(providerEvents, { id: event.id })) return false;
  await insertRow(tx, providerEvents, {
    id: event.id,
    providerId: provider.id,
    eventType: event.type,
    payload: event,
    receivedAt: realNow(desk),
    processedAt: null,
  });
  return true;
}

/** Does once what an event asks for. Answers whether anything changed. */
export async function takeStoredEvent(desk: PaymentDesk, id: string): Promise<boolean> {
  return desk.locks.run(`event:${id}`, async () => {
    const row = await desk.context.database.read.manager.findOneBy(providerEvents, { id });
    if (row === null || row.processedAt !== null) return false;
    return applyEvent(desk, { row, event: row.payload as WireEvent });
  });
}

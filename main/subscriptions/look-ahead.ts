import { invoicesMadeSince, placeOfBooks } from '../database/made-rows.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { atInstant } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { runWork } from './billing-run.ts';
import { keepOnly, nextWork } from './preview-steps.ts';

/** Beyond so many steps nobody waits for the next invoice, and events wait for the door. */
const MAX_STEPS = 40;

/** Which invoices are waited for. */
export interface Ahead {
  /** Only these subscriptions go on; null for all of the customer. */
  readonly externalIds: readonly string[] | null;
  readonly count: number;
  /** Only the invoice at which a change of plan that waits takes over. */
  readonly isSwitchWanted?: boolean;
}

/**
 * Does what will fall due of a customer, each step at its own instant, until so many invoices have come. Answers their ids: new ones, and drafts
 * that become final. Usage is what is known now.
 */
export async function lookAhead(
  context: ServiceContext,
  tx: Transaction,
  wish: { readonly customerId: string; readonly ahead: Ahead },
): Promise<readonly string[]> {
  const { customerId, ahead } = wish;
  if (ahead.externalIds !== null) await keepOnly(context, tx, { customerId, externalIds: ahead.externalIds });
  const found: string[] = [];
  for (let step = 0; step < MAX_STEPS && found.length < ahead.count; step += 1) {
    const work = nextWork(tx, { customerId });
    if (work === null) break;
    const place = placeOfBooks(tx);
    await runWork(atInstant(context, work.at), tx, work);
    const made = invoicesMadeSince(tx, customerId, place);
    if (ahead.isSwitchWanted !== true || work.kind === 'switch') found.push(...made);
    // A draft that was there before is told of when it becomes final; one that was made on the way has been told of already.
    if (work.kind === 'grace' && ahead.externalIds === null && !found.includes(work.id)) found.push(work.id);
  }
  return found.slice(0, ahead.count);
}

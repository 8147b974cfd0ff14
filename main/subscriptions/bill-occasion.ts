import { dateIn, type Instant } from '../../shared/dates.ts';
import { startingItem, terminatingItem, type Ending } from '../billing/occasions.ts';
import { isInTrial, trialEndDate } from '../billing/periods/index.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import {
  claimOf,
  createTerminationNote,
  generateInvoice,
  regroupPaidFees,
  storeClaims,
  type Claim,
  type ItemToBill,
  type NoteMode,
} from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { latestKnownDate, withoutBilledFee } from './billed-dates.ts';
import { termsOf, type Line } from './subscription-row.ts';

/** Whether a row that starts now is billed now: paid in advance and not in its trial. Rule: subscriptions.md § 5. */
export function isBilledAtStart(line: Line, at: Instant): boolean {
  return line.plan.payInAdvance && !isInTrial(termsOf(line), at);
}

/** The fee of a row that starts, from the day it starts. */
export function startingItemOf(line: Line, at: Instant): ItemToBill {
  const subscription = termsOf(line);
  return { subscription, plan: line.plan, item: startingItem(subscription, line.plan, dateIn(at, line.timeZone)) };
}

/** Bills the start of a row on an invoice of its own. */
export async function billStart(context: ServiceContext, tx: Transaction, line: Line): Promise<void> {
  const at = line.row.startedAt ?? context.clock.now();
  await generateInvoice(context, tx, {
    customer: line.customer,
    items: [startingItemOf(line, at)],
    claims: [claimOf(line.row.id, 'starting')],
    isPeriodic: false,
  });
}

/** Bills the days from the end of a trial on, on an invoice of its own. */
export async function billTrialEnd(context: ServiceContext, tx: Transaction, line: Line): Promise<void> {
  const subscription = termsOf(line);
  const date = trialEndDate(subscription) ?? dateIn(context.clock.now(), line.timeZone);
  await generateInvoice(context, tx, {
    customer: line.customer,
    items: [{ subscription, plan: line.plan, item: startingItem(subscription, line.plan, date) }],
    claims: [claimOf(line.row.id, 'trial')],
    isPeriodic: false,
  });
}

/** The end of a row: what it still bills, and the row that takes over on the same invoice, if that is billed at once. */
export interface EndToBill {
  /** Its row carries the end already. */
  readonly line: Line;
  readonly ending: Ending;
  readonly next: { readonly line: Line; readonly at: Instant } | null;
  readonly noteMode: NoteMode | 'skip';
  readonly makesInvoice: boolean;
}

/**
 * Bills the end of a row: first the credit note for unused days paid in advance, then one invoice that consumes it. Without an invoice the
 * occasion is claimed all the same, so that its usage is never billed. In-advance fees that were paid are regrouped. Rule: subscriptions.md §§ 5, 7, 8.
 */
export async function billEnd(context: ServiceContext, tx: Transaction, end: EndToBill): Promise<void> {
  const { line, ending } = end;
  const subscription = termsOf(line, ending.kind !== 'termination');
  if (end.noteMode !== 'skip') {
    await createTerminationNote(context, tx, {
      subscription,
      plan: line.plan,
      endDate: await latestKnownDate(tx, line, ending.at),
      isEndDateUsed: ending.kind === 'termination',
      mode: end.noteMode,
    });
  }
  const item = await withoutBilledFee(tx, line, terminatingItem(subscription, line.plan, ending));
  const ended: ItemToBill = { subscription, plan: line.plan, item };
  const claims: Claim[] = [claimOf(line.row.id, 'terminating')];
  if (end.makesInvoice) {
    const items = [ended];
    if (end.next !== null && isBilledAtStart(end.next.line, end.next.at)) {
      items.push(startingItemOf(end.next.line, end.next.at));
      claims.push(claimOf(end.next.line.row.id, 'starting'));
    }
    await generateInvoice(context, tx, { customer: line.customer, items, claims, isPeriodic: false });
  } else {
    await storeClaims(context, tx, { claims, invoiceId: null });
  }
  await regroupPaidFees(context, tx, { customer: line.customer, items: [ended] });
}

import { laterOf, type Instant } from '../../shared/dates.ts';
import { hasErrors, invalid, mergeFieldErrors, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import type { Ending } from '../billing/occasions.ts';
import { updateRows } from '../database/rows.ts';
import { subscriptions, type Subscription } from '../database/tables/customers.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { announceRow } from './announce-row.ts';
import { billEnd } from './bill-occasion.ts';
import { findActive, findPendingChange, readLine, readSubscription, type Line } from './subscription-row.ts';

const NOTE_MODES = ['credit', 'refund', 'offset', 'skip'] as const;
const INVOICE_MODES = ['generate', 'skip'] as const;

/** How a termination is billed; text as it came, since other values are refused here. */
export interface TerminationOptions {
  readonly onTerminationCreditNote?: string | null;
  readonly onTerminationInvoice?: string | null;
}

/**
 * Ends the active row of an external id now: credit note for unused days, last invoice, a waiting change canceled. The day of the termination
 * counts as used. Errors: 422 `invalid_value`, 404 `subscription_not_found`. Rule: subscriptions.md §§ 5, 6, 8, 12.
 */
export function terminateSubscription(
  context: ServiceContext,
  externalId: string,
  options: TerminationOptions = {},
): Promise<Result<Subscription>> {
  return context.database.unitOfWork.write('terminate subscription', async (tx) => {
    const errors = terminationErrors(options);
    if (hasErrors(errors)) return invalid(errors);
    const row = await findActive(tx, context.organizationId, externalId);
    if (row === null) return notFound('subscription');
    await applyTerminationOptions(context, tx, { row, options });
    const now = context.clock.now();
    return ok(await terminateRow(context, tx, { row: await readSubscription(tx, row.id), at: now }));
  });
}

/** Cancels what waits under an external id: a future start, or a change of plan. */
export function cancelPendingSubscription(context: ServiceContext, externalId: string): Promise<Result<Subscription>> {
  return context.database.unitOfWork.write('cancel pending subscription', async (tx) => {
    const row = await tx.manager.findOneBy(subscriptions, { organizationId: context.organizationId, externalId, status: 'pending' });
    return row === null ? notFound('subscription') : ok(await cancelRow(context, tx, row));
  });
}

/** Errors of the two options. */
export function terminationErrors(options: TerminationOptions): FieldErrors {
  return mergeFieldErrors(
    isOneOf(NOTE_MODES, options.onTerminationCreditNote) ? {} : { on_termination_credit_note: ['invalid_value'] },
    isOneOf(INVOICE_MODES, options.onTerminationInvoice) ? {} : { on_termination_invoice: ['invalid_value'] },
  );
}

function isOneOf(allowed: readonly string[], value: string | null | undefined): boolean {
  return value === undefined || value === null || allowed.includes(value);
}

/** Keeps the checked options on the row; an arrears row has no credit note to choose. */
export async function applyTerminationOptions(
  context: ServiceContext,
  tx: Transaction,
  change: { readonly row: Subscription; readonly options: TerminationOptions },
): Promise<void> {
  const { options } = change;
  const { plan } = await readLine(tx, change.row);
  await updateRows(tx, subscriptions, {
    where: { id: change.row.id },
    set: {
      ...(options.onTerminationCreditNote == null || !plan.payInAdvance
        ? {}
        : { onTerminationCreditNote: options.onTerminationCreditNote as Subscription['onTerminationCreditNote'] }),
      ...(options.onTerminationInvoice == null
        ? {}
        : { onTerminationInvoice: options.onTerminationInvoice as Subscription['onTerminationInvoice'] }),
      updatedAt: context.clock.now(),
    },
  });
}

/** Ends a row at an instant with its last invoice; `ending_at` exactly on a billing date not yet billed adds no day. */
export async function terminateRow(
  context: ServiceContext,
  tx: Transaction,
  end: { readonly row: Subscription; readonly at: Instant },
): Promise<Subscription> {
  const pending = await findPendingChange(tx, end.row.id);
  if (pending !== null) await cancelRow(context, tx, pending);
  const before = await readLine(tx, end.row);
  const at = laterOf(end.at, before.row.startedAt ?? end.at);
  const line = await endRow(context, tx, { line: before, at });
  await announceRow(context, tx, { id: line.row.id, news: 'terminated' });
  await billEnd(context, tx, {
    line,
    ending: endingAt(before, at),
    next: null,
    noteMode: line.row.onTerminationCreditNote ?? 'credit',
    makesInvoice: line.row.onTerminationInvoice === 'generate',
  });
  return readSubscription(tx, line.row.id);
}

/** Marks a row as ended; nothing is billed or told here. */
export async function endRow(context: ServiceContext, tx: Transaction, end: { readonly line: Line; readonly at: Instant }): Promise<Line> {
  const { line, at } = end;
  await updateRows(tx, subscriptions, {
    where: { id: line.row.id },
    set: { status: 'terminated', terminatedAt: at, nextBillingAt: null, updatedAt: context.clock.now() },
  });
  return { ...line, row: await readSubscription(tx, line.row.id) };
}

export async function cancelRow(context: ServiceContext, tx: Transaction, row: Subscription): Promise<Subscription> {
  const now = context.clock.now();
  await updateRows(tx, subscriptions, {
    where: { id: row.id },
    set: { status: 'canceled', canceledAt: now, nextBillingAt: null, updatedAt: now },
  });
  await announceRow(context, tx, { id: row.id, news: 'canceled' });
  return readSubscription(tx, row.id);
}

/** A planned end at the start of a billing date that was not billed yet closes the finished period. Rule: subscriptions.md § 6 "End date". */
function endingAt(before: Line, at: Instant): Ending {
  const isPlanned = before.row.endingAt !== null && before.row.endingAt.equals(at);
  const isBoundary = isPlanned && before.row.nextBillingAt !== null && before.row.nextBillingAt.equals(at);
  return isBoundary ? { kind: 'boundary', at, excludedMetricIds: [] } : { kind: 'termination', at };
}

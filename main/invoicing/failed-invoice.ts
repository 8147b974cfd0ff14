import { present } from '../../shared/assert.ts';
import { Temporal, type Instant } from '../../shared/dates.ts';
import { assertTransition } from '../billing/invoice/invoice-state.ts';
import { readCustomer, readOrganization } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRow, insertRow, updateRows } from '../database/rows.ts';
import { plans } from '../database/tables/catalog.ts';
import { invoiceErrors, invoices, invoiceSubscriptions, type Invoice, type InvoicingReason } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { insertInvoice } from './generate-invoice.ts';

/** A subscription row that was to be billed. */
export interface UnbilledRow {
  readonly id: string;
  readonly customerId: string;
  readonly planId: string;
  readonly externalId: string;
  readonly invoicingReason: InvoicingReason;
  /** Where its billed usage ends, or its start; epoch milliseconds. */
  readonly unbilledSinceMs: number | null;
}

/** A row whose invoice could not be made when it fell due. */
export interface FailedGeneration {
  readonly row: UnbilledRow;
  readonly code: string;
  readonly error: unknown;
}

/**
 * Leaves a failed invoice in place of one that could not be made, so that a person sees it and can retry; a second failure of the same occasion
 * only renews its reason. Rule: reliability-and-security.md § 2 "Parked".
 */
export async function recordFailedGeneration(context: ServiceContext, tx: Transaction, failed: FailedGeneration): Promise<void> {
  const { row } = failed;
  const known = failedInvoiceOf(tx, { customerId: row.customerId, billedAt: context.clock.now(), subscriptionIds: [row.id] });
  const invoiceId = known ?? (await insertFailed(context, tx, row));
  await writeInvoiceError(context, tx, { ...failed, invoiceId, facts: { ...row } });
}

/** Keeps why an invoice failed, in place of what was kept before. */
export async function writeInvoiceError(
  context: ServiceContext,
  tx: Transaction,
  failure: {
    readonly invoiceId: string;
    readonly code: string;
    readonly error: unknown;
    readonly facts: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { invoiceId, code, error, facts } = failure;
  await deleteRows(tx, invoiceErrors, { invoiceId });
  const message = error instanceof Error ? error.message : String(error);
  await insertRow(tx, invoiceErrors, { id: context.random.uuid(), invoiceId, code, message, facts, createdAt: context.clock.now() });
}

export interface FailedOccasion {
  readonly customerId: string;
  readonly billedAt: Instant;
  readonly subscriptionIds: readonly string[];
}

/** The failed invoice that stands for an occasion; the invoice that is made in the end takes its place, with its id. */
export function failedInvoiceOf(db: ReadDatabase, of: FailedOccasion): string | null {
  const rows = db
    .select<{ id: string; subscriptionId: string }>(
      `SELECT "invoices"."id" AS "id", "invoice_subscriptions"."subscription_id" AS "subscriptionId" FROM "invoices"
       JOIN "invoice_subscriptions" ON "invoice_subscriptions"."invoice_id" = "invoices"."id"
       WHERE "invoices"."status" = 'failed' AND "invoices"."customer_id" = ? AND "invoices"."billed_at" = ?
         AND NOT EXISTS (SELECT 1 FROM "billing_claims" WHERE "billing_claims"."invoice_id" = "invoices"."id")`,
    )
    .all(of.customerId, of.billedAt.epochMilliseconds);
  return rows.find((row) => of.subscriptionIds.includes(row.subscriptionId))?.id ?? null;
}

/** Empties a failed invoice, so that it is made anew under its id. */
export async function clearFailedInvoice(tx: Transaction, invoiceId: string): Promise<void> {
  await deleteRows(tx, invoiceErrors, { invoiceId });
  await deleteRows(tx, invoiceSubscriptions, { invoiceId });
}

/** Closes a failed invoice whose occasion is settled without it. */
export async function closeFailedInvoice(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<void> {
  assertTransition(invoice.status, 'closed');
  await clearFailedInvoice(tx, invoice.id);
  await updateRows(tx, invoices, { where: { id: invoice.id }, set: { status: 'closed', updatedAt: context.clock.now() } });
}

async function insertFailed(context: ServiceContext, tx: Transaction, row: UnbilledRow): Promise<string> {
  const { invoicingReason } = row;
  const plan = present(findRow(tx, plans, { id: row.planId }), 'a subscription has its plan');
  const invoice = await insertInvoice(context, tx, {
    customer: await readCustomer(tx, row.customerId),
    organization: await readOrganization(tx, context.organizationId),
    currency: plan.amountCurrency,
    invoiceType: 'subscription',
    isPeriodic: invoicingReason === 'subscription_periodic',
    hasGrace: true,
  });
  assertTransition(invoice.status, 'failed');
  await updateRows(tx, invoices, { where: { id: invoice.id }, set: { status: 'failed', finalizeAt: null } });
  // What would have been billed, as far as it can be told without computing it.
  const until = context.clock.now();
  const from = row.unbilledSinceMs === null ? until : Temporal.Instant.fromEpochMilliseconds(row.unbilledSinceMs);
  await insertRow(tx, invoiceSubscriptions, {
    id: context.random.uuid(),
    invoiceId: invoice.id,
    subscriptionId: row.id,
    planId: row.planId,
    invoicingReason,
    subscriptionFrom: from,
    subscriptionTo: until,
    chargesFrom: from,
    chargesTo: until,
    billingItem: {},
  });
  return invoice.id;
}

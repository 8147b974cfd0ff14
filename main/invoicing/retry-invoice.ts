import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { DatabaseUnavailable, nameDatabaseError } from '../database/errors.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRows } from '../database/rows.ts';
import { billingClaims, invoiceErrors, invoiceSubscriptions, type Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { closeFailedInvoice, writeInvoiceError } from './failed-invoice.ts';
import { finalizeDraft } from './finalize-invoice.ts';
import { retryRefusal } from './invoice-refusals.ts';
import { findInvoice, readInvoice } from './read-invoice.ts';

/**
 * Tries once more to make an invoice that failed: a draft is finalized with its own dates, a row whose billing failed is un-parked and billed for
 * what fell due, under the failed invoice's id. When it fails again, the invoice stays failed with the new reason. Errors: 404
 * `invoice_not_found`, 405 `invalid_status`. Rule: invoicing.md § 9, reliability-and-security.md § 2 "Parked".
 */
export function retryInvoice(context: ServiceContext, id: string): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('retry invoice', async (tx) => {
    const invoice = await findInvoice(tx, context.organizationId, id);
    if (invoice === null) return notFound('invoice');
    if (retryRefusal(invoice) !== null) return notAllowed('invalid_status');
    const subscriptionIds = findRows(tx, invoiceSubscriptions, { invoiceId: id }).map((row) => row.subscriptionId);
    try {
      await tx.savepoint(() => tryAgain(context, tx, { invoice, subscriptionIds }));
    } catch (error) {
      await keepFailure(context, tx, { invoiceId: id, error });
      return ok({ id });
    }
    return settled(context, tx, { invoiceId: id, subscriptionIds });
  });
}

async function tryAgain(
  context: ServiceContext,
  tx: Transaction,
  retry: { readonly invoice: Invoice; readonly subscriptionIds: readonly string[] },
): Promise<void> {
  const { invoice, subscriptionIds } = retry;
  // What was claimed had become a draft; what was not failed before there was an invoice.
  if (findRows(tx, billingClaims, { invoiceId: invoice.id }).length === 0) await context.listeners?.billingRetried?.(tx, subscriptionIds);
  else {
    await deleteRows(tx, invoiceErrors, { invoiceId: invoice.id });
    await finalizeDraft(context, tx, invoice.id);
  }
}

/** The machine's own failures are nobody's to retry; anything else is kept as the invoice's new reason. */
async function keepFailure(
  context: ServiceContext,
  tx: Transaction,
  failure: { readonly invoiceId: string; readonly error: unknown },
): Promise<void> {
  const named = nameDatabaseError(failure.error);
  if (named instanceof DatabaseUnavailable) throw named;
  const { invoiceId, error } = failure;
  context.logger.error({ id: invoiceId, error: error instanceof Error ? error.message : String(error) }, 'an invoice failed again');
  const [known] = findRows(tx, invoiceErrors, { invoiceId });
  await writeInvoiceError(context, tx, { invoiceId, code: 'generation_failed', error, facts: known?.facts ?? {} });
}

/** The invoice that came of it: under the same id, or another one where the occasion has moved meanwhile. */
async function settled(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly invoiceId: string; readonly subscriptionIds: readonly string[] },
): Promise<Result<{ readonly id: string }>> {
  const invoice = await readInvoice(tx, of.invoiceId);
  if (invoice.status !== 'failed') return ok({ id: invoice.id });
  await closeFailedInvoice(context, tx, invoice);
  return ok({ id: lastBilled(tx, of.subscriptionIds) ?? invoice.id });
}

function lastBilled(db: ReadDatabase, subscriptionIds: readonly string[]): string | null {
  const claims = subscriptionIds.flatMap((subscriptionId) => findRows(db, billingClaims, { subscriptionId }));
  const billed = claims.filter((claim) => claim.invoiceId !== null).sort((a, b) => b.sequence - a.sequence);
  return billed[0]?.invoiceId ?? null;
}

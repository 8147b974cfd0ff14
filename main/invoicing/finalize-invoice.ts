import { dateIn, startOfDay } from '../../shared/dates.ts';
import { subtractCents, ZERO_CENTS } from '../../shared/money.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import { readCustomer, readOrganization, type Customer } from '../customers/index.ts';
import { updateRows } from '../database/rows.ts';
import { invoices, type Invoice } from '../database/tables/invoices.ts';
import type { Organization } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { applyCoupons } from './apply-coupons.ts';
import { finalizeHiddenNotes } from './termination-note.ts';
import { consumeCreditNotes } from './consume-credit-notes.ts';
import { consumeWallets, NO_PREPAID_CREDITS } from './consume-wallets.ts';
import { enqueueJob } from './enqueue-job.ts';
import { nextInvoiceNumber } from './invoice-number.ts';
import { draftRefusal } from './invoice-refusals.ts';
import { assertTransition } from '../billing/invoice/invoice-state.ts';
import { findInvoice, readInvoice } from './read-invoice.ts';
import { rebillInvoice } from './rebill-invoice.ts';
import { freezeInvoice } from './snapshots.ts';
import { sumUpInvoice } from './sum-up-invoice.ts';

/**
 * Finalizes a draft before its grace period is over: it is computed once more, dated today in the customer's zone, and numbered.
 * Anything but a draft is not found. Rule: invoicing.md § 2 "Grace period".
 */
export function finalizeInvoice(context: ServiceContext, id: string): Promise<Result<Invoice>> {
  return context.database.unitOfWork.write('finalize invoice', async (tx) => {
    const invoice = await findInvoice(tx, context.organizationId, id);
    if (invoice === null || draftRefusal(invoice) !== null) return notFound('invoice');
    return ok(await finalizeDraftToday(context, tx, invoice));
  });
}

/** The same inside an open transaction: what a deleted plan and a shortened grace period do. */
export async function finalizeDraftToday(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<Invoice> {
  const issuingDate = dateIn(context.clock.now(), invoice.timezone);
  await updateRows(tx, invoices, {
    where: { id: invoice.id },
    set: { issuingDate, expectedFinalizationDate: issuingDate, paymentDueDate: issuingDate.add({ days: invoice.netPaymentTerm }) },
  });
  return finalizeDraft(context, tx, invoice.id);
}

/** The same for several drafts, oldest first. */
export async function finalizeDraftsToday(context: ServiceContext, tx: Transaction, ids: readonly string[]): Promise<void> {
  for (const id of ids) await finalizeDraftToday(context, tx, await readInvoice(tx, id));
}

/** Finalizes a draft with its own dates, as the end of its grace period does: late events are taken in first. */
export async function finalizeDraft(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<Invoice> {
  await rebillInvoice(context, tx, invoiceId);
  return finalizeInTransaction(context, tx, { invoiceId });
}

/**
 * Gives an invoice its final amounts, number and snapshot, and uses up coupons, credit notes and wallet credits, all in the caller's
 * transaction. An invoice without any amount is closed instead where its customer wants no such invoices. Rule: invoicing.md §§ 2, 3.
 */
export async function finalizeInTransaction(
  context: ServiceContext,
  tx: Transaction,
  of: { readonly invoiceId: string },
): Promise<Invoice> {
  const priced = await readInvoice(tx, of.invoiceId);
  const couponsAmountCents = takesCredits(priced) ? await applyCoupons(context, tx, priced) : ZERO_CENTS;
  const invoice = await sumUpInvoice(context, tx, { invoiceId: priced.id, couponsAmountCents });
  const customer = await readCustomer(tx, invoice.customerId);
  const organization = await readOrganization(tx, context.organizationId);
  if (invoice.feesAmountCents === 0n && !isAskedFor(invoice) && !wantsZeroInvoices(customer, organization))
    return closeInvoice(context, tx, invoice);

  const creditNotesAmountCents = takesCredits(invoice) ? await consumeCreditNotes(context, tx, invoice) : invoice.creditNotesAmountCents;
  const prepaid = takesCredits(invoice) ? await consumeWallets(context, tx, { invoice, creditNotesAmountCents }) : NO_PREPAID_CREDITS;
  const totalAmountCents = subtractCents(invoice.totalAmountCents, creditNotesAmountCents, prepaid.prepaidCreditAmountCents);
  assertTransition(invoice.status, 'finalized');
  const now = context.clock.now();
  const isPaid = totalAmountCents === 0n;
  await updateRows(tx, invoices, {
    where: { id: invoice.id },
    set: {
      ...nextInvoiceNumber(tx, { organization, customer, finalizedAt: now }),
      creditNotesAmountCents,
      ...prepaid,
      totalAmountCents,
      paymentStatus: isPaid ? 'succeeded' : 'pending',
      overdueAt: isPaid ? null : startOfDay(invoice.paymentDueDate.add({ days: 1 }), invoice.timezone),
      finalizeAt: null,
      finalizedAt: now,
      updatedAt: now,
    },
  });
  await freezeInvoice(context, tx, { invoiceId: invoice.id, customer, organization });
  await enqueueJob(context, tx, { kind: 'invoice_document', subjectId: invoice.id });
  await finalizeHiddenNotes(context, tx, invoice.id);
  const finalized = await readInvoice(tx, invoice.id);
  // Whoever makes an invoice of another kind tells of it by its own name.
  if (invoice.invoiceType === 'subscription') {
    await context.announce?.(tx, { type: 'invoice.created', objectType: 'invoice', objectId: invoice.id });
  }
  await context.listeners?.invoiceFinalized?.(tx, finalized);
  return finalized;
}

/** Coupons, credit notes and wallets touch subscription invoices only, in-advance usage invoices included. Rule: invoicing.md § 3. */
function takesCredits(invoice: Invoice): boolean {
  return invoice.invoiceType === 'subscription';
}

/** Somebody asked for the invoice itself: it is there in the answer, whatever it comes to. */
function isAskedFor(invoice: Invoice): boolean {
  return invoice.invoiceType === 'one_off' || invoice.invoiceType === 'add_on' || invoice.invoiceType === 'credit';
}

function wantsZeroInvoices(customer: Customer, organization: Organization): boolean {
  if (customer.finalizeZeroAmountInvoice === 'inherit') return organization.finalizeZeroAmountInvoice;
  return customer.finalizeZeroAmountInvoice === 'finalize';
}

async function closeInvoice(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<Invoice> {
  assertTransition(invoice.status, 'closed');
  await updateRows(tx, invoices, {
    where: { id: invoice.id },
    set: { status: 'closed', paymentStatus: 'succeeded', finalizeAt: null, updatedAt: context.clock.now() },
  });
  return readInvoice(tx, invoice.id);
}

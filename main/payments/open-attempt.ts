import { In } from 'typeorm';
import { isBefore } from '../../shared/dates.ts';
import { readCustomer, type Customer } from '../customers/index.ts';
import { deleteRows, insertRow, updateRows } from '../database/rows.ts';
import { invoices, type Invoice, type PaymentStatus } from '../database/tables/invoices.ts';
import { jobs } from '../database/tables/jobs.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { findInvoice, setPaymentStatus } from '../invoicing/index.ts';
import { failpoint } from '../failpoint.ts';
import { realNow, type PaymentDesk } from './desk.ts';
import { openLinkOf, AUTOMATIC_PAYMENT_DELAY_MS } from './payment-link-rows.ts';
import { deleteUnsent, dueOn, isUnresolved, isUnsent, nextAttempt, openPaymentsOf, providerPaymentsOf } from './payment-rows.ts';

/** A payment that may be made now, or whose outcome is to be found out first. */
export interface OpenAttempt {
  readonly payment: Payment;
  readonly customer: Customer;
  readonly invoice: Invoice;
}

/**
 * Steps 1 to 3 of collecting an invoice, in one commit: whether it is to be collected at all, and the row of the payment, there before
 * anybody is called. Null when there is nothing to do now. Rule: payments-and-webhooks.md § 4.
 */
export async function openAttempt(desk: PaymentDesk, invoiceId: string): Promise<OpenAttempt | null> {
  const { context } = desk;
  const opened = await context.database.unitOfWork.write('open a payment', async (tx) => {
    const isWished = await takeWish(tx, invoiceId);
    const invoice = await findInvoice(tx, context.organizationId, invoiceId);
    if (invoice === null) return null;
    const customer = await readCustomer(tx, invoice.customerId);
    const open = await openPaymentsOf(tx, invoiceId);
    const unresolved = open.find((payment) => payment.attempt !== null && isUnresolved(payment));
    if (unresolved !== undefined) return isWaiting(desk, unresolved) ? null : { payment: unresolved, customer, invoice };
    const unsent = open.find(isUnsent) ?? null;
    if (!isWished && unsent === null) return null;
    const isUnderWay = open.some((payment) => payment.payablePaymentStatus === 'processing');
    if (!(await isCollectable(desk, tx, { invoice, customer })) || isUnderWay) {
      if (unsent !== null) await deleteUnsent(tx, unsent);
      if (!isUnderWay) await leaveReady(tx, invoiceId);
      return null;
    }
    for (const refused of open.filter((payment) => payment.status === 'failed')) await giveWayToNew(desk, tx, refused);
    const payment = await prepareRow(desk, tx, { invoice, customer, unsent });
    return payment.nextTryAt !== null && isBefore(realNow(desk), payment.nextTryAt) ? null : { payment, customer, invoice };
  });
  if (opened !== null) failpoint('after-payment-row');
  return opened;
}

/** The row takes over what was wished for: a wish that outlived it would try again after a decline. False when somebody took it before. */
async function takeWish(tx: Transaction, invoiceId: string): Promise<boolean> {
  const wish = { kind: 'collect_invoice', subjectId: invoiceId } as const;
  const isWished = await tx.manager.existsBy(jobs, wish);
  if (isWished) await deleteRows(tx, jobs, wish);
  return isWished;
}

/** While a wait between two tries goes on, nobody tries; once a person was told that nothing came of it, anybody may ask again. */
function isWaiting(desk: PaymentDesk, payment: Payment): boolean {
  return payment.errorCode === null && payment.nextTryAt !== null && isBefore(realNow(desk), payment.nextTryAt);
}

/** Nothing is made of the wish now: another one may come. */
export async function leaveReady(tx: Transaction, id: string): Promise<void> {
  const where = { id, status: 'finalized', paymentStatus: In<PaymentStatus>(['pending', 'failed']) } as const;
  await updateRows(tx, invoices, { where, set: { readyForPaymentProcessing: true } });
}

/** Step 1. What is final and owes nothing is paid without a call. */
async function isCollectable(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly invoice: Invoice; readonly customer: Customer },
): Promise<boolean> {
  const { invoice, customer } = of;
  if (invoice.status !== 'finalized' || invoice.paymentStatus === 'succeeded') return false;
  if (dueOn(invoice) === 0n) {
    await setPaymentStatus(desk.context, tx, { invoiceId: invoice.id, to: 'succeeded' });
    return false;
  }
  return customer.paymentProviderCode !== null && customer.providerCustomerId !== null;
}

/** A payment that was too small for the provider is known to have taken nothing: the next one takes its place. */
async function giveWayToNew(desk: PaymentDesk, tx: Transaction, refused: Payment): Promise<void> {
  await updateRows(tx, payments, {
    where: { id: refused.id },
    set: { payablePaymentStatus: 'failed', nextTryAt: null, updatedAt: desk.context.clock.now() },
  });
}

/** Step 3: the row that waits, brought up to date, or a new one. */
async function prepareRow(
  desk: PaymentDesk,
  tx: Transaction,
  of: { readonly invoice: Invoice; readonly customer: Customer; readonly unsent: Payment | null },
): Promise<Payment> {
  const { invoice, customer, unsent } = of;
  const { context } = desk;
  const now = context.clock.now();
  const asked = {
    amountCents: dueOn(invoice),
    currency: invoice.currency,
    providerCode: customer.paymentProviderCode,
    providerCustomerId: customer.providerCustomerId,
    nextTryAt: await beginAt(desk, tx, invoice),
    updatedAt: now,
  };
  if (unsent !== null) {
    await updateRows(tx, payments, { where: { id: unsent.id }, set: asked });
    return { ...unsent, ...asked };
  }
  const row = {
    ...NEW_PAYMENT,
    ...asked,
    id: context.random.uuid(),
    organizationId: context.organizationId,
    customerId: customer.id,
    invoiceId: invoice.id,
    attempt: nextAttempt(tx, invoice.id),
    createdAt: now,
  };
  await insertRow(tx, payments, row);
  return { ...row, sequence: 0 };
}

/** Now, unless a person was given a page to pay the invoice on: then its first payment waits a little for that. Rule: "Must never happen". */
async function beginAt(desk: PaymentDesk, tx: Transaction, invoice: Invoice): Promise<Payment['nextTryAt']> {
  const now = realNow(desk);
  const link = await openLinkOf(tx, invoice.id);
  if (link === null || (await providerPaymentsOf(tx, invoice.id)).some((payment) => payment.sentAt !== null)) return now;
  const afterwards = link.createdAt.add({ milliseconds: AUTOMATIC_PAYMENT_DELAY_MS });
  return isBefore(now, afterwards) ? afterwards : now;
}

export const NEW_PAYMENT = {
  paymentType: 'provider',
  status: 'pending',
  payablePaymentStatus: 'pending',
  reference: null,
  providerPaymentId: null,
  providerPaymentMethodId: null,
  nextAction: null,
  errorCode: null,
  requestBody: null,
  tries: 0,
  sentAt: null,
} as const satisfies Partial<Payment>;

import { updateRows } from '../database/rows.ts';
import { invoices } from '../database/tables/invoices.ts';
import { payments, type Payment } from '../database/tables/payments.ts';
import { findInvoice } from '../invoicing/index.ts';
import { readCustomer, readOrganization, type Customer } from '../customers/index.ts';
import { ensureAdopted } from './adopt-intents.ts';
import { chooseMethod } from './choose-method.ts';
import { ProviderUnavailable, realNow, type PaymentDesk } from './desk.ts';
import { intentBody } from './intent-body.ts';
import { recordReadFailure, recordRefusal, sendPayment } from './send-payment.ts';
import { leaveReady, openAttempt, type OpenAttempt } from './open-attempt.ts';
import { deleteUnsent, dueOn, findPaymentRow, isUnresolved, isUnsent, providerPaymentsOf } from './payment-rows.ts';
import { mustAskOwner } from './record-payment.ts';
import { resolvePayment } from './resolve-payment.ts';
import type { StripeAccount } from './stripe/stripe-accounts.ts';
import { toStripeAmount } from './stripe/stripe-amounts.ts';

const AMOUNT_NOT_SUPPORTED = { code: 'amount_not_supported', message: 'The provider cannot take an amount with so many decimals.' };
const CUSTOMER_DELETED = { code: 'customer_deleted', message: 'The customer was deleted at the provider.' };

/**
 * Collects what is due of an invoice, one worker per invoice. Called again at any moment, after any crash, it makes one payment at the provider
 * at most. Rule: payments-and-webhooks.md § 4.
 */
export async function collectInvoice(desk: PaymentDesk, invoiceId: string): Promise<void> {
  await desk.locks.run(`invoice:${invoiceId}`, async () => {
    const customer = await ownerOf(desk, invoiceId);
    if (customer?.paymentProviderCode != null) await ensureAdopted(desk, customer.paymentProviderCode);
    const attempt = await openAttempt(desk, invoiceId);
    if (attempt === null) return;
    const account = await desk.accounts.open(attempt.payment.providerCode ?? '');
    if (account === null) throw new ProviderUnavailable('an invoice is not collected');
    if (isUnresolved(attempt.payment)) await resolvePayment(desk, account, attempt.payment);
    else await makePayment(desk, account, attempt);
  });
}

async function ownerOf(desk: PaymentDesk, invoiceId: string): Promise<Customer | null> {
  const { read } = desk.context.database;
  const invoice = await findInvoice(read, desk.context.organizationId, invoiceId);
  return invoice === null ? null : readCustomer(read, invoice.customerId);
}

async function makePayment(desk: PaymentDesk, account: StripeAccount, attempt: OpenAttempt): Promise<void> {
  const { payment, customer, invoice } = attempt;
  const amount = toStripeAmount(payment.amountCents, invoice.currency);
  if (amount === null) {
    await recordRefusal(desk, payment, AMOUNT_NOT_SUPPORTED);
    return;
  }
  const choice = await chooseMethod(desk, account, customer);
  if (choice.kind === 'failed') await recordReadFailure(desk, payment, choice.failure);
  else if (choice.kind === 'customer_deleted') await recordRefusal(desk, payment, CUSTOMER_DELETED);
  else if (choice.kind === 'none') await giveUpUnsent(desk, payment);
  else {
    const ready = await prepareCall(desk, account, { attempt, amount, methodId: choice.id });
    if (ready !== null) await sendPayment(desk, account, ready);
  }
}

/** Without anything to pay with the invoice goes on waiting, and nobody is told. */
async function giveUpUnsent(desk: PaymentDesk, payment: Payment): Promise<void> {
  await desk.context.database.unitOfWork.write('remove a payment that was not made', async (tx) => {
    const row = await findPaymentRow(tx, payment.id);
    if (row !== null) await deleteUnsent(tx, row);
    await leaveReady(tx, payment.invoiceId);
  });
}

interface CallParts {
  readonly attempt: OpenAttempt;
  readonly amount: number;
  readonly methodId: string;
}

/**
 * Step 5: the invoice is looked at once more, and the exact body is on disk before it is sent. Null when there is nothing to pay any more:
 * then the row goes; or something else than a moment ago: then the row is due again at once.
 */
async function prepareCall(desk: PaymentDesk, account: StripeAccount, parts: CallParts): Promise<Payment | null> {
  const { context } = desk;
  const { attempt, amount, methodId } = parts;
  return context.database.unitOfWork.write('note the call of a payment', async (tx) => {
    const payment = await findPaymentRow(tx, attempt.payment.id);
    const invoice = await findInvoice(tx, context.organizationId, attempt.invoice.id);
    if (payment === null || invoice === null || !isUnsent(payment)) return null;
    if (invoice.paymentStatus === 'succeeded' || dueOn(invoice) === 0n) {
      await deleteUnsent(tx, payment);
      return null;
    }
    if (dueOn(invoice) !== payment.amountCents) return null;
    const customer = await readCustomer(tx, invoice.customerId);
    const body = intentBody({
      payment,
      invoice,
      customer,
      organization: await readOrganization(tx, context.organizationId),
      amount,
      methodId,
      redirectUrl: account.provider.successRedirectUrl,
      asksOwner: account.provider.supports3ds && mustAskOwner(await providerPaymentsOf(tx, invoice.id)),
    });
    const now = realNow(desk);
    const sent = { requestBody: body, providerPaymentMethodId: methodId, tries: 1, sentAt: now, nextTryAt: now, errorCode: null };
    await updateRows(tx, payments, { where: { id: payment.id }, set: { ...sent, updatedAt: context.clock.now() } });
    await updateRows(tx, invoices, { where: { id: invoice.id }, set: { readyForPaymentProcessing: false } });
    return { ...payment, ...sent };
  });
}

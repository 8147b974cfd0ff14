import { present } from '../../shared/assert.ts';
import { dateIn, Temporal, type PlainDate } from '../../shared/dates.ts';
import { subtractCents } from '../../shared/money.ts';
import { ok, type Result } from '../../shared/result.ts';
import { findCustomer } from '../customers/index.ts';
import { findRows, insertRow } from '../database/rows.ts';
import { fees, invoices, type Fee, type Invoice } from '../database/tables/invoices.ts';
import { payments } from '../database/tables/payments.ts';
import { setPaymentStatus } from '../invoicing/index.ts';
import { createManualPayment } from '../payments/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { CUSTOMERS, type SampleCustomer } from './customers.ts';

/** Each customer pays what has lain with it for as long as it takes its time. */
export async function payWhatIsDue(context: ServiceContext): Promise<Result<null>> {
  for (const customer of CUSTOMERS) {
    for (const invoice of await invoicesToPay(context, customer)) {
      const paid = await createManualPayment(context, {
        invoiceId: invoice.id,
        amountCents: subtractCents(invoice.totalAmountCents, invoice.totalPaidAmountCents, invoice.totalOffsettedCreditNoteAmountCents),
        reference: `Bank transfer ${invoice.number}`,
        paidAt: null,
      });
      if (!paid.ok) return paid;
    }
  }
  return ok(null);
}

async function invoicesToPay(context: ServiceContext, { input, paysAfterDays }: SampleCustomer): Promise<readonly Invoice[]> {
  const open = (await invoicesOf(context, input.externalId)).filter((invoice) => invoice.paymentStatus === 'pending');
  const today = dateIn(context.clock.now(), 'UTC');
  return open.filter(
    ({ issuingDate }) => paysAfterDays !== null && Temporal.PlainDate.compare(issuingDate.add({ days: paysAfterDays }), today) <= 0,
  );
}

async function invoicesOf(context: ServiceContext, externalCustomerId: string): Promise<readonly Invoice[]> {
  const { read } = context.database;
  const customer = await findCustomer(read, context.organizationId, externalCustomerId);
  return customer === null ? [] : findRows(read, invoices, { customerId: customer.id, status: 'finalized' });
}

/** What a customer was billed most for a period of searching. */
export async function largestSearchFee(context: ServiceContext, externalCustomerId: string): Promise<Fee> {
  const { read } = context.database;
  const lines = (await invoicesOf(context, externalCustomerId)).flatMap((invoice) => findRows(read, fees, { invoiceId: invoice.id }));
  const sorted = lines
    .filter((fee) => fee.itemCode === 'search_requests')
    .sort((one, other) => (one.amountCents > other.amountCents ? -1 : 1));
  return present(sorted[0], 'a customer that has searched for months was billed for it');
}

/**
 * The customer's card is declined for the invoice that was issued on a day. No provider is connected to the sample: the attempt is written
 * as one that was answered.
 */
export async function failPayment(
  context: ServiceContext,
  of: { readonly externalCustomerId: string; readonly issuedOn: PlainDate },
): Promise<Result<null>> {
  const issued = (await invoicesOf(context, of.externalCustomerId)).find((invoice) => invoice.issuingDate.equals(of.issuedOn));
  const invoice = present(issued, 'a month of use was billed on the first day of the next one');
  const now = context.clock.now();
  return context.database.unitOfWork.write('decline a payment of the sample', async (tx) => {
    await insertRow(tx, payments, {
      id: context.random.uuid(),
      organizationId: context.organizationId,
      customerId: invoice.customerId,
      invoiceId: invoice.id,
      paymentType: 'provider',
      amountCents: invoice.totalAmountCents,
      currency: invoice.currency,
      status: 'requires_payment_method',
      payablePaymentStatus: 'failed',
      reference: null,
      providerCode: 'stripe',
      providerCustomerId: null,
      providerPaymentId: null,
      providerPaymentMethodId: null,
      nextAction: null,
      errorCode: 'card_declined',
      attempt: 1,
      requestBody: null,
      tries: 1,
      sentAt: now,
      nextTryAt: null,
      createdAt: now,
      updatedAt: now,
    });
    await setPaymentStatus(context, tx, { invoiceId: invoice.id, to: 'failed' });
    return ok(null);
  });
}

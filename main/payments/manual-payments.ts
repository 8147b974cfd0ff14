import type { Instant } from '../../shared/dates.ts';
import { subtractCents, type Cents } from '../../shared/money.ts';
import { forbidden, hasErrors, invalid, notAllowed, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { insertRow } from '../database/rows.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import { payments } from '../database/tables/payments.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { findInvoice } from '../invoicing/index.ts';
import type { ServiceContext } from '../service-context.ts';
import { manualPaymentRefusal } from './payment-refusals.ts';
import { settleInvoice } from './settle-invoice.ts';

/** A payment that a person records. What could not be read is `invalid`. */
export interface ManualPaymentInput {
  readonly invoiceId: string;
  readonly amountCents: Cents | 'invalid';
  readonly reference: string;
  /** When the money came; now unless told. */
  readonly paidAt: Instant | null;
}

/**
 * Records money that came in without a provider. Errors: 422 for the fields (`refused` is what the door found), 404 `invoice_not_found`, 403 for
 * an invoice that is not final, 405 while a provider's payment of it is under way, 422 `amount_cents` above what is due, or less than all of it
 * for wallet credits. Rule: invoicing.md § 9, api.md § 15.
 */
export function createManualPayment(
  context: ServiceContext,
  input: ManualPaymentInput,
  refused: FieldErrors = {},
): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('create manual payment', async (tx) => {
    const errors = { ...fieldErrors(input), ...refused };
    if (hasErrors(errors)) return invalid(errors);
    const invoice = await findInvoice(tx, context.organizationId, input.invoiceId);
    if (invoice === null) return notFound('invoice');
    const refusal = manualPaymentRefusal(tx, invoice);
    if (refusal === 'payment_processor_is_currently_handling_payment') return notAllowed(refusal);
    if (refusal !== null) return forbidden();
    const amountCents = input.amountCents as Cents;
    const amountError = amountErrorOf(invoice, amountCents);
    if (amountError !== null) return invalid({ amount_cents: [amountError] });
    return ok({ id: await recordPayment(context, tx, { invoice, amountCents, input }) });
  });
}

function fieldErrors(input: ManualPaymentInput): FieldErrors {
  return {
    ...(input.invoiceId.trim() === '' ? { invoice_id: ['value_is_mandatory'] } : {}),
    ...(input.amountCents === 'invalid' || input.amountCents <= 0n ? { amount_cents: ['invalid_value'] } : {}),
  };
}

/** Credits are bought whole: a part of their price gives nothing. */
function amountErrorOf(invoice: Invoice, amountCents: Cents): string | null {
  const due = subtractCents(invoice.totalAmountCents, invoice.totalPaidAmountCents, invoice.totalOffsettedCreditNoteAmountCents);
  if (amountCents > due) return 'value_is_out_of_range';
  return invoice.invoiceType === 'credit' && amountCents < due ? 'invalid_amount' : null;
}

async function recordPayment(
  context: ServiceContext,
  tx: Transaction,
  record: { readonly invoice: Invoice; readonly amountCents: Cents; readonly input: ManualPaymentInput },
): Promise<string> {
  const { invoice, amountCents, input } = record;
  const now = context.clock.now();
  const id = context.random.uuid();
  await insertRow(tx, payments, {
    ...NO_PROVIDER,
    id,
    organizationId: context.organizationId,
    customerId: invoice.customerId,
    invoiceId: invoice.id,
    paymentType: 'manual',
    amountCents,
    currency: invoice.currency,
    status: 'succeeded',
    payablePaymentStatus: 'succeeded',
    reference: input.reference,
    createdAt: input.paidAt ?? now,
    updatedAt: now,
  });
  await settleInvoice(context, tx, invoice.id);
  await context.announce?.(tx, { type: 'payment.succeeded', objectType: 'payment', objectId: id });
  return id;
}

const NO_PROVIDER = {
  providerCode: null,
  providerCustomerId: null,
  providerPaymentId: null,
  providerPaymentMethodId: null,
  nextAction: null,
  errorCode: null,
  attempt: null,
  requestBody: null,
  tries: 0,
  sentAt: null,
  nextTryAt: null,
} as const;

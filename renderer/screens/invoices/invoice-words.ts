import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { InvoiceMomentKind, InvoiceRefusal, InvoiceRow } from '../../../shared/internal/invoices.ts';

type InvoiceType = InvoiceRow['invoice_type'];

export const TYPE_WORDS: Readonly<Record<InvoiceType, MessageDescriptor>> = {
  subscription: msg`Subscription`,
  one_off: msg`One-off`,
  add_on: msg`Add-on`,
  credit: msg`Wallet credits`,
  advance_charges: msg`Charges in advance`,
  progressive_billing: msg`Progressive billing`,
};

/** Why something is not possible, in a sentence. */
export const REFUSAL_WORDS: Readonly<Record<InvoiceRefusal, MessageDescriptor>> = {
  invoice_is_draft: msg`The invoice is still a draft.`,
  invoice_is_not_a_draft: msg`Only a draft can be changed this way.`,
  invoice_is_not_final: msg`The invoice is not final.`,
  invoice_is_not_failed: msg`The invoice did not fail.`,
  invoice_is_paid: msg`The invoice is paid.`,
  invoice_is_voided: msg`The invoice is voided.`,
  invoice_has_payment: msg`Part of the invoice is paid. Give that back with a credit note.`,
  invoice_has_credit_note: msg`A credit note of this invoice is in force.`,
  invoice_type_is_not_refreshed: msg`Only invoices of subscriptions can be computed again.`,
  dispute_was_lost: msg`A dispute about this invoice was lost.`,
  nothing_due: msg`Nothing is due.`,
  nothing_left_to_credit: msg`Everything on this invoice has been given back.`,
  amount_not_supported: msg`Stripe cannot take this amount in this currency.`,
  payment_processor_is_currently_handling_payment: msg`A payment is under way at the payment provider.`,
  customer_must_have_payment_provider: msg`The customer has no payment provider.`,
  missing_payment_provider_customer: msg`The customer is not known to the payment provider yet.`,
};

export const MOMENT_WORDS: Readonly<Record<InvoiceMomentKind, MessageDescriptor>> = {
  created: msg`Created`,
  finalized: msg`Finalized`,
  finalizes: msg`Becomes final`,
  payment_succeeded: msg`Paid`,
  payment_processing: msg`Payment under way`,
  payment_failed: msg`Payment failed`,
  credit_note: msg`Credit note`,
  overdue: msg`Overdue`,
  falls_overdue: msg`Overdue unless paid`,
  dispute_lost: msg`Dispute lost`,
  voided: msg`Voided`,
};

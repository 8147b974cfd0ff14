import type { Customer } from '../customers/index.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import { enqueueJob } from '../invoicing/index.ts';
import type { ChangeListeners, ServiceContext } from '../service-context.ts';
import { openLinkOf } from './payment-link-rows.ts';

/** What changes of invoices and customers ask of the payment provider: each wish is written with the change that causes it. */
export function paymentListeners(
  context: () => ServiceContext,
): Required<Pick<ChangeListeners, 'invoiceFinalized' | 'invoicePaymentChanged' | 'invoiceVoided' | 'customerCreated' | 'customerChanged'>> {
  return {
    invoiceFinalized: async (tx, invoice) => {
      if (await isCollectedByItself(tx, invoice)) await enqueueJob(context(), tx, { kind: 'collect_invoice', subjectId: invoice.id });
    },
    invoicePaymentChanged: async (tx, invoice) => {
      if (invoice.paymentStatus !== 'succeeded' || (await openLinkOf(tx, invoice.id)) === null) return;
      await enqueueJob(context(), tx, { kind: 'close_payment_link', subjectId: invoice.id });
    },
    invoiceVoided: (tx, invoice) => enqueueJob(context(), tx, { kind: 'cancel_payment', subjectId: invoice.id }),
    customerCreated: async (tx, customer) => {
      if (isToBeCreated(customer)) await enqueueJob(context(), tx, { kind: 'provider_customer', subjectId: customer.id });
    },
    customerChanged: async (tx, before, after) => {
      if (!isToBeCreated(after) && !isToBeUpdated(before, after)) return;
      await enqueueJob(context(), tx, { kind: 'provider_customer', subjectId: after.id });
    },
  };
}

const COLLECTED_TYPES: readonly Invoice['invoiceType'][] = ['subscription', 'one_off', 'add_on', 'credit'];
const HAS_PROVIDER = `SELECT 1 AS "known" FROM "customers" WHERE "id" = ? AND "payment_provider_code" IS NOT NULL`;

/** Asked for every invoice of a billing run: one statement, and nothing is written for customers without a provider. */
async function isCollectedByItself(tx: Transaction, invoice: Invoice): Promise<boolean> {
  const isAsked = COLLECTED_TYPES.includes(invoice.invoiceType) && !invoice.skipPsp && invoice.paymentStatus !== 'succeeded';
  return isAsked && tx.select<{ known: number }>(HAS_PROVIDER).get(invoice.customerId) !== undefined;
}

/** A customer whose creation failed is tried again whenever it is saved. */
function isToBeCreated(customer: Customer): boolean {
  return customer.paymentProviderCode !== null && customer.providerCustomerId === null && customer.syncWithProvider;
}

const SHOWN_AT_PROVIDER = [
  'name',
  'firstname',
  'lastname',
  'email',
  'phone',
  'addressLine1',
  'addressLine2',
  'city',
  'zipcode',
  'state',
  'country',
] as const satisfies readonly (keyof Customer)[];

/** Only a customer that was known there before: one that was linked just now keeps what it is called there. */
function isToBeUpdated(before: Customer, after: Customer): boolean {
  const isKnown = after.providerCustomerId !== null && before.providerCustomerId === after.providerCustomerId;
  return isKnown && SHOWN_AT_PROVIDER.some((name) => before[name] !== after[name]);
}

import { present } from '../../shared/assert.ts';
import type { PlainDate } from '../../shared/dates.ts';
import { ZERO } from '../../shared/decimal.ts';
import { ZERO_CENTS } from '../../shared/money.ts';
import { draftFees } from '../billing/invoice/draft-fees.ts';
import type { FeeDraft } from '../billing/invoice/fee-draft.ts';
import { customerTimeZone, readOrganization, type Customer } from '../customers/index.ts';
import { insertRow, insertRows, updateRows, type NewRow } from '../database/rows.ts';
import {
  billingClaims,
  invoices,
  invoiceSubscriptions,
  type BillingClaim,
  type Invoice,
  type InvoiceType,
} from '../database/tables/invoices.ts';
import type { Organization } from '../database/tables/organizations.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { billingItemToJson } from './billing-item-json.ts';
import { clearFailedInvoice, failedInvoiceOf } from './failed-invoice.ts';
import { finalizeInTransaction } from './finalize-invoice.ts';
import { gatherFacts, type ItemToBill } from './gather-facts.ts';
import { draftNumber } from './invoice-number.ts';
import { issuingDates } from './issuing-dates.ts';
import { readInvoice } from './read-invoice.ts';
import { storeFees } from './store-fees.ts';
import { sumUpInvoice } from './sum-up-invoice.ts';

/** The occasion that a subscription is billed for: unique in the database, whatever the code does. */
export type Claim = Pick<BillingClaim, 'subscriptionId' | 'occasion' | 'billingDate'>;

export interface InvoiceToGenerate {
  readonly customer: Customer;
  readonly items: readonly ItemToBill[];
  readonly claims: readonly Claim[];
  readonly isPeriodic: boolean;
}

/**
 * Makes the invoice of one occasion at the context's "now": claims it, stores its fees and either finalizes it or leaves it a draft for the
 * customer's grace period. Runs in the caller's transaction. Rule: invoicing.md § 2, subscriptions.md §§ 5, 11.
 */
export async function generateInvoice(context: ServiceContext, tx: Transaction, toGenerate: InvoiceToGenerate): Promise<Invoice> {
  const { customer, items } = toGenerate;
  const organization = await readOrganization(tx, context.organizationId);
  const currency = present(items[0], 'an invoice bills at least one subscription').plan.currency;
  const invoice = await openInvoice(context, tx, {
    fresh: { customer, organization, currency, invoiceType: 'subscription', isPeriodic: toGenerate.isPeriodic, hasGrace: true },
    subscriptionIds: items.map((item) => item.subscription.id),
  });
  await storeClaims(context, tx, { claims: toGenerate.claims, invoiceId: invoice.id });
  await storeItems(context, tx, { invoice, items });
  await billItems(context, tx, { invoice, customer, items });
  if (invoice.finalizeAt === null) return finalizeInTransaction(context, tx, { invoiceId: invoice.id });
  await updateRows(tx, invoices, { where: { id: invoice.id }, set: { status: 'draft' } });
  await sumUpInvoice(context, tx, { invoiceId: invoice.id });
  for (const type of ['invoice.drafted', 'invoice.ready_to_finalize']) {
    await context.announce?.(tx, { type, objectType: 'invoice', objectId: invoice.id });
  }
  return readInvoice(tx, invoice.id);
}

/** A new invoice, or the failed one that stood in its place: a retry goes on with the same row. Rule: invoicing.md § 2 `generating`. */
async function openInvoice(
  context: ServiceContext,
  tx: Transaction,
  open: { readonly fresh: NewInvoice; readonly subscriptionIds: readonly string[] },
): Promise<Invoice> {
  const { fresh, subscriptionIds } = open;
  const failedId = failedInvoiceOf(tx, { customerId: fresh.customer.id, billedAt: context.clock.now(), subscriptionIds });
  if (failedId === null) return insertInvoice(context, tx, fresh);
  await clearFailedInvoice(tx, failedId);
  const timezone = customerTimeZone(fresh.customer, fresh.organization);
  const dates = issuingDates({ ...fresh, billedAt: context.clock.now(), timeZone: timezone });
  await updateRows(tx, invoices, { where: { id: failedId }, set: { ...dates, currency: fresh.currency, timezone } });
  return readInvoice(tx, failedId);
}

/** Prices the items of an invoice with what is known now and stores the fees. */
export async function billItems(
  context: ServiceContext,
  tx: Transaction,
  bill: { readonly invoice: Invoice; readonly customer: Customer; readonly items: readonly ItemToBill[] },
): Promise<void> {
  for (const item of bill.items) {
    const drafts = draftFees(await gatherFacts(tx, bill.customer, item));
    const of = { customer: bill.customer, currency: bill.invoice.currency };
    const [onInvoice, alone] = partition(drafts, (draft) => draft.invoiceable || !draft.payInAdvance);
    await storeFees(context, tx, { of: { ...of, invoiceId: bill.invoice.id }, drafts: onInvoice });
    const lone = await storeFees(context, tx, { of: { ...of, invoiceId: null }, drafts: alone });
    for (const { id } of lone) await context.announce?.(tx, { type: 'fee.created', objectType: 'fee', objectId: id });
  }
}

export interface NewInvoice {
  readonly customer: Customer;
  readonly organization: Organization;
  readonly currency: Invoice['currency'];
  readonly invoiceType: InvoiceType;
  readonly isPeriodic: boolean;
  readonly hasGrace: boolean;
  readonly purchaseOrderNumber?: string | null;
  /** Whether nobody is charged for it by itself. */
  readonly skipPsp?: boolean;
}

/** Inserts an invoice that is being generated; its amounts come when it is summed up. */
export async function insertInvoice(context: ServiceContext, tx: Transaction, fresh: NewInvoice): Promise<Invoice> {
  const now = context.clock.now();
  const timezone = customerTimeZone(fresh.customer, fresh.organization);
  const row: NewRow<Invoice> = {
    ...NEW_INVOICE,
    ...issuingDates({ ...fresh, billedAt: now, timeZone: timezone }),
    id: context.random.uuid(),
    organizationId: context.organizationId,
    customerId: fresh.customer.id,
    number: draftNumber(fresh.organization),
    purchaseOrderNumber: fresh.purchaseOrderNumber ?? null,
    invoiceType: fresh.invoiceType,
    currency: fresh.currency,
    skipPsp: fresh.skipPsp ?? false,
    timezone,
    billedAt: now,
    documentToken: Buffer.from(context.random.bytes(DOCUMENT_TOKEN_BYTES)).toString('base64url'),
    createdAt: now,
    updatedAt: now,
  };
  await insertRow(tx, invoices, row);
  return readInvoice(tx, row.id);
}

const DOCUMENT_TOKEN_BYTES = 24;

const NEW_INVOICE = {
  sequentialId: null,
  organizationSequentialId: null,
  status: 'generating',
  paymentStatus: 'pending',
  paymentOverdue: false,
  readyForPaymentProcessing: true,
  paymentDisputeLostAt: null,
  feesAmountCents: ZERO_CENTS,
  couponsAmountCents: ZERO_CENTS,
  taxesAmountCents: ZERO_CENTS,
  taxesRate: ZERO,
  creditNotesAmountCents: ZERO_CENTS,
  prepaidCreditAmountCents: ZERO_CENTS,
  prepaidGrantedCreditAmountCents: ZERO_CENTS,
  prepaidPurchasedCreditAmountCents: ZERO_CENTS,
  totalAmountCents: ZERO_CENTS,
  totalPaidAmountCents: ZERO_CENTS,
  totalOffsettedCreditNoteAmountCents: ZERO_CENTS,
  finalizedAt: null,
  voidedAt: null,
  overdueAt: null,
  snapshot: null,
  documentFile: null,
} as const;

/** A claim without an invoice: the occasion is settled, though nothing was asked for (`on_termination_invoice=skip`). */
export async function storeClaims(
  context: ServiceContext,
  tx: Transaction,
  store: { readonly claims: readonly Claim[]; readonly invoiceId: string | null },
): Promise<void> {
  const createdAt = context.clock.now();
  await insertRows(
    tx,
    billingClaims,
    store.claims.map((claim) => ({ ...claim, id: context.random.uuid(), invoiceId: store.invoiceId, createdAt })),
  );
}

export function periodicClaim(subscriptionId: string, billingDate: PlainDate): Claim {
  return { subscriptionId, occasion: 'periodic', billingDate };
}

export function claimOf(subscriptionId: string, occasion: Exclude<Claim['occasion'], 'periodic'>): Claim {
  return { subscriptionId, occasion, billingDate: null };
}

/** Stores the `billing_periods` of an invoice, with what a draft is computed from again. */
export async function storeItems(
  context: ServiceContext,
  tx: Transaction,
  store: { readonly invoice: Invoice; readonly items: readonly ItemToBill[] },
): Promise<void> {
  await insertRows(
    tx,
    invoiceSubscriptions,
    store.items.map(({ subscription, plan, item }) => ({
      id: context.random.uuid(),
      invoiceId: store.invoice.id,
      subscriptionId: subscription.id,
      planId: plan.id,
      invoicingReason: item.reason,
      ...item.shown,
      billingItem: billingItemToJson(item),
    })),
  );
}

function partition(drafts: readonly FeeDraft[], holds: (draft: FeeDraft) => boolean): readonly [readonly FeeDraft[], readonly FeeDraft[]] {
  return [drafts.filter(holds), drafts.filter((draft) => !holds(draft))];
}

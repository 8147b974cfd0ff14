import { In } from 'typeorm';
import { present } from '../../../shared/assert.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import { findRows } from '../../database/rows.ts';
import { appliedCustomSections, type AppliedCustomSection } from '../../database/tables/custom-sections.ts';
import { subscriptions } from '../../database/tables/customers.ts';
import { creditNotes } from '../../database/tables/credit-notes.ts';
import {
  invoiceCredits,
  invoiceErrors,
  invoices,
  invoiceSubscriptions,
  type InvoiceCredit,
  type InvoiceError,
  type InvoiceSubscription,
} from '../../database/tables/invoices.ts';
import type { ServiceContext } from '../../service-context.ts';
import { readFeesOfInvoice, type ListedFee } from './fee-list.ts';
import { findVisibleInvoice, withListedParts, type InvoiceSummary, type ListedInvoice } from './invoice-list.ts';
import { columnsExcept } from './selected-columns.ts';

/** One entry of `billing_periods`. */
export interface InvoicedPeriod {
  readonly period: Omit<InvoiceSubscription, 'billingItem'>;
  readonly externalSubscriptionId: string;
}

/** A credit used on an invoice, with the words of what it came from. */
export interface UsedCredit {
  readonly credit: InvoiceCredit;
  readonly item: {
    readonly id: string;
    readonly type: 'coupon' | 'credit_note';
    /** The coupon's code, or the number of the credit note. */
    readonly code: string;
    /** The coupon's name, or the number of the invoice that the credit note corrects. */
    readonly name: string;
    readonly description: string | null;
  };
}

/** Everything that a single answer shows of an invoice, apart from its customer and the subscriptions themselves. */
export interface InvoiceDetail extends ListedInvoice {
  readonly fees: readonly ListedFee[];
  readonly periods: readonly InvoicedPeriod[];
  readonly credits: readonly UsedCredit[];
  /** What its document carries above the footer. */
  readonly customSections: readonly AppliedCustomSection[];
  /** Why it failed. */
  readonly errors: readonly InvoiceError[];
}

const PERIOD_COLUMNS = Object.fromEntries(columnsExcept(invoiceSubscriptions, ['billingItem']).map((column) => [column, true]));

/** One visible invoice with its lines. */
export async function readInvoiceDetail(context: ServiceContext, id: string): Promise<Result<InvoiceDetail>> {
  const db = context.database.read;
  const invoice = await findVisibleInvoice(db, context.organizationId, id);
  return invoice === null ? notFound('invoice') : ok(await detailOf(db, invoice));
}

async function detailOf(db: ReadDatabase, invoice: InvoiceSummary): Promise<InvoiceDetail> {
  const [listed] = await withListedParts(db, [invoice]);
  return {
    ...present(listed, 'an invoice that was found is listed'),
    fees: await readFeesOfInvoice(db, invoice.id),
    periods: await readPeriods(db, invoice.id),
    credits: await readCredits(db, invoice.id),
    customSections: findRows(db, appliedCustomSections, { invoiceId: invoice.id }),
    errors: findRows(db, invoiceErrors, { invoiceId: invoice.id }),
  };
}

async function readPeriods(db: ReadDatabase, invoiceId: string): Promise<readonly InvoicedPeriod[]> {
  const periods = await db.manager.find(invoiceSubscriptions, { select: PERIOD_COLUMNS, where: { invoiceId }, order: { sequence: 'ASC' } });
  if (periods.length === 0) return [];
  const rows = await db.manager.find(subscriptions, {
    select: { id: true, externalId: true },
    where: { id: In([...new Set(periods.map((period) => period.subscriptionId))]) },
  });
  const externalIds = new Map(rows.map((row) => [row.id, row.externalId]));
  return periods.map((period) => ({
    period,
    externalSubscriptionId: present(externalIds.get(period.subscriptionId), 'a billed subscription exists'),
  }));
}

async function readCredits(db: ReadDatabase, invoiceId: string): Promise<readonly UsedCredit[]> {
  const used = await db.manager.find(invoiceCredits, { where: { invoiceId }, order: { sequence: 'ASC' } });
  if (used.length === 0) return [];
  const items = new Map([...readCouponItems(db, invoiceId), ...(await readNoteItems(db, used))]);
  return used.map((credit) => ({
    credit,
    item: present(items.get(credit.appliedCouponId ?? credit.creditNoteId ?? ''), 'a credit comes from a coupon or a credit note'),
  }));
}

type CreditItem = UsedCredit['item'];

/** By applied coupon. */
function readCouponItems(db: ReadDatabase, invoiceId: string): readonly (readonly [string, CreditItem])[] {
  return db
    .select<Omit<CreditItem, 'type'> & { appliedCouponId: string }>(
      `SELECT "invoice_credits"."applied_coupon_id" AS "appliedCouponId", "coupons"."id", "coupons"."code", "coupons"."name",
         "coupons"."description"
       FROM "invoice_credits"
       JOIN "applied_coupons" ON "applied_coupons"."id" = "invoice_credits"."applied_coupon_id"
       JOIN "coupons" ON "coupons"."id" = "applied_coupons"."coupon_id" WHERE "invoice_credits"."invoice_id" = ?`,
    )
    .all(invoiceId)
    .map(({ appliedCouponId, id, code, name, description }) => [appliedCouponId, { id, type: 'coupon', code, name, description }]);
}

/** By credit note. */
async function readNoteItems(db: ReadDatabase, used: readonly InvoiceCredit[]): Promise<readonly (readonly [string, CreditItem])[]> {
  const noteIds = [...new Set(used.flatMap((credit) => credit.creditNoteId ?? []))];
  if (noteIds.length === 0) return [];
  const notes = await db.manager.find(creditNotes, {
    select: { id: true, number: true, description: true, invoiceId: true },
    where: { id: In(noteIds) },
  });
  const corrected = await db.manager.find(invoices, {
    select: { id: true, number: true },
    where: { id: In([...new Set(notes.map((note) => note.invoiceId))]) },
  });
  const numberById = new Map(corrected.map((each) => [each.id, each.number]));
  return notes.map(({ id, number, description, invoiceId }) => {
    const name = present(numberById.get(invoiceId), 'a credit note corrects an invoice');
    return [id, { id, type: 'credit_note', code: number, name, description }];
  });
}

import { present } from '../../shared/assert.ts';
import { startOfDay, Temporal, type PlainDate } from '../../shared/dates.ts';
import { decimal, ZERO, type Decimal } from '../../shared/decimal.ts';
import { addCents, maxCents, minCents, roundCents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { PlanTerms, SubscriptionTerms } from '../billing/facts.ts';
import { creditNoteAmounts, type CreditNoteAmounts } from '../billing/invoice/credit-note-amounts.ts';
import { unusedAmountCents } from '../billing/plan-change.ts';
import { readPlanTerms } from '../catalog/index.ts';
import { subscriptionTerms } from '../customers/index.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import { deleteRows, findRows } from '../database/rows.ts';
import { subscriptions } from '../database/tables/customers.ts';
import { creditNotes } from '../database/tables/credit-notes.ts';
import { fees, type Fee, type Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { creditedOnFee, earlierRounding } from './credited-so-far.ts';
import { insertCreditNote, insertHiddenNote } from './insert-credit-note.ts';
import { readInvoice } from './read-invoice.ts';
import { taxTermsOf } from './store-fees.ts';

export type NoteMode = 'credit' | 'refund' | 'offset';

/** A row paid in advance that ends before what was paid for. */
export interface Termination {
  readonly subscription: SubscriptionTerms;
  readonly plan: PlanTerms;
  readonly endDate: PlainDate;
  readonly isEndDateUsed: boolean;
  readonly mode: NoteMode;
}

/**
 * Writes the credit note for the unused days of a row paid in advance, if a fee covers its last day; none when there is nothing to give back.
 * The note of a fee whose invoice is still a draft stays hidden and becomes final with it. Rule: subscriptions.md § 8, invoicing.md § 7.
 */
export async function createTerminationNote(context: ServiceContext, tx: Transaction, termination: Termination): Promise<void> {
  if (!termination.plan.payInAdvance) return;
  const fee = await feeCovering(tx, termination);
  if (fee === null) return;
  const invoice = await readInvoice(tx, present(fee.invoiceId, 'a subscription fee stands on an invoice'));
  if (invoice.status === 'draft') await insertHiddenNote(context, tx, { invoice, termination: toJson(termination) });
  else await writeNote(context, tx, { termination, fee, invoice });
}

/** Computes the hidden notes of an invoice that has just become final. */
export async function finalizeHiddenNotes(context: ServiceContext, tx: Transaction, invoiceId: string): Promise<void> {
  const hidden = findRows(tx, creditNotes, { invoiceId, status: 'draft' });
  for (const note of hidden) {
    await deleteRows(tx, creditNotes, { id: note.id });
    const termination = await fromJson(tx, note.termination);
    const fee = await feeCovering(tx, termination);
    if (fee !== null) await writeNote(context, tx, { termination, fee, invoice: await readInvoice(tx, invoiceId) });
  }
}

interface NoteToWrite {
  readonly termination: Termination;
  readonly fee: Fee;
  readonly invoice: Invoice;
}

async function writeNote(context: ServiceContext, tx: Transaction, note: NoteToWrite): Promise<void> {
  const { fee, invoice } = note;
  const exactAmountCents = unusedAmountCents({
    ...note.termination,
    planAmountCents: planAmountOn(fee),
    feeAmountCents: fee.amountCents,
    creditedCents: creditedOnFee(tx, fee.id).exactAmountCents,
  });
  const items = [
    { exactAmountCents, feeAmountCents: fee.amountCents, feeCouponsCents: fee.preciseCouponsAmountCents, taxes: taxTermsOf(fee) },
  ];
  const rounding = earlierRounding(tx, invoice, { amountCents: roundCents(exactAmountCents), exactAmountCents });
  const amounts = creditNoteAmounts(items, rounding.taxes, rounding.subTotal);
  if (amounts.totalAmountCents <= 0n) return;
  await insertCreditNote(context, tx, {
    invoice,
    reason: 'order_cancellation',
    description: null,
    amounts,
    ...splitNote(note, amounts),
    items: [{ feeId: fee.id, amountCents: roundCents(exactAmountCents), exactAmountCents }],
    metadata: null,
  });
}

type Split = Record<'creditAmountCents' | 'refundAmountCents' | 'offsetAmountCents', Cents>;

/**
 * How a termination note is given: as credit; or what was paid for the unused days as refund and the rest as credit, or offset on the unpaid
 * invoice. Rule: invoicing.md § 7 "Automatic notes".
 */
function splitNote(note: NoteToWrite, amounts: CreditNoteAmounts): Split {
  const { fee, invoice } = note;
  const total = amounts.totalAmountCents;
  const none = { creditAmountCents: ZERO_CENTS, refundAmountCents: ZERO_CENTS, offsetAmountCents: ZERO_CENTS };
  if (note.termination.mode === 'credit') return { ...none, creditAmountCents: total };
  const feeTotal = addCents(fee.amountCents, fee.taxesAmountCents, subtractCents(ZERO_CENTS, roundCents(fee.preciseCouponsAmountCents)));
  const invoiceTotal = addCents(subtractCents(invoice.feesAmountCents, invoice.couponsAmountCents), invoice.taxesAmountCents);
  const paidShare =
    invoiceTotal === 0n
      ? ZERO_CENTS
      : roundCents(decimal(invoice.totalPaidAmountCents).times(decimal(feeTotal)).div(decimal(invoiceTotal)));
  const unusedPaid = subtractCents(paidShare, subtractCents(feeTotal, total));
  const refundAmountCents = minCents(maxCents(unusedPaid, ZERO_CENTS), total);
  const rest = subtractCents(total, refundAmountCents);
  if (note.termination.mode === 'refund') return { ...none, refundAmountCents, creditAmountCents: rest };
  const due = subtractCents(invoice.totalAmountCents, invoice.totalPaidAmountCents, invoice.totalOffsettedCreditNoteAmountCents);
  const offsetAmountCents = minCents(rest, maxCents(due, ZERO_CENTS));
  return { refundAmountCents, offsetAmountCents, creditAmountCents: subtractCents(rest, offsetAmountCents) };
}

/** The last subscription fee of the row that covers its last day, is not zero and stands on an invoice that was not voided. */
async function feeCovering(db: ReadDatabase, termination: Termination): Promise<Fee | null> {
  const { subscription, endDate } = termination;
  const dayStart = startOfDay(endDate, subscription.timeZone).epochMilliseconds;
  const nextDayStart = startOfDay(endDate.add({ days: 1 }), subscription.timeZone).epochMilliseconds;
  const row = db
    .select<{ id: string }>(
      `SELECT "fees"."id" AS "id" FROM "fees" JOIN "invoices" ON "invoices"."id" = "fees"."invoice_id"
       WHERE "fees"."subscription_id" = ? AND "fees"."fee_type" = 'subscription' AND "fees"."from_at" < ? AND "fees"."to_at" >= ?
         AND "fees"."amount_cents" > 0 AND "invoices"."status" IN ('draft', 'finalized') ORDER BY "fees"."sequence" DESC LIMIT 1`,
    )
    .get(subscription.id, nextDayStart, dayStart);
  return row === undefined ? null : db.manager.findOneBy(fees, { id: row.id });
}

function planAmountOn(fee: Fee): Decimal {
  const amount = fee.amountDetails.plan_amount_cents;
  return typeof amount === 'string' ? decimal(amount) : ZERO;
}

interface TerminationJson {
  readonly subscriptionId: string;
  readonly planId: string;
  readonly endDate: string;
  readonly isEndDateUsed: boolean;
  readonly mode: NoteMode;
  readonly timeZone: string;
}

function toJson(termination: Termination): TerminationJson {
  return {
    subscriptionId: termination.subscription.id,
    planId: termination.plan.id,
    endDate: termination.endDate.toString(),
    isEndDateUsed: termination.isEndDateUsed,
    mode: termination.mode,
    timeZone: termination.subscription.timeZone,
  };
}

async function fromJson(db: ReadDatabase, stored: unknown): Promise<Termination> {
  const json = stored as TerminationJson;
  const row = present(await db.manager.findOneBy(subscriptions, { id: json.subscriptionId }), 'a terminated subscription exists');
  return {
    subscription: subscriptionTerms(row, json.timeZone),
    plan: await readPlanTerms(db, json.planId),
    endDate: Temporal.PlainDate.from(json.endDate),
    isEndDateUsed: json.isEndDateUsed,
    mode: json.mode,
  };
}

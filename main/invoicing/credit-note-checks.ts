import { decimal, sumDecimals, type Decimal } from '../../shared/decimal.ts';
import { addCents, cents, maxCents, minCents, roundCents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { invalid, notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { creditNoteAmounts, type CreditedItem, type CreditNoteAmounts } from '../billing/invoice/credit-note-amounts.ts';
import type { CreditNoteRoom } from '../billing/invoice/credit-note-limits.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Fee, Invoice } from '../database/tables/invoices.ts';
import { creditedOnFee, earlierRounding } from './credited-so-far.ts';
import { findInvoice, readFees } from './read-invoice.ts';
import { taxTermsOf } from './store-fees.ts';
import { unusedPurchaseCents } from './unused-purchase.ts';

/** An item as it is asked for: an amount of a fee, before tax and before coupons. `invalid`: no whole number of cents. */
export interface CreditNoteItemInput {
  readonly feeId: string;
  readonly amountCents: Cents | 'invalid';
}

/** An item of a fee that has so much left. */
export interface CheckedItem {
  readonly fee: Fee;
  readonly amountCents: Cents;
  readonly exactAmountCents: Decimal;
}

/** The invoice that a note is asked for. Errors: 404 `invoice_not_found`; 405 `invalid_type_or_status` for one that is not final, or voided. */
export async function findCreditableInvoice(db: ReadDatabase, organizationId: string, id: string): Promise<Result<Invoice>> {
  const invoice = await findInvoice(db, organizationId, id);
  if (invoice === null) return notFound('invoice');
  return invoice.status === 'finalized' ? ok(invoice) : notAllowed('invalid_type_or_status');
}

/**
 * The items with their fees, in the order asked; the first that is wrong refuses all. Several items of one fee are counted together.
 * Errors: 404 `fee_not_found`; 422 `amount_cents`. Rule: invoicing.md § 7 "Item checks".
 */
export async function checkItems(
  db: ReadDatabase,
  invoice: Invoice,
  items: readonly CreditNoteItemInput[] | 'invalid',
): Promise<Result<readonly CheckedItem[]>> {
  if (items === 'invalid') return invalid({ items: ['must_be_an_array'] });
  const fees = new Map((await readFees(db, invoice.id)).map((fee) => [fee.id, fee]));
  const takenByFee = new Map<string, Cents>();
  const checked: CheckedItem[] = [];
  for (const { feeId, amountCents } of items) {
    const fee = fees.get(feeId);
    if (fee === undefined) return notFound('fee');
    if (amountCents === 'invalid') return invalid({ amount_cents: ['value_is_invalid'] });
    if (amountCents < 0n) return invalid({ amount_cents: ['invalid_value'] });
    const taken = addCents(takenByFee.get(feeId) ?? ZERO_CENTS, amountCents);
    if (taken > remainingOnFee(db, fee)) return invalid({ amount_cents: ['higher_than_remaining_fee_amount'] });
    takenByFee.set(feeId, taken);
    checked.push({ fee, amountCents, exactAmountCents: decimal(amountCents) });
  }
  return ok(checked);
}

/** What is left of a fee to be credited, before tax and coupons, in whole cents. */
export function remainingOnFee(db: ReadDatabase, fee: Fee): Cents {
  return maxCents(subtractCents(fee.amountCents, creditedOnFee(db, fee.id).amountCents), ZERO_CENTS);
}

/** Items over everything that is left of an invoice's fees. */
export async function remainingItems(db: ReadDatabase, invoice: Invoice): Promise<readonly CheckedItem[]> {
  const items = (await readFees(db, invoice.id)).map((fee) => {
    const amountCents = remainingOnFee(db, fee);
    return { fee, amountCents, exactAmountCents: decimal(amountCents) };
  });
  return items.filter(({ amountCents }) => amountCents > 0n);
}

/** What a note of these items comes to; one that uses up the invoice takes back the roundings of the notes before it. */
export function amountsOf(db: ReadDatabase, invoice: Invoice, items: readonly CheckedItem[]): CreditNoteAmounts {
  const rounding = earlierRounding(db, invoice, {
    amountCents: addCents(...items.map((item) => item.amountCents)),
    exactAmountCents: sumDecimals(items.map((item) => item.exactAmountCents)),
  });
  return creditNoteAmounts(items.map(creditedItem), rounding.taxes, rounding.subTotal);
}

/** What the parts asked for are compared with: items less coupons plus taxes, rounded once. Rule: invoicing.md § 7. */
export function exactTotalOf(db: ReadDatabase, invoice: Invoice, items: readonly CheckedItem[]): Cents {
  const amounts = creditNoteAmounts(items.map(creditedItem));
  const gross = sumDecimals(items.map((item) => item.exactAmountCents));
  const rounding = earlierRounding(db, invoice, {
    amountCents: addCents(...items.map((item) => item.amountCents)),
    exactAmountCents: gross,
  });
  const exact = gross.minus(amounts.exactCouponsAdjustmentCents).plus(amounts.exactTaxesCents);
  return roundCents(exact.minus(rounding.taxes).minus(rounding.subTotal));
}

/** What may still be given back of an invoice. Rule: invoicing.md § 7 "Global". */
export async function roomOf(db: ReadDatabase, invoice: Invoice): Promise<CreditNoteRoom> {
  const isForCredits = invoice.invoiceType === 'credit';
  const rest = amountsOf(db, invoice, await remainingItems(db, invoice));
  const paid = subtractCents(invoice.totalPaidAmountCents, refundedOnInvoice(db, invoice.id));
  const due = subtractCents(invoice.totalAmountCents, invoice.totalPaidAmountCents, invoice.totalOffsettedCreditNoteAmountCents);
  const refundable = maxCents(paid, ZERO_CENTS);
  return {
    creditableCents: isForCredits ? ZERO_CENTS : maxCents(rest.totalAmountCents, ZERO_CENTS),
    refundableCents: isForCredits ? minCents(refundable, unusedPurchaseCents(db, invoice.id)) : refundable,
    offsettableCents: isForCredits ? ZERO_CENTS : maxCents(due, ZERO_CENTS),
    hasPayment: invoice.totalPaidAmountCents > 0n,
    isForCredits,
  };
}

function creditedItem({ fee, exactAmountCents }: CheckedItem): CreditedItem {
  return { exactAmountCents, feeAmountCents: fee.amountCents, feeCouponsCents: fee.preciseCouponsAmountCents, taxes: taxTermsOf(fee) };
}

/** A refund that failed gave nothing back. */
function refundedOnInvoice(db: ReadDatabase, invoiceId: string): Cents {
  const row = db
    .select<{ total: number | null }>(
      `SELECT SUM("refund_amount_cents") AS "total" FROM "credit_notes"
       WHERE "invoice_id" = ? AND "status" = 'finalized' AND COALESCE("refund_status", '') <> 'failed'`,
    )
    .get(invoiceId);
  return cents(row?.total ?? 0);
}

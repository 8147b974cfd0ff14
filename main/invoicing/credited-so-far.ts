import { decimal, sumDecimals, ZERO, type Decimal } from '../../shared/decimal.ts';
import { addCents, cents, type Cents } from '../../shared/money.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Invoice } from '../database/tables/invoices.ts';

/** What visible notes took of a fee or of several, before tax. */
export interface Credited {
  /** As the notes' items show it. */
  readonly amountCents: Cents;
  /** In cents with fractions. */
  readonly exactAmountCents: Decimal;
}

/** What visible notes already gave back of a fee. A voided note counts: what it took is not given again. */
export function creditedOnFee(db: ReadDatabase, feeId: string): Credited {
  const rows = db
    .select<CreditedItem>(
      `SELECT "credit_note_items"."amount_cents" AS "amount", "credit_note_items"."precise_amount_cents" AS "exact" FROM "credit_note_items"
       JOIN "credit_notes" ON "credit_notes"."id" = "credit_note_items"."credit_note_id"
       WHERE "credit_note_items"."fee_id" = ? AND "credit_notes"."status" = 'finalized'`,
    )
    .all(feeId);
  return sumItems(rows);
}

/** What the roundings of earlier notes added, in cents with fractions. */
export interface EarlierRounding {
  readonly taxes: Decimal;
  readonly subTotal: Decimal;
}

const NO_ROUNDING: EarlierRounding = { taxes: ZERO, subTotal: ZERO };

/**
 * The rounding of an invoice's earlier notes (each rounded amount less the exact one) when a note of these items uses up what is left of its
 * fees; else nothing. Rule: invoicing.md § 7, "When the note exhausts".
 */
export function earlierRounding(db: ReadDatabase, invoice: Invoice, taken: Credited): EarlierRounding {
  const earlier = earlierNotes(db, invoice.id).map((note) => ({ ...note, items: itemsOf(db, note.id) }));
  const amountCents = addCents(taken.amountCents, ...earlier.map(({ items }) => items.amountCents));
  const exact = sumDecimals([taken.exactAmountCents, ...earlier.map(({ items }) => items.exactAmountCents)]);
  const isUsedUp = amountCents >= invoice.feesAmountCents || exact.greaterThanOrEqualTo(decimal(invoice.feesAmountCents));
  if (!isUsedUp) return NO_ROUNDING;
  return {
    taxes: sumDecimals(earlier.map(({ taxes, exactTaxes }) => decimal(taxes).minus(decimal(exactTaxes)))),
    subTotal: sumDecimals(
      earlier.map(({ subTotal, items, coupons }) => decimal(subTotal).minus(items.exactAmountCents.minus(decimal(coupons)))),
    ),
  };
}

interface EarlierNote {
  readonly id: string;
  readonly taxes: number;
  readonly exactTaxes: string;
  readonly subTotal: number;
  readonly coupons: string;
}

function earlierNotes(db: ReadDatabase, invoiceId: string): readonly EarlierNote[] {
  return db
    .select<EarlierNote>(
      `SELECT "id", "taxes_amount_cents" AS "taxes", "precise_taxes_amount_cents" AS "exactTaxes",
         "sub_total_excluding_taxes_amount_cents" AS "subTotal", "precise_coupons_adjustment_amount_cents" AS "coupons"
       FROM "credit_notes" WHERE "invoice_id" = ? AND "status" = 'finalized'`,
    )
    .all(invoiceId);
}

interface CreditedItem {
  readonly amount: number;
  readonly exact: string;
}

function itemsOf(db: ReadDatabase, creditNoteId: string): Credited {
  const rows = db
    .select<CreditedItem>(
      `SELECT "amount_cents" AS "amount", "precise_amount_cents" AS "exact" FROM "credit_note_items" WHERE "credit_note_id" = ?`,
    )
    .all(creditNoteId);
  return sumItems(rows);
}

function sumItems(rows: readonly CreditedItem[]): Credited {
  return {
    amountCents: addCents(...rows.map((row) => cents(row.amount))),
    exactAmountCents: sumDecimals(rows.map((row) => decimal(row.exact))),
  };
}

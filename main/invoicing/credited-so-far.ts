import { decimal, sumDecimals, ZERO, type Decimal } from '../../shared/decimal.ts';
import type { ReadDatabase } from '../database/read-database.ts';
import type { Invoice } from '../database/tables/invoices.ts';

/** What visible notes already gave back of a fee, before tax, in cents with fractions. */
export function creditedOnFee(db: ReadDatabase, feeId: string): Decimal {
  const rows = db
    .select<{ amount: string }>(
      `SELECT "credit_note_items"."precise_amount_cents" AS "amount" FROM "credit_note_items"
       JOIN "credit_notes" ON "credit_notes"."id" = "credit_note_items"."credit_note_id"
       WHERE "credit_note_items"."fee_id" = ? AND "credit_notes"."status" = 'finalized'`,
    )
    .all(feeId);
  return sumDecimals(rows.map((row) => decimal(row.amount)));
}

/**
 * The tax rounding of an invoice's earlier notes, in cents, when a note of `exactAmountCents` uses up what is left of its fees; else zero.
 * Rule: invoicing.md § 7, "When the note exhausts".
 */
export function earlierTaxRounding(db: ReadDatabase, note: { readonly invoice: Invoice; readonly exactAmountCents: Decimal }): Decimal {
  const credited = db
    .select<{ amount: string }>(
      `SELECT "credit_note_items"."precise_amount_cents" AS "amount" FROM "credit_note_items"
       JOIN "credit_notes" ON "credit_notes"."id" = "credit_note_items"."credit_note_id"
       WHERE "credit_notes"."invoice_id" = ? AND "credit_notes"."status" = 'finalized'`,
    )
    .all(note.invoice.id);
  const sum = sumDecimals(credited.map((row) => decimal(row.amount))).plus(note.exactAmountCents);
  if (sum.lessThan(decimal(note.invoice.feesAmountCents))) return ZERO;
  const earlier = db
    .select<{ rounded: number; exact: string }>(
      `SELECT "taxes_amount_cents" AS "rounded", "precise_taxes_amount_cents" AS "exact" FROM "credit_notes"
       WHERE "invoice_id" = ? AND "status" = 'finalized'`,
    )
    .all(note.invoice.id);
  return sumDecimals(earlier.map((row) => decimal(row.rounded).minus(decimal(row.exact))));
}

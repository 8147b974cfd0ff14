import type { InvoiceRefusal } from '../../../shared/internal/invoices.ts';
import { startOfDay, type Instant } from '../../../shared/dates.ts';
import { addCents, cents, type Cents } from '../../../shared/money.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import type { ReadDatabase } from '../../database/read-database.ts';
import { findRows } from '../../database/rows.ts';
import { creditNotes } from '../../database/tables/credit-notes.ts';
import type { Invoice } from '../../database/tables/invoices.ts';
import type { ServiceContext } from '../../service-context.ts';
import { ownRefusals, type OwnAction } from '../invoice-refusals.ts';
import { findInvoice } from '../read-invoice.ts';

/** Something in the life of an invoice that is stored with it. */
export interface InvoiceMomentFact {
  readonly kind: 'created' | 'finalized' | 'finalizes' | 'credit_note' | 'overdue' | 'falls_overdue' | 'dispute_lost' | 'voided';
  readonly at: Instant;
  readonly isUpcoming: boolean;
  readonly id: string | null;
  readonly amountCents: Cents | null;
  readonly code: string | null;
}

/** A credit note of an invoice, in a word. */
export interface NoteOfInvoice {
  readonly id: string;
  readonly number: string;
  readonly totalAmountCents: Cents;
  readonly issuingDate: string;
}

/** What a screen shows of an invoice beside what the API answers. */
export interface InvoicePageFacts {
  readonly invoice: Invoice;
  readonly refusals: Readonly<Record<OwnAction, InvoiceRefusal | null>>;
  readonly moments: readonly InvoiceMomentFact[];
  readonly notes: readonly NoteOfInvoice[];
}

/** Rule: ui.md § 4.7 "Invoice page". */
export async function readInvoicePageFacts(context: ServiceContext, id: string): Promise<Result<InvoicePageFacts>> {
  const db = context.database.read;
  const invoice = await findInvoice(db, context.organizationId, id);
  if (invoice === null) return notFound('invoice');
  const notes = findRows(db, creditNotes, { invoiceId: id, status: 'finalized' });
  const moments: readonly InvoiceMomentFact[] = [
    ...momentsOf(invoice),
    ...notes.map((note) => ({
      ...PLAIN,
      kind: 'credit_note' as const,
      at: note.createdAt,
      id: note.id,
      amountCents: note.totalAmountCents,
      code: note.number,
    })),
  ];
  return ok({
    invoice,
    refusals: await ownRefusals(db, invoice),
    moments,
    notes: notes.map((note) => ({
      id: note.id,
      number: note.number,
      totalAmountCents: note.totalAmountCents,
      issuingDate: note.issuingDate.toString(),
    })),
  });
}

const PLAIN = { isUpcoming: false, id: null, amountCents: null, code: null } as const;

function momentsOf(invoice: Invoice): readonly InvoiceMomentFact[] {
  const at = (kind: InvoiceMomentFact['kind'], instant: Instant | null, isUpcoming = false): readonly InvoiceMomentFact[] =>
    instant === null ? [] : [{ ...PLAIN, kind, at: instant, isUpcoming }];
  const overdueAt = startOfDay(invoice.paymentDueDate.add({ days: 1 }), invoice.timezone);
  return [
    ...at('created', invoice.createdAt),
    ...at('finalized', invoice.finalizedAt),
    ...at('overdue', invoice.paymentOverdue ? overdueAt : null),
    ...at('dispute_lost', invoice.paymentDisputeLostAt),
    ...at('voided', invoice.voidedAt),
    ...at('finalizes', invoice.status === 'draft' ? invoice.finalizeAt : null, true),
    ...at('falls_overdue', invoice.status === 'finalized' ? invoice.overdueAt : null, true),
  ];
}

/** Lines that stand together on an invoice: those of one subscription, or those of none. */
export interface FeesOfSubscription {
  readonly subscriptionId: string | null;
  /** Its own name, else its plan's. */
  readonly name: string | null;
  readonly amountCents: Cents;
  readonly feeIds: readonly string[];
}

/** The fees of an invoice by subscription, in the order of the invoice, each with its sum before tax. */
export function groupFees(
  db: ReadDatabase,
  fees: readonly { readonly id: string; readonly subscriptionId: string | null; readonly amountCents: Cents }[],
): readonly FeesOfSubscription[] {
  const read = db.select<{ name: string }>(
    `SELECT COALESCE(NULLIF("subscriptions"."name", ''), NULLIF("plans"."invoice_display_name", ''), "plans"."name") AS "name"
     FROM "subscriptions" JOIN "plans" ON "plans"."id" = "subscriptions"."plan_id" WHERE "subscriptions"."id" = ?`,
  );
  return [...Map.groupBy(fees, (fee) => fee.subscriptionId)].map(([subscriptionId, together]) => ({
    subscriptionId,
    name: subscriptionId === null ? null : (read.get(subscriptionId)?.name ?? null),
    amountCents: addCents(...together.map((fee) => fee.amountCents)),
    feeIds: together.map((fee) => fee.id),
  }));
}

/** An invoice that used the credit of a note. */
export interface NoteUse {
  readonly invoiceId: string;
  readonly number: string;
  readonly amountCents: Cents;
  readonly at: number;
}

/** Where the credit of a note went, oldest first. */
export function usesOfNote(db: ReadDatabase, creditNoteId: string): readonly NoteUse[] {
  return db
    .select<Omit<NoteUse, 'amountCents'> & { readonly amount: number }>(
      `SELECT "invoices"."id" AS "invoiceId", "invoices"."number" AS "number", "invoice_credits"."amount_cents" AS "amount",
         "invoice_credits"."created_at" AS "at"
       FROM "invoice_credits" JOIN "invoices" ON "invoices"."id" = "invoice_credits"."invoice_id"
       WHERE "invoice_credits"."credit_note_id" = ? ORDER BY "invoice_credits"."sequence"`,
    )
    .all(creditNoteId)
    .map(({ amount, ...use }) => ({ ...use, amountCents: cents(amount) }));
}

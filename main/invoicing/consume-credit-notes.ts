import { addCents, minCents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import { findRows, insertRow, updateRows } from '../database/rows.ts';
import { creditNotes } from '../database/tables/credit-notes.ts';
import { invoiceCredits, type Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/**
 * Uses the customer's open credit notes of the invoice's currency, oldest first, up to the invoice's total after taxes. A note never pays its
 * own invoice. Answers what was used, in cents. Rule: invoicing.md § 7 "credit part".
 */
export async function consumeCreditNotes(context: ServiceContext, tx: Transaction, invoice: Invoice): Promise<Cents> {
  const { customerId, currency } = invoice;
  const notes = findRows(tx, creditNotes, { customerId, currency, status: 'finalized', creditStatus: 'available' });
  const now = context.clock.now();
  let rest = invoice.totalAmountCents;
  let used = ZERO_CENTS;
  for (const note of notes) {
    if (rest === 0n) break;
    if (note.invoiceId === invoice.id || note.balanceAmountCents === 0n) continue;
    const amountCents = minCents(note.balanceAmountCents, rest);
    const balanceAmountCents = subtractCents(note.balanceAmountCents, amountCents);
    await insertRow(tx, invoiceCredits, {
      id: context.random.uuid(),
      invoiceId: invoice.id,
      appliedCouponId: null,
      creditNoteId: note.id,
      amountCents,
      createdAt: now,
    });
    await updateRows(tx, creditNotes, {
      where: { id: note.id },
      set: { balanceAmountCents, creditStatus: balanceAmountCents === 0n ? 'consumed' : 'available', updatedAt: now },
    });
    rest = subtractCents(rest, amountCents);
    used = addCents(used, amountCents);
  }
  return used;
}

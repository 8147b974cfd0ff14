import { Decimal, decimal } from '../../shared/decimal.ts';
import { addCents, roundCents, subtractCents, ZERO_CENTS, type Cents } from '../../shared/money.ts';
import type { CreditNoteAmounts } from '../billing/invoice/credit-note-amounts.ts';
import type { CreditNote } from '../database/tables/credit-notes.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { amountsOf, remainingItems, type CheckedItem } from './credit-note-checks.ts';
import { insertCreditNote } from './insert-credit-note.ts';
import { voidNoteInTransaction } from './void-credit-note.ts';

const PRECISE_DECIMALS = 5;

/** The parts of a voided invoice that are given to the customer all the same, taxes included. */
export interface NotesOfVoided {
  readonly invoice: Invoice;
  readonly creditAmountCents: Cents;
  readonly refundAmountCents: Cents;
}

/**
 * Writes the notes of an invoice that is voided with one: a note of what is asked for, spread over the fees by what is left of them, and a
 * voided one for the rest, so that both take back the whole invoice. Rule: invoicing.md § 9 `generate_credit_note`.
 */
export async function writeNotesOfVoided(context: ServiceContext, tx: Transaction, notes: NotesOfVoided): Promise<void> {
  const { invoice } = notes;
  const all = await remainingItems(tx, invoice);
  const whole = amountsOf(tx, invoice, all);
  const asked = addCents(notes.creditAmountCents, notes.refundAmountCents);
  const isAll = asked >= whole.totalAmountCents;
  const given = isAll ? all : scaledItems(all, decimal(asked).div(decimal(whole.totalAmountCents)));
  if (asked > 0n) {
    const amounts = withTotal(amountsOf(tx, invoice, given), asked);
    await write(context, tx, { ...notes, amounts, items: given });
  }
  if (isAll) return;
  const rest = asked === 0n ? all : restOf(all, given);
  const amounts = amountsOf(tx, invoice, rest);
  if (amounts.totalAmountCents <= 0n) return;
  const note = await write(context, tx, {
    invoice,
    amounts,
    items: rest,
    creditAmountCents: amounts.totalAmountCents,
    refundAmountCents: ZERO_CENTS,
  });
  await voidNoteInTransaction(context, tx, note.id);
}

function write(
  context: ServiceContext,
  tx: Transaction,
  note: NotesOfVoided & { readonly amounts: CreditNoteAmounts; readonly items: readonly CheckedItem[] },
): Promise<CreditNote> {
  return insertCreditNote(context, tx, {
    invoice: note.invoice,
    reason: 'other',
    description: null,
    amounts: note.amounts,
    creditAmountCents: note.creditAmountCents,
    refundAmountCents: note.refundAmountCents,
    offsetAmountCents: ZERO_CENTS,
    items: note.items.map(({ fee, amountCents, exactAmountCents }) => ({ feeId: fee.id, amountCents, exactAmountCents })),
    metadata: null,
  });
}

function scaledItems(items: readonly CheckedItem[], share: Decimal): readonly CheckedItem[] {
  return items.map(({ fee, exactAmountCents }) => exactItem(fee, exactAmountCents.times(share)));
}

function restOf(all: readonly CheckedItem[], given: readonly CheckedItem[]): readonly CheckedItem[] {
  return all.map((item, position) => ({
    fee: item.fee,
    amountCents: subtractCents(item.amountCents, given[position]?.amountCents ?? ZERO_CENTS),
    exactAmountCents: item.exactAmountCents.minus(given[position]?.exactAmountCents ?? 0),
  }));
}

function exactItem(fee: CheckedItem['fee'], amount: Decimal): CheckedItem {
  const exactAmountCents = amount.toDecimalPlaces(PRECISE_DECIMALS, Decimal.ROUND_HALF_UP);
  return { fee, exactAmountCents, amountCents: roundCents(exactAmountCents) };
}

/** The total was asked for; what two roundings are off by belongs to the sub-total. */
function withTotal(amounts: CreditNoteAmounts, totalAmountCents: Cents): CreditNoteAmounts {
  return {
    ...amounts,
    subTotalExcludingTaxesAmountCents: subtractCents(totalAmountCents, amounts.taxesAmountCents),
    totalAmountCents,
  };
}

import { minCents, type Cents } from '../../shared/money.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { CreditNoteAmounts } from '../billing/invoice/credit-note-amounts.ts';
import type { Invoice } from '../database/tables/invoices.ts';
import type { ServiceContext } from '../service-context.ts';
import { amountsOf, checkItems, findCreditableInvoice, roomOf, type CheckedItem, type CreditNoteItemInput } from './credit-note-checks.ts';

/** What a credit note would come to, and how much of it could go where. */
export interface CreditNoteEstimate {
  readonly invoice: Invoice;
  readonly items: readonly CheckedItem[];
  readonly amounts: CreditNoteAmounts;
  readonly maxCreditableAmountCents: Cents;
  readonly maxRefundableAmountCents: Cents;
  readonly maxOffsettableAmountCents: Cents;
}

/** The same computation as for a note, with nothing stored. Errors: those of its invoice and items. Rule: invoicing.md § 7. */
export async function estimateCreditNote(
  context: ServiceContext,
  asked: { readonly invoiceId: string; readonly items: readonly CreditNoteItemInput[] | 'invalid' },
): Promise<Result<CreditNoteEstimate>> {
  const db = context.database.read;
  const found = await findCreditableInvoice(db, context.organizationId, asked.invoiceId);
  if (!found.ok) return found;
  const invoice = found.value;
  const items = await checkItems(db, invoice, asked.items);
  if (!items.ok) return items;
  const amounts = amountsOf(db, invoice, items.value);
  const room = await roomOf(db, invoice);
  const upTo = (limit: Cents): Cents => minCents(amounts.totalAmountCents, limit);
  return ok({
    invoice,
    items: items.value,
    amounts,
    maxCreditableAmountCents: upTo(room.creditableCents),
    maxRefundableAmountCents: upTo(room.refundableCents),
    maxOffsettableAmountCents: upTo(room.offsettableCents),
  });
}

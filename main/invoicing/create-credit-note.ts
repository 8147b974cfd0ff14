import type { Cents } from '../../shared/money.ts';
import { hasErrors, invalid, ok, type Result } from '../../shared/result.ts';
import { correctedParts, creditNotePartErrors, type CreditNoteParts } from '../billing/invoice/credit-note-limits.ts';
import { metadataErrors, metadataOrNull, type MetadataInput } from '../catalog/index.ts';
import type { CreditNoteReason } from '../database/tables/credit-notes.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { amountsOf, checkItems, exactTotalOf, findCreditableInvoice, roomOf, type CreditNoteItemInput } from './credit-note-checks.ts';
import { insertCreditNote } from './insert-credit-note.ts';

/** A credit note as it is asked for. Item amounts are before tax and before coupons; the parts are all-in. */
export interface CreditNoteInput extends CreditNoteParts {
  readonly invoiceId: string;
  readonly reason: CreditNoteReason;
  readonly description: string | null;
  /** `invalid`: not a list. */
  readonly items: readonly CreditNoteItemInput[] | 'invalid';
  readonly metadata: MetadataInput | null;
}

/**
 * Writes a credit note on a final invoice. Errors in their order: 404 `invoice_not_found`, 405 `invalid_type_or_status`, the items, then
 * everything that is wrong with the parts at once. Rule: invoicing.md § 7, api.md § 14.
 */
export function createCreditNote(context: ServiceContext, input: CreditNoteInput): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('create credit note', (tx) => createInTransaction(context, tx, input));
}

async function createInTransaction(
  context: ServiceContext,
  tx: Transaction,
  input: CreditNoteInput,
): Promise<Result<{ readonly id: string }>> {
  const found = await findCreditableInvoice(tx, context.organizationId, input.invoiceId);
  if (!found.ok) return found;
  const invoice = found.value;
  const items = await checkItems(tx, invoice, input.items);
  if (!items.ok) return items;

  const room = await roomOf(tx, invoice);
  const amounts = amountsOf(tx, invoice, items.value);
  const errors = {
    ...creditNotePartErrors(input, exactTotalOf(tx, invoice, items.value), room),
    ...metadataErrors(input.metadata),
  };
  if (hasErrors(errors)) return invalid(errors);
  if (amounts.totalAmountCents <= 0n) return invalid({ base: ['total_amount_must_be_positive'] });

  const parts = correctedParts(input, amounts.totalAmountCents, room);
  const note = await insertCreditNote(context, tx, {
    ...parts,
    invoice,
    reason: input.reason,
    description: input.description,
    amounts,
    items: items.value.map(({ fee, amountCents, exactAmountCents }) => ({ feeId: fee.id, amountCents, exactAmountCents })),
    metadata: metadataOrNull(input.metadata),
  });
  if (room.isForCredits)
    await takeCreditsBack(context, tx, { creditNoteId: note.id, invoiceId: invoice.id, amountCents: parts.refundAmountCents });
  return ok({ id: note.id });
}

/** Refunded credits leave their wallet in the same transaction. */
async function takeCreditsBack(
  context: ServiceContext,
  tx: Transaction,
  refund: { readonly creditNoteId: string; readonly invoiceId: string; readonly amountCents: Cents },
): Promise<void> {
  await context.listeners?.purchaseRefunded?.(tx, refund);
}

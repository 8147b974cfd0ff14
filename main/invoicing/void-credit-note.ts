import { ZERO_CENTS } from '../../shared/money.ts';
import { notAllowed, notFound, ok, type Result } from '../../shared/result.ts';
import { updateRows } from '../database/rows.ts';
import { creditNotes } from '../database/tables/credit-notes.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';

/** Takes away the credit that is left of a note: 405 `no_voidable_amount` when none is. Rule: invoicing.md § 7. */
export function voidCreditNote(context: ServiceContext, id: string): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('void credit note', async (tx) => {
    const note = await tx.manager.findOne(creditNotes, {
      select: { id: true, balanceAmountCents: true },
      where: { id, organizationId: context.organizationId, status: 'finalized' },
    });
    if (note === null) return notFound('credit_note');
    if (note.balanceAmountCents === 0n) return notAllowed('no_voidable_amount');
    await voidNoteInTransaction(context, tx, id);
    return ok({ id });
  });
}

/** The same inside an open transaction. */
export async function voidNoteInTransaction(context: ServiceContext, tx: Transaction, id: string): Promise<void> {
  const now = context.clock.now();
  await updateRows(tx, creditNotes, {
    where: { id },
    set: { balanceAmountCents: ZERO_CENTS, creditStatus: 'voided', voidedAt: now, updatedAt: now },
  });
}

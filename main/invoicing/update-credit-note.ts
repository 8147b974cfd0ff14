import { hasErrors, invalid, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { metadataErrors, metadataOrNull } from '../catalog/index.ts';
import { updateRows } from '../database/rows.ts';
import { creditNotes, type CreditNote, type RefundStatus } from '../database/tables/credit-notes.ts';
import type { ServiceContext } from '../service-context.ts';

export interface CreditNoteChange {
  /** `invalid`: something else than a refund status was sent. */
  readonly refundStatus?: RefundStatus | 'invalid';
  /** Merged into what is there; null removes all of it. */
  readonly metadata?: Readonly<Record<string, string | null>> | null;
}

/** Changes how far the refund is, and the metadata. Rule: api.md § 14. */
export function updateCreditNote(context: ServiceContext, id: string, change: CreditNoteChange): Promise<Result<{ readonly id: string }>> {
  return context.database.unitOfWork.write('update credit note', async (tx) => {
    const note = await tx.manager.findOne(creditNotes, {
      select: { id: true, metadata: true },
      where: { id, organizationId: context.organizationId, status: 'finalized' },
    });
    if (note === null) return notFound('credit_note');
    const metadata = change.metadata === undefined ? note.metadata : mergedMetadata(note.metadata, change.metadata);
    const refused: FieldErrors = change.refundStatus === 'invalid' ? { refund_status: ['value_is_invalid'] } : {};
    const errors = { ...refused, ...metadataErrors(metadata) };
    if (hasErrors(errors)) return invalid(errors);
    await updateRows(tx, creditNotes, {
      where: { id },
      set: {
        ...(change.refundStatus === undefined || change.refundStatus === 'invalid' ? {} : { refundStatus: change.refundStatus }),
        metadata,
        updatedAt: context.clock.now(),
      },
    });
    return ok({ id });
  });
}

function mergedMetadata(before: CreditNote['metadata'], sent: Readonly<Record<string, string | null>> | null): CreditNote['metadata'] {
  return sent === null ? null : metadataOrNull({ ...before, ...sent });
}

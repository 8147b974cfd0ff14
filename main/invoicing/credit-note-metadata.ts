import { hasErrors, invalid, notFound, ok, type Result } from '../../shared/result.ts';
import { metadataErrors, metadataOrNull, type MetadataInput } from '../catalog/index.ts';
import { updateRows } from '../database/rows.ts';
import { creditNotes, type CreditNote } from '../database/tables/credit-notes.ts';
import type { ServiceContext } from '../service-context.ts';

type Metadata = CreditNote['metadata'];

/** Replaces a credit note's metadata; null removes all of it. Rule: api.md § 14, as plans. */
export function replaceCreditNoteMetadata(context: ServiceContext, id: string, metadata: Metadata): Promise<Result<Metadata>> {
  return changeMetadata(context, id, () => metadata);
}

export function mergeCreditNoteMetadata(context: ServiceContext, id: string, metadata: MetadataInput): Promise<Result<Metadata>> {
  return changeMetadata(context, id, (existing) => ({ ...existing, ...metadata }));
}

/** A key that is not there changes nothing. */
export function removeCreditNoteMetadataKey(context: ServiceContext, id: string, key: string): Promise<Result<Metadata>> {
  return changeMetadata(context, id, (existing) =>
    existing === null ? null : Object.fromEntries(Object.entries(existing).filter(([name]) => name !== key)),
  );
}

function changeMetadata(context: ServiceContext, id: string, change: (existing: Metadata) => Metadata): Promise<Result<Metadata>> {
  return context.database.unitOfWork.write('change credit note metadata', async (tx) => {
    const note = await tx.manager.findOne(creditNotes, {
      select: { id: true, metadata: true },
      where: { id, organizationId: context.organizationId, status: 'finalized' },
    });
    if (note === null) return notFound('credit_note');
    const metadata = metadataOrNull(change(note.metadata));
    const errors = metadataErrors(metadata);
    if (hasErrors(errors)) return invalid(errors);
    await updateRows(tx, creditNotes, { where: { id }, set: { metadata, updatedAt: context.clock.now() } });
    return ok(metadata);
  });
}

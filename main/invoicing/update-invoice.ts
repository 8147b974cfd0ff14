import { In } from 'typeorm';
import { present } from '../../shared/assert.ts';
import type { Instant } from '../../shared/dates.ts';
import { hasErrors, invalid, notAllowed, notFound, ok, type FieldErrors, type Result } from '../../shared/result.ts';
import { deleteRows, insertRows, updateRows } from '../database/rows.ts';
import { invoiceMetadata, invoices, type PaymentStatus } from '../database/tables/invoices.ts';
import type { Transaction } from '../database/unit-of-work.ts';
import type { ServiceContext } from '../service-context.ts';
import { setPaymentStatus } from './payment-status.ts';
import { findVisibleInvoice, type InvoiceSummary } from './reading/invoice-list.ts';

/** One pair as sent; with the id of a pair that exists it changes that one. */
export interface InvoiceMetadataItem {
  readonly id?: string | null;
  readonly key: string;
  readonly value: string;
}

export interface InvoiceChange {
  /** `invalid`: something else than a payment status was sent. */
  readonly paymentStatus?: PaymentStatus | 'invalid';
  /** The full new list. */
  readonly metadata?: readonly InvoiceMetadataItem[];
}

const MAX_METADATA = 5;

/** Changes what stays open on a final invoice: its payment status and its metadata. Rule: api.md § 10, invoicing.md § 9. */
export function updateInvoice(context: ServiceContext, id: string, change: InvoiceChange): Promise<Result<InvoiceSummary>> {
  return context.database.unitOfWork.write('update invoice', async (tx) => {
    const invoice = await findVisibleInvoice(tx, context.organizationId, id);
    if (invoice === null) return notFound('invoice');
    const errors = changeErrors(change);
    if (hasErrors(errors)) return invalid(errors);
    const refusal = refusalOf(invoice, change);
    if (refusal !== null) return notAllowed(refusal);

    const now = context.clock.now();
    if (change.paymentStatus !== undefined && change.paymentStatus !== 'invalid')
      await setPaymentStatus(context, tx, { invoiceId: invoice.id, to: change.paymentStatus });
    if (change.metadata !== undefined) await writeMetadata(context, tx, { invoiceId: id, items: change.metadata, now });
    return ok(present(await findVisibleInvoice(tx, context.organizationId, id), 'an updated invoice is still shown'));
  });
}

function changeErrors(change: InvoiceChange): FieldErrors {
  const errors: Record<string, string[]> = {};
  if (change.paymentStatus === 'invalid') errors['payment_status'] = ['value_is_invalid'];
  const keys = (change.metadata ?? []).map((item) => item.key);
  if (keys.length > MAX_METADATA) errors['metadata'] = ['invalid_count'];
  else if (new Set(keys).size < keys.length) errors['metadata'] = ['value_already_exist'];
  return errors;
}

function refusalOf(invoice: InvoiceSummary, change: InvoiceChange): string | null {
  if (invoice.status === 'voided') return 'update_on_voided_invoice';
  if (invoice.status !== 'draft') return null;
  if (change.paymentStatus !== undefined) return 'payment_status_update_on_draft_invoice';
  return change.metadata === undefined ? null : 'metadata_on_draft_invoice';
}

async function writeMetadata(
  context: ServiceContext,
  tx: Transaction,
  list: { readonly invoiceId: string; readonly items: readonly InvoiceMetadataItem[]; readonly now: Instant },
): Promise<void> {
  const { invoiceId, items, now } = list;
  const existing = new Set((await tx.manager.findBy(invoiceMetadata, { invoiceId })).map((item) => item.id));
  const isKept = (item: InvoiceMetadataItem): boolean => typeof item.id === 'string' && existing.has(item.id);
  const keptIds = new Set(items.filter(isKept).map((item) => item.id));
  const removed = [...existing].filter((id) => !keptIds.has(id));
  if (removed.length > 0) await deleteRows(tx, invoiceMetadata, { id: In(removed) });
  for (const item of items.filter(isKept)) {
    await updateRows(tx, invoiceMetadata, { where: { id: item.id ?? '' }, set: { key: item.key, value: item.value } });
  }
  const added = items.filter((item) => !isKept(item));
  await insertRows(
    tx,
    invoiceMetadata,
    added.map((item) => ({ id: context.random.uuid(), invoiceId, key: item.key, value: item.value, createdAt: now })),
  );
  await updateRows(tx, invoices, { where: { id: invoiceId }, set: { updatedAt: now } });
}

import { IsNull } from 'typeorm';
import { present } from '../../shared/assert.ts';
import { notFound, ok, type Result } from '../../shared/result.ts';
import { updateRows } from '../database/rows.ts';
import { creditNotes, type CreditNote } from '../database/tables/credit-notes.ts';
import { invoices, type Invoice } from '../database/tables/invoices.ts';
import type { ServiceContext } from '../service-context.ts';
import { findInvoice, readCreditNote, readInvoice } from './read-invoice.ts';

/** The invoice with its PDF made, now if it is missing. Only finalized and voided invoices have one. Rule: invoicing.md §§ 9, 11. */
export async function documentOfInvoice(context: ServiceContext, id: string): Promise<Result<Invoice>> {
  const invoice = await findInvoice(context.database.read, context.organizationId, id);
  if (invoice?.status !== 'finalized') return notFound('invoice');
  await renderInvoiceDocument(context, id);
  return ok(await readInvoice(context.database.read, id));
}

/** The credit note with its PDF made, now if it is missing. */
export async function documentOfCreditNote(context: ServiceContext, id: string): Promise<Result<CreditNote>> {
  const note = await context.database.read.manager.findOneBy(creditNotes, {
    id,
    organizationId: context.organizationId,
    status: 'finalized',
  });
  if (note === null) return notFound('credit_note');
  await renderCreditNoteDocument(context, id);
  return ok(await readCreditNote(context.database.read, id));
}

/** Renders an invoice from its frozen snapshot, once; the file is there before the row names it. */
export async function renderInvoiceDocument(context: ServiceContext, id: string): Promise<void> {
  const invoice = await context.database.read.manager.findOneBy(invoices, { id });
  if (invoice === null || invoice.documentFile !== null || invoice.snapshot === null) return;
  const documentFile = fileName(invoice);
  await renderToFile(context, invoice.snapshot, documentFile);
  await context.database.unitOfWork.write('name invoice document', async (tx) => {
    // Somebody may have asked for it while the job made it: it is there once, and told of once.
    if (!(await tx.manager.existsBy(invoices, { id, documentFile: IsNull() }))) return;
    await updateRows(tx, invoices, { where: { id }, set: { documentFile } });
    await context.announce?.(tx, { type: 'invoice.generated', objectType: 'invoice', objectId: id });
  });
}

/** The same for a credit note. */
export async function renderCreditNoteDocument(context: ServiceContext, id: string): Promise<void> {
  const note = await context.database.read.manager.findOneBy(creditNotes, { id });
  if (note === null || note.documentFile !== null || note.snapshot === null) return;
  const documentFile = fileName(note);
  await renderToFile(context, note.snapshot, documentFile);
  await context.database.unitOfWork.write('name credit note document', async (tx) => {
    if (!(await tx.manager.existsBy(creditNotes, { id, documentFile: IsNull() }))) return;
    await updateRows(tx, creditNotes, { where: { id }, set: { documentFile } });
    await context.announce?.(tx, { type: 'credit_note.generated', objectType: 'credit_note', objectId: id });
  });
}

/** `<number>.pdf`, in a form that every file system takes; the id's end keeps numbers of different prefixes apart. */
function fileName(document: Pick<Invoice, 'id' | 'number'>): string {
  const number = document.number.replace(/[^A-Za-z0-9._-]+/g, '_');
  return `${number}.${document.id.slice(-12)}.pdf`;
}

async function renderToFile(context: ServiceContext, snapshot: unknown, documentFile: string): Promise<void> {
  const files = present(context.files, 'a workspace keeps files');
  const renderer = present(context.documents, 'a workspace renders documents');
  const logoFile = logoOf(snapshot);
  const logo = logoFile === null ? null : await files.read(logoFile);
  await files.write(documentFile, await renderer.render(snapshot, logo));
}

function logoOf(snapshot: unknown): string | null {
  const { organization } = snapshot as { organization: { logoFile: string | null } };
  return organization.logoFile;
}

import { createHash, timingSafeEqual } from 'node:crypto';
import type { EntitySchema } from 'typeorm';
import { present } from '../../../shared/assert.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { creditNotes, type CreditNote } from '../../database/tables/credit-notes.ts';
import { invoices, type Invoice } from '../../database/tables/invoices.ts';
import type { ServiceContext } from '../../service-context.ts';

/** A finished document as it is handed to whoever has its address. */
export interface DocumentFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What it is called when it is saved: `<number>.pdf`, in a form that every file system takes. */
  readonly fileName: string;
}

/** What the address of a document says: whose it is, and the part that nobody can guess. */
export interface DocumentAddress {
  readonly id: string;
  readonly token: string;
}

/** The PDF of an invoice for whoever has its address; 404 for a wrong token, as for an unknown invoice. Rule: invoicing.md § 11. */
export function openInvoiceDocument(context: ServiceContext, address: DocumentAddress): Promise<Result<DocumentFile>> {
  return openDocument(context, invoices, address);
}

/** The same for a credit note. */
export function openCreditNoteDocument(context: ServiceContext, address: DocumentAddress): Promise<Result<DocumentFile>> {
  return openDocument(context, creditNotes, address);
}

async function openDocument(
  context: ServiceContext,
  table: EntitySchema<Invoice> | EntitySchema<CreditNote>,
  address: DocumentAddress,
): Promise<Result<DocumentFile>> {
  const document = await context.database.read.manager.findOne(table, {
    select: { id: true, number: true, documentFile: true, documentToken: true },
    where: { id: address.id, organizationId: context.organizationId },
  });
  if (document === null || document.documentFile === null || !isSameToken(document.documentToken, address.token))
    return notFound('resource');
  const bytes = await present(context.files, 'a workspace keeps files').read(document.documentFile);
  if (bytes === null) return notFound('resource');
  return ok({ bytes: new Uint8Array(bytes), fileName: `${document.number.replace(/[^A-Za-z0-9._-]+/g, '_')}.pdf` });
}

/** Compares in a time that says nothing about where two tokens differ. */
function isSameToken(expected: string, given: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

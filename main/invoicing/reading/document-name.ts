import type { ReadDatabase } from '../../database/read-database.ts';
import { customerNameOf } from '../../database/lists/customer-name.ts';
import type { ServiceContext } from '../../service-context.ts';
import { present } from '../../../shared/assert.ts';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { creditNotes, type CreditNote } from '../../database/tables/credit-notes.ts';
import { invoices, type Invoice } from '../../database/tables/invoices.ts';
import type { DocumentFile } from './open-document.ts';

/** Whose a document is, with the name that screens show. */
export interface NamedCustomer {
  readonly id: string;
  readonly externalId: string;
  readonly name: string;
}

export function readNamedCustomer(db: ReadDatabase, id: string): NamedCustomer {
  const row = db
    .select<NamedCustomer>(
      `SELECT "id", "external_id" AS "externalId", ${customerNameOf('customers')} AS "name" FROM "customers" WHERE "id" = ?`,
    )
    .get(id);
  return present(row, 'a document has its customer');
}

type NumberedDocument = Pick<Invoice | CreditNote, 'number' | 'issuingDate'>;

/** What a save dialog proposes: `INV-0042 Hooli 2026-01.pdf`, in letters that every file system takes. Rule: ui.md § 5 "Files". */
export function proposedFileName(document: NumberedDocument, customer: Pick<NamedCustomer, 'name'>): string {
  const words = `${document.number} ${customer.name}`;
  const safe = words
    .replaceAll(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return `${[...safe].slice(0, MAX_NAME_LETTERS).join('').trim()} ${document.issuingDate.toString().slice(0, 'YYYY-MM'.length)}.pdf`;
}

const MAX_NAME_LETTERS = 100;

/** The PDF of an invoice for a signed-in window, under the proposed name; 404 until it is made. */
export function openOwnInvoiceDocument(context: ServiceContext, id: string): Promise<Result<DocumentFile>> {
  return openOwn(context, () => context.database.read.manager.findOneBy(invoices, { id, organizationId: context.organizationId }));
}

/** The same of a credit note. */
export function openOwnNoteDocument(context: ServiceContext, id: string): Promise<Result<DocumentFile>> {
  return openOwn(context, () => context.database.read.manager.findOneBy(creditNotes, { id, organizationId: context.organizationId }));
}

async function openOwn(context: ServiceContext, find: () => Promise<Invoice | CreditNote | null>): Promise<Result<DocumentFile>> {
  const document = await find();
  if (document === null || document.documentFile === null) return notFound('resource');
  const bytes = await present(context.files, 'a workspace keeps files').read(document.documentFile);
  if (bytes === null) return notFound('resource');
  const customer = readNamedCustomer(context.database.read, document.customerId);
  return ok({ bytes: new Uint8Array(bytes), fileName: proposedFileName(document, customer) });
}

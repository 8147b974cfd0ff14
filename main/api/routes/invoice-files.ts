import { z } from 'zod';
import { notFound, ok, type Result } from '../../../shared/result.ts';
import { openCreditNoteDocument, openInvoiceDocument, type DocumentAddress, type DocumentFile } from '../../invoicing/index.ts';
import type { ServiceContext } from '../../service-context.ts';
import { fileAnswer, route, type Route } from '../route.ts';
import type { DocumentKind } from '../wire/document-url.ts';

const PDF_NAME = /^([A-Za-z0-9_-]+)\.pdf$/;

/** The PDFs behind `file_url`: no key is asked for, the address itself is the secret. Rule: api.md § 10, invoicing.md § 11. */
export const invoiceFileRoutes: readonly Route[] = [
  documentRoute('invoices', { summary: 'Open the PDF of an invoice', open: openInvoiceDocument }),
  documentRoute('credit_notes', { summary: 'Open the PDF of a credit note', open: openCreditNoteDocument }),
];

function documentRoute(
  kind: DocumentKind,
  of: { readonly summary: string; readonly open: (context: ServiceContext, address: DocumentAddress) => Promise<Result<DocumentFile>> },
): Route {
  return route({
    method: 'get',
    path: `/files/${kind}/:id/:name`,
    access: 'anyone',
    summary: of.summary,
    tag: 'Files',
    answer: z.unknown(),
    respond: async ({ context, pathValues }) => {
      const token = PDF_NAME.exec(pathValues['name'] ?? '')?.[1];
      if (token === undefined) return notFound('resource');
      const opened = await of.open(context, { id: pathValues['id'] ?? '', token });
      return opened.ok ? ok(fileAnswer({ ...opened.value, contentType: 'application/pdf' })) : opened;
    },
  });
}

import type { DocumentFacts } from '../../../shared/internal/invoices.ts';
import { proposedFileName, type NamedCustomer } from '../../invoicing/index.ts';
import type { DocumentKind } from '../wire/document-url.ts';

type Document = Parameters<typeof proposedFileName>[0] & {
  readonly id: string;
  readonly snapshot: unknown;
  readonly documentFile: string | null;
};

/** Whether the PDF is there, and where a signed-in window opens it: below `/api`, which also the desktop's own scheme forwards. */
export function documentFacts(kind: DocumentKind, document: Document, customer: NamedCustomer): DocumentFacts {
  const state = document.documentFile !== null ? 'ready' : document.snapshot === null ? 'none' : 'being_written';
  return {
    state,
    url: state === 'ready' ? `/api/internal/${kind}/${document.id}/document` : null,
    file_name: proposedFileName(document, customer),
  };
}

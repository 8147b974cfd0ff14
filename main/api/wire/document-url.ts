/** The kinds of documents, as their addresses name them. */
export type DocumentKind = 'invoices' | 'credit_notes';

/** Where a document is opened without a key; null until it is made. The token is the part that nobody can guess. Rule: invoicing.md § 11. */
export function documentUrl(
  baseUrl: string,
  kind: DocumentKind,
  document: { readonly id: string; readonly documentFile: string | null; readonly documentToken: string },
): string | null {
  return document.documentFile === null ? null : `${baseUrl}/files/${kind}/${document.id}/${document.documentToken}.pdf`;
}

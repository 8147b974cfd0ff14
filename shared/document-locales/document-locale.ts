/** The languages of documents, as `document_locale` names them. Rule: invoicing.md § 10. */
export const DOCUMENT_LOCALES = ['en', 'fr', 'de', 'it', 'es', 'nb', 'sv', 'pt-BR'] as const;
export type DocumentLocale = (typeof DOCUMENT_LOCALES)[number];

export function isDocumentLocale(value: unknown): value is DocumentLocale {
  return DOCUMENT_LOCALES.some((locale) => locale === value);
}

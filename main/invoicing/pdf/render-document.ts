import { Document, Font, Page, renderToBuffer } from '@react-pdf/renderer';
import { createElement, type ReactElement, type ReactNode } from 'react';
import { Temporal } from '../../../shared/dates.ts';
import { creditNoteLayout } from './credit-note-layout.ts';
import { box } from './document-elements.ts';
import type { FontLibrary } from './document-fonts.ts';
import { pageLine } from './document-footer.ts';
import { createDocumentFormat, type DocumentFormat } from './document-format.ts';
import type { DocumentSnapshot } from './document-snapshot.ts';
import { styles } from './document-styles.ts';
import { breakableParts, cleanText } from './document-text.ts';
import { invoiceLayout, invoiceTitle } from './invoice-layout.ts';
import { readLogo, type LogoImage } from './logo-image.ts';

Font.registerHyphenationCallback(breakableParts);

/**
 * The PDF of a frozen snapshot: the same bytes for the same snapshot and logo, nothing read but the fonts.
 * A logo that is no whole PNG or JPEG is left out, because the document is owed either way.
 */
export async function renderDocument(
  snapshot: DocumentSnapshot,
  logoFile: Uint8Array | null,
  fonts: FontLibrary,
): Promise<Uint8Array<ArrayBuffer>> {
  const cleaned = mapTexts(snapshot, cleanText);
  const texts: string[] = [];
  mapTexts(cleaned, (text) => {
    texts.push(text);
    return text;
  });
  const { families, printable } = await fonts.fontsFor(texts);
  const format = createDocumentFormat(snapshot.locale, snapshot.currency);
  const bytes = await renderToBuffer(
    documentElement(mapTexts(cleaned, printable), { format, families, logo: logoFile === null ? null : readLogo(logoFile) }),
  );
  // A copy of its own: the library's bytes may lie in a shared pool, which cannot be handed to another thread.
  return new Uint8Array(bytes);
}

interface DocumentContext {
  readonly format: DocumentFormat;
  readonly families: string[];
  readonly logo: LogoImage | null;
}

interface PageLayout {
  readonly children: ReactNode;
  readonly pageNumber?: number;
  readonly totalPages?: number | null;
}

function documentElement(snapshot: DocumentSnapshot, { format, families, logo }: DocumentContext): ReactElement<Document['props']> {
  const isInvoice = snapshot.kind === 'invoice';
  const title = isInvoice ? invoiceTitle(snapshot, format) : format.texts.creditNote;
  const author = snapshot.organization.legalName ?? snapshot.organization.name;
  // eslint-disable-next-line no-restricted-globals -- the PDF library takes the file's date as a Date.
  const issuedAt = new Date(Temporal.Instant.from(snapshot.issuedAt).epochMilliseconds);
  const content = isInvoice ? invoiceLayout(snapshot, format, logo) : creditNoteLayout(snapshot, format, logo);
  const layout = ({ children, pageNumber = 1, totalPages = null }: PageLayout) => [
    box(styles.pageContent, children),
    pageLine(snapshot, { page: pageNumber, pages: totalPages }, format),
  ];
  return createElement(
    Document,
    {
      title: `${title} ${snapshot.number}`,
      author,
      creator: author,
      producer: author,
      language: snapshot.locale,
      creationDate: issuedAt,
      modificationDate: issuedAt,
    },
    // A page with a layout is cut by the paginator that measures once: time grows with the lines, not with their square.
    createElement(Page, { size: 'A4', style: { ...styles.page, fontFamily: families }, layout }, ...content),
  );
}

/** The same JSON with every text in it changed. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((entry) => mapTexts(entry as unknown, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapTexts(entry as unknown, change)])) as T;
}

import { join } from 'node:path';
import { openFontLibrary, type FontLibrary } from '../../main/invoicing/pdf/document-fonts.ts';
import type { DocumentSnapshot } from '../../main/invoicing/pdf/document-snapshot.ts';
import { renderDocument } from '../../main/invoicing/pdf/render-document.ts';
import { readPdf, type PdfText } from './pdf-text.ts';

/** Without a build the fonts lie where their packages are. */
const FONTS_FOLDER = join(import.meta.dirname, '../../node_modules/@fontsource');

let library: Promise<FontLibrary> | null = null;

export function testFontLibrary(): Promise<FontLibrary> {
  library ??= openFontLibrary(FONTS_FOLDER);
  return library;
}

export async function renderBytes(snapshot: DocumentSnapshot, logoFile: Uint8Array | null = null): Promise<Uint8Array> {
  return renderDocument(snapshot, logoFile, await testFontLibrary());
}

/** The document as a reader finds it. */
export async function renderAndRead(snapshot: DocumentSnapshot, logoFile: Uint8Array | null = null): Promise<PdfText> {
  return readPdf(await renderBytes(snapshot, logoFile));
}

export function linesOf(document: PdfText): string[] {
  return document.pages.flatMap((page) => page.lines);
}

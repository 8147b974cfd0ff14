import { allFontFiles } from '../main/invoicing/pdf/font-files.ts';

/** The font files that the PDF worker finds in `fonts/` beside itself, as paths under `node_modules/@fontsource/`. */
export const PDF_FONT_FILES: readonly string[] = allFontFiles();

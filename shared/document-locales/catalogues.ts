import { de } from './de.ts';
import type { DocumentLocale } from './document-locale.ts';
import type { DocumentTexts } from './document-texts.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { it } from './it.ts';
import { nb } from './nb.ts';
import { ptBr } from './pt-br.ts';
import { sv } from './sv.ts';

export const DOCUMENT_TEXTS: Readonly<Record<DocumentLocale, DocumentTexts>> = { en, fr, de, it, es, nb, sv, 'pt-BR': ptBr };

/** Fills the `{name}` places of a text. Filled-in values are never read as places themselves. */
export function fillText(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

import type { ReactElement } from 'react';
import { fillText } from '../../../shared/document-locales/catalogues.ts';
import { box, boxWith, line, paragraph, type Brick } from './document-elements.ts';
import type { DocumentFormat } from './document-format.ts';
import type { CustomSection, DocumentSnapshot } from './document-snapshot.ts';
import { styles } from './document-styles.ts';

export function customSections(sections: readonly CustomSection[]): ReactElement[] {
  return sections.map(({ displayName, details }) =>
    box(
      styles.customSection,
      boxWith({ isUnbroken: true, keepAhead: 24 }, {}, line(styles.customSectionTitle, displayName)),
      paragraph(styles.customSectionText, details),
    ),
  );
}

export function footerBox(footer: string | null): Brick {
  return footer === null || footer.trim() === '' ? null : box(styles.footer, paragraph({}, footer));
}

export interface PagePosition {
  readonly page: number;
  /** Null while the pages are still being counted. */
  readonly pages: number | null;
}

/** At the foot of every page: whose document it is, and which page of how many. */
export function pageLine(
  { organization, number }: DocumentSnapshot,
  { page, pages }: PagePosition,
  { texts }: DocumentFormat,
): ReactElement {
  const position = pages === null ? '' : fillText(texts.pageOf, { page: String(page), pages: String(pages) });
  return box(
    styles.pageLine,
    line(styles.pageLineOwner, `${organization.legalName ?? organization.name} · ${number}`),
    line(styles.pageLineNumber, position),
  );
}

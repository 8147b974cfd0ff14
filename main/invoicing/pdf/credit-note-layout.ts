import type { ReactElement } from 'react';
import { fillText } from '../../../shared/document-locales/catalogues.ts';
import { footerBox } from './document-footer.ts';
import type { DocumentFormat } from './document-format.ts';
import { amountRow, keysRow, partiesRow, titleRow } from './document-header.ts';
import type { CreditNoteSnapshot } from './document-snapshot.ts';
import { creditNoteTotals, totalsTable } from './document-totals.ts';
import { creditNoteItemRow } from './fee-rows.ts';
import { feeTable } from './fee-table.ts';
import type { LogoImage } from './logo-image.ts';

/** The content of a credit note's pages, top to bottom: as an invoice, with what is taken back. */
export function creditNoteLayout(note: CreditNoteSnapshot, format: DocumentFormat, logo: LogoImage | null): (ReactElement | null)[] {
  const { texts } = format;
  const rows = note.items.map((item) => creditNoteItemRow(item, format));
  return [
    titleRow(texts.creditNote, logo),
    keysRow(
      [
        [texts.creditNoteNumber, note.number],
        [texts.invoiceNumber, note.invoiceNumber],
        [texts.issueDate, format.day(note.issuingDate)],
      ],
      note.customer.metadata,
    ),
    partiesRow(note.organization, note.customer, format),
    amountRow(format.money(note.totalCents), fillText(texts.issuedOn, { date: format.day(note.issuingDate) })),
    feeTable({ groups: [{ title: '', rows }], unitTitles: null }, format),
    totalsTable(creditNoteTotals(note, format)),
    footerBox(note.organization.footer),
  ];
}

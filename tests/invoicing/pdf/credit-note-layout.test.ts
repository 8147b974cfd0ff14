import { describe, expect, it } from 'vitest';
import { DOCUMENT_LOCALES } from '../../../shared/document-locales/document-locale.ts';
import { creditNoteItem, creditNoteSnapshot } from '../../support/document-snapshots.ts';
import { linesOf, renderAndRead, renderBytes } from '../../support/rendered-document.ts';

describe('a credit note', () => {
  it('reads from title to where the money goes', async () => {
    const lines = linesOf(
      await renderAndRead(
        creditNoteSnapshot({
          items: [
            creditNoteItem(),
            creditNoteItem({ id: '2', kind: 'charge', name: 'API calls', groupedBy: [{ key: 'agent', value: 'a' }], amountCents: '1000' }),
          ],
          couponsAdjustmentCents: '100',
          subTotalExcludingTaxesCents: '4471',
          taxes: [{ name: 'VAT', rate: '20.0', baseCents: '4471', amountCents: '894' }],
          totalCents: '5365',
          creditCents: '2365',
          refundCents: '2000',
          offsetCents: '1000',
        }),
      ),
    );
    expect(lines.slice(0, 4)).toEqual([
      'Credit note',
      'Credit note number\tHOO-4F2A-007-012-CN001',
      'Invoice number\tHOO-4F2A-007-012',
      'Issue date\tFeb 8, 2026',
    ]);
    expect(lines.slice(lines.indexOf('€53.65'), -1)).toEqual([
      '€53.65',
      'Issued Feb 8, 2026',
      'Item\tTax rate\tAmount (excl. tax)',
      'Scale plan – subscription\t20%\t€35.71',
      'Scale plan · Feb 1, 2026 to Feb 28, 2026',
      'API calls\t20%\t€10.00',
      'Scale plan · Feb 1, 2026 to Feb 28, 2026',
      'agent: a',
      'Coupons\t-€1.00',
      'Subtotal (excl. tax)\t€44.71',
      'VAT (20% on €44.71)\t€8.94',
      'Total credited\t€53.65',
      'Credited for later invoices\t€23.65',
      'Refunded\t€20.00',
      'Offset against invoice HOO-4F2A-007-012\t€10.00',
    ]);
  });

  it('leaves out the parts that are zero', async () => {
    const lines = linesOf(await renderAndRead(creditNoteSnapshot()));
    expect(lines.slice(-3)).toEqual([
      'Total credited\t€42.85',
      'Credited for later invoices\t€42.85',
      'Hooli Cloud Services SAS · HOO-4F2A-007-012-CN001\tPage 1 of 1',
    ]);
  });

  it.each(DOCUMENT_LOCALES)('has its title in %s', async (locale) => {
    const titles = {
      en: 'Credit note',
      fr: 'Avoir',
      de: 'Gutschrift',
      it: 'Nota di credito',
      es: 'Nota de crédito',
      nb: 'Kreditnota',
      sv: 'Kreditnota',
      'pt-BR': 'Nota de crédito',
    } as const;
    expect((await renderAndRead(creditNoteSnapshot({ locale }))).pages[0]?.lines[0]).toBe(titles[locale]);
  });

  it('is the same, byte by byte, for the same snapshot', async () => {
    expect(Buffer.from(await renderBytes(creditNoteSnapshot())).equals(Buffer.from(await renderBytes(creditNoteSnapshot())))).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import type { InvoiceSnapshot } from '../../../main/invoicing/pdf/document-snapshot.ts';
import { DOCUMENT_LOCALES } from '../../../shared/document-locales/document-locale.ts';
import {
  chargeFee,
  customerPart,
  FEBRUARY,
  invoiceSnapshot,
  JANUARY,
  organizationPart,
  subscriptionBlock,
  subscriptionFee,
} from '../../support/document-snapshots.ts';
import { linesOf, renderAndRead, renderBytes } from '../../support/rendered-document.ts';

async function linesFor(changes: Partial<InvoiceSnapshot>): Promise<string[]> {
  return linesOf(await renderAndRead(invoiceSnapshot(changes)));
}

describe('an invoice of one subscription', () => {
  it('reads from title to total', async () => {
    expect(
      await linesFor({ purchaseOrderNumber: 'PO-77', customer: customerPart({ metadata: [{ key: 'Cost centre', value: '4711' }] }) }),
    ).toEqual([
      'Invoice',
      'Invoice number\tHOO-4F2A-007-012\tCost centre\t4711',
      'Purchase order\tPO-77',
      'Issue date\tFeb 1, 2026',
      'Payment term\t30 days',
      'From\tBill to',
      'Hooli Cloud Services SAS\tPied Piper GmbH',
      'Registration number: 842 913 007\tRegistration number: HRB 104882',
      '14 rue de la Monnaie\tTorstraße 12',
      '75001 Paris\tHinterhaus',
      'France\t10119 Berlin',
      'billing@hooli.example\tGermany',
      'Tax ID: FR58842913007\taccounts@piedpiper.example',
      'Tax ID: DE301884120',
      '€180.00',
      'Due Mar 3, 2026',
      'Scale plan',
      'Item\tUnits\tUnit price\tTax rate\tAmount (excl. tax)',
      'Fees from Jan 1, 2026 to Jan 31, 2026',
      'Scale plan – subscription\t1\t€100.00\t20%\t€100.00',
      'API calls\t1,000\t€0.05\t20%\t€50.00',
      'Subtotal (excl. tax)\t€150.00',
      'VAT (20% on €150.00)\t€30.00',
      'Subtotal (incl. tax)\t€180.00',
      'Total\t€180.00',
      'Hooli Cloud Services SAS · HOO-4F2A-007-012\tPage 1 of 1',
    ]);
  });

  it('puts the fees of a plan paid in advance and of its charges under their own days', async () => {
    const fees = [subscriptionFee({ period: FEBRUARY }), chargeFee({ period: JANUARY })];
    const lines = await linesFor({ subscriptions: [subscriptionBlock({ fees })] });
    expect(lines.slice(lines.indexOf('Fees from Feb 1, 2026 to Feb 28, 2026'), -5)).toEqual([
      'Fees from Feb 1, 2026 to Feb 28, 2026',
      'Scale plan – subscription\t1\t€100.00\t20%\t€100.00',
      'Fees from Jan 1, 2026 to Jan 31, 2026',
      'API calls\t1,000\t€0.05\t20%\t€50.00',
    ]);
  });

  it('takes off coupons before tax, credit notes and credits after it', async () => {
    const lines = await linesFor({
      coupons: [
        { name: 'Spring', value: { percentageRate: '10.0' }, amountCents: '1500' },
        { name: 'Welcome', value: { amountCents: '2000' }, amountCents: '500' },
      ],
      subTotalExcludingTaxesCents: '13000',
      taxes: [
        { name: 'VAT', rate: '20.0', baseCents: '13000', amountCents: '2600' },
        { name: 'Eco', rate: '0.25', baseCents: '8000', amountCents: '20' },
      ],
      subTotalIncludingTaxesCents: '15620',
      creditNotes: [{ number: 'HOO-4F2A-007-009-CN001', amountCents: '620' }],
      prepaidGrantedCreditCents: '1000',
      prepaidPurchasedCreditCents: '4000',
      totalCents: '10000',
    });
    expect(lines.slice(lines.indexOf('Spring (10%)\t-€15.00'), -1)).toEqual([
      'Spring (10%)\t-€15.00',
      'Welcome (€20.00)\t-€5.00',
      'Subtotal (excl. tax)\t€130.00',
      'VAT (20% on €130.00)\t€26.00',
      'Eco (0.25% on €80.00)\t€0.20',
      'Subtotal (incl. tax)\t€156.20',
      'Credit note HOO-4F2A-007-009-CN001\t-€6.20',
      'Free credits\t-€10.00',
      'Prepaid credits\t-€40.00',
      'Total\t€100.00',
    ]);
  });

  it('says "Tax (0%)" where there is none', async () => {
    expect(await linesFor({ taxes: [] })).toContain('Tax (0%)\t€0.00');
  });

  it('ends with custom sections and the footer, line breaks kept', async () => {
    const lines = await linesFor({
      customSections: [{ displayName: 'Payment', details: 'Quote the number.\nThank you.' }],
      organization: organizationPart({ footer: 'RCS Paris\nIBAN FR76' }),
    });
    expect(lines.slice(-6, -1)).toEqual(['Payment', 'Quote the number.', 'Thank you.', 'RCS Paris', 'IBAN FR76']);
  });

  it('uses the name where there is no legal name', async () => {
    expect((await linesFor({ organization: organizationPart({ legalName: null }) }))[5]).toBe('Hooli\tPied Piper GmbH');
  });
});

describe('other kinds of invoices', () => {
  it('an advance invoice sells credits at their rate', async () => {
    const credits = chargeFee({
      kind: 'credit',
      name: 'Main wallet',
      units: '100.0',
      unitAmount: '1.5',
      amountCents: '15000',
      taxRates: [],
      chargeModel: null,
    });
    const lines = await linesFor({ invoiceType: 'credit', subscriptions: [], otherFees: [credits], taxes: [] });
    expect(lines[0]).toBe('Advance invoice');
    expect(lines).toEqual(
      expect.arrayContaining(['Item\tCredits\tPrice per credit\tTax rate\tAmount (excl. tax)', 'Main wallet\t100\t€1.50\t0%\t€150.00']),
    );
  });

  it('a one-off invoice shows description and dates of its items', async () => {
    const item = chargeFee({
      kind: 'add_on',
      name: 'Set-up',
      description: 'On site,\ntwo people.',
      period: JANUARY,
      units: '1.5',
      chargeModel: null,
    });
    const lines = await linesFor({
      invoiceType: 'one_off',
      subscriptions: [],
      otherFees: [item, { ...item, description: null, period: null }],
    });
    expect(lines).toEqual(
      expect.arrayContaining(['Set-up\t1.5\t€0.05\t20%\t€50.00', 'On site,', 'two people.', 'Jan 1, 2026 to Jan 31, 2026']),
    );
    expect(lines.filter((line) => line === 'Jan 1, 2026 to Jan 31, 2026')).toHaveLength(1);
  });

  it('an add-on invoice and one of regrouped advance charges have the plain title', async () => {
    const addOn = chargeFee({ kind: 'add_on', chargeModel: null });
    expect((await linesFor({ invoiceType: 'add_on', subscriptions: [], otherFees: [addOn] }))[0]).toBe('Invoice');
    expect((await linesFor({ invoiceType: 'advance_charges' }))[0]).toBe('Invoice');
  });

  it.each(['AU', 'AE', 'NZ', 'ID', 'SG'])('from %s are tax invoices', async (country) => {
    const organization = organizationPart({ address: { ...organizationPart().address, country } });
    expect((await linesFor({ organization }))[0]).toBe('Tax invoice');
  });
});

describe('several subscriptions', () => {
  it('are summed up on the first page and listed on the following ones', async () => {
    const hamburg = subscriptionBlock({ id: '2', displayName: 'Hamburg office', fees: [chargeFee({ amountCents: '1234' })] });
    const { pages } = await renderAndRead(invoiceSnapshot({ subscriptions: [subscriptionBlock(), hamburg] }));
    expect(pages[0]?.lines).toEqual(
      expect.arrayContaining([
        'Subscription\tPeriod\tAmount (excl. tax)',
        'Scale plan\tJan 1, 2026 to Jan 31, 2026\t€150.00',
        'Hamburg office\tJan 1, 2026 to Jan 31, 2026\t€12.34',
        'Total\t€180.00',
      ]),
    );
    expect(pages[1]?.lines).toEqual([
      'Details of Scale plan',
      'Item\tUnits\tUnit price\tTax rate\tAmount (excl. tax)',
      'Fees from Jan 1, 2026 to Jan 31, 2026',
      'Scale plan – subscription\t1\t€100.00\t20%\t€100.00',
      'API calls\t1,000\t€0.05\t20%\t€50.00',
      'Total of Scale plan\t€150.00',
      'Details of Hamburg office',
      'Item\tUnits\tUnit price\tTax rate\tAmount (excl. tax)',
      'Fees from Jan 1, 2026 to Jan 31, 2026',
      'API calls\t1,000\t€0.05\t20%\t€12.34',
      'Total of Hamburg office\t€12.34',
      'Hooli Cloud Services SAS · HOO-4F2A-007-012\tPage 2 of 2',
    ]);
  });
});

describe('languages', () => {
  const words = {
    en: ['Invoice', 'Bill to', 'Unit price', 'Total\t€180.00', 'Page 1 of 1'],
    fr: ['Facture', 'Facturé à', 'Prix unitaire', 'Total\t180,00\u00a0€', 'Page 1 sur 1'],
    de: ['Rechnung', 'Rechnung an', 'Einzelpreis', 'Gesamtbetrag\t180,00\u00a0€', 'Seite 1 von 1'],
    it: ['Fattura', 'Fatturato a', 'Prezzo unitario', 'Totale\t180,00\u00a0€', 'Pagina 1 di 1'],
    es: ['Factura', 'Facturar a', 'Precio unitario', 'Total\t180,00\u00a0€', 'Página 1 de 1'],
    nb: ['Faktura', 'Faktureres til', 'Enhetspris', 'Totalt\t180,00\u00a0€', 'Side 1 av 1'],
    sv: ['Faktura', 'Faktureras till', 'Enhetspris', 'Totalt\t180,00\u00a0€', 'Sida 1 av 1'],
    'pt-BR': ['Fatura', 'Cobrar de', 'Preço unitário', 'Total\t€\u00a0180,00', 'Página 1 de 1'],
  } as const;

  it.each(DOCUMENT_LOCALES)('an invoice in %s has its words', async (locale) => {
    const text = (await linesFor({ locale })).join('\n');
    expect(words[locale].filter((word) => !text.includes(word))).toEqual([]);
  });

  it.each([
    { currency: 'JPY', total: '¥18,000' },
    { currency: 'KWD', total: 'KWD\u00a018.000' },
  ])('amounts in $currency have its decimals', async ({ currency, total }) => {
    expect(await linesFor({ currency })).toContain(`Total\t${total}`);
  });
});

describe('the file', () => {
  it('is the same, byte by byte, for the same snapshot', async () => {
    const snapshot = invoiceSnapshot({ customer: customerPart({ displayName: 'Łódź 株式会社 🚀' }) });
    expect(Buffer.from(await renderBytes(snapshot)).equals(Buffer.from(await renderBytes(structuredClone(snapshot))))).toBe(true);
  });

  it('carries title, author and the instant of issue, and nobody else’s name', async () => {
    const { info } = await renderAndRead(invoiceSnapshot());
    const issued = 'D:20260201000000Z';
    const author = 'Hooli Cloud Services SAS';
    expect(info).toEqual({
      Title: 'Invoice HOO-4F2A-007-012',
      Author: author,
      Creator: author,
      Producer: author,
      CreationDate: issued,
      ModificationDate: issued,
    });
  });
});

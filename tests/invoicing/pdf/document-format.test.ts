import { describe, expect, it } from 'vitest';
import { CURRENCIES } from '../../../shared/currency.ts';
import { DOCUMENT_TEXTS } from '../../../shared/document-locales/catalogues.ts';
import { DOCUMENT_LOCALES } from '../../../shared/document-locales/document-locale.ts';
import { createDocumentFormat } from '../../../main/invoicing/pdf/document-format.ts';
import { testFontLibrary } from '../../support/rendered-document.ts';

describe('amounts', () => {
  // Spaces inside amounts are U+00A0: the fonts lack the U+202F that French would have.
  const table = [
    { locale: 'en', currency: 'USD', cents: '123456789', expected: '$1,234,567.89' },
    { locale: 'en', currency: 'EUR', cents: '-1250', expected: '-€12.50' },
    { locale: 'en', currency: 'INR', cents: '100000', expected: '₹1,000.00' },
    { locale: 'en', currency: 'JPY', cents: '18000', expected: '¥18,000' },
    { locale: 'de', currency: 'THB', cents: '123456', expected: '1.234,56\u00a0THB' },
    { locale: 'en', currency: 'KWD', cents: '1', expected: 'KWD\u00a00.001' },
    { locale: 'en', currency: 'CLF', cents: '12345', expected: 'CLF\u00a01.2345' },
    { locale: 'fr', currency: 'EUR', cents: '123456789', expected: '1\u00a0234\u00a0567,89\u00a0€' },
    { locale: 'de', currency: 'EUR', cents: '123456', expected: '1.234,56\u00a0€' },
    { locale: 'it', currency: 'EUR', cents: '1234567', expected: '12.345,67\u00a0€' },
    { locale: 'es', currency: 'EUR', cents: '1234567', expected: '12.345,67\u00a0€' },
    { locale: 'nb', currency: 'NOK', cents: '123456', expected: '1\u00a0234,56\u00a0kr' },
    { locale: 'sv', currency: 'SEK', cents: '123456', expected: '1\u00a0234,56\u00a0kr' },
    { locale: 'pt-BR', currency: 'BRL', cents: '123456', expected: 'R$\u00a01.234,56' },
    { locale: 'en', currency: 'USD', cents: '9007199254740993', expected: '$90,071,992,547,409.93' },
  ] as const;

  it.each(table)('prints $cents $currency cents in $locale', ({ locale, currency, cents, expected }) => {
    expect(createDocumentFormat(locale, currency).money(cents)).toBe(expected);
  });

  it('prints a deduction as a negative amount, and none as zero', () => {
    const format = createDocumentFormat('en', 'EUR');
    expect([format.deduction('500'), format.deduction('0')]).toEqual(['-€5.00', '€0.00']);
  });

  it('keeps 15 decimals of a unit price and at least the decimals of the currency', () => {
    const format = createDocumentFormat('en', 'USD');
    expect(['0.000000000012345', '5', '0.1', '1234.5678'].map(format.price)).toEqual([
      '$0.000000000012345',
      '$5.00',
      '$0.10',
      '$1,234.5678',
    ]);
  });

  it('prints every currency in every language with the fonts that are always loaded', async () => {
    const texts = DOCUMENT_LOCALES.flatMap((locale) =>
      CURRENCIES.map((currency) => createDocumentFormat(locale, currency).money('-123456789')),
    );
    const fonts = await (await testFontLibrary()).fontsFor(texts);
    expect(fonts.families).toEqual(['noto-sans-latin', 'noto-sans-latin-ext']);
    expect(texts.filter((text) => fonts.printable(text) !== text)).toEqual([]);
  });
});

describe('numbers, days and countries', () => {
  it('prints units with at most six decimals, rounded from the exact text', () => {
    const format = createDocumentFormat('en', 'USD');
    expect(['1000.0', '2177.4193548387', '0.0000005', '12345678901234567890'].map(format.units)).toEqual([
      '1,000',
      '2,177.419355',
      '0.000001',
      '12,345,678,901,234,567,890',
    ]);
  });

  it.each([
    { locale: 'en', rate: '20%', day: 'Feb 1, 2026', country: 'Germany' },
    { locale: 'fr', rate: '20\u00a0%', day: '1 févr. 2026', country: 'Allemagne' },
    { locale: 'de', rate: '20\u00a0%', day: '01.02.2026', country: 'Deutschland' },
    { locale: 'it', rate: '20%', day: '1 feb 2026', country: 'Germania' },
    { locale: 'es', rate: '20\u00a0%', day: '1 feb 2026', country: 'Alemania' },
    { locale: 'nb', rate: '20\u00a0%', day: '1. feb. 2026', country: 'Tyskland' },
    { locale: 'sv', rate: '20\u00a0%', day: '1 feb. 2026', country: 'Tyskland' },
    { locale: 'pt-BR', rate: '20%', day: '1 de fev. de 2026', country: 'Alemanha' },
  ] as const)('writes a rate, a day and a country in $locale', ({ locale, rate, day, country }) => {
    const format = createDocumentFormat(locale, 'EUR');
    expect({ rate: format.rate('20.0'), day: format.day('2026-02-01'), country: format.country('DE') }).toEqual({ rate, day, country });
  });

  it('prints a country code that nobody knows as it is', () => {
    const format = createDocumentFormat('en', 'EUR');
    expect([format.country('QX'), format.country('nowhere')]).toEqual(['QX', 'nowhere']);
  });

  it('counts one day in the singular', () => {
    const format = createDocumentFormat('de', 'EUR');
    expect([0, 1, 30].map(format.paymentTerm)).toEqual(['0 Tage', '1 Tag', '30 Tage']);
  });
});

describe('catalogues', () => {
  const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

  it.each(DOCUMENT_LOCALES)('fill the same places in %s as in English, and leave no text empty', (locale) => {
    const texts = Object.entries(DOCUMENT_TEXTS[locale]) as [keyof typeof DOCUMENT_TEXTS.en, string][];
    const wrong = texts.filter(([key, text]) => text.trim() === '' || placesOf(text).join() !== placesOf(DOCUMENT_TEXTS.en[key]).join());
    expect(wrong).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { customerPart, invoiceSnapshot, organizationPart, subscriptionBlock, subscriptionFee } from '../../support/document-snapshots.ts';
import { linesOf, renderAndRead, renderBytes, testFontLibrary } from '../../support/rendered-document.ts';
import { readPdf } from '../../support/pdf-text.ts';

/** What a reader of the document copies as the customer's name. */
async function printedName(displayName: string): Promise<string | undefined> {
  const lines = linesOf(await renderAndRead(invoiceSnapshot({ customer: customerPart({ displayName }) })));
  const at = lines.findIndex((line) => line.startsWith('From\t'));
  return lines[at + 1]?.split('\t')[1];
}

describe('names', () => {
  it.each([
    { script: 'Polish', name: 'Zażółć Gęślą Jaźń, Łódź' },
    { script: 'Cyrillic', name: 'Общество «Рога и копыта»' },
    { script: 'Ukrainian', name: 'Їжак і Ґанок' },
    { script: 'Greek', name: 'Ελληνική Εταιρεία Ύδρευσης' },
    { script: 'Vietnamese', name: 'Công ty Điện lực Việt Nam' },
    { script: 'Japanese', name: '株式会社東京メーター' },
    { script: 'currency signs', name: '₹ € zł ₺ ₽ ₴ ₦ ₫ ₩ ₪' },
    { script: 'emoji', name: 'Rocket 🚀 Inc' },
  ])('in $script are printed letter by letter', async ({ name }) => {
    expect(await printedName(name)).toBe(name);
  });

  it('in Hebrew stand from right to left, with foreign words and numbers in their own direction', async () => {
    // Read from left to right on the sheet: the last Hebrew letter first.
    expect(await printedName('חברת החשמל (IEC) 2026')).toBe('2026 (IEC) למשחה תרבח');
  });

  it('of joined emoji become one sign', async () => {
    const [page] = (await renderAndRead(invoiceSnapshot({ customer: customerPart({ displayName: 'Dev 👩\u200d💻' }) }))).pages;
    expect(page?.compact).toContain('Dev👩\u200d💻');
  });

  it('in letters that no font has become visible squares, and the rest stays', async () => {
    expect(await printedName('Acme ภาษา (中国)')).toBe('Acme □□□□ (中国)');
  });

  it('in several scripts share one document, each part of a font once', async () => {
    const customer = customerPart({ displayName: '東京 Łódź 東京 Афины 東京 Ύδρα 東京' });
    const { fontNames } = await renderAndRead(invoiceSnapshot({ customer }));
    expect(fontNames).toEqual([...new Set(fontNames)]);
  });
});

describe('fonts of a document', () => {
  it('are only those that its letters need', async () => {
    const library = await testFontLibrary();
    expect((await library.fontsFor(['Łódź €'])).families).toEqual(['noto-sans-latin', 'noto-sans-latin-ext']);
    expect((await library.fontsFor(['שלום'])).families).toEqual(['noto-sans-latin', 'noto-sans-latin-ext', 'noto-sans-hebrew-hebrew']);
    expect((await library.fontsFor(['の'])).families).toEqual(['noto-sans-latin', 'noto-sans-latin-ext', 'noto-sans-jp-119']);
  });

  it('never are the built-in ones, which print wrong letters', async () => {
    const bytes = await renderBytes(
      invoiceSnapshot({
        organization: organizationPart({ footer: 'Line one\n\nLine two' }),
        subscriptions: [subscriptionBlock({ fees: [subscriptionFee({ description: 'First\nSecond' })] })],
      }),
    );
    expect(readPdf(bytes).fontNames).toEqual(['noto-sans-latin-600', 'noto-sans-latin-400']);
    expect(Buffer.from(bytes).toString('latin1')).not.toContain('/Type1');
  });
});
